"""How a class begins: with what is set, on the day itself, for the class it comes from."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from checkin.domain.class_changes import Change, ChangeKind, Move
from checkin.storage import class_changes, schools, tablets, teaching, timetables


def ending(change: Change) -> list[int]:
    """Return the classes that end with a change, but for those that ended before its day."""
    return [id for id in change.ends if schools.get_classroom(id).closed_on is None]


def beginning(change: Change) -> list[int]:
    """Return the classes that begin with a change, but for those that come from nothing now."""
    return [id for id in change.begins if sources_of(change, id)]


def sources_of(change: Change, new: int) -> list[int]:
    """Return the classes that a new one begins from, as far as they are still there."""
    return [id for id in change.comes_from(new) if schools.get_classroom(id).closed_on is None]


def sizes_on_the_day(change: Change) -> dict[int, int]:
    """Return how many pupils each class has with which it goes on, as there are so many now."""
    now = {
        part.before: schools.get_classroom(part.before).pupils
        for part in change.parts
        if part.before is not None
    }
    after = {part.after for part in change.parts if part.after is not None}
    return {id: change.pupils_on_the_day(id, now) for id in after}


def moves_on_the_day(change: Change) -> Iterator[Move]:
    """Yield which tablets go where: as was said, and with their class those that came since."""
    said = {move.tablet: move for move in change.moves}
    for classroom in dict.fromkeys(p.before for p in change.parts if p.before is not None):
        to = next(iter(change.becomes(classroom)), None)
        for tablet in tablets.tablets_of(classroom):
            move = said.get(tablet.id)
            if move is not None and move.before == classroom:
                yield move
            elif change.kind.ends_the_old:
                yield Move(tablet.id, classroom, to, change.day)


def follows_teachers(change: Change, new: int) -> bool:
    """Tell whether a new class gets the teachers of the old: where nobody else was chosen."""
    return change.kind is not ChangeKind.SPLIT and not teaching.teachers_of(new)


def teachers_on_the_day(change: Change, new: int) -> frozenset[int]:
    """Return who teaches a new class from its day on."""
    if not follows_teachers(change, new):
        return teaching.teachers_of(new)
    return frozenset().union(*(teaching.teachers_of(id) for id in sources_of(change, new)))


def begin(change: Change, new: int, now: datetime) -> None:
    """Let a class begin as those it comes from are now; the caller commits."""
    before = sources_of(change, new)
    model = schools.get_classroom(before[0])
    spoken = [code for id in before for code in schools.get_classroom(id).languages]
    schools.lay_table(new, replace(model.table, languages=tuple(dict.fromkeys(spoken))))
    timetables.set_openings(new, timetables.openings_of(model.id))
    if model.pause is not None and model.pause.last >= change.day:
        timetables.set_pause(new, model.pause)
    schools.set_pupils(new, sizes_on_the_day(change)[new])
    teaching.set_teachers(new, change.school, teachers_on_the_day(change, new))
    if change.kind.ends_the_old:
        teaching.stand_in_there_too(before, new, change.school, change.day, now)
    teaching.let_same_adults_talk(before, new, change.school)
    schools.reopen_classroom(new)


def add_late_tablets(change: Change) -> None:
    """Let the tablets that came to a class since it was planned go with it."""
    known = {move.tablet for move in change.moves}
    late = [move for move in moves_on_the_day(change) if move.tablet not in known]
    class_changes.add_moves(change.id, change.school, late)
