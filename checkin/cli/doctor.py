"""checkin doctor: whether the school is kept well, and what mends what is not."""

import json
import sys
from collections import Counter
from dataclasses import asdict

import click

from checkin.cli.starting import app_as_it_is, now
from checkin.config import read_config
from checkin.domain.mail_servers import is_address
from checkin.services.doctor import Finding, Level, examine
from checkin.services.doctor.mail import try_mail

COLOURS = {Level.WRONG: "red", Level.LOOK: "yellow", Level.WELL: "green"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--mail", "mail_to", metavar="TO", help="Also send one mail, to this address.")
@click.option("--strict", is_flag=True, help="Exit code 1 for 'look' too, not for 'wrong' alone.")
def doctor(as_json: bool, mail_to: str | None, strict: bool) -> None:
    """Look whether the school is kept well, and say what mends what is not.

    Changes nothing. Exit code 1 when something is wrong.
    """
    if mail_to is not None and not is_address(mail_to):
        raise click.BadParameter("that is no address", param_hint="--mail")
    config = read_config()
    with app_as_it_is(config):
        found = examine(config, now())
        if mail_to is not None:
            found = [one for one in found if one.subject != "mail"]
            found.append(try_mail(config, now(), mail_to))
    levels = {one.level for one in found}
    is_well = levels <= {Level.WELL}
    if as_json:
        told = {"well": is_well, "findings": [asdict(one) for one in found]}
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        _tell(found)
    sys.exit(1 if Level.WRONG in levels or (strict and not is_well) else 0)


def _tell(found: list[Finding]) -> None:
    for one in found:
        level = click.style(f"{one.level:6}", fg=COLOURS[one.level])
        click.echo(f"{level} {one.subject}: {one.what}")
        if one.level is not Level.WELL:
            click.echo(f"       {one.why}\n       -> {one.mend}")
    counts = Counter(one.level for one in found)
    click.echo(f"\n{counts[Level.WRONG]} wrong, {counts[Level.LOOK]} to look at")
