"""checkin doctor tells everything at once, for people and for programs; 1 means: do something."""

import json
import time

from tests.cli.conftest import Command, Fails


def test_it_tells_people_what_why_and_what_mends_it(checkin: Command) -> None:
    checkin.set_up()
    done = checkin("doctor")
    assert done.returncode == 1
    assert done.stderr == ""
    assert "wrong  server: no server was ever started here" in done.stdout
    assert "       -> checkin serve" in done.stdout
    assert "well   database: of this version" in done.stdout


def test_it_tells_programs_the_same(checkin: Command) -> None:
    checkin.set_up()
    done = checkin("doctor", "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 1
    assert told["well"] is False
    one = next(one for one in told["findings"] if one["subject"] == "backups")
    assert one["level"] == "look"
    assert set(one) == {"level", "subject", "what", "why", "mend"}


def test_what_is_only_worth_a_look_is_no_failure_unless_asked(
    checkin: Command, free_port: int
) -> None:
    checkin.set_up()
    checkin.folder.chmod(0o700)
    with checkin.running("serve", "--port", str(free_port)):
        for _ in range(100):  # until somebody keeps house
            done = checkin("doctor")
            if "well   server" in done.stdout:
                break
            time.sleep(0.1)
        assert "\n0 wrong, " in done.stdout, done.stdout
        assert "look   mail" in done.stdout
        assert done.returncode == 0
        assert checkin("doctor", "--strict").returncode == 1


def test_where_there_is_no_school_it_says_so_and_makes_none(checkin: Command) -> None:
    done = checkin("doctor")
    assert done.returncode == 1
    assert "CHECKIN_DIR" in done.stdout
    assert not list(checkin.folder.glob("*.sqlite3"))


def test_settings_that_are_unsafe_are_one_sentence(fails: Fails) -> None:
    assert "CHECKIN_SECRET_KEY is not set" in fails("doctor", CHECKIN_SECRET_KEY=None)
