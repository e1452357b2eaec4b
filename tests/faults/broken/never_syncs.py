"""The server, broken on purpose: it leaves it to the system when something is on disk."""

from checkin.cli import main
from checkin.storage.open_rounds import file

real = file.connect


def connect(path):
    connection = real(path)
    connection.execute("PRAGMA synchronous=OFF")
    return connection


file.connect = connect
main()
