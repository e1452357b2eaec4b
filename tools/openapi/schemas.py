"""The shapes of what is sent and answered, from the same values that the program reads by."""

from checkin.domain.cards import Coping
from checkin.domain.feelings import Feeling
from checkin.domain.flags import FlagState, Outcome
from checkin.domain.release import Light
from checkin.domain.rounds import Moment
from checkin.domain.school import Kept
from checkin.domain.school_weeks import LIGHTS
from checkin.domain.talks import SYMBOLS, Answer, Kind
from checkin.domain.taps import MOST_TAPS_A_BATCH, Status
from checkin.services.caring import LONGEST_NOTE
from checkin.services.trends import RoundState
from checkin.web.limits import LARGEST
from checkin.web.pattern_words import PATTERNS
from tools.openapi.parts import Json, a_list, an_object, one_of, or_null, ref

TEXT: Json = {"type": "string"}
COUNT: Json = {"type": "integer", "minimum": 0}
ROW: Json = {"type": "integer", "minimum": 1, "maximum": LARGEST}
DAY: Json = {"type": "string", "format": "date", "examples": ["2026-11-23"]}
INSTANT: Json = {**COUNT, "description": "Milliseconds since 1970, UTC."}
SHARE: Json = {"type": "string", "pattern": "^(<10|>90|[1-9]0)%$"}
NOTE: Json = {"type": "string", "maxLength": LONGEST_NOTE}

TAP = {
    "key": {
        "type": "string",
        "pattern": "^[0-9a-fA-F]{32}$",
        "description": "Random, new for each tap; the same key is the same tap.",
    },
    "day": DAY,
    "round": one_of(Moment),
    "feeling": {"type": "integer", "minimum": 0, "maximum": 9},
}
SCHEMAS: Json = {
    "Error": an_object({"error": {"type": "string", "minLength": 1}}),
    "Health": an_object({"status": {"const": "ok"}}),
    "Code": an_object({"code": {"type": "string", "examples": ["ABCD2345"]}}),
    "Token": an_object({"token": TEXT}),
    "FreshCode": an_object({"code": TEXT, "valid_until": {**TEXT, "format": "date-time"}}),
    "Tap": an_object(TAP, helps={"type": "integer", "minimum": 0, "maximum": len(Coping)}),
    "Batch": an_object(
        {"taps": a_list(ref("Tap"), maxItems=MOST_TAPS_A_BATCH)},
        waiting=or_null({"type": "integer", "minimum": 0, "maximum": 1_000_000}),
        downloaded=or_null({"type": "string", "pattern": "^[0-9a-z]{0,32}$"}),
        kept=or_null(one_of(Kept)),
    ),
    "Results": an_object(
        {"results": a_list(an_object({"key": TEXT, "status": one_of(Status)}, reason=TEXT))}
    ),
    "Today": an_object(
        {
            "now": INSTANT,
            "rounds": a_list(
                an_object(
                    {
                        "day": DAY,
                        "round": one_of(Moment),
                        "opens": INSTANT,
                        "closes": INSTANT,
                        "sealed": {"type": "boolean"},
                    }
                )
            ),
            "config": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
        }
    ),
    "TalkScreens": an_object({"screens": TEXT}, zone=TEXT),
    "Wish": an_object(
        {
            "key": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "day": DAY,
            "kind": one_of(Kind),
            "adult": ROW,
        },
        symbol={"type": "string", "enum": ["", *SYMBOLS]},
    ),
    "WishKept": an_object({"status": {"type": "string", "enum": ["stored", "known", "refused"]}}),
    "Symbol": an_object({"symbol": {"type": "string", "enum": list(SYMBOLS)}}),
    "WishAnswer": an_object({"answer": one_of(Answer)}),
    "Trend": an_object(
        {
            "classroom": ROW,
            "from": DAY,
            "to": DAY,
            "rounds": a_list(
                an_object(
                    {
                        "day": DAY,
                        "round": one_of(Moment),
                        "answered": COUNT,
                        "light": one_of(Light),
                    }
                )
            ),
            "weeks": a_list(
                an_object({"week": ref("Week"), "shares": or_null(ref("SharesOfFeelings"))})
            ),
        }
    ),
    "Week": {"type": "string", "pattern": "^[0-9]{4}-W[0-9]{2}$"},
    "SharesOfFeelings": {
        "type": "object",
        "propertyNames": one_of(Feeling),
        "additionalProperties": SHARE,
    },
    "RoundsOfToday": an_object(
        {
            "rounds": a_list(
                an_object(
                    {
                        "round": one_of(Moment),
                        "state": one_of(RoundState),
                        "tapped": COUNT,
                        "text": TEXT,
                    }
                )
            )
        }
    ),
    "Sealed": an_object(
        {
            "day": DAY,
            "round": one_of(Moment),
            "light": one_of(Light),
            "answered": COUNT,
            "silent": {**a_list(TEXT), "description": "Tablets that were not heard."},
        }
    ),
    "Flag": an_object(
        {
            "id": ROW,
            "classroom": ROW,
            "pattern": {"type": "string", "enum": list(PATTERNS)},
            "state": one_of(FlagState),
            "raised_on": DAY,
            "text": TEXT,
        }
    ),
    "Flags": an_object({"flags": a_list(ref("Flag"))}),
    "FlagProcess": an_object({"id": ROW, "classroom": ROW, "state": one_of(FlagState)}),
    "OneFlag": an_object({"flag": {"anyOf": [ref("Flag"), ref("FlagProcess")]}}),
    "Seen": an_object({}, seen=COUNT),
    "Note": an_object({}, note=NOTE, seen=COUNT),
    "NeededNote": an_object({"note": {**NOTE, "minLength": 1}}, seen=COUNT),
    "Assignment": an_object({"person": {"anyOf": [ROW, TEXT]}}, note=NOTE, seen=COUNT),
    "Closure": an_object({"outcome": one_of(Outcome)}, note=NOTE, seen=COUNT),
    "SchoolTrend": an_object(
        {
            "weeks": a_list(
                an_object(
                    {
                        "week": ref("Week"),
                        "classrooms": or_null(COUNT),
                        "lights": or_null(an_object({light.value: SHARE for light in LIGHTS})),
                    }
                )
            )
        }
    ),
    "Recording": an_object({"word": TEXT, "sound": {"type": "string", "format": "binary"}}),
    "Recorded": an_object({"address": TEXT}),
    "Options": {"type": "object", "description": "As the browser's own `navigator.credentials`."},
    "Password": an_object({}, password=TEXT),
    "NewPasskey": an_object({"credential": {"type": "object"}}, label=TEXT),
    "Passkey": an_object({"credential": {"type": "object"}}, next=TEXT),
    "GoOn": an_object({"next": {"type": "string", "pattern": "^/"}}),
}
