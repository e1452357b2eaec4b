"""HTTPS in front of the server: TLS ends here, and what was in it goes on within this machine.

One thread holds every connection, so that a slow client costs memory and never a thread of the
server behind; nothing of what passes is looked at, and nobody's address is written down.
"""

import asyncio
import logging
import socket
import threading
from collections import Counter
from typing import Any

from checkin.cli.tls_keys import Keys

MOST = 400
"""Connections at once, at a quarter of a megabyte each."""
MOST_FROM_ONE = 200
"""One machine that wants them all leaves the other half to the tablets."""
HANDSHAKE_SECONDS = 10.0
PATIENCE_SECONDS = 60.0
"""For a client that takes nothing of its answer."""
LOOK_EVERY_SECONDS = 10.0
PART = 64 * 1024

log = logging.getLogger("checkin.tls")


class Front:
    """Meets clients over TLS and passes on to a port of this machine what they say."""

    def __init__(self, listener: socket.socket, keys: Keys, to: int) -> None:
        self.listener, self.keys, self.to = listener, keys, to
        self.open: set[asyncio.Task[None]] = set()
        self.of_each: Counter[str] = Counter()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self._run, name="tls", daemon=True)

    def start(self) -> None:
        """Meet clients from now on, in a thread of its own."""
        self.listener.setblocking(False)
        self.thread.start()

    def close(self) -> None:
        """Meet nobody any more and let go of everybody."""
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(timeout=5)
        self.listener.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.set_exception_handler(_say_the_kind)
        kept = [self.loop.create_task(job) for job in (self._accept(), self._look())]
        self.loop.run_forever()
        for task in (*kept, *self.open):
            task.cancel()
        self.loop.run_until_complete(asyncio.gather(*kept, *self.open, return_exceptions=True))
        self.loop.close()

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            self.keys.renew()

    async def _accept(self) -> None:
        while True:
            try:
                client, address = await self.loop.sock_accept(self.listener)
            except OSError:  # too many files are open, or the client is gone already
                await asyncio.sleep(0.1)
                continue
            one = str(address[0])
            if len(self.open) >= MOST or self.of_each[one] >= MOST_FROM_ONE:
                client.close()
                continue
            task = self.loop.create_task(self._meet(client, one))
            self.open.add(task)
            task.add_done_callback(self.open.discard)

    async def _meet(self, client: socket.socket, one: str) -> None:
        self.of_each[one] += 1
        try:
            await self._pass(client)
        except (OSError, TimeoutError):
            pass  # no TLS, or gone: it will come again
        finally:
            self.of_each[one] -= 1
            if not self.of_each[one]:
                del self.of_each[one]

    async def _pass(self, client: socket.socket) -> None:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        reader = asyncio.StreamReader(limit=PART)
        protocol = asyncio.StreamReaderProtocol(reader)
        transport, _ = await self.loop.connect_accepted_socket(
            lambda: protocol,
            client,
            ssl=self.keys.context,
            ssl_handshake_timeout=HANDSHAKE_SECONDS,
            ssl_shutdown_timeout=HANDSHAKE_SECONDS,
        )
        writer = asyncio.StreamWriter(transport, protocol, reader, self.loop)
        try:
            behind, to_behind = await asyncio.open_connection("127.0.0.1", self.to)
            await asyncio.gather(_pump(reader, to_behind), _pump(behind, writer))
        finally:
            if not transport.is_closing():  # closing, it sends the rest of an answer first
                transport.abort()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pass on what comes until it ends; whoever takes nothing for a minute is let go."""
    try:
        while part := await reader.read(PART):
            writer.write(part)
            if writer.transport.get_write_buffer_size() > PART:
                await asyncio.wait_for(writer.drain(), PATIENCE_SECONDS)
    except (OSError, TimeoutError):
        writer.transport.abort()
    finally:
        writer.close()


def listen(host: str, port: int) -> socket.socket:
    """Take a port; raises OSError when somebody has it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    is_all = host == "::" and socket.has_dualstack_ipv6()
    return socket.create_server((host, port), family=family, backlog=512, dualstack_ipv6=is_all)


def _say_the_kind(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Say what kind of trouble there was, and not with whom."""
    error = context.get("exception")
    if not isinstance(error, OSError | TimeoutError):
        log.error("trouble with a connection: %s", type(error).__name__)
