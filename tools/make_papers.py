"""Write the papers as a school gets them, with room for a pen: python -m tools.make_papers.

Their texts are in `checkin/templates/papers/texts`, where the app fills them in with a school's
own facts; docs/papers holds the same with blanks.
"""

from pathlib import Path

from checkin.services.papers import NOBODYS
from checkin.web.papers_text import LANGUAGES, Paper, source_of

FOLDER = Path(__file__).parent.parent / "docs" / "papers"


def file_of(paper: Paper, language: str) -> Path:
    """Return where a paper lies among the documents."""
    return FOLDER / f"{paper}.{language}.md"


def main() -> int:
    """Write every paper in both languages."""
    for paper in Paper:
        for language in LANGUAGES:
            file_of(paper, language).write_text(
                source_of(paper, language, NOBODYS), encoding="utf-8"
            )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
