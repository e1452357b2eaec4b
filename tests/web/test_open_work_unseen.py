"""Which class has something open with the care team is no administrator's to see."""

from collections.abc import Iterator

from flask import Flask
from sqlalchemy import select

from checkin.storage.database import db
from checkin.storage.rows import AuditRow
from tests.web.conftest import Cast, SignIn
from tests.web.living import ENGLISH, add_flag, words, words_in
from tests.web.page_checks import PageClient

ON = "2026-12-01"
RECOUNTED = ("/plotly.min.js",)  # served from the package: large, and of no school


def addresses(app: Flask, cast: Cast) -> Iterator[str]:
    """Yield every page that is of the school or of one class."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.arguments - {"classroom"} or rule.rule in RECOUNTED:
            continue
        for room in (cast.zon, cast.maan) if rule.arguments else (None,):
            yield adapter.build(rule.endpoint, {"classroom": room} if room else {})


def seen_by(client: PageClient, app: Flask, cast: Cast) -> dict[str, tuple[int, bytes]]:
    found = {}
    for address in addresses(app, cast):
        answer = client.get(address, headers=ENGLISH)
        found[address] = (answer.status_code, answer.get_data())
    return found


def test_no_page_of_an_administrator_changes_when_something_is_open_about_a_class(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    adam = sign_in("adam")
    before = seen_by(adam, app, cast)
    add_flag(app, cast)
    after = seen_by(adam, app, cast)
    assert [one for one in before if before[one] != after[one]] == []
    assert {200, 403} <= {status for status, _body in after.values()}


def test_the_head_is_not_told_by_the_new_year_either(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    hanna = sign_in("hanna")
    before = words(hanna, "/classrooms/new-year")
    add_flag(app, cast)
    assert words(hanna, "/classrooms/new-year") == before
    assert "What the care team has open about a class stays with them" in before


def test_ending_such_a_class_is_refused_in_words_that_name_none_and_kept_in_the_record(
    app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    adam = sign_in("adam")
    add_flag(app, cast)
    closing = adam.post(f"/classrooms/{cast.zon}/closure", data={"day": ON}, headers=ENGLISH)
    both = {"others": str(cast.zon), "name": "Ster", "pupils": "20", "day": ON}
    merging = adam.post(f"/classrooms/{cast.maan}/merger", data=both, headers=ENGLISH)
    for refused in (closing, merging):
        assert refused.status_code == 409
        told = words_in(refused, "//p[contains(@class, 'is-wrong')]")
        assert "Ask the care team" in told
        assert "Zon" not in told
        assert "Maan" not in told
    with app.app_context():
        tried = select(AuditRow.subject).where(AuditRow.what == "class-ending-refused")
        subjects = list(db.session.scalars(tried))
    assert subjects == [f"classroom {cast.zon}", f"classroom {cast.maan}, {cast.zon}"]
