"""What runs by itself in `serve`, as commands: each safe at any time, twice, at once."""

import click

from checkin.cli.starting import app_in_hand, now
from checkin.services import forgetting, reviewing, sealing


@click.command()
def seal() -> None:
    """Seal every round that is due."""
    with app_in_hand():
        sealed = sealing.seal_due(now())
    click.echo(f"sealed {sealed.rounds} rounds and closed {sealed.weeks} weeks")
    if sealed.failed:
        raise click.ClickException(f"{sealed.failed} could not be sealed, and will be tried again")


@click.command()
def review() -> None:
    """Look for patterns and raise flags."""
    with app_in_hand():
        raised = reviewing.look_for_patterns(now())
    click.echo(f"raised {raised} flags")


@click.command()
def forget() -> None:
    """Delete what is past its time."""
    with app_in_hand():
        gone = forgetting.forget(now())
    click.echo(
        f"forgot {gone.sessions} sessions, {gone.codes} enrolment codes, {gone.guesses} records of"
        f" wrong guesses and {gone.seal_marks} marks of sealed rounds"
    )


@click.command()
def migrate() -> None:
    """Bring the database to this version."""
    with app_in_hand():
        click.echo("the database is up to date")
