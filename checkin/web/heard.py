"""'We heard you': what a class is shown once its round is closed. A weather, never a number."""

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from checkin.domain.release import Light
from checkin.domain.rounds import Moment, Round
from checkin.services import trends
from checkin.web.periods import BadPeriod, read_day
from checkin.web.school.places import get_classroom

blueprint = Blueprint("heard", __name__)

WEATHER = {
    Light.FEW: "sun",
    Light.SOME: "sun-and-cloud",
    Light.MANY: "rain",
    Light.WITHHELD: "heard",
}
"""The picture of a light; a withheld one is no weather at all."""


@blueprint.get("/classrooms/<int:classroom>/rounds/<day>/<moment>/heard")
def show(classroom: int, day: str, moment: str) -> ResponseReturnValue:
    """Show a class that it was heard; there is no such page before the round is sealed."""
    round = _read_round(get_classroom(classroom).id, day, moment)
    sealed = trends.trend_of(round.classroom, round.day, round.day).rounds
    light = next((one.light for one in sealed if one.round == round and one.was_held), None)
    return render_template(
        "heard.html",
        weather=WEATHER[light] if light is not None else abort(404),
        back=url_for("trends.show", classroom=round.classroom),
    )


def _read_round(classroom: int, day: str, moment: str) -> Round:
    try:
        return Round(classroom, read_day(day), Moment(moment))
    except (ValueError, BadPeriod):
        abort(404)
