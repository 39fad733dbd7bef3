"""Reports that were just made: whoever asks for the same within seconds gets the same one."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.domain.clock import Clock

Kept = TypeVar("Kept")

FRESH = timedelta(seconds=5)
MOST = 64
_AT_ONCE = 2


@dataclass(slots=True)
class _Place(Generic[Kept]):
    work: "asyncio.Future[Kept]"
    made_at: datetime | None = None
    """None while it is being made."""


class Shelf(Generic[Kept]):
    """Things by key, each made once at a time; two kinds of them at once, so that messages never wait for pages."""

    def __init__(self, *, clock: Clock, fresh: timedelta = FRESH) -> None:
        self._clock = clock
        self._fresh = fresh
        self._places: dict[object, _Place[Kept]] = {}
        self._doors = asyncio.Semaphore(_AT_ONCE)

    async def get(self, key: object, make: Callable[[], Awaitable[Kept]]) -> Kept:
        """Return what lies under the key, or is being made; else make it. A failure is told to all who waited."""
        place = self._places.get(key)
        if place is None or self._is_old(place):
            self._places.pop(key, None)
            while len(self._places) >= MOST:
                del self._places[next(iter(self._places))]
            place = self._places[key] = _Place(work=asyncio.ensure_future(self._make(key, make)))
        # Whoever goes away leaves the work to the others who wait for it.
        return await asyncio.shield(place.work)

    async def close(self) -> None:
        """Stop what is being made."""
        works = [place.work for place in self._places.values() if not place.work.done()]
        for work in works:
            work.cancel()
        if works:
            await asyncio.wait(works)

    async def _make(self, key: object, make: Callable[[], Awaitable[Kept]]) -> Kept:
        async with self._doors:
            made = await make()
        if key in self._places:
            self._places[key].made_at = self._clock.now()
        return made

    def _is_old(self, place: _Place[Kept]) -> bool:
        if not place.work.done():
            return False
        has_failed = place.work.cancelled() or place.work.exception() is not None
        return has_failed or place.made_at is None or place.made_at + self._fresh < self._clock.now()
