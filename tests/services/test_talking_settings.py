"""Who can be asked: named, shown by a picture that tells nothing else, and forgotten."""

import io
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from checkin.domain.calendar import DayOff, SchoolCalendar, Span
from checkin.domain.talk_setting import Adult
from checkin.domain.talks import Step
from checkin.services import forgetting, signing_in, talking, talking_settings
from checkin.services.talking_forgetting import kept_since
from checkin.services.talking_photos import SIDE, NotAPhoto, clean
from checkin.services.talking_settings import NotKept, Wrong
from tests.school import MONDAY, SmallSchool, at
from tests.talks import PROTOCOL, ask, let_pupils_ask, name_adult, people_of


def a_photo(kind: str = "JPEG", size: tuple[int, int] = (600, 400), **more: object) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "orange").save(written, kind, **more)
    return written.getvalue()


def with_a_place() -> bytes:
    """Return a photo that says where it was taken, and by which camera."""
    about = Image.Exif()
    about[0x010F] = "A camera that can be known again"
    about.get_ifd(0x8825)[2] = (52.0, 22.0, 12.0)
    return a_photo(exif=about, comment=b"in the garden of the school")


def an_adult(school: SmallSchool) -> Adult:
    people = people_of(school)
    classes = frozenset(school.classrooms)
    return Adult(people["tess"].id, "", "juf Tess", "teacher", classes, people["omar"].id)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"called": ""}, Wrong.NAME),
        ({"called": "x" * 25}, Wrong.NAME),
        ({"called": "juf\nTess"}, Wrong.NAME),
        ({"symbol": "pirate"}, Wrong.SYMBOL),
        ({"deputy": None}, Wrong.DEPUTY),
        ({"deputy": 999}, Wrong.DEPUTY),
        ({"classrooms": frozenset({999})}, Wrong.CLASSES),
    ],
)
def test_an_adult_is_whole_or_not_kept(
    school: SmallSchool, change: dict[str, object], wrong: Wrong
) -> None:
    inge, now = people_of(school)["inge"], school.clock.now
    with pytest.raises(NotKept) as refused:
        talking_settings.keep_adult(inge, replace(an_adult(school), **change), None, now)
    assert refused.value.wrong is wrong
    assert talking_settings.setting_of(school.id).adults == ()
    assert not talking_settings.has_adults(school.id)


def test_nobody_stands_in_for_themselves(school: SmallSchool) -> None:
    adult = an_adult(school)
    with pytest.raises(NotKept):
        talking_settings.keep_adult(
            people_of(school)["inge"], replace(adult, deputy=adult.staff), None, school.clock.now
        )


def test_a_class_is_switched_on_only_when_nothing_is_missing(school: SmallSchool) -> None:
    inge, now = people_of(school)["inge"], school.clock.now
    with pytest.raises(NotKept) as refused:
        talking_settings.keep_setting(inge, PROTOCOL, None, school.classrooms[:1], now)
    assert (refused.value.wrong, refused.value.classroom) == (
        Wrong.NOT_READY,
        school.classrooms[0],
    )
    name_adult(school, "tess", "omar")
    with pytest.raises(NotKept):
        talking_settings.keep_setting(inge, "  ", None, school.classrooms[:1], now)
    talking_settings.keep_setting(inge, PROTOCOL, None, school.classrooms[:1], now)
    assert talking_settings.setting_of(school.id).is_on(school.classrooms[0])


def test_it_goes_off_by_itself_when_nobody_is_left(school: SmallSchool) -> None:
    let_pupils_ask(school, pain=True)
    inge, tess = people_of(school)["inge"], people_of(school)["tess"]
    talking_settings.remove_adult(inge, tess.id, school.clock.now)
    setting = talking_settings.setting_of(school.id)
    assert (setting.adults, setting.pain_to) == ((), None)
    assert not setting.is_on(school.classrooms[0])


