"""What is asked about a class, and about the school as a whole."""

from checkin.domain.rounds import Moment
from tools.openapi.parts import STAFF, Json, in_path, in_query, one_of, operation, ref
from tools.openapi.schemas import DAY, ROW

CLASSROOM = in_path("classroom", ROW)
NOT_MINE = (403, 404)

PATHS: Json = {
    "/classrooms/{classroom}/trend.json": {
        "get": operation(
            "trends.show_json",
            "Answer with what was released of a class; open rounds are absent.",
            STAFF,
            ref("Trend"),
            parameters=(
                CLASSROOM,
                in_query("from", DAY, "The first day; ten weeks ago when absent."),
                in_query("to", DAY, "The last day; today when absent. Two years at most."),
            ),
            refusals=(400, *NOT_MINE),
        )
    },
    "/classrooms/{classroom}/today.json": {
        "get": operation(
            "trends.today_json",
            "Answer how many have tapped today: all that may be told of an open round.",
            STAFF,
            ref("RoundsOfToday"),
            parameters=(CLASSROOM,),
            refusals=NOT_MINE,
        )
    },
    "/classrooms/{classroom}/rounds/{day}/{moment}/seal": {
        "post": operation(
            "trends.seal",
            "Seal a round now; a second time changes nothing. 409 when it never opened.",
            STAFF,
            ref("Sealed"),
            parameters=(CLASSROOM, in_path("day", DAY), in_path("moment", one_of(Moment))),
            refusals=(*NOT_MINE, 409),
            is_unsafe=True,
        )
    },
    "/classrooms/{classroom}/enrolment-codes": {
        "post": operation(
            "school.make_code",
            "Make a code that enrols one tablet for this class, good for some minutes.",
            STAFF,
            ref("FreshCode"),
            status=201,
            parameters=(CLASSROOM,),
            refusals=NOT_MINE,
            is_unsafe=True,
        )
    },
    "/school/trend.json": {
        "get": operation(
            "school_trend.show_json",
            "Answer with the shares of lights in the weeks of the school, of three classes and up.",
            STAFF,
            ref("SchoolTrend"),
            parameters=(
                in_query("weeks", {"type": "string"}, "How many; the nearest that is offered."),
            ),
            refusals=(403,),
        )
    },
}
