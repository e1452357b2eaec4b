"""Whom pupils can ask for a talk, in which classes, and what the school then does."""

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.orm import aliased

from checkin.domain.talk_setting import Adult, TalkSetting
from checkin.storage.database import db
from checkin.storage.rows import (
    StaffRow,
    TalkAdultClassRow,
    TalkAdultRow,
    TalkClassRow,
    TalkSettingRow,
)


def setting_of(school: int) -> TalkSetting:
    """Return what a school has filled in; people who left are not in it."""
    row = db.session.get(TalkSettingRow, school)
    on = select(TalkClassRow.classroom_id).where(TalkClassRow.school_id == school)
    return TalkSetting(
        protocol=row.protocol if row else "",
        pain_to=row.pain_to if row else None,
        switched_on=frozenset(db.session.scalars(on)),
        adults=_adults(school),
    )


def set_protocol(school: int, protocol: str, pain_to: int | None) -> None:
    """Keep what the school does, and who is told of pain."""
    db.session.merge(TalkSettingRow(school_id=school, protocol=protocol, pain_to=pain_to))


def switch_on(school: int, classrooms: Collection[int]) -> None:
    """Choose the classes it is on for; no other has it then."""
    db.session.execute(delete(TalkClassRow).where(TalkClassRow.school_id == school))
    db.session.add_all(TalkClassRow(classroom_id=id, school_id=school) for id in sorted(classrooms))


def keep_adult(school: int, adult: Adult) -> None:
    """Name somebody pupils can ask for, or change what is shown of them; not their photo."""
    row = db.session.get(TalkAdultRow, adult.staff)
    if row is None:
        row = TalkAdultRow(staff_id=adult.staff, school_id=school, photo_version="")
        db.session.add(row)
    row.called, row.symbol, row.deputy_id = adult.called, adult.symbol, adult.deputy
    kept = {one.classroom_id: one for one in row.classes}
    row.classes = [
        kept.get(id) or TalkAdultClassRow(classroom_id=id, school_id=school)
        for id in sorted(adult.classrooms)
    ]
    db.session.flush()


def set_photo(staff: int, photo: bytes | None, version: str) -> None:
    """Keep a photo in place of the one there was; None takes it away."""
    row = db.session.get_one(TalkAdultRow, staff)
    row.photo, row.photo_version = photo, version


def find_photo(school: int, staff: int) -> bytes | None:
    """Return the photo of an adult, or None."""
    query = select(TalkAdultRow.photo).where(
        TalkAdultRow.school_id == school, TalkAdultRow.staff_id == staff
    )
    return db.session.scalar(query)


def remove_adult(staff: int) -> None:
    """Let pupils no longer ask for somebody, nor for anybody through them."""
    db.session.execute(delete(TalkAdultClassRow).where(TalkAdultClassRow.staff_id == staff))
    db.session.execute(delete(TalkAdultRow).where(TalkAdultRow.staff_id == staff))


def remove_who_left(school: int) -> int:
    """Delete the names and photos of adults who left, and return how many there were."""
    left = select(StaffRow.id).where(StaffRow.left_at.is_not(None))
    query = select(TalkAdultRow.staff_id).where(
        TalkAdultRow.school_id == school, TalkAdultRow.staff_id.in_(left)
    )
    gone = list(db.session.scalars(query))
    for staff in gone:
        remove_adult(staff)
    return len(gone)


def _adults(school: int) -> tuple[Adult, ...]:
    deputy = aliased(StaffRow)
    query = (
        select(TalkAdultRow, StaffRow.name, deputy.name, deputy.left_at)
        .join(StaffRow, StaffRow.id == TalkAdultRow.staff_id)
        .outerjoin(deputy, deputy.id == TalkAdultRow.deputy_id)
        .where(TalkAdultRow.school_id == school, StaffRow.left_at.is_(None))
        .order_by(StaffRow.name, StaffRow.id)
    )
    return tuple(
        Adult(
            staff=row.staff_id,
            name=name,
            called=row.called,
            symbol=row.symbol,
            classrooms=frozenset(one.classroom_id for one in row.classes),
            deputy=row.deputy_id if left_at is None else None,
            deputy_name=(deputy_name or "") if left_at is None else "",
            photo=row.photo_version,
        )
        for row, name, deputy_name, left_at in db.session.execute(query)
    )
