"""The `checkin` command."""

import io
import sys

import click

from checkin.cli.auditing import audit
from checkin.cli.backing_up import backup, restore
from checkin.cli.certificate import certificate
from checkin.cli.demo import demo
from checkin.cli.doctor import doctor
from checkin.cli.factors import take_factors_away
from checkin.cli.keeping import forget, migrate, review, seal
from checkin.cli.letting_in import let_in
from checkin.cli.replay import replay_signals
from checkin.cli.serve import serve
from checkin.cli.setup import setup
from checkin.cli.starting import CannotStart
from checkin.config import UnsafeConfig
from checkin.domain.release import UnsafeFloor
from checkin.services.account import said_of
from checkin.services.faults import NewerDatabase, StorageUnavailable


@click.group()
@click.version_option(package_name="checkin")
def checkin() -> None:
    """Classroom check-in and check-out."""


for command in (
    demo,
    serve,
    certificate,
    setup,
    seal,
    review,
    replay_signals,
    forget,
    audit,
    migrate,
    backup,
    restore,
    doctor,
    let_in,
    take_factors_away,
):
    checkin.add_command(command)


def main() -> None:
    """Run the command; whatever fails says so in one sentence."""
    _say_every_letter()
    try:
        checkin.main(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (UnsafeConfig, UnsafeFloor, NewerDatabase, StorageUnavailable, CannotStart) as error:
        sys.exit(f"checkin: {error}")
    except OSError as error:
        sys.exit(f"checkin: {said_of(error)}")


def _say_every_letter() -> None:
    """Let no name of a school stop a command: Windows redirects in an alphabet of 256 letters."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
