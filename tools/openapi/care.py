"""What is asked about flags, and done with them."""

from checkin.domain.parents import LONGEST_LANGUAGE, Consent, Help, TalkedWith
from tools.openapi.parts import STAFF, Json, an_object, in_path, one_of, operation, ref
from tools.openapi.schemas import DAY, ROW

STEP_REFUSED = (400, 403, 404, 409)
TALK = an_object(
    {
        "talked_on": DAY,
        "talked_with": one_of(TalkedWith),
        "help": one_of(Help),
        "consent": one_of(Consent),
    },
    language={"type": "string", "maxLength": LONGEST_LANGUAGE},
    consent_on=DAY,
    own_consent=one_of(Consent),
)


def step(endpoint: str, summary: str, body: Json, needs_body: bool) -> Json:
    """Return a step somebody takes with a flag; it answers with the flag as it is then."""
    return {
        "post": operation(
            endpoint,
            summary,
            STAFF,
            ref("OneFlag"),
            parameters=(in_path("id", ROW),),
            body=body,
            needs_body=needs_body,
            refusals=STEP_REFUSED,
            is_unsafe=True,
        )
    }


PATHS: Json = {
    "/flags.json": {
        "get": operation(
            "care.flags_json",
            "Answer with the flags of the school.",
            STAFF,
            ref("Flags"),
            refusals=(403,),
        )
    },
    "/flags/{id}/acknowledgement": step(
        "care.acknowledge", "Note that the care team has seen a flag.", ref("Note"), False
    ),
    "/flags/{id}/taking-up": step(
        "care.take_up", "Take a flag up oneself, as one it was asked of.", ref("Note"), False
    ),
    "/flags/{id}/notes": step("care.note", "Add a note to an open flag.", ref("NeededNote"), True),
    "/flags/{id}/parents": step(
        "care.parents", "Note that parents or guardian were talked to; no names.", TALK, True
    ),
    "/flags/{id}/parents/withdrawal": step(
        "care.withdraw_parents", "Take back the last talk with parents.", ref("Seen"), False
    ),
    "/flags/{id}/giving-back": step(
        "care.give_back", "Give a flag back to the care team.", ref("NeededNote"), True
    ),
    "/flags/{id}/assignment": step(
        "care.assign", "Put a flag in the hands of somebody of the school.", ref("Assignment"), True
    ),
    "/flags/{id}/handing-on": step(
        "care.hand_on", "Hand a flag on to the next step of the structure.", ref("Note"), False
    ),
    "/flags/{id}/putting-back": step(
        "care.put_back",
        "Put a flag back at the step it was handed on from.",
        ref("NeededNote"),
        True,
    ),
    "/flags/{id}/closure": step(
        "care.close", "Close a flag with its outcome.", ref("Closure"), True
    ),
    "/flags/{id}/reopening": step(
        "care.reopen", "Put a flag that was closed by mistake back.", ref("NeededNote"), True
    ),
}
