"""The forms of what stands around the steps: vision, card, meetings, routes, social map."""

from dataclasses import replace
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from checkin.domain.structure import (
    AcuteCard,
    Meeting,
    Rhythm,
    Route,
    Section,
    Structure,
)
from checkin.web.pattern_words import PATTERNS, title_of
from checkin.web.structure.choices import A_NAME, label_of, roles_of, steps_of
from checkin.web.structure.fields import Around, Field, Kind, Typed
from checkin.web.structure.forms import SectionForm, Values

VISION = SectionForm(
    section=Section.VISION,
    title=_("Vision"),
    lead=_("Why your school looks after well-being, in a few lines of your own."),
    fields=(Field("vision", _("In your own words"), Kind.TEXT),),
    parts=lambda structure: (structure.vision,),
    typed=lambda vision: {"vision": (vision,)},
    build=lambda values, around: values["vision"],
    put=lambda structure, parts: replace(structure, vision="".join(parts)),
)

ACUTE = SectionForm(
    section=Section.ACUTE,
    title=_("When a child is not safe now"),
    lead=_("What anybody at school does at once. It is on the printed sheet too."),
    fields=(
        Field(
            "lines",
            _("What to do, one line each"),
            Kind.LINES,
            hint=_(
                "112, Veilig Thuis 0800-2000, the steps of your own reporting code, whom to ask."
            ),
        ),
    ),
    parts=lambda structure: (structure.acute,),
    typed=lambda acute: {"lines": ("\n".join(acute.lines),)},
    build=lambda values, around: AcuteCard(values["lines"]),
    put=lambda structure, parts: replace(structure, acute=next(iter(parts), AcuteCard())),
)


def _type_meeting(meeting: Meeting) -> Typed:
    return {
        "label": (meeting.label,),
        "members": meeting.members,
        "weeks": (str(meeting.rhythm.weeks),),
        "dates": ("\n".join(f"{day:%d-%m-%Y}" for day in meeting.rhythm.dates),),
    }


def _build_meeting(values: Values, around: Around) -> Meeting:
    rhythm = Rhythm(values["weeks"] or 1, values["dates"])
    return Meeting(values["label"], values["members"], rhythm)


MEETINGS = SectionForm(
    section=Section.MEETINGS,
    title=_("Meetings"),
    lead=_("Who sits down together, and how often."),
    fields=(
        Field("label", _("Name of the meeting"), must=A_NAME),
        Field(
            "weeks",
            _("Every how many weeks"),
            Kind.NUMBER,
            hint=_("1 is every week"),
            least=1,
            most=26,
        ),
        Field("members", _("Who is there"), Kind.TICKS, choices=roles_of),
        Field(
            "dates",
            _("Or on these days"),
            Kind.DAYS,
            hint=_("One day a line, such as 23-11-2026. They count instead of the weeks."),
        ),
    ),
    parts=lambda structure: structure.meetings,
    typed=_type_meeting,
    build=_build_meeting,
    put=lambda structure, meetings: replace(structure, meetings=meetings),
    legend=label_of,
    another=_("Add a meeting"),
    key=lambda meeting: meeting.label,
)


def _type_route(route: Route) -> Typed:
    return {
        "pattern": (route.pattern,),
        "strength_from": (f"{route.strength_from:g}",),
        "step": (route.step,),
    }


def _build_route(values: Values, around: Around) -> Route:
    return Route(values["pattern"], float(values["strength_from"] or 0), values["step"])


def _put_routes(structure: Structure, routes: tuple[Route, ...]) -> Structure:
    return replace(structure, routes=routes)


def _name_route(typed: Typed, around: Around) -> str:
    pattern: Any = next(iter(typed.get("pattern", ())), "")
    return title_of(pattern) if pattern in PATTERNS else gettext("every pattern")


ROUTES = SectionForm(
    section=Section.ROUTES,
    title=_("Where a flag starts"),
    lead=_(
        "Every flag starts at the first step, unless a line here says otherwise. A line for its "
        "own pattern goes before one for every pattern."
    ),
    fields=(
        Field(
            "pattern",
            _("When the pattern is"),
            Kind.CHOICE,
            choices=lambda around: [(name, title_of(name)) for name in PATTERNS],
        ),
        Field(
            "strength_from",
            _("From which strength"),
            Kind.NUMBER,
            hint=_("0 is always; 3 is clear, 6 is very strong"),
            most=20,
        ),
        Field(
            "step",
            _("It starts at the step"),
            Kind.CHOICE,
            must=_("Choose a step."),
            choices=steps_of,
        ),
    ),
    parts=lambda structure: structure.routes,
    typed=_type_route,
    build=_build_route,
    put=_put_routes,
    legend=_name_route,
    another=_("Add a line"),
    key=lambda route: f"{route.pattern}:{route.strength_from}",
)
