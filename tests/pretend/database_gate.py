"""A gate before a real PostgreSQL: shut, it refuses, stays silent, or answers as a server that only starts."""

import asyncio
import contextlib
from enum import Enum
from typing import Self

from sqlalchemy.engine import URL


class Shut(Enum):
    """How a database can be away."""

    REFUSED = "refused"
    """Nobody listens; what was connected is cut off."""
    SILENT = "silent"
    """The network swallows everything; what was connected hangs."""
    STARTING = ("57P03", "the database system is starting up")
    TOO_MANY = ("53300", "sorry, too many clients already")
    WRONG_PASSWORD = ("28P01", "password authentication failed for user")


class DatabaseGate:
    """Leads to the server of `url` until it is shut; begins open."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._shut: Shut | None = None
        self._port = 0
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._visits: set[asyncio.Task[None]] = set()
        self._is_open = asyncio.Event()

    @property
    def url(self) -> str:
        """The address to give to a program."""
        through = self._url.set(drivername="postgresql", host="127.0.0.1", port=self._port)
        return through.render_as_string(hide_password=False)

    async def __aenter__(self) -> Self:
        await self._listen()
        self._is_open.set()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._cut()
        for visit in list(self._visits):
            visit.cancel()
        if self._visits:
            await asyncio.wait(self._visits)

    async def shut(self, how: Shut) -> None:
        """Be away in this way from now on."""
        self._shut = how
        self._is_open.clear()
        if how is not Shut.SILENT:
            await self._cut()
        if how is not Shut.REFUSED and self._server is None:
            await self._listen()

    async def open(self) -> None:
        """Be there again."""
        self._shut = None
        self._is_open.set()
        if self._server is None:
            await self._listen()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._visit, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def _cut(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.close()
        for writer in list(self._writers):
            writer.transport.abort()

    def _visit(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visit = asyncio.create_task(self._visited(reader, writer))
        self._visits.add(visit)
        visit.add_done_callback(self._visits.discard)

    async def _visited(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            if self._shut is not None and isinstance(self._shut.value, tuple):
                await _refuse(reader, writer, *self._shut.value)
            else:
                await self._is_open.wait()
                there = await asyncio.open_connection(self._url.host, self._url.port or 5432)
                self._writers.add(there[1])
                await asyncio.gather(self._carry(reader, there[1]), self._carry(there[0], writer))
        except (OSError, asyncio.IncompleteReadError):
            pass  # somebody hung up
        finally:
            writer.transport.abort()
            self._writers.discard(writer)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(1 << 16):
                await self._is_open.wait()
                writer.write(data)
                await writer.drain()
        writer.transport.abort()


async def _refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, state: str, says: str) -> None:
    """Answer as PostgreSQL does (protocol 3.0): no TLS, then an ErrorResponse."""
    if len(await reader.read(1024)) == 8:
        writer.write(b"N")
        await writer.drain()
        await reader.read(1024)
    fields = b"".join(kind + text.encode() + b"\0" for kind, text in ((b"S", "FATAL"), (b"C", state), (b"M", says)))
    writer.write(b"E" + (len(fields) + 5).to_bytes(4, "big") + fields + b"\0")
    await writer.drain()
