"""checkin let-in: for the only administrator, whose password was lost."""

import click

from checkin.cli.starting import app_in_hand, now
from checkin.config import read_config
from checkin.services import staffing
from checkin.services.factors import keeping

GROUP = 4
STILL_ASKED = (
    "Until it is used nothing changes. A second step is asked as ever; was that lost too, then"
    " also: checkin take-factors-away {email}"
)


@click.command(name="let-in")
@click.argument("address")
def let_in(address: str) -> None:
    """Print a code with which a person chooses a new password, once, within a week."""
    config = read_config()
    with app_in_hand(config):
        person = keeping.find_by_address(address)
        if person is None:
            raise click.ClickException(f"nobody who works here has the address {address.strip()}")
        code, until = staffing.offer_from_server(person, now())
    groups = (code[at : at + GROUP] for at in range(0, len(code), GROUP))
    click.echo(f"{person.name} may choose a new password, once, until {until:%Y-%m-%d %H:%M} UTC:")
    click.echo(f"  open   {config.base_url or '(the address of checkin)'}/join")
    click.echo(f"  type   {' '.join(groups)}")
    click.echo("Give it to that person alone: whoever has it chooses the password.")
    click.echo(STILL_ASKED.format(email=person.email))
