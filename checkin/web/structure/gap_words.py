"""What a structure lacks, in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from checkin.domain.access import Person
from checkin.domain.structure import Gap, GapKind, Section
from checkin.web.access import may_open

TALKS = "talk_settings.show"


@dataclass(frozen=True)
class GapLine:
    """A gap as a sentence, and where it can be mended: in a section, or on a page of its own."""

    told: str
    section: Section | None
    page: str | None = None
    count: int = 1
    """How many things it is about: some gaps are one line for several."""


def gap_lines(gaps: Iterable[Gap], person: Person) -> list[GapLine]:
    """Say what is missing, the gravest first, with the pages this person can mend it on."""
    return [
        GapLine(told_of(gap), gap.section, _page_for(gap, person), max(1, len(gap.subjects)))
        for gap in gaps
    ]


def _page_for(gap: Gap, person: Person) -> str | None:
    is_known = gap.kind is GapKind.NO_TALK_ADULTS and may_open(TALKS, person)
    return TALKS if is_known else None


def told_of(gap: Gap) -> str:
    """Say what is missing in one sentence."""
    what, n = ", ".join(gap.subjects), len(gap.subjects)
    return _SENTENCES[gap.kind](what, n)


_SENTENCES: Mapping[GapKind, Callable[[str, int], str]] = {
    GapKind.NO_ACUTE_CARD: lambda what, n: _(
        "There is no card yet for when a child is not safe now."
    ),
    GapKind.NO_HOLDER: lambda what, n: _("%(what)s: nobody has this role yet.", what=what),
    GapKind.NO_DEPUTY: lambda what, n: _(
        "%(what)s: nobody stands in when whoever has it is away.", what=what
    ),
    GapKind.LEFT: lambda what, n: _(
        "%(what)s: somebody in this role has left the school.", what=what
    ),
    GapKind.NO_ACCOUNT: lambda what, n: _(
        "%(what)s: nobody in this role has an account, so nobody gets a reminder.", what=what
    ),
    GapKind.NO_OUTCOME: lambda what, n: _(
        "%(what)s: it does not say how this step can end.", what=what
    ),
    GapKind.NO_ESCALATION: lambda what, n: _(
        "%(what)s: when it is not done in time, it goes to nobody.", what=what
    ),
    GapKind.NOWHERE_ELSE: lambda what, n: _(
        "%(what)s: when it is not done in time, it goes to the same role again.", what=what
    ),
    GapKind.NO_FIRST_STEPS: lambda what, n: _(
        "%(what)s: there is no suggestion yet of what one can try first.", what=what
    ),
    GapKind.EMPTY_LEVEL: lambda what, n: _("%(what)s: this level has no step.", what=what),
    GapKind.NO_MEETING: lambda what, n: _("No meeting is named yet."),
    GapKind.NO_REFERRAL: lambda what, n: _("The social map is empty."),
    GapKind.NO_CONTACT: lambda what, n: ngettext(
        "Social map: it does not say yet how you reach %(what)s.",
        "Social map: it does not say yet how you reach these %(num)s: %(what)s.",
        n,
        what=what,
    ),
    GapKind.NEVER_CHECKED: lambda what, n: ngettext(
        "Social map: %(what)s was never checked.",
        "Social map: these %(num)s were never checked: %(what)s.",
        n,
        what=what,
    ),
    GapKind.LONG_UNCHECKED: lambda what, n: ngettext(
        "Social map: %(what)s was not checked for more than a year.",
        "Social map: these %(num)s were not checked for more than a year: %(what)s.",
        n,
        what=what,
    ),
    GapKind.NO_VISION: lambda what, n: _("The vision of the school is not written yet."),
    GapKind.NO_TALK_ADULTS: lambda what, n: _(
        "No adult is named yet whom a pupil can ask for a talk."
    ),
}
