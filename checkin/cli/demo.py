"""checkin demo: a school to try everything with."""

import json
import os
import secrets
import shutil
from pathlib import Path
from typing import Any

import click

from checkin.cli.server import run_server
from checkin.cli.starting import PORT, app_in_hand, now
from checkin.config import Config, read_mail, sqlite_url
from checkin.services.demonstrating import open_demo, open_today
from checkin.services.housekeeping import keep_house

HOST = "127.0.0.1"


@click.command()
@click.option("--port", type=PORT, default=8000, show_default=True, help="Port on this machine.")
@click.option("--dir", "directory", default="demo-data", show_default=True, help="Its files.")
@click.option("--fresh", is_flag=True, help="Start anew.")
@click.option("--no-history", is_flag=True, help="Start with empty classes.")
def demo(port: int, directory: str, fresh: bool, no_history: bool) -> None:
    """Serve a made-up school on this machine, with twelve weeks of history."""
    place = Path(directory).absolute()
    if fresh:
        _clear(place)
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    smtp_url, mail_from = read_mail()
    config = Config(
        place,
        _secret(place),
        sqlite_url(place),
        is_demo=True,
        smtp_url=smtp_url,
        mail_from=mail_from,
    )
    url = f"http://{HOST}:{port}"
    with app_in_hand(config) as app:
        click.echo(
            "making the demo school ..." if not _read(place) else "opening the demo school ..."
        )
        facts = open_demo(now(), url, _read(place), history=not no_history)
    app.extensions["checkin_demo"] = facts
    _write(place, facts)
    keep_house(app, also=open_today)
    run_server(app, HOST, port, ready=lambda: _tell(facts))


def _secret(place: Path) -> str:
    path = place / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32), encoding="ascii")
    return path.read_text(encoding="ascii")


def _clear(place: Path) -> None:
    """Delete an earlier demo, and only that: a folder without its mark is left alone."""
    if not place.exists():
        return
    if any(place.iterdir()) and not (place / "secret-key").exists():
        raise click.ClickException(f"{place} is not a demo's folder; it was left as it is")
    shutil.rmtree(place)


def _read(place: Path) -> dict[str, Any]:
    try:
        facts = json.loads((place / "demo.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return facts if isinstance(facts, dict) else {}


def _write(place: Path, facts: dict[str, Any]) -> None:
    """Write the file whole or not at all: whoever waits for it reads it at once."""
    path = place / "demo.json.new"
    path.touch(mode=0o600)
    path.write_text(json.dumps(facts, indent=2, ensure_ascii=False), encoding="utf-8")
    os.replace(path, place / "demo.json")


def _tell(facts: dict[str, Any]) -> None:
    click.echo(f"\nOpen {facts['url']} and choose who you are, or sign in as:\n")
    for person in facts["staff"]:
        roles = ", ".join(person["roles"])
        password = person["password"] or "(own choice)"
        click.echo(f"  {person['email']:28} {password:14} {roles}")
    click.echo("\nCtrl-C stops it; the next start goes on where it was.\nready")
