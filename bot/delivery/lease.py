"""A part of the work that only one process may do: it runs while this process holds its lease."""

import asyncio
import contextlib
import os
import secrets
import socket
from collections.abc import Awaitable, Callable

import structlog

from bot.domain.clock import Clock
from bot.domain.errors import StorageError
from storage import leases
from storage.database import Database

log = structlog.get_logger()

_RENEW_SECONDS = leases.TERM.total_seconds() / 3
_TRY_SECONDS = 1.0
_RELEASE_SECONDS = 2.0


class Lease:
    """One named lease, for the life of this process."""

    def __init__(self, *, name: str, database: Database, clock: Clock) -> None:
        self._name = name
        self._database = database
        self._clock = clock
        self._holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"

    async def run(self, part: Callable[[], Awaitable[None]]) -> None:
        """Wait for the lease, then run `part` until cancelled; it is stopped when the lease is lost.

        Raises StorageError while it waits; whoever runs it tries again.
        """
        has_waited = False
        while True:
            if not await self._acquire():
                if not has_waited:
                    log.info("part_waits", part=self._name, reason="another process does it")
                has_waited = True
                await asyncio.sleep(_TRY_SECONDS)
                continue
            has_waited = False
            await self._run_while_held(part)

    async def _run_while_held(self, part: Callable[[], Awaitable[None]]) -> None:
        working = asyncio.ensure_future(part())
        pause = _RENEW_SECONDS
        try:
            while not working.done():
                await asyncio.wait({working}, timeout=pause)
                if working.done():
                    break
                try:
                    is_held = await self._acquire()
                except StorageError:
                    # While the database is away nobody else can take it, and the part can do nothing.
                    pause = _TRY_SECONDS
                    continue
                pause = _RENEW_SECONDS
                if not is_held:
                    log.warning("part_stopped", part=self._name, reason="the lease was lost")
                    break
            if working.done():
                await working
        finally:
            working.cancel()
            await asyncio.wait({working})
            await self._release()

    async def _acquire(self) -> bool:
        """Take or renew the lease. Raises StorageError."""
        async with self._database.unit() as connection:
            return await leases.acquire(
                connection, name=self._name, holder=self._holder, now=self._clock.now(), is_gone=_is_gone
            )

    async def _release(self) -> None:
        # Without an answer of the database it runs out by itself.
        with contextlib.suppress(StorageError, TimeoutError):
            async with asyncio.timeout(_RELEASE_SECONDS), self._database.unit() as connection:
                await leases.release(connection, name=self._name, holder=self._holder)


def _is_gone(holder: str) -> bool:
    """Tell whether a holder was a process of this machine that has ended; its lease need not run out."""
    host, process, _ = holder.split(":")
    if host != socket.gethostname():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
