"""checkin certificate: HTTPS for a server that has no public name."""

from pathlib import Path

import click

from checkin.cli.starting import CannotStart, now
from checkin.config import read_directory


@click.command()
@click.option("--name", "names", multiple=True, help="What people type; may be given repeatedly.")
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the files go.  [default: tls in CHECKIN_DIR]",
)
def certificate(names: tuple[str, ...], folder: Path | None) -> None:
    """Make or renew a certificate, signed by a small authority of the school's own.

    The first time it makes that authority too, which every tablet and computer then has to trust
    once. A running server renews its certificate itself, thirty days before its end, and takes up
    one that was renewed by hand.
    """
    # only here: they take a while to load
    from checkin.services import own_authority
    from checkin.services.own_authority_renewing import end_of

    place = folder or read_directory() / "tls"
    files = own_authority.Files(place)
    try:
        is_new = own_authority.make(place, names, now())
    except own_authority.CannotSign as error:
        raise CannotStart(str(error)) from error
    if is_new:
        click.echo(f"{files.authority}: let every tablet and computer trust this, once")
        click.echo(f"{files.authority_key}: signs the next certificate; show it to nobody")
    until = f"{end_of(files.certificate):%Y-%m-%d}"
    click.echo(f"{files.certificate} and {files.key}: good until {until}, for")
    click.echo(f"  checkin serve --certificate {files.certificate} --key {files.key}")
