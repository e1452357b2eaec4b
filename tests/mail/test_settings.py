"""It starts with a mail server that is whole and safe, with none, and not with anything between."""

import pytest

from checkin.config import UnsafeConfig, read_config
from tests.school import SECRET

WHOLE = {
    "CHECKIN_SECRET_KEY": SECRET,
    "CHECKIN_SMTP_URL": "smtps://user:password@mail.school.nl",
    "CHECKIN_MAIL_FROM": "checkin@school.nl",
    "CHECKIN_BASE_URL": "https://checkin.school.nl",
}


def test_a_mail_server_is_read_with_its_sender() -> None:
    config = read_config(WHOLE)
    assert config.smtp_url == WHOLE["CHECKIN_SMTP_URL"]
    assert config.mail_from == "checkin@school.nl"


def test_without_a_mail_server_nothing_is_asked() -> None:
    assert read_config({"CHECKIN_SECRET_KEY": SECRET, "CHECKIN_MAIL_FROM": "x"}).smtp_url is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CHECKIN_SMTP_URL", "mail.school.nl"),
        ("CHECKIN_SMTP_URL", "smtp://user:password@mail.school.nl"),
        ("CHECKIN_MAIL_FROM", ""),
        ("CHECKIN_MAIL_FROM", "checkin"),
        ("CHECKIN_BASE_URL", ""),
    ],
)
def test_it_says_which_setting_is_not_right(name: str, value: str) -> None:
    with pytest.raises(UnsafeConfig, match=name) as refused:
        read_config({**WHOLE, name: value})
    assert "password@" not in str(refused.value)


def test_the_settings_never_show_the_password() -> None:
    assert "password" not in repr(read_config(WHOLE))
