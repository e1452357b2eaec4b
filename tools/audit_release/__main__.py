"""Audit the release rule of the running app: python -m tools.audit_release [--write FILE]."""

import argparse
import sys
from decimal import localcontext
from pathlib import Path

from tools.audit_release.findings import check
from tools.audit_release.rule import THE_APP
from tools.audit_release.tables import SECTIONS, guarantees

DIGITS = 60
TITLES = {
    "guarantees": "The guarantees",
    "disclosure": "Without noise: how many known answers make one more certain",
    "knowledge": "Class of 12: how far a light shifts the odds, by how many others are known",
    "a-class": "Class of 12: how likely each light is",
    "off": "How often a light differs from the noiseless one (from end to end), by heavy share",
    "kept-back": "How often there is no light, when 87 % tap",
    "weeks": "A share of a week picture is off by so many points, before rounding to tens",
    "flags": "'Many in 5 of 10 rounds': how often a heavy class is noticed",
}


def written(text: str, tables: dict[str, str]) -> str:
    """Return a document with these tables between its marks."""
    for name, table in tables.items():
        first, last = f"<!-- audit: {name} -->\n", f"<!-- audit: end of {name} -->"
        if (text.count(first), text.count(last)) != (1, 1):
            raise SystemExit(f"the document needs the marks of '{name}' once")
        before, rest = text.split(first)
        text = before + first + table + "\n" + last + rest.split(last, 1)[1]
    return text


def all_tables() -> dict[str, str]:
    """Return every table that the document holds."""
    with localcontext(prec=DIGITS):
        return {name: make() for name, make in SECTIONS.items()}


def main() -> int:
    """Print every table and fail when a guarantee is broken."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--write", type=Path, help="renew the tables in this document")
    chosen = arguments.parse_args()
    with localcontext(prec=DIGITS):
        findings = check(THE_APP)  # over every number of taps a week can have
    tables = all_tables()
    for name, table in (tables | {"guarantees": guarantees(findings)}).items():
        print(f"\n## {TITLES[name]}\n\n{table}")
    if chosen.write:
        chosen.write.write_text(written(chosen.write.read_text("utf-8"), tables), "utf-8")
    broken = [finding.promise for finding in findings if not finding.holds]
    print("\nEvery guarantee holds." if not broken else "\nBROKEN: " + "; ".join(broken))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
