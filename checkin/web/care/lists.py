"""The flags of a school, for people and for programs."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from checkin.domain.flags import Flag
from checkin.services import caring
from checkin.web import flag_groups, pattern_words
from checkin.web.access import signed_in
from checkin.web.care import blueprint
from checkin.web.clock import now


@blueprint.get("/flags")
def flags() -> ResponseReturnValue:
    """List the flags of the school by state, newest first."""
    found, school = caring.list_flags(signed_in().school), signed_in().school
    standings = caring.standings_of(school, now())
    late = [id for id, its in standings.items() if its.is_overdue]
    groups = flag_groups.groups_of(found, late)
    return render_template("care/flags.html", groups=groups, standings=standings)


@blueprint.get("/flags.json")
def flags_json() -> ResponseReturnValue:
    """Answer with the flags of the school."""
    return {"flags": [as_dict(flag) for flag in caring.list_flags(signed_in().school)]}


def as_process(flag: Flag) -> dict[str, Any]:
    """Return what of a flag is told to who sees its process alone."""
    return {"id": flag.id, "classroom": flag.classroom, "state": flag.state.value}


def as_dict(flag: Flag) -> dict[str, Any]:
    """Return a flag as programs read it."""
    return {
        "id": flag.id,
        "classroom": flag.classroom,
        "pattern": flag.pattern,
        "state": flag.state.value,
        "raised_on": flag.raised_on.isoformat(),
        "text": pattern_words.words_of(flag).sentence,
    }
