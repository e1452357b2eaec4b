"""checkin backup and checkin restore."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from checkin.cli.starting import CannotStart, app_as_it_is, app_in_hand, now
from checkin.config import Config, read_config, sqlite_url
from checkin.services import backing_up, restoring
from checkin.services.backing_up_locks import BadLock, Lock, NotOpened, OpenWith, words_of
from checkin.services.housekeeping import close_connections

NO_LOCK = (
    "a backup is locked: set CHECKIN_BACKUP_PASSPHRASE, give --recipient age1..., or say"
    " --unencrypted"
)
WITHOUT_LOCK = (
    "not encrypted: whoever gets this file reads the names, flags and notes of the school"
)
NOT_NOTED = (
    "the backup is whole; that it was made cannot be noted, so 'checkin doctor' does not know of"
    " it, and no older one was removed: is the disk of the school full?"
)
LIVE_AGAIN = (
    "Colleagues who left and tablets that were revoked after that day are back as they were: look"
    " at Staff and Tablets."
)
FILE = click.Path(path_type=Path)


@click.command()
@click.argument("file", type=FILE)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--recipient", "recipients", multiple=True, help="Lock it to an age recipient.")
@click.option("--recipients-file", type=FILE, help="The same, from a file, one a line.")
@click.option("--unencrypted", is_flag=True, help="Lock it with nothing.")
@click.option("--keep", type=click.IntRange(1), help="Remove older backups in that folder but N.")
def backup(
    file: Path,
    force: bool,
    recipients: tuple[str, ...],
    recipients_file: Path | None,
    unencrypted: bool,
    keep: int | None,
) -> None:
    """Write a backup to FILE, or into the folder FILE, also while the server runs."""
    config = read_config()
    if recipients_file is not None:
        recipients += words_of(recipients_file.read_text(encoding="utf-8"))
    how = _lock(config, recipients, unencrypted)
    with app_as_it_is(config), in_a_sentence():
        made = backing_up.back_up(file.absolute(), how, now(), over=force, keep=keep)
    if how.kind == "none":
        click.echo(f"checkin: {WITHOUT_LOCK}", err=True)
    click.echo(f"wrote {made.file} ({made.size / 1024:.0f} KB, locked with: {how.kind})")
    if not made.is_noted:
        click.echo(f"checkin: {NOT_NOTED}", err=True)
    if made.removed:
        click.echo(f"removed {made.removed} older backups")


@click.command()
@click.argument("file", type=FILE)
@click.option("--replace", "may_replace", is_flag=True, help="Replace a school; it is kept aside.")
@click.option("--identity", type=FILE, help="The age identity a backup is locked to.")
def restore(file: Path, may_replace: bool, identity: Path | None) -> None:
    """Go back to the backup FILE; the server must be stopped."""
    config = read_config()
    identities = words_of(identity.read_text(encoding="utf-8")) if identity else ()
    how = OpenWith(config.backup_passphrase, identities)
    with in_a_sentence():
        with app_as_it_is(config):  # which makes the folder
            pass
        image = restoring.unpack(file, how, config.directory)
        try:
            if not may_replace:
                with app_as_it_is(config):
                    restoring.refuse_to_replace(image, now())
            with app_as_it_is(replace(config, database_url=_url(image))):
                ready = restoring.make_ready(now())
            with app_as_it_is(config):
                aside = restoring.put_in_place(image, how.as_lock(), now())
        finally:
            restoring.throw_away(image)
        with app_in_hand(config):
            restoring.settle(now())
            close_connections()
    _tell(ready, aside)


@contextmanager
def in_a_sentence() -> Iterator[None]:
    """Let whatever goes wrong be said in a sentence."""
    try:
        yield
    except (backing_up.AlreadyThere, BadLock) as error:
        raise CannotStart(str(error)) from error
    except (NotOpened, restoring.Spoilt) as error:
        raise CannotStart(f"the backup was not restored: {error}") from error
    except restoring.SchoolThere as error:
        raise CannotStart(_told_of_both(error)) from error
    except restoring.InUse as error:
        raise CannotStart(
            "the school is being served: stop 'checkin serve' first (if it was killed, wait two"
            " minutes)"
        ) from error


def _told_of_both(found: restoring.SchoolThere) -> str:
    here = ", ".join(found.here) or "one that cannot be read"
    stop = "stop 'checkin serve' first; then " if found.is_served else ""
    return (
        f"there is a school already ({here}), and the backup holds {', '.join(found.coming)}:"
        f" {stop}--replace keeps aside what is there and puts the backup in its place"
    )


def _lock(config: Config, recipients: tuple[str, ...], unencrypted: bool) -> Lock:
    if unencrypted:
        return Lock()
    how = Lock(config.backup_passphrase, recipients or config.backup_recipients)
    if how.kind == "none":
        raise CannotStart(NO_LOCK)
    return how


def _url(image: Path) -> str:
    return sqlite_url(image.parent).replace("checkin.sqlite3", image.name)


def _tell(ready: restoring.Ready, aside: Path | None) -> None:
    when = f"{ready.made_at:%Y-%m-%d %H:%M} UTC" if ready.made_at else "an unknown day"
    click.echo(f"restored {', '.join(ready.schools)} as of {when}")
    if aside is not None:
        click.echo(f"what was there is kept in {aside}")
    click.echo("Everybody signs in again. Tablets go on by themselves. " + LIVE_AGAIN)
