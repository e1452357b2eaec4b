"""Just enough of the C interface of espeak-ng 1.52 to have words said."""

import ctypes
from array import array
from collections.abc import Callable
from importlib import import_module
from typing import Any

RATE = 22_050
WORDS_A_MINUTE = 130  # slow: one word, for somebody who learns it

_RETRIEVAL, _SYNCHRONOUS = 1, 2
_SPEED = 1
_BY_CHARACTER, _UTF8 = 1, 1
_IPA = 0x02
_OK = 0
_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


class CannotSpeak(Exception):
    """The library is another than the one known here, or lacks a voice."""


class Speaker:
    """The one speaker of this process."""

    def __init__(self) -> None:
        loader: Any = import_module("espeakng_loader")
        self._library = ctypes.CDLL(loader.get_library_path())
        self._heard = array("h")
        self._callback = _CALLBACK(self._collect)
        path = str(loader.get_data_path()).encode()
        rate = self._library.espeak_Initialize(_SYNCHRONOUS, 0, path, 0)
        if rate != RATE:
            raise CannotSpeak(f"{rate} samples a second")
        self._library.espeak_SetSynthCallback(self._callback)
        self._call("espeak_SetParameter", _SPEED, WORDS_A_MINUTE, 0)

    def choose(self, voice: str) -> None:
        """Speak with a voice from now on."""
        self._call("espeak_SetVoiceByName", voice.encode())

    def say(self, text: str) -> list[int]:
        """Return the samples of a text."""
        self._heard = array("h")
        said = text.encode()
        self._call("espeak_Synth", said, len(said) + 1, 0, _BY_CHARACTER, 0, _UTF8, None, None)
        self._call("espeak_Synchronize")
        return list(self._heard)

    def phonemes(self, text: str) -> str:
        """Return what it says of a text, in the phonetic alphabet."""
        convert: Callable[..., bytes] = self._library.espeak_TextToPhonemes
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        rest = ctypes.c_char_p(text.encode())
        parts = []
        while rest.value is not None:
            parts.append(convert(ctypes.byref(rest), _UTF8, _IPA).decode())
        return " ".join(parts).strip()

    def _collect(self, samples: Any, count: int, _: Any) -> int:
        if samples and count > 0:
            self._heard.extend(samples[:count])
        return 0

    def _call(self, name: str, *arguments: Any) -> None:
        if getattr(self._library, name)(*arguments) != _OK:
            raise CannotSpeak(f"{name}{arguments}")
