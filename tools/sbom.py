"""Writes build/sbom.cdx.json, a bill of materials (CycloneDX): python -m tools.sbom [FILE].

It is made of requirements.txt, which holds every library with its version and the hashes of its
files, and of what the installed libraries say about their licence. The same input gives the same
file, so that two of them can be compared.
"""

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

ROOT = Path(__file__).parents[1]
LOCKED = ROOT / "requirements.txt"
WRITTEN = ROOT / "build" / "sbom.cdx.json"
UNKNOWN = "not said"
PINNED = re.compile(
    r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>[^\s;\\]+)(?:\s*;\s*(?P<when>[^\\]+))?"
)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
OTHER_NAMES = {
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "BSD": "BSD-3-Clause",
    "MIT License": "MIT",
    "Dual License": "Apache-2.0 OR BSD-3-Clause",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}


@dataclass(frozen=True)
class Library:
    """One line of requirements.txt: what is installed, and who needs it."""

    name: str
    version: str
    when: str
    hashes: tuple[str, ...]
    needed_by: tuple[str, ...]

    @property
    def purl(self) -> str:
        """Return its name as other programs look it up."""
        return f"pkg:pypi/{self.name}@{self.version}"


def read_locked(text: str) -> list[Library]:
    """Return every library of a requirements file."""
    return [_read(block) for block in _blocks(text)]


def licence_of(name: str) -> str:
    """Return what an installed library says about its licence, as SPDX names it where it can."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return UNKNOWN  # of another system than this one
    if "License-Expression" in told:
        return str(told["License-Expression"])
    named = [c.rsplit(" :: ")[-1] for c in told.get_all("Classifier", []) if c[:9] == "License :"]
    said = [*named[-1:], *told.get_all("License", []), UNKNOWN][0]
    first = str(said).strip().splitlines()[0]
    return OTHER_NAMES.get(first, first)


def make_bill(libraries: list[Library]) -> dict[str, Any]:
    """Return the bill of materials."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    own = {
        "type": "application",
        "bom-ref": "checkin",
        "name": "checkin",
        "version": project["version"],
        "licenses": [{"expression": project["license"]}],
    }
    known = {library.name: library.purl for library in libraries}
    needs: dict[str, list[str]] = {"checkin": [], **{purl: [] for purl in known.values()}}
    for library in libraries:
        for by in library.needed_by:
            if (whose := known.get(by, by)) in needs:
                needs[whose].append(library.purl)
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": own},
        "components": [_component(library) for library in libraries],
        "dependencies": [{"ref": ref, "dependsOn": sorted(on)} for ref, on in needs.items()],
    }
    return {**bill, "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, json.dumps(bill))}"}


def _component(library: Library) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": "library",
        "bom-ref": library.purl,
        "name": library.name,
        "version": library.version,
        "purl": library.purl,
        "hashes": [{"alg": "SHA-256", "content": one} for one in library.hashes],
    }
    if (licence := licence_of(library.name)) != UNKNOWN:
        made["licenses"] = [{"license": {"name": licence}}]
    if library.when:
        made["properties"] = [{"name": "checkin:installed-when", "value": library.when}]
    return made


def _blocks(text: str) -> Iterator[str]:
    """Yield each library with its hashes and the comment on who needs it."""
    block = ""
    for line in text.splitlines():
        if line[:1].strip() and not line.startswith("#"):
            if block:
                yield block
            block = ""
        block += line + "\n"
    if block:
        yield block


def _read(block: str) -> Library:
    found = PINNED.match(block)
    if found is None:
        raise SystemExit(f"not a pinned library: {block.splitlines()[0]}")
    via = block.partition("# via")[2].replace("#", " ").replace("(pyproject.toml)", " ")
    needed = tuple(via.replace("checkin:build", "checkin").split())
    when = (found["when"] or "").strip()
    return Library(found["name"], found["version"], when, tuple(HASH.findall(block)), needed)


if __name__ == "__main__":
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else WRITTEN
    place.parent.mkdir(parents=True, exist_ok=True)
    bill = make_bill(read_locked(LOCKED.read_text(encoding="utf-8")))
    place.write_text(json.dumps(bill, indent=1) + "\n", encoding="utf-8")
    print(f"wrote {place}: {len(bill['components'])} libraries")
