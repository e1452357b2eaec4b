"""Write docs/openapi.json anew: python -m tools.openapi."""

from pathlib import Path

from tools.openapi.document import written

PLACE = Path(__file__).parents[2] / "docs" / "openapi.json"

if __name__ == "__main__":
    PLACE.write_text(written(), encoding="utf-8")
    print(f"wrote {PLACE.relative_to(Path.cwd())}")
