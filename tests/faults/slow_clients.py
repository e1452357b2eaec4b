"""Clients that are slow on purpose: with their header, their body, or with taking the answer.

python -m tests.faults.slow_clients HOST PORT [CLIENTS [SECONDS]]   tries them on a server.
"""

import asyncio
import ssl
import sys
from dataclasses import dataclass, field

KINDS = ("header", "body", "read")
DRIP_SECONDS = 0.2


@dataclass
class Slow:
    """A crowd of them; `open` says how many are connected now, of all kinds alike many."""

    host: str
    port: int
    tls: ssl.SSLContext | None = None
    path: str = "/sign-in"
    open: int = 0
    met: int = 0
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def crowd(self, clients: int) -> None:
        """Hold so many connections until `ended` is set; who is shown out comes back."""
        tasks = [asyncio.create_task(self._stay(KINDS[n % 3])) for n in range(clients)]
        await self.ended.wait()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _stay(self, kind: str) -> None:
        while True:
            try:
                await self._visit(kind)
            except (OSError, asyncio.IncompleteReadError):
                await asyncio.sleep(DRIP_SECONDS)

    async def _visit(self, kind: str) -> None:
        # A buffer of a few bytes: an answer that is not taken has to wait in the server.
        reader, writer = await asyncio.open_connection(
            self.host,
            self.port,
            ssl=self.tls,
            limit=512,
            server_hostname="localhost" if self.tls else None,
        )
        self.open += 1
        self.met += 1
        try:
            await getattr(self, f"_{kind}")(reader, writer)
        finally:
            self.open -= 1
            writer.transport.abort()

    async def _header(self, _: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"POST /tablet/taps HTTP/1.1\r\nHost: localhost\r\n")
        while True:
            writer.write(b"X-Slow: 1\r\n")
            await writer.drain()
            await asyncio.sleep(DRIP_SECONDS)

    async def _body(self, _: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(
            b"POST /tablet/taps HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\n"
            b"Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n"
        )
        while True:
            writer.write(b"{")
            await writer.drain()
            await asyncio.sleep(DRIP_SECONDS)

    async def _read(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ask = f"GET {self.path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        writer.write(ask * 20)  # many answers, of which it takes a byte now and then
        while await reader.readexactly(1):
            await asyncio.sleep(DRIP_SECONDS)


async def main(host: str, port: str, clients: str = "200", seconds: str = "60") -> None:
    slow = Slow(host, int(port))
    asyncio.get_running_loop().call_later(float(seconds), slow.ended.set)
    await slow.crowd(int(clients))
    print(f"{slow.met} connections were made by {clients} slow clients in {seconds} s")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
