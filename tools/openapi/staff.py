"""What is asked by a browser of staff beside its pages, and whether the program runs."""

from tools.openapi.parts import NOBODY, STAFF, Json, in_path, operation, ref

PATHS: Json = {
    "/healthz": {
        "get": operation(
            "health.show", "Answer 200 when storage can be written.", NOBODY, ref("Health")
        )
    },
    "/sign-in/passkey/challenge": {
        "post": operation(
            "signing_in.passkey_challenge",
            "Answer with what a browser needs to use a passkey.",
            NOBODY,
            ref("Options"),
            refusals=(409,),
            is_unsafe=True,
        )
    },
    "/sign-in/passkey": {
        "post": operation(
            "signing_in.sign_in_by_passkey",
            "Sign in whoever's passkey answered, and say where to go on.",
            NOBODY,
            ref("GoOn"),
            body=ref("Passkey"),
            refusals=(400, 401, 409),
            is_unsafe=True,
        )
    },
    "/account/factors/passkeys/options": {
        "post": operation(
            "factors.passkey_options",
            "Answer with what a browser needs to make a passkey.",
            STAFF,
            ref("Options"),
            body=ref("Password"),
            needs_body=False,
            refusals=(409,),
            is_unsafe=True,
        )
    },
    "/account/factors/passkeys": {
        "post": operation(
            "factors.add_passkey",
            "Add the passkey that the browser made, and say where to go on.",
            STAFF,
            ref("GoOn"),
            body=ref("NewPasskey"),
            refusals=(400, 409),
            is_unsafe=True,
        )
    },
    "/sounds/{language}": {
        "post": operation(
            "school.keep_sound",
            "Keep a sound as how a word sounds in this school.",
            STAFF,
            ref("Recorded"),
            status=201,
            parameters=(in_path("language", {"type": "string", "examples": ["nl"]}),),
            body=ref("Recording"),
            kind="multipart/form-data",
            refusals=(400, 404),
            is_unsafe=True,
        )
    },
}
