"""checkin audit: whether the record of who looked at what is as it was written."""

import sys

import click

from checkin.cli.starting import app_in_hand
from checkin.services import auditing
from checkin.services.auditing import Checked, Place, Why

SAID = {
    Why.CHANGED: "does not fit what was written",
    Why.MISSING: "is not there",
    Why.INSERTED: "was put in",
    Why.ANCHOR: "is not the one up to which the record says it was forgotten",
    Why.NOTED: "is not the one that was noted",
}


def _read(_context: click.Context, _option: click.Parameter, given: str | None) -> Place | None:
    if given is None:
        return None
    number, _, hash = given.partition(":")
    if not number.isdecimal() or len(hash) != 64:
        raise click.BadParameter("write it as 'checkin audit verify' printed it: 12:9f86...")
    return Place(int(number), hash.lower())


@click.group()
def audit() -> None:
    """Check the record of who looked at which flag, and of what was set."""


@audit.command()
@click.option("--noted", callback=_read, help="A line as it was printed earlier: is it there?")
@click.option("--school", type=int, help="Which school, by its number; all of them when absent.")
def verify(noted: Place | None, school: int | None) -> None:
    """Read the whole record; fail at the first line that is not as it was written."""
    with app_in_hand():
        known = [one.id for one in auditing.list_schools() if school in (None, one.id)]
        if not known:
            raise click.ClickException("there is no such school")
        if noted is not None and len(known) > 1:
            raise click.ClickException("there are several schools: say which with --school")
        found = [auditing.check(id, noted) for id in known]
    for one in found:
        click.echo(_told(one), err=one.broken is not None)
    if any(one.broken is not None for one in found):
        sys.exit(1)


def _told(one: Checked) -> str:
    name = f"school {one.school.id} ({one.school.name})"
    if one.broken is not None:
        return f"{name}: line {one.broken.number} {SAID[one.broken.why]}"
    return f"{name}: {one.kept} lines, whole; the last one is {one.ends.head}"
