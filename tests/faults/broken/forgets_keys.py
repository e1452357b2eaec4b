"""The server, broken on purpose: a tap that comes again is counted again."""

from checkin.cli import main
from checkin.storage.open_rounds.counting import Counting


def spend(transaction, *values):
    transaction._execute("INSERT OR IGNORE INTO spent_key VALUES (?, ?, ?, ?)", values)


Counting.knows = lambda *_: False
Counting.spend = spend
main()
