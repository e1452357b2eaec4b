"""What a tablet asks."""

from tools.openapi.parts import NOBODY, TABLET, Json, operation, ref

CODE = "Turn a fresh code into this device's token, and into its cookie."
TAPS = (
    "Store a batch of taps. A 200 means that they are durable on disk; `late` and `refused` come"
    " with a `reason`. Nothing of a batch is stored unless each of its results says so."
)

PATHS: Json = {
    "/tablet/enrolment": {
        "post": operation(
            "tablet.enrol",
            CODE,
            NOBODY,
            ref("Token"),
            body=ref("Code"),
            refusals=(400, 403),
            is_unsafe=True,
        )
    },
    "/tablet/today": {
        "get": operation(
            "tablet.today",
            "Tell the time, the rounds around today, and the name of the page to show.",
            TABLET,
            ref("Today"),
        )
    },
    "/tablet/taps": {
        "post": operation(
            "tablet.tap",
            TAPS,
            TABLET,
            ref("Results"),
            body=ref("Batch"),
            refusals=(400,),
            is_unsafe=True,
        )
    },
    "/tablet/talks": {
        "get": operation(
            "tablet.talk_screens",
            "Give the screens of a talk request, as HTML; '' while it is off in this class.",
            TABLET,
            ref("TalkScreens"),
        ),
        "post": operation(
            "tablet.ask_to_talk",
            "Keep one wish to talk. A 200 means that it is durable on disk.",
            TABLET,
            ref("WishKept"),
            body=ref("Wish"),
            refusals=(400,),
            is_unsafe=True,
        ),
    },
    "/tablet/talks/answer": {
        "post": operation(
            "tablet.talk_answer",
            "Tell what became of the wish under one symbol; no address has it.",
            TABLET,
            ref("WishAnswer"),
            body=ref("Symbol"),
            refusals=(400,),
            is_unsafe=True,
        )
    },
}
