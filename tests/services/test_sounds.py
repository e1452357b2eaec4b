"""It keeps how the words sound in a school, until somebody deletes it."""

import pytest

from checkin.domain.access import Person, Role
from checkin.domain.sounds import NotASound, clean
from checkin.services import signing_in, sounds
from checkin.services.sounds import Spoken
from tests.school import MONDAY, SmallSchool, at
from tests.sounds import tone, wav_of

SAD = Spoken("ti", "sad", "ጓሂ")
WAV = wav_of(tone())
LOWER = wav_of(tone(hertz=220))


@pytest.fixture
def tess(school: SmallSchool) -> Person:
    people = signing_in.list_staff(school.id)
    return next(person for person in people if Role.TEACHER in person.roles)


def audio_of(recording, school: int) -> bytes | None:
    return sounds.find_audio(school, recording.language, recording.word, recording.version)


def test_keeps_a_clean_copy_with_the_day_of_the_school(school: SmallSchool, tess: Person) -> None:
    kept = sounds.keep(tess, SAD, WAV, at(23, 30))
    assert audio_of(kept, school.id) == clean(WAV)
    assert sounds.recordings_of(school.id, ["ti"]) == [kept]
    assert (kept.made_on, kept.says("ጓሂ")) == (MONDAY, True)


def test_puts_a_new_recording_in_the_place_of_the_old(school: SmallSchool, tess: Person) -> None:
    old, new = (sounds.keep(tess, SAD, wav, at(9)) for wav in (WAV, LOWER))
    assert sounds.recordings_of(school.id, ["ti"]) == [new]
    assert audio_of(old, school.id) is None
    assert audio_of(new, school.id) == clean(LOWER)


def test_keeps_what_there_was_when_the_new_one_is_no_sound(
    school: SmallSchool, tess: Person
) -> None:
    kept = sounds.keep(tess, SAD, WAV, at(9))
    with pytest.raises(NotASound):
        sounds.keep(tess, SAD, b"RIFF", at(10))
    assert sounds.recordings_of(school.id, ["ti"]) == [kept]


def test_deletes_for_good_and_twice_without_harm(school: SmallSchool, tess: Person) -> None:
    kept = sounds.keep(tess, SAD, WAV, at(9))
    other = sounds.keep(tess, Spoken("ti", "happy", "ሓጎስ"), WAV, at(9))
    for _ in range(2):
        sounds.delete(tess, "ti", "sad")
    assert sounds.recordings_of(school.id, ["ti"]) == [other]
    assert audio_of(kept, school.id) is None


def test_tells_the_languages_apart(school: SmallSchool, tess: Person) -> None:
    sounds.keep(tess, SAD, WAV, at(9))
    dutch = sounds.keep(tess, Spoken("nl", "sad", "verdrietig"), WAV, at(9))
    assert sounds.recordings_of(school.id, ["nl", "ar"]) == [dutch]


def test_has_nothing_of_another_school(school: SmallSchool, tess: Person) -> None:
    kept = sounds.keep(tess, SAD, WAV, at(9))
    assert audio_of(kept, school.id + 1) is None
    assert sounds.recordings_of(school.id + 1, ["ti"]) == []
