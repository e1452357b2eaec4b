"""What one browser has typed so far; kept by the server, found with a cookie."""

from collections.abc import Iterable

from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from checkin.services import setting_up_code
from checkin.services.setting_up_code import Answers
from checkin.web import cookies
from checkin.web.plain_text import plain

MOST_FIELDS = 80
LONGEST = 300
UNSAID = frozenset({"password", "again", "go"})
"""What is never kept."""


def token() -> str:
    """Return what finds the answers of this browser, '' without one."""
    return cookies.SETUP.read()


def find_answers() -> Answers | None:
    """Return what was typed in this browser, None while the code of now was not given."""
    return setting_up_code.find_answers(token())


def fields_of(answers: Answers, step: str) -> MultiDict[str, str] | None:
    """Return the fields of a step as they were typed, None when it was never sent."""
    kept = answers.get(step)
    return MultiDict((name, value) for name, value in kept) if kept is not None else None


def keep_step(answers: Answers, step: str, form: MultiDict[str, str]) -> MultiDict[str, str]:
    """Keep the fields of a step, right or wrong, and return them as they are kept."""
    kept = list(_tidied(form.items(multi=True)))[:MOST_FIELDS]
    answers[step] = kept
    setting_up_code.keep_answers(token(), answers)
    return MultiDict(kept)


def remember(response: Response, found: str) -> None:
    """Let the browser keep what finds its answers, until it is closed."""
    cookies.SETUP.keep(response, found)


def forget(response: Response) -> None:
    """Let the browser forget it."""
    cookies.SETUP.drop(response)


def _tidied(items: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    for name, value in items:
        if name not in UNSAID:
            yield name[:40], " ".join(plain(value).split())[:LONGEST]
