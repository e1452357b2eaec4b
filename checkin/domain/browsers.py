"""A browser in words: which family it is of, and what kind of device it is on. No more is kept."""

from dataclasses import dataclass

FAMILIES = (
    ("edg", "Edge"),
    ("opr/", "Opera"),
    ("samsungbrowser", "Samsung Internet"),
    ("firefox", "Firefox"),
    ("fxios", "Firefox"),
    ("crios", "Chrome"),
    ("chromium", "Chromium"),
    ("chrome", "Chrome"),
    ("safari", "Safari"),
)
"""What a browser calls itself, in the order in which it is to be looked for."""

DEVICES = (
    ("ipad", "iPad"),
    ("iphone", "iPhone"),
    ("android", "Android"),
    ("cros", "Chromebook"),
    ("windows", "Windows"),
    ("mac os", "Mac"),
    ("macintosh", "Mac"),
    ("linux", "Linux"),
)


@dataclass(frozen=True)
class Browser:
    """A family and a device, each '' where it does not say."""

    family: str = ""
    device: str = ""


def read_browser(user_agent: str) -> Browser:
    """Return what a browser says it is, without versions and models."""
    said = user_agent[:500].lower()
    return Browser(_first(said, FAMILIES), _first(said, DEVICES))


def _first(said: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in known if mark in said), "")
