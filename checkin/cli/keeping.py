"""What runs by itself in `serve`, as commands: each safe at any time, twice, at once."""

import click

from checkin.cli.starting import app_in_hand, now
from checkin.services import forgetting, mailing, reviewing, sealing


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
    """Look for patterns, raise flags, and mail what is due."""
    with app_in_hand():
        raised = reviewing.look_for_patterns(now())
        mailing.look(now())
        sent = mailing.send_due(now())
    click.echo(f"raised {raised} flags and sent {sent} mails")


@click.command()
def forget() -> None:
    """Delete what is past its time."""
    with app_in_hand():
        gone = forgetting.forget(now())
    click.echo(
        f"forgot {gone.sessions} sessions, {gone.codes} enrolment codes, {gone.guesses} records of"
        f" wrong guesses, {gone.talks} talk requests, {gone.figures} figures, {gone.mails} mails,"
        f" {gone.care} flags, decisions and reviews, {gone.audit} lines of the audit and"
        f" {gone.seal_marks} marks of sealed rounds"
    )


@click.command()
def migrate() -> None:
    """Bring the database to this version."""
    with app_in_hand():
        click.echo("the database is up to date")
