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
@click.option("--dry-run", is_flag=True, help="Only say what would be deleted.")
@click.option("--all", "also_none", is_flag=True, help="Name what nothing is forgotten of, too.")
def forget(dry_run: bool, also_none: bool) -> None:
    """Delete what is past its time, and say what that was and how long such things are kept."""
    with app_in_hand():
        gone = forgetting.forget(now(), dry_run)
    told = [one for one in gone.told() if one[0] or also_none]
    if not told:
        click.echo("there is nothing past its time")
        return
    click.echo("would forget:" if dry_run else "forgot:")
    for count, words, kept in told:
        click.echo(f"{count:8} {words} (kept {kept})")


@click.command()
def migrate() -> None:
    """Bring the database to this version."""
    with app_in_hand():
        pass
    click.echo("the database is up to date")
