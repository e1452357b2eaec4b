"""What the rules see is explained to all staff; how they are set, to head and care team."""

from datetime import date, timedelta

import pytest
from flask import Flask

from checkin.domain.release import Light
from checkin.domain.rounds import Moment
from checkin.storage import audit, rule_settings
from checkin.storage.rule_settings import RuleSetting
from checkin.web.pattern_words import PATTERNS
from tests.web.conftest import Cast, SignIn
from tests.web.living import ENGLISH, add_light, words
from tests.web.page_checks import page_of

SETTINGS = "/patterns/settings"


def setting_of(app: Flask, cast: Cast) -> RuleSetting:
    with app.app_context():
        return rule_settings.setting_of(cast.school)


def live_heavily(app: Flask, cast: Cast, days: int = 10) -> None:
    first = date(2026, 11, 2)
    for n in range(days + days // 5 * 2):
        day = first + timedelta(days=n)
        for moment in Moment if day.isoweekday() < 6 else ():
            add_light(app, cast.zon, day, Light.MANY, moment)


class TestExplaining:
    @pytest.mark.parametrize("name", ["tess", "inge", "hanna", "adam"])
    def test_is_open_to_all_staff(self, sign_in: SignIn, name: str) -> None:
        assert sign_in(name).get("/patterns").status_code == 200

    def test_gives_each_rule_its_words_and_a_picture_of_its_own(self, sign_in: SignIn) -> None:
        page = page_of(sign_in("inge").get("/patterns", headers=ENGLISH))
        told = []
        for name in PATTERNS:
            [section] = page.xpath(f"//section[@aria-labelledby='{name}']")
            assert section.xpath(".//li")
            [picture] = section.xpath(".//*[local-name()='svg'][@role='img']")
            columns = picture.xpath(".//*[local-name()='rect'][contains(@class, 'rule-column')]")
            assert len(columns) >= 9
            assert len(picture.xpath(".//*[contains(@class, 'is-told')]")) == 1
            told.append([(column.get("x"), column.get("height")) for column in columns])
        assert len({tuple(columns) for columns in told}) == len(PATTERNS)

    def test_says_the_picture_in_words(self, sign_in: SignIn) -> None:
        told = words(sign_in("inge"), "/patterns", "//section[@aria-labelledby='sustained-rise']")
        assert "the rule told it on school day 4 of the change." in told
        assert "They stay near 20% at first, change, and are at about 30%" in told

    def test_draws_with_the_school_s_own_attention_level(
        self, app: Flask, cast: Cast, sign_in: SignIn
    ) -> None:
        def line() -> str:
            page = page_of(sign_in("inge").get("/patterns"))
            found = page.xpath(
                "//section[@aria-labelledby='heavy-start']//*[@class='rule-line']/@y1"
            )
            return str(found[0])

        before = line()
        sign_in("hanna").post(SETTINGS, data={"budget": "1.0", "attention": "0.6"})
        assert float(line()) < float(before)

    def test_names_the_day_of_the_school_year_where_nothing_changed(self, sign_in: SignIn) -> None:
        told = words(sign_in("inge"), "/patterns", "//section[@aria-labelledby='heavy-start']")
        assert "on school day 5 of the school year." in told
        assert "of the change" not in told

    def test_paints_one_sudden_day_alone(self, sign_in: SignIn) -> None:
        page = page_of(sign_in("inge").get("/patterns"))
        [section] = page.xpath("//section[@aria-labelledby='sudden-day']")
        assert section.xpath(".//*[contains(@class, 'is-told')]")
        assert not section.xpath(".//*[contains(@class, 'is-seen')]")

    def test_says_how_often_chance_alone_does_it_with_the_school_s_setting(
        self, sign_in: SignIn
    ) -> None:
        hanna, where = sign_in("hanna"), "//section[@aria-labelledby='sustained-rise']"
        assert "once in 1½ school years" in words(hanna, "/patterns", where)
        hanna.post(SETTINGS, data={"budget": "0.25", "attention": "0.4"})
        assert "once in 6 school years" in words(hanna, "/patterns", where)

    @pytest.mark.parametrize("address", ["/flags", "/review"])
    def test_is_found_from_the_flags_and_the_review(self, sign_in: SignIn, address: str) -> None:
        assert page_of(sign_in("inge").get(address)).xpath("//main//a[@href='/patterns']")


class TestSettings:
    @pytest.mark.parametrize(
        ("name", "status"), [("inge", 200), ("hanna", 200), ("adam", 403), ("tess", 403)]
    )
    def test_are_for_the_head_and_the_care_team(
        self, sign_in: SignIn, name: str, status: int
    ) -> None:
        data = {"budget": "0.5", "attention": "0.4"}
        assert sign_in(name).get(SETTINGS).status_code == status
        answer = sign_in(name).post(SETTINGS, data=data)
        assert answer.status_code == (303 if status == 200 else 403)

    def test_say_that_there_is_nothing_to_count_yet(self, sign_in: SignIn) -> None:
        assert "nothing can be counted" in words(sign_in("inge"), SETTINGS)

    def test_count_what_each_step_would_have_told(
        self, app: Flask, cast: Cast, sign_in: SignIn
    ) -> None:
        live_heavily(app, cast)
        page = page_of(sign_in("inge").get(SETTINGS, headers=ENGLISH))
        rows = page.xpath("//fieldset[@data-what-if='attention']//tbody/tr")
        counts = {
            row.xpath(".//input/@value")[0]: int(row.xpath("./td")[0].text_content().strip())
            for row in rows
        }
        assert counts == {"0.3": 1, "0.35": 1, "0.4": 1, "0.45": 1, "0.5": 1, "0.6": 1}
        assert "from 2 November 2026 to 13 November 2026" in page.text_content()

    def test_say_as_shipped_once(self, sign_in: SignIn) -> None:
        hanna = sign_in("hanna")
        hanna.post(SETTINGS, data={"budget": "0.5", "attention": "0.4"})
        page = page_of(hanna.get(SETTINGS, headers=ENGLISH))
        [row] = page.xpath("//input[@name='budget'][@value='1.0']/ancestor::tr")
        assert row.text_content().lower().count("as shipped") == 1

    def test_count_nothing_of_another_school(self, app: Flask, cast: Cast, sign_in: SignIn) -> None:
        live_heavily(app, cast)
        assert "nothing can be counted" in words(sign_in("otto"), SETTINGS)

    def test_are_kept_noted_and_shown(self, app: Flask, cast: Cast, sign_in: SignIn) -> None:
        hanna = sign_in("hanna")
        hanna.post(SETTINGS, data={"budget": "0.5", "attention": "0.45"})
        assert setting_of(app, cast) == RuleSetting(0.45, 0.5)
        with app.app_context():
            [look] = audit.looks_at("rules: attention 0.45, budget 0.5")
        assert (look.by, look.what) == ("Hanna", "set")
        page = page_of(hanna.get(SETTINGS))
        assert page.xpath("//input[@checked]/@value") == ["0.5", "0.45"]

    @pytest.mark.parametrize(
        "data",
        [
            {},
            {"budget": "1.0"},
            {"budget": "x", "attention": "0.4"},
            {"budget": "nan", "attention": "nan"},
            {"budget": "1000", "attention": "0.4"},
            {"budget": "1.0", "attention": "0"},
        ],
    )
    def test_of_another_kind_change_nothing_and_say_so(
        self, app: Flask, cast: Cast, sign_in: SignIn, data: dict[str, str]
    ) -> None:
        answer = sign_in("inge").post(SETTINGS, data=data, headers=ENGLISH)
        assert answer.status_code == 400
        [problem] = page_of(answer).xpath("//*[@role='alert']")
        assert "Nothing was changed." in problem.text_content()
        assert setting_of(app, cast) == RuleSetting()

    def test_stay_those_of_one_school(self, app: Flask, cast: Cast, sign_in: SignIn) -> None:
        sign_in("otto").post(SETTINGS, data={"budget": "2.0", "attention": "0.6"})
        assert setting_of(app, cast) == RuleSetting()
