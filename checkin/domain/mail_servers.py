"""The address of a mail server, as an operator writes it."""

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 25, "starttls": 587, "smtps": 465}
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over: `security` is smtp (none), starttls or smtps."""

    security: str
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)

    def __str__(self) -> str:
        return f"{self.security}://{self.host}:{self.port}"


def read_server(url: str) -> MailServer:
    """Read an address such as starttls://user:password@mail.school.nl:587; ValueError says why."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("it must begin with smtps://, starttls:// or smtp://, and name a host")
    try:
        port = parts.port or PORTS[parts.scheme]
    except ValueError as error:
        raise ValueError("its port is no number of a port") from error
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("nothing follows the host and its port")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if user and parts.scheme == "smtp" and parts.hostname not in THIS_MACHINE:
        raise ValueError("with smtp:// the password would cross the network in the open")
    return MailServer(parts.scheme, parts.hostname, port, user, password)


def is_address(text: str) -> bool:
    """Tell whether something can be the address a mail comes from."""
    name, at, host = text.partition("@")
    return bool(name and at and host) and "@" not in host and text.isprintable() and " " not in text
