"""The flags of a school in the order in which they ask for attention."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from checkin.domain.flags import Flag, FlagState


@dataclass(frozen=True)
class Group:
    """Flags that stand alike; `about` says what this group is, where its name does not."""

    id: str
    title: str
    about: str
    flags: tuple[Flag, ...]


def groups_of(flags: Sequence[Flag], late: Collection[int] = ()) -> tuple[Group, ...]:
    """Return the groups that have flags; good news stands apart, and `late` comes first."""
    worries = [flag for flag in flags if not flag.is_good_news]
    news = [flag for flag in flags if flag.is_good_news]
    overdue = [flag for flag in worries if flag.id in late]
    reached = [flag for flag in worries if not flag.is_listed and flag.id not in late]
    listed = [flag for flag in worries if flag.is_listed]
    groups = (
        _of(
            "overdue",
            _("Overdue"),
            overdue,
            _("Not taken up, or not done, by the day of their step."),
        ),
        _of("raised", _("New"), _with(FlagState.RAISED, reached)),
        _of("acknowledged", _("Acknowledged"), _with(FlagState.ACKNOWLEDGED, reached)),
        _of("in-hand", _("In hand"), _with(FlagState.IN_HAND, reached)),
        _of(
            "listed",
            _("Noticed, not urgent"),
            sorted(listed, key=lambda flag: -flag.strength),
            _("These wait their turn: no deadline runs. You can take one up at any time."),
        ),
        _of("good-news", _("Good news"), news, _("A class that is lighter again after a flag.")),
        _of("closed", _("Closed"), _with(FlagState.CLOSED, reached)),
    )
    return tuple(group for group in groups if group.flags)


def _of(id: str, title: str, flags: Sequence[Flag], about: str = "") -> Group:
    return Group(id, title, about, tuple(flags))


def _with(state: FlagState, flags: Sequence[Flag]) -> list[Flag]:
    return [flag for flag in flags if flag.state is state]
