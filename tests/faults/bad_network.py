"""A network between a tablet and its school that drops, delays, doubles and cuts what goes over it.

It keeps books: which keys were sent through it, and which of them the tablet got an answer for.
"""

import asyncio
import json
import random
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum

TAPS = b"POST /tablet/taps "
LONGEST_DELAY = 0.3
SILENCE = 60.0


class Fault(StrEnum):
    """What happens to an exchange."""

    DROP = "the connection is closed before the server hears of it"
    SWALLOW = "the request is taken, and no answer ever comes"
    DELAY = "it takes a while"
    DOUBLE = "the server gets it twice"
    DOUBLE_LATER = "the server gets it again after the tablet has its answer"
    CUT_REQUEST = "the server gets half of it"
    LOSE_REPLY = "the server has done it, and the tablet never hears"
    CUT_REPLY = "the tablet gets half of the answer"


@dataclass
class Books:
    """What went over the network."""

    sent: set[str] = field(default_factory=set)
    acknowledged: Counter[str] = field(default_factory=Counter)
    exchanges: int = 0
    faults: Counter[Fault] = field(default_factory=Counter)

    @property
    def share_of_faults(self) -> float:
        return self.faults.total() / self.exchanges


class BadNetwork:
    """Stands before a server; all but taps goes through untouched."""

    def __init__(self, server_port: int, faulty: float, seed: int) -> None:
        self.server_port, self.faulty = server_port, faulty
        self.chance = random.Random(seed)
        self.books = Books()
        self.port = 0
        self._deck: list[Fault] = []
        self._is_up = threading.Event()
        self._tasks: set[asyncio.Task] = set()  # or the loop would forget them
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)

    def start(self) -> None:
        self._thread.start()
        assert self._is_up.wait(10)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._is_over.set)
        self._thread.join(timeout=10)
        assert not self._thread.is_alive()

    async def _run(self) -> None:
        self._loop, self._is_over = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=2**20)
        self.port = server.sockets[0].getsockname()[1]
        self._is_up.set()
        await self._is_over.wait()
        server.close()

    def _remember(self, task: asyncio.Task) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._remember(asyncio.current_task())
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            try:
                request = await read_message(reader)
                if request.startswith(TAPS):
                    await self._carry(request, writer)
                else:
                    writer.write(await self._ask(request))
                    await writer.drain()
            finally:
                writer.close()

    async def _carry(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        self.books.exchanges += 1
        self.books.sent |= {tap["key"] for tap in body_of(request)["taps"]}
        fault = self._next_fault() if self.chance.random() < self.faulty else None
        reply = await self._reply_of(request, fault)
        writer.write(reply)
        await writer.drain()
        if reply and fault is not Fault.CUT_REPLY:
            # Written down even if the tablet has gone: the server did promise it.
            results = body_of(reply).get("results", ())
            self.books.acknowledged.update(result["key"] for result in results)
        if fault is Fault.DOUBLE_LATER:
            self._remember(self._loop.create_task(self._again(request)))

    def _next_fault(self) -> Fault:
        """Deal each kind once before any comes again."""
        if not self._deck:
            self._deck = self.chance.sample(list(Fault), len(Fault))
        fault = self._deck.pop()
        self.books.faults[fault] += 1
        return fault

    async def _reply_of(self, request: bytes, fault: Fault | None) -> bytes:
        if fault is Fault.DROP:
            return b""
        if fault is Fault.SWALLOW:
            await asyncio.sleep(SILENCE)
            return b""
        if fault is Fault.CUT_REQUEST:
            await self._ask(request[: len(request) - len(request) // 4])
            return b""
        if fault is Fault.DELAY:
            await asyncio.sleep(self.chance.uniform(0, LONGEST_DELAY))
        if fault is Fault.DOUBLE:
            both = await asyncio.gather(self._ask(request), self._ask(request))
            return self.chance.choice(both)
        reply = await self._ask(request)
        if fault is Fault.LOSE_REPLY:
            return b""
        return reply[: len(reply) // 2] if fault is Fault.CUT_REPLY else reply

    async def _again(self, request: bytes) -> bytes:
        await asyncio.sleep(self.chance.uniform(0, LONGEST_DELAY))
        with suppress(OSError, asyncio.IncompleteReadError):
            return await self._ask(request)
        return b""

    async def _ask(self, request: bytes) -> bytes:
        """Ask the server and return its answer; of half a request there is none."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.server_port, limit=2**20)
        writer.write(closing(request))
        await writer.drain()
        try:
            if request.startswith(TAPS) and not is_whole(request):
                return b""
            return await read_message(reader)
        finally:
            writer.close()


async def read_message(reader: asyncio.StreamReader) -> bytes:
    """Read a request or an answer, head and body."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = length_of(head)
    if length is None and head.startswith(b"HTTP/"):
        return head + await reader.read(-1)  # it ends with its connection
    return head + await reader.readexactly(length or 0)


def length_of(head: bytes) -> int | None:
    """Return the length of the body that a head announces, None when it announces none."""
    for line in head.lower().split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name == b"content-length":
            return int(value)
    return None


def is_whole(request: bytes) -> bool:
    head, _, body = request.partition(b"\r\n\r\n")
    return len(body) == (length_of(head) or 0)


def closing(request: bytes) -> bytes:
    """Ask for one answer a connection."""
    return request.replace(b"Connection: keep-alive", b"Connection: close", 1)


def body_of(message: bytes) -> dict:
    return json.loads(message.partition(b"\r\n\r\n")[2])


@contextmanager
def a_bad_network(server_port: int, faulty: float, seed: int) -> Iterator[BadNetwork]:
    network = BadNetwork(server_port, faulty, seed)
    network.start()
    try:
        yield network
    finally:
        network.stop()
