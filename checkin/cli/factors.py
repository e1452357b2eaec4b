"""checkin take-factors-away: for the only administrator, whose phone was lost."""

import click

from checkin.cli.starting import app_in_hand, now
from checkin.services.factors import keeping


@click.command(name="take-factors-away")
@click.argument("address")
def take_factors_away(address: str) -> None:
    """Take a person's second factors away, and end the sessions."""
    with app_in_hand():
        person = keeping.find_by_address(address)
        if person is None:
            raise click.ClickException(f"nobody who works here has the address {address}")
        keeping.take_away(person, None, now())
    click.echo(f"{person.name} signs in with the password alone now, and sets up anew")
