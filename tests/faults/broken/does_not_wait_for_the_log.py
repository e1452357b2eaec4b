"""The server, broken on purpose: PostgreSQL may say 'committed' before its log is on disk."""

from checkin.cli import main
from checkin.storage.open_rounds import server

server.SETTINGS = server.SETTINGS.replace("synchronous_commit = on", "synchronous_commit = off")
server.PROMISED = {**server.PROMISED, "synchronous_commit": "off"}
main()