def test_a_deputy_who_left_stands_in_no_more(school: SmallSchool) -> None:
    let_pupils_ask(school)
    signing_in.leave(people_of(school)["omar"].id, school.clock.now)
    setting = talking_settings.setting_of(school.id)
    assert setting.adults[0].deputy is None
    assert not setting.is_on(school.classrooms[0])


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_becomes_small_and_square(kind: str) -> None:
    with Image.open(io.BytesIO(clean(a_photo(kind)))) as drawn:
        assert (drawn.format, drawn.size) == ("JPEG", (SIDE, SIDE))


def test_a_photo_keeps_neither_place_nor_camera() -> None:
    before, after = with_a_place(), clean(with_a_place())
    assert b"garden" in before
    for told in (b"garden", b"camera", b"Exif"):
        assert told not in after
    with Image.open(io.BytesIO(after)) as drawn:
        assert not drawn.getexif()


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"no photo",
        a_photo("GIF"),
        a_photo()[:300],
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    ],
)
def test_what_is_no_photo_is_refused(file: bytes) -> None:
    with pytest.raises(NotAPhoto):
        clean(file)


def test_a_photo_that_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checkin.services.talking_photos.MOST_PIXELS", 1000)
    with pytest.raises(NotAPhoto):
        clean(a_photo())


def test_a_photo_is_kept_changed_and_taken_away(school: SmallSchool) -> None:
    name_adult(school, "tess", "omar", a_photo())
    inge, tess = people_of(school)["inge"], people_of(school)["tess"]
    first = talking_settings.setting_of(school.id).adults[0].photo
    name_adult(school, "tess", "omar")
    assert talking_settings.setting_of(school.id).adults[0].photo == first != ""
    assert talking_settings.find_photo(school.id, tess.id)
    assert talking_settings.find_photo(school.id + 1, tess.id) is None
    talking_settings.drop_photo(inge, tess.id, school.clock.now)
    assert talking_settings.find_photo(school.id, tess.id) is None
    assert talking_settings.setting_of(school.id).adults[0].photo == ""


def test_a_wish_is_forgotten_ten_school_weeks_after_it_was_closed(school: SmallSchool) -> None:
    let_pupils_ask(school)
    ask(school)
    ask(school, "bird")
    tess = people_of(school)["tess"]
    closed = next(
        one.request
        for one in talking.talks_for(tess, school.clock.now)
        if one.request.symbol == "fox"
    )
    talking.take(closed, Step.CLOSED, tess, school.clock.now)
    weeks = lambda n: at(9, 0, MONDAY + timedelta(weeks=n))  # noqa: E731
    # Two weeks of Christmas and one of spring lie between: 23 November and ten school weeks.
    assert forgetting.forget(weeks(12)).talks == 0
    assert forgetting.forget(weeks(14)).talks == 1
    assert forgetting.forget(weeks(14)).talks == 0
    assert [one.request.symbol for one in talking.talks_for(tess, weeks(14))] == ["bird"]


def test_weeks_without_school_are_not_counted() -> None:
    zone, today = ZoneInfo("Europe/Amsterdam"), date(2026, 11, 23)
    assert kept_since(SchoolCalendar(zone), today) == today - timedelta(weeks=10)
    break_of_two = Span(today - timedelta(days=30), today - timedelta(days=15), DayOff.HOLIDAY)
    assert kept_since(SchoolCalendar(zone, (break_of_two,)), today) <= today - timedelta(weeks=11)
    always = SchoolCalendar(zone, (Span(date(2024, 1, 1), today, DayOff.HOLIDAY),))
    assert kept_since(always, today) == today - timedelta(weeks=60)


def test_the_face_of_who_left_is_forgotten(school: SmallSchool) -> None:
    name_adult(school, "tess", "omar", a_photo())
    tess = people_of(school)["tess"]
    signing_in.leave(tess.id, school.clock.now)
    forgetting.forget(school.clock.now)
    assert talking_settings.find_photo(school.id, tess.id) is None
