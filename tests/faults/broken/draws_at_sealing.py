"""Sealing, broken on purpose: it publishes first, forgets later, and draws noise in between."""

from dataclasses import replace

from checkin.domain.release import draw_noise
from checkin.services import sealing
from checkin.storage import released
from checkin.storage.database import db
from checkin.storage.open_rounds import SealedRound, open_rounds
from tests.faults.seal_and_die import serve

PEEK = "SELECT taps, heavy FROM open_round WHERE classroom = ? AND day = ? AND moment = ?"


def seal(school, classrooms, rounds, now, by):
    return sum(seal_one(school, classrooms[round.classroom], round, now, by) for round in rounds)


def seal_one(school, classroom, round, now, by):
    key = (round.classroom, round.day.isoformat(), round.moment.value)
    m, heavy = open_rounds().run(lambda tx: tx._execute(PEEK, key).fetchone())
    result = sealing.release_round(m, heavy + draw_noise(4), classroom.pupils)
    db.session.execute(
        db.text("DELETE FROM released_round WHERE day = :day AND moment = :moment"),
        {"day": key[1], "moment": key[2]},
    )
    floor = max(school.floor, 12)
    released.add_round(school.id, round, replace(result, pupils=floor), now, by)
    db.session.commit()

    def job(tx):
        tx.take_round(round)
        tx.put_sealed(SealedRound(school.id, round, result, now, by))
        return True

    return open_rounds().run(job)


sealing._seal = seal
serve()
