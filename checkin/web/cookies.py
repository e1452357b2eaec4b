"""The cookies there are: what each is called over HTTPS, and how a browser has to keep it."""

from dataclasses import dataclass, replace
from datetime import timedelta

from flask import current_app, request
from werkzeug.wrappers import Response

HOST, SECURE = "__Host-", "__Secure-"
FORM_KEPT = timedelta(minutes=30)
CODE_SHOWN = timedelta(minutes=10)
"""Long enough to print it."""


@dataclass(frozen=True)
class Cookie:
    """A cookie that scripts cannot read and other sites cannot send.

    Over HTTPS its name says how it came (RFC 6265bis, 4.1.3): a browser takes a `__Host-` name only
    from this very server, so that no other machine of the school's domain can lay one for it. What
    holds for some pages alone cannot be called that, and is `__Secure-`.
    """

    name: str
    path: str = "/"
    same_site: str = "Lax"
    lasts: timedelta | None = None
    """None: until the browser is closed."""
    had_plain_name: bool = False
    """It was once kept without a prefix, for too long to let go of."""

    def at(self, path: str) -> "Cookie":
        """Return the same for one page."""
        return replace(self, path=path)

    def name_on(self, is_https: bool) -> str:
        """Return what it is called in a browser."""
        prefix = (HOST if self.path == "/" else SECURE) if is_https else ""
        return prefix + self.name

    def read(self) -> str:
        """Return what the browser sent, '' when there is none."""
        kept = request.cookies.get(self.name_on(_is_https()), "")
        if not kept and self.had_plain_name:
            return request.cookies.get(self.name, "")
        return kept

    def keep(self, response: Response, value: str) -> None:
        """Let the browser keep a value."""
        response.set_cookie(
            self.name_on(_is_https()),
            value,
            max_age=self.lasts,
            path=self.path,
            secure=_is_https(),
            httponly=True,
            samesite=self.same_site,
        )

    def drop(self, response: Response) -> None:
        """Let the browser forget it; one that never had it is told nothing."""
        if self.read():
            response.delete_cookie(
                self.name_on(_is_https()),
                path=self.path,
                secure=_is_https(),
                httponly=True,
                samesite=self.same_site,
            )


def _is_https() -> bool:
    is_https: bool = current_app.extensions["checkin_config"].is_https
    return is_https


SESSION = Cookie("checkin_session")
TABLET = Cookie(
    "checkin_tablet", same_site="Strict", lasts=timedelta(days=400), had_plain_name=True
)
"""The longest that browsers keep a cookie; every look at the cards renews it."""
STEP = Cookie("checkin_step", path="/sign-in")
CHALLENGE = Cookie("checkin_challenge", path="/sign-in")
ELSEWHERE = Cookie("checkin_elsewhere", path="/sign-in")
KEPT_FORM = Cookie("checkin_kept", path="/sign-in", lasts=FORM_KEPT)
CODE = Cookie("checkin_code", path="/tablets/code", lasts=CODE_SHOWN)
"""Codes as they were made, for a tablet, a colleague or oneself: signed, or encrypted for their
person, for the one page that shows them, in the browser of whoever made them and nowhere else. The
server keeps their hashes alone."""
SETUP = Cookie("checkin_setup", path="/setup")
FLASH = Cookie("checkin_flash")
"""What was just done, said on the next page: written by Flask."""
LANGUAGE = Cookie("lang", lasts=timedelta(days=365))
