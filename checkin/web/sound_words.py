"""What staff read about the sound of a word, and the picture beside it."""

from dataclasses import dataclass

from flask_babel import gettext as _

from checkin.domain.recordings import SPOKEN_WORDS, Recording
from checkin.domain.sounds import Refusal
from checkin.domain.words import ADULT_WORDS, COPING_WORDS, DUTCH, NEED_WORDS, Language
from checkin.services import sounds
from checkin.web.pupil_words import vocabulary_of
from checkin.web.sounds import file_name, sounds_of

_FOLDERS = {
    **dict.fromkeys(COPING_WORDS, "coping/"),
    **dict.fromkeys(NEED_WORDS, "needs/"),
    **dict.fromkeys(ADULT_WORDS, "adults/"),
}


@dataclass(frozen=True)
class Heard:
    """A word, how it is written, and what sounds when a tablet says it."""

    id: str
    icon: str
    text: str
    dutch: str
    address: str
    recording: Recording | None

    @property
    def name(self) -> str:
        """Return the name of the word in addresses."""
        return file_name(self.id)

    @property
    def is_stale(self) -> bool:
        """Tell whether the word was changed after somebody recorded it."""
        return self.recording is not None and not self.recording.says(self.text)


def words_heard(school: int, language: Language) -> list[Heard]:
    """Return every word a language has, with what sounds when a tablet says it."""
    vocabulary = vocabulary_of(school)
    texts, dutch = vocabulary.words_in(language.code), vocabulary.words_in(DUTCH)
    addresses = sounds_of(school, language.code)
    kept = {one.word: one for one in sounds.recordings_of(school, (language.code,))}
    return [
        Heard(id, icon_of(id), texts[id], dutch.get(id, ""), addresses.get(id, ""), kept.get(id))
        for id in SPOKEN_WORDS
        if id in texts
    ]


def icon_of(word: str) -> str:
    """Return the name of the picture of a word."""
    return "pass" if word == "not today" else _FOLDERS.get(word, "") + word


def why_not(refusal: Refusal) -> str:
    """Say why a sound cannot be kept, and what to do."""
    match refusal:
        case Refusal.TOO_SHORT:
            return _("That was too short to be a word. Record it again.")
        case Refusal.TOO_LONG:
            return _("That was longer than four seconds. Say the word alone, once.")
        case Refusal.SILENT:
            return _("Nothing can be heard in it. Come closer to the microphone and try again.")
        case Refusal.OTHER_FORMAT | Refusal.NOT_A_SOUND:
            return _("This is no WAV file of 16 kHz, one channel and 16 bits. Nothing was kept.")
