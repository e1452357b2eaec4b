"""checkin replay-signals: the pattern rules as a filter."""

import sys

import click

from checkin.services.replaying import ReplayError, replay


@click.command(name="replay-signals")
def replay_signals() -> None:
    """Read released rounds as JSON lines, write flags as JSON lines."""
    if sys.stdin is None:
        raise click.ClickException("there is no standard input to read rounds from")
    if sys.stdout is None:
        raise click.ClickException("there is no standard output to write flags to")

    def write(line: str) -> None:
        sys.stdout.write(line)
        sys.stdout.flush()

    try:
        replay(sys.stdin.buffer, write)
    except ReplayError as error:
        click.echo(f"checkin: {error}", err=True)
        sys.exit(2)
