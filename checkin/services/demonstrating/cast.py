"""The people and classes of the demo school."""

from dataclasses import dataclass
from datetime import date

from checkin.domain.access import Role
from checkin.domain.calendar import MINUTES_A_DAY, Opening
from checkin.domain.cards import CardSet
from checkin.domain.rounds import Moment
from checkin.domain.school_years import Region
from checkin.services.setting_up import NewClassroom, NewSchool, NewStaff

PASSWORD = "checkin-demo"  # noqa: S105  # printed on the screen: the demo serves this machine only


@dataclass(frozen=True)
class Story:
    """How heavy a class's days are, from the first week to the last."""

    usual: float
    turns: tuple[tuple[int, float], ...] = ()

    def heavy_share(self, week: int) -> float:
        """Return the share of heavy taps in a week, the first being 0."""
        share = self.usual
        for from_week, turned in self.turns:
            if week >= from_week:
                share = turned
        return share


STEADY = Story(0.22)
RECOVERING = Story(0.20, ((4, 0.62), (9, 0.20)))
IN_TROUBLE = Story(0.22, ((11, 0.75),))

STORIES = (STEADY, STEADY, IN_TROUBLE, RECOVERING)


def demo_school(started_on: date) -> NewSchool:
    """Return the demo school; its rounds are open all day, until they are sealed by hand."""
    return NewSchool(
        name="De Regenboog (demo)",
        region=Region.MIDDEN,
        is_demo=True,
        started_on=started_on,
        classrooms=(
            _classroom("Vlinders", 6, CardSet.FOUR, ("nl", "ar", "uk")),
            _classroom("Zonnebloem", 12, CardSet.SIX, ("nl", "ar", "uk", "ti"), Moment.CHECK_OUT),
            _classroom("ISK 1b", 14, CardSet.EIGHT, ("nl", "ar", "ti", "uk", "en")),
            _classroom("ISK 2a", 24, CardSet.EIGHT, ("nl", "uk", "ar", "ti", "en")),
        ),
        staff=(
            _person("Adam de Wit", "adam", (Role.ADMIN,)),
            _person("Hanna Bakker", "hanna", (Role.HEAD,)),
            _person("Inge Visser", "inge", (Role.IB,)),
            _person("Ibrahim Kaya", "ibrahim", (Role.IB,)),
            _person("Tess Mulder", "tess", (Role.TEACHER,), (0, 1)),
            _person("Omar Haddad", "omar", (Role.TEACHER,), (2,)),
            _person("Noor Jansen", "noor", (Role.TEACHER,), (3,)),
        ),
    )


def _classroom(
    name: str,
    pupils: int,
    card_set: CardSet,
    languages: tuple[str, ...],
    coping: Moment | None = None,
) -> NewClassroom:
    all_day = Opening(0, MINUTES_A_DAY)
    openings = {(weekday, moment): all_day for weekday in range(1, 8) for moment in Moment}
    return NewClassroom(name, pupils, card_set, openings, languages, coping=coping)


def _person(
    name: str, first: str, roles: tuple[Role, ...], classrooms: tuple[int, ...] = ()
) -> NewStaff:
    return NewStaff(name, f"{first}@regenboog.example", PASSWORD, roles, classrooms)
