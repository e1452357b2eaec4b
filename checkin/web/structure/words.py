"""What sections, standings, days and rhythms are called, in the reader's language."""

from flask_babel import gettext as _
from flask_babel import ngettext

from checkin.domain.structure import Flaw, NotWhole, Rhythm, Section, Structure, StructureStep
from checkin.services.structure_versions import Standing
from checkin.web.language import long_day


def section_word(section: Section) -> str:
    """Name a section in a word or two."""
    return {
        Section.VISION: _("Vision"),
        Section.ROLES: _("Roles"),
        Section.LEVELS: _("Levels"),
        Section.STEPS: _("Steps"),
        Section.ROUTES: _("Where a flag starts"),
        Section.MEETINGS: _("Meetings"),
        Section.REFERRALS: _("Social map"),
        Section.ACUTE: _("When a child is not safe"),
    }[section]


def standing_word(standing: Standing) -> str:
    """Say where a version stands."""
    return {
        Standing.COMING: _("comes into force"),
        Standing.IN_FORCE: _("in force"),
        Standing.PAST: _("replaced"),
        Standing.NEVER_HELD: _("replaced before it began"),
    }[standing]


def deadline(step: StructureStep) -> str:
    """Say by when a step is to be done."""
    if not step.school_days:
        return _("the same day")
    return ngettext("within %(num)s school day", "within %(num)s school days", step.school_days)


def rhythm_word(rhythm: Rhythm) -> str:
    """Say how often people meet."""
    if rhythm.dates:
        return _("on %(days)s", days=", ".join(long_day(day) for day in rhythm.dates))
    return ngettext("every week", "every %(num)s weeks", rhythm.weeks)


def section_needing(flaw: NotWhole, structure: Structure) -> Section | None:
    """Return the section in which something needs what is removed, None where it is here."""
    if flaw.flaw is Flaw.UNKNOWN_STEP:
        return Section.ROUTES
    if flaw.flaw is Flaw.UNKNOWN_LEVEL:
        return Section.STEPS
    if flaw.flaw is not Flaw.UNKNOWN_ROLE:
        return None
    if any(flaw.where == one.label and one.role == flaw.what for one in structure.levels):
        return Section.LEVELS
    is_step = any(
        flaw.where == one.label and flaw.what in (one.owner, one.escalates_to)
        for one in structure.steps
    )
    return Section.STEPS if is_step else Section.MEETINGS


def flaw_word(flaw: NotWhole) -> str:
    """Say why a section cannot be kept like this."""
    return {
        Flaw.NO_ROLE: _("At least one role has to stay."),
        Flaw.NO_LEVEL: _("At least one level has to stay."),
        Flaw.NO_STEP: _("At least one step has to stay."),
        Flaw.TWICE: _("Two of them have the number %(what)s. Give one another.", what=flaw.what),
        Flaw.UNKNOWN_ROLE: _(
            "“%(where)s” still needs a role that you remove. Change that first.", where=flaw.where
        ),
        Flaw.UNKNOWN_LEVEL: _(
            "The step “%(where)s” is still at a level that you remove. Change that first.",
            where=flaw.where,
        ),
        Flaw.UNKNOWN_STEP: _(
            "A flag still starts at a step that you remove. Change that first, at “Where a flag "
            "starts”."
        ),
    }[flaw.flaw]
