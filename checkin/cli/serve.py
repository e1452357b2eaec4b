"""checkin serve: the server of a school."""

import ipaddress
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import click

from checkin.cli import first_start
from checkin.cli.server import run_server
from checkin.cli.starting import PORT, CannotStart, app_in_hand, now
from checkin.cli.tls_keys import Keys
from checkin.config import Config, read_config
from checkin.domain.certificates import BadCertificate
from checkin.services.housekeeping import keep_house

PLAIN_HTTP = (
    "plain HTTP: what children tap can be read on the network, and tablets can neither start"
    " without network nor keep taps through a restart"
)

A_FILE = click.Path(path_type=Path)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=PORT, default=8000, show_default=True, help="Port to listen on.")
@click.option("--insecure-http", is_flag=True, help="Speak plain HTTP to other machines.")
@click.option(
    "--certificate",
    type=A_FILE,
    envvar="CHECKIN_TLS_CERTIFICATE",
    help="Speak HTTPS with this certificate, and those that signed it (PEM).",
)
@click.option("--key", type=A_FILE, envvar="CHECKIN_TLS_KEY", help="Its key (PEM).")
def serve(
    host: str, port: int, insecure_http: bool, certificate: Path | None, key: Path | None
) -> None:
    """Serve a school; settings come from CHECKIN_* in the environment."""
    config = replace(read_config(), tls_certificate=certificate, tls_key=key)
    keys = _keys(config)
    if keys is None:
        _be_careful(config, host, insecure_http)
    with app_in_hand(config) as app:
        pass
    keep_house(app)
    scheme = "https" if keys else "http"
    place = f"serving on {scheme}://{host}:{port}"

    def ready() -> None:
        click.echo(f"{place}\n{first_start.told(app, scheme, host, port)}ready")

    run_server(app, host, port, ready=ready, keys=keys)


def _keys(config: Config) -> Keys | None:
    """Return what HTTPS is spoken with, None where it is not."""
    certificate, key = config.tls_certificate, config.tls_key
    if certificate is None and key is None:
        return None
    if certificate is None or key is None:
        raise CannotStart("--certificate and --key go together: HTTPS needs both")
    if not config.is_https:
        raise CannotStart(
            "CHECKIN_BASE_URL is not https://...: with a certificate, say which address people"
            " type, such as https://checkin.school.nl:8000"
        )
    # only here: they take a while to load
    from checkin.services import certificates
    from checkin.services.own_authority import CannotSign
    from checkin.services.own_authority_renewing import Renewing

    renewing, why_not = Renewing(certificate, key), ""
    try:
        renewing.renew(now())  # also one that has ended: else the server would never start again
    except CannotSign as error:
        why_not = f"; it cannot be renewed by itself: {error}"
    try:
        found = certificates.read(certificate, key, now())
        keys = Keys(
            certificate,
            key,
            check=lambda: certificates.read(certificate, key, now()),
            before=lambda: renewing.look(now()),
        )
    except BadCertificate as error:
        raise CannotStart(f"{error}{why_not}") from error
    host = urlsplit(config.base_url or "").hostname or ""
    if not found.covers(host):
        raise CannotStart(
            f"{certificate} is for {', '.join(found.names) or 'no name at all'}, and people come"
            f" to {host} (CHECKIN_BASE_URL): browsers would refuse it"
        )
    return keys


def _be_careful(config: Config, host: str, insecure_http: bool) -> None:
    if not _is_loopback(host) and not insecure_http:
        raise CannotStart(
            f"other machines can reach {host}, and this server speaks plain HTTP: listen on"
            " 127.0.0.1 behind a proxy with HTTPS, give --certificate and --key, or say"
            " --insecure-http"
        )
    if not _is_loopback(host) or _is_plain_elsewhere(config.base_url):
        click.echo(f"checkin: {PLAIN_HTTP}", err=True)


def _is_plain_elsewhere(base_url: str | None) -> bool:
    """Tell whether people reach the server over plain HTTP from other machines."""
    address = urlsplit(base_url or "")
    return address.scheme == "http" and not _is_loopback(address.hostname or "")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
