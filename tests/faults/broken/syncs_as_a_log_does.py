"""The server, broken on purpose: a write-ahead log that is synced now and then, as is usual."""

from checkin.cli import main
from checkin.storage.open_rounds import file

real = file.connect


def connect(path):
    connection = real(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    return connection


file.connect = connect
main()
