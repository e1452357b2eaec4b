"""The server: Waitress, with HTTPS before it where there is a certificate."""

import errno
import gc
import logging
import select
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from types import FrameType
from typing import Any

import click
from flask import Flask
from waitress import create_server
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer

from checkin.cli.starting import CannotStart
from checkin.cli.tls import Front, listen
from checkin.cli.tls_keys import Keys

THREADS = 32
CAN_POLL = hasattr(select, "poll")
"""Else it is select(), which ends at the 1024th open file, on Windows at the 512th."""
CONNECTIONS = 800 if CAN_POLL else 450
PATIENCE_SECONDS = 60
"""For a client that says nothing, or has not said all it wants after so long."""
LARGEST_BODY = 32 * 1024 * 1024
TAKEN = (errno.EADDRINUSE, getattr(errno, "WSAEACCES", errno.EADDRINUSE))
STOPS = [signal.SIGINT, signal.SIGTERM]
if sys.platform == "win32":
    STOPS.append(signal.SIGBREAK)  # also when its window is closed or the machine goes down


class Channel(HTTPChannel):  # type: ignore[misc]  # it is not typed
    """A connection whose request has to be whole in time, however busily it drips in."""

    began = 0.0

    def received(self, data: bytes) -> Any:
        """Take a part of a request; the time that is left counts from the first."""
        done = super().received(data)
        if self.request is None:
            self.began = 0.0
        else:
            self.began = self.last_activity = self.began or time.time()
        return done


def run_server(
    app: Flask, host: str, port: int, ready: Callable[[], None], keys: Keys | None = None
) -> None:
    """Serve until interrupted; `ready` is called once the port is ours."""
    for name in ("waitress", "asyncio"):
        logging.getLogger(name).setLevel(logging.ERROR)
    with ExitStack() as open_:
        server = open_.enter_context(_listening(app, host, port, keys))
        for number in STOPS:
            signal.signal(number, _interrupt)
        with suppress(KeyboardInterrupt):
            ready()  # who waits for this may interrupt us at once
            gc.freeze()  # what was loaded stays: to look for garbage in it would hold up every tap
            server.run()
    click.echo("stopped", err=True)


@contextmanager
def _listening(app: Flask, host: str, port: int, keys: Keys | None) -> Iterator[Any]:
    """Take the port, for the server itself or for what meets clients over TLS before it."""
    try:
        if keys is None:
            server = _make_server(app, host, port)
            front = None
        else:
            listener = listen(host, port)
            server = _make_server(app, "127.0.0.1", 0)
            front = Front(listener, keys, server.effective_port)
            front.start()
    except OSError as error:
        if error.errno in TAKEN:
            raise CannotStart(f"port {port} is in use; choose another with --port") from error
        raise
    try:
        yield server
    finally:
        if front is not None:
            front.close()
        server.close()


def _make_server(app: Flask, host: str, port: int) -> Any:
    TcpWSGIServer.channel_class = Channel  # `create_server` makes these, one for each address
    if sys.platform == "win32":
        TcpWSGIServer.set_reuse_addr = _share_with_nobody
    return create_server(
        app,
        host=host,
        port=port,
        threads=THREADS,
        ident=None,
        connection_limit=CONNECTIONS,
        channel_timeout=PATIENCE_SECONDS,
        cleanup_interval=10,
        asyncore_use_poll=CAN_POLL,
        max_request_body_size=LARGEST_BODY,
    )


def _share_with_nobody(server: Any) -> None:
    """On Windows the option of this name elsewhere would let a second server take the same port."""
    if sys.platform == "win32":
        server.socket.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
