"""The place where a school's people sign in elsewhere: who it is, and what is known of it."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

ENTRA_HOSTS = frozenset({"login.microsoftonline.com", "login.microsoftonline.us"})
FOR_ANYBODY = frozenset({"common", "organizations", "consumers"})


class NotAProvider(ValueError):
    """It cannot be signed in with; the text says why."""


@dataclass(frozen=True)
class Provider:
    """An OpenID Connect provider, and who this program is to it."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    label: str

    @property
    def is_entra(self) -> bool:
        """Tell whether this is Microsoft Entra ID, which names people in a way of its own."""
        return urlsplit(self.issuer).hostname in ENTRA_HOSTS

    @property
    def tenant(self) -> str:
        """Return the organisation within Entra ID."""
        return urlsplit(self.issuer).path.strip("/").partition("/")[0]


def make_provider(issuer: str, client_id: str, client_secret: str, label: str = "") -> Provider:
    """Return a provider; raises NotAProvider."""
    address = urlsplit(issuer)
    is_here = address.hostname in ("localhost", "127.0.0.1", "::1")
    if not address.hostname or not (address.scheme == "https" or is_here):
        raise NotAProvider("must begin with https://")
    if address.query or address.fragment:
        raise NotAProvider("is an address without ? or #")
    provider = Provider(issuer, client_id, client_secret, label.strip() or address.hostname)
    if provider.is_entra and provider.tenant in FOR_ANYBODY:
        raise NotAProvider(
            "must name your own organisation: https://login.microsoftonline.com/<tenant id>/v2.0;"
            " anybody at all can make an account elsewhere at Microsoft"
        )
    return provider
