"""Holds what the papers say of where it runs, and of who else has to do with it."""

import ast
import re
from pathlib import Path

from click.testing import CliRunner

from checkin.cli import checkin
from checkin.cli.starting import CannotStart
from checkin.config import read_config
from checkin.domain.cards import CardSet
from checkin.domain.words import LANGUAGES
from checkin.web.pupil_words import word
from tests.house import test_what_is_kept as what_is_kept
from tests.house.claims import ROOT, Claim, holds
from tests.school import SECRET, small_school

COOKIE = re.compile(r'Cookie\(\s*"(\w+)"')
ELSEWHERE = re.compile(r"https?://(?!www\.w3\.org/)[\w.-]+|[\"'(]//[a-z]")
CALLS = {"requests", "httpx", "aiohttp", "http.client", "urllib.request", "ftplib", "websockets"}
MAY_CALL = {
    "checkin/services/oidc/fetching.py",  # where the school set a provider of its own
    "checkin/services/doctor/address.py",  # its own address, when somebody asks the doctor
}
MAIL = {"smtplib", "aiosmtplib"}


@holds("no-third-parties")
def nothing_is_fetched_from_or_sent_to_anybody_else(claim: Claim, folder: Path) -> None:
    with small_school(folder) as school:
        policy = school.app.test_client().get("/sign-in").headers["Content-Security-Policy"]
        sources = {word for part in policy.split(";") for word in part.split()[1:]}
        assert sources <= {"'self'", "'none'", "data:", "blob:"}
    kinds = (("templates", "*.html"), ("static/js", "*.js"), ("static/css", "*.css"))
    for place, pattern in kinds:
        for file in (ROOT / "checkin" / place).rglob(pattern):
            text = file.read_text(encoding="utf-8").replace(
                "at http://localhost.", ""
            )  # said, not asked
            found = ELSEWHERE.findall(text)
            assert not found, (file, found)
    callers = {str(file.relative_to(ROOT)) for file, name in _imports() if name in CALLS}
    assert callers <= MAY_CALL
    with small_school(folder / "alone") as school:
        assert "/sign-in/elsewhere" not in {rule.rule for rule in school.app.url_map.iter_rules()}


@holds("mail")
def nothing_is_mailed_without_a_server_of_the_school(claim: Claim, folder: Path) -> None:
    assert read_config({"CHECKIN_SECRET_KEY": SECRET}).smtp_url is None
    mailing = {file.name for file, name in _imports() if name in MAIL}
    assert all(name.startswith("mail") for name in mailing), mailing


@holds("cookies")
def these_are_the_cookies(claim: Claim, folder: Path) -> None:
    source = "\n".join(
        file.read_text(encoding="utf-8") for file in (ROOT / "checkin").rglob("*.py")
    )
    for sentence in claim.sentences:
        assert set(re.findall(r"`(\w+)`", sentence)) == set(COOKIE.findall(source))
        assert re.search(r"\b(tien|ten)\b", sentence)
    assert len(set(COOKIE.findall(source))) == 10
    assert source.count(".set_cookie(") == 1, "a cookie that web/cookies.py does not know"


@holds("https")
def other_machines_are_refused_plain_http(claim: Claim, folder: Path) -> None:
    settings = {"CHECKIN_SECRET_KEY": SECRET, "CHECKIN_DIR": str(folder)}
    answer = CliRunner().invoke(checkin, ["serve", "--host", "192.0.2.7"], env=settings)
    assert isinstance(answer.exception, CannotStart)
    assert "HTTPS" in str(answer.exception)


@holds("backup")
def a_copy_holds_no_open_round(claim: Claim, folder: Path) -> None:
    what_is_kept.test_a_copy_made_as_the_guide_says_holds_no_open_round(folder)


@holds("languages")
def the_cards_have_words_in_so_many_languages(claim: Claim, folder: Path) -> None:
    assert claim.numbers == {(float(len(LANGUAGES)),)}
    for language in LANGUAGES:
        assert all(word(card, language.code) for card in CardSet.EIGHT.feelings)


def _imports() -> list[tuple[Path, str]]:
    found = []
    for file in (ROOT / "checkin").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found += [(file, one.name) for one in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                found += [(file, node.module)]
                found += [(file, f"{node.module}.{one.name}") for one in node.names]
    return found
