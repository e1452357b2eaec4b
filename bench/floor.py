"""The smallest endpoint with the same durability: a key and a counter, one commit a tap."""

import sqlite3
import sys
import threading
from pathlib import Path

from flask import Flask, jsonify, request
from waitress import create_server


def make_app(path: Path) -> Flask:
    app = Flask(__name__)
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for pragma in ("journal_mode=TRUNCATE", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE spent (key BLOB PRIMARY KEY) WITHOUT ROWID")
    connection.execute("CREATE TABLE counter (n INTEGER)")
    connection.execute("INSERT INTO counter VALUES (0)")
    one_at_a_time = threading.Lock()

    @app.post("/tablet/taps")
    def tap():
        (sent,) = request.get_json()["taps"]
        with one_at_a_time:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO spent VALUES (?)", (bytes.fromhex(sent["key"]),))
            connection.execute("UPDATE counter SET n = n + 1")
            connection.execute("COMMIT")
        return jsonify(results=[{"key": sent["key"], "status": "stored"}])

    return app


if __name__ == "__main__":
    create_server(
        make_app(Path(sys.argv[1]) / "floor.sqlite3"),
        host="127.0.0.1",
        port=int(sys.argv[2]),
        threads=32,
    ).run()
