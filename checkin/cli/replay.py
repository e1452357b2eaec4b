"""checkin replay-signals: the pattern rules as a filter."""

import sys

import click

from checkin.services.replaying import ReplayError, replay


@click.command(name="replay-signals")
def replay_signals() -> None:
    """Read released rounds as JSON lines, write flags as JSON lines."""

    def write(line: str) -> None:
        sys.stdout.write(line)
        sys.stdout.flush()

    try:
        replay(sys.stdin.buffer, write)
    except ReplayError as error:
        click.echo(f"checkin: {error}", err=True)
        sys.exit(2)
