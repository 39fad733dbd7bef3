"""A database that is away: every part waits for it, and one line a minute tells of that, however many they are."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from bot.domain.clock import Clock
from bot.domain.errors import StorageError, UnstorableError

log = structlog.get_logger()

T = TypeVar("T")
_AGAIN_SECONDS = 1.0
_LONGEST_PAUSE_SECONDS = 30.0
_SAY_EVERY = timedelta(minutes=1)


class DatabaseWatch:
    """Hears of every transaction (`Database.watch`) and logs when the database goes away and comes back."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._away_since: datetime | None = None
        self._said_at: datetime | None = None

    def __call__(self, failure: StorageError | None) -> None:
        """Note how a transaction ended: with the reason why the database did not do it, or None."""
        if isinstance(failure, UnstorableError):
            log.error("value_not_stored", reason=str(failure))
            return
        if failure is None and self._away_since is None:
            return
        now = self._clock.now()
        if failure is None:
            if self._said_at is not None and self._away_since is not None:
                log.info("database_back", seconds=round((now - self._away_since).total_seconds()))
            self._away_since = self._said_at = None
            return
        self._away_since = self._away_since or now
        if self._said_at is None or now - self._said_at >= _SAY_EVERY:
            seconds = round((now - self._away_since).total_seconds())
            log.error("waiting_for_database", reason=str(failure), seconds=seconds)
            self._said_at = now


async def through_outages(part: Callable[[], Awaitable[T]]) -> T:
    """Do a part of the work, and again whenever the database went away under it; the database's watch tells of that."""
    task, pauses = asyncio.current_task(), growing_pauses()
    while True:
        started = time.monotonic()
        try:
            return await part()
        except* StorageError:
            if task is not None and task.cancelling():
                raise asyncio.CancelledError from None  # it was told to stop, and failed while it tidied up
        if time.monotonic() - started > _LONGEST_PAUSE_SECONDS:
            pauses = growing_pauses()
        await asyncio.sleep(next(pauses))


def growing_pauses() -> Iterator[float]:
    """Yield seconds to wait before the next try, ever more up to half a minute."""
    pause = _AGAIN_SECONDS
    while True:
        yield pause
        pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)
