"""The server, broken on purpose: it answers 'stored' half a second before it is so."""

import time

from checkin.cli import main
from checkin.storage.open_rounds.writer import Writer


def commit(writer, tickets):
    transaction = writer.home.begin()
    for job, _, ticket in tickets:
        ticket.set_result(job(transaction))
    time.sleep(0.5)
    writer.home.commit(transaction)


Writer._commit = commit
main()
