"""checkin serve: the server of a school."""

import ipaddress
from urllib.parse import urlsplit

import click

from checkin.cli.starting import PORT, CannotStart, app_in_hand, run_server
from checkin.config import read_config
from checkin.services.housekeeping import keep_house

PLAIN_HTTP = (
    "plain HTTP: what children tap can be read on the network, and tablets can neither start"
    " without network nor keep taps through a restart"
)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=PORT, default=8000, show_default=True, help="Port to listen on.")
@click.option("--insecure-http", is_flag=True, help="Speak plain HTTP to other machines.")
def serve(host: str, port: int, insecure_http: bool) -> None:
    """Serve a school; settings come from CHECKIN_* in the environment."""
    config = read_config()
    if not _is_loopback(host) and not insecure_http:
        raise CannotStart(
            f"other machines can reach {host}, and this server speaks plain HTTP: listen on"
            " 127.0.0.1 behind a proxy with HTTPS, or say --insecure-http"
        )
    if not _is_loopback(host) or _is_plain_elsewhere(config.base_url):
        click.echo(f"checkin: {PLAIN_HTTP}", err=True)
    with app_in_hand(config) as app:
        pass
    keep_house(app)
    run_server(app, host, port, ready=lambda: click.echo(f"serving on http://{host}:{port}\nready"))


def _is_plain_elsewhere(base_url: str | None) -> bool:
    """Tell whether people reach the server over plain HTTP from other machines."""
    address = urlsplit(base_url or "")
    return address.scheme == "http" and not _is_loopback(address.hostname or "")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
