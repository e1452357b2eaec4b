"""Say what is unfinished in the catalogues given: python -m tools.check_catalogues FILE..."""

import sys
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po


def unfinished(path: Path) -> list[str]:
    """List what a reader of this catalogue would miss, one line each."""
    locale = path.parent.parent.name
    with path.open("rb") as file:
        catalogue = read_po(file, locale=locale, abort_invalid=True)
    return [
        f"{path}: {reason}: {message.id!r}"
        for message in catalogue
        if message.id
        for reason in _reasons(message)
    ] + [
        f"{path}: {error}: {message.id!r}"
        for message, errors in catalogue.check()
        for error in errors
    ]


def _reasons(message: Message) -> list[str]:
    strings = message.string if isinstance(message.string, list | tuple) else [message.string]
    found = {"not translated": not all(strings), "marked as fuzzy": message.fuzzy}
    return [reason for reason, applies in found.items() if applies]


def main() -> int:
    """Print every unfinished message; fail if there is one."""
    lines = [line for name in sys.argv[1:] for line in unfinished(Path(name))]
    print("\n".join(lines), file=sys.stderr, end="\n" if lines else "")
    return 1 if lines else 0


if __name__ == "__main__":
    raise SystemExit(main())
