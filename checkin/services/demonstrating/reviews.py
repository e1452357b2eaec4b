"""The last weekly reviews of the demo school, and what its classes did with their weeks."""

from datetime import date, datetime, timedelta

from checkin.domain.access import Person
from checkin.domain.decisions import DecisionKind, FollowUp
from checkin.domain.flags import FlagState
from checkin.domain.school import Classroom
from checkin.services import caring, class_loop, deciding, meeting
from checkin.services.deciding import NewDecision
from checkin.services.signing_in import list_staff

TUESDAY, FRIDAY = 2, 5
LINES = (
    "Elke dag na de pauze samen bewogen; de kinderen vroegen er zelf om.",
    "Op dinsdag een kringgesprek met plaatjes over de pauze.",
    "Een stille hoek gemaakt bij het raam.",
)
WORDS = (
    (DecisionKind.TEACHER, "Wat verandert er rond de pauze?"),
    (DecisionKind.LOOK, "Het begin van de dag"),
    (DecisionKind.CLASS, ""),
)


def live_the_review(school: int, classrooms: list[Classroom], day: date, now: datetime) -> None:
    """Hold the review on Tuesday; on Friday a teacher writes what the class did."""
    people = list_staff(school)
    if day.isoweekday() == TUESDAY:
        _hold(school, [person for person in people if person.in_care_team], day, now)
    if day.isoweekday() == FRIDAY:
        for n, classroom in enumerate(classrooms[1:]):
            for teacher in (p for p in people if p.teaches(classroom.id)):
                line = LINES[(day.isocalendar().week + n) % len(LINES)]
                class_loop.write(classroom, line, teacher, now)


def _hold(school: int, team: list[Person], day: date, now: datetime) -> None:
    by = team[0]
    meeting.begin(school, [person.id for person in team], by, now)
    for n, decision in enumerate(meeting.this_week(school, now).to_follow):
        told = FollowUp.CARRIED_ON if n % 3 == 2 else FollowUp.DONE
        deciding.follow(decision, told, by, now)
    for n, flag in enumerate(caring.list_open(school)):
        if flag.has_deadline and flag.state is not FlagState.RAISED:
            kind, words = WORDS[(day.isocalendar().week + n) % len(WORDS)]
            until = day + timedelta(days=7)
            new = NewDecision(kind, team[n % len(team)].id, until, words)
            deciding.decide(new, by, now, flag)
    meeting.end(by, now + timedelta(minutes=9))
