"""One reader under Atheris: python -m tests.fuzz.guided NAME [libFuzzer's own options]."""

import sys
from pathlib import Path

import atheris  # type: ignore[import-not-found,unused-ignore]

with atheris.instrument_imports(include=["checkin"]):
    from tests.fuzz.parsers import PLAIN


if __name__ == "__main__":
    reader = PLAIN[sys.argv.pop(1)]
    corpus = next(Path(part) for part in sys.argv[1:] if not part.startswith("-"))
    for n, seed in enumerate(reader.seeds):
        (corpus / f"seed-{n}").write_bytes(seed)
    atheris.Setup(sys.argv, reader.read)
    atheris.Fuzz()
