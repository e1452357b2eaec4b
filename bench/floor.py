"""The smallest endpoint with the same durability: a key and a counter, one commit a tap.

python -m bench.floor FOLDER PORT [--together]

With --together one writer commits what waits together, as the product does: the best that is
known of this server and this file.
"""

import sqlite3
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from queue import Empty, SimpleQueue

from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue
from waitress import create_server

FILE = "floor.sqlite3"
Store = Callable[[bytes], object]


def make_app(store: Store) -> Flask:
    app = Flask(__name__)

    @app.post("/tablet/taps")
    def tap() -> ResponseReturnValue:
        (sent,) = request.get_json()["taps"]
        store(bytes.fromhex(sent["key"]))
        return jsonify(results=[{"key": sent["key"], "status": "stored"}])

    return app


def connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for pragma in ("journal_mode=TRUNCATE", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE spent (key BLOB PRIMARY KEY) WITHOUT ROWID")
    connection.execute("CREATE TABLE counter (n INTEGER)")
    connection.execute("INSERT INTO counter VALUES (0)")
    return connection


def store_all(connection: sqlite3.Connection, keys: list[bytes]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for key in keys:
        connection.execute("INSERT INTO spent VALUES (?)", (key,))
        connection.execute("UPDATE counter SET n = n + 1")
    connection.execute("COMMIT")


def one_at_a_time(connection: sqlite3.Connection) -> Store:
    lock = threading.Lock()

    def store(key: bytes) -> None:
        with lock:
            store_all(connection, [key])

    return store


def together(connection: sqlite3.Connection) -> Store:
    waiting: SimpleQueue[tuple[bytes, Future[None]]] = SimpleQueue()

    def work() -> None:
        while True:
            batch = [waiting.get()]
            try:
                while True:
                    batch.append(waiting.get_nowait())
            except Empty:
                store_all(connection, [key for key, _ in batch])
            for _, stored in batch:
                stored.set_result(None)

    def store(key: bytes) -> None:
        stored: Future[None] = Future()
        waiting.put((key, stored))
        stored.result(timeout=20)

    threading.Thread(target=work, daemon=True).start()
    return store


def main(folder: str, port: str, *how: str) -> None:
    way = together if "--together" in how else one_at_a_time
    app = make_app(way(connect(Path(folder) / FILE)))
    create_server(app, host="127.0.0.1", port=int(port), threads=32).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
