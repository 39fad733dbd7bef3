"""What several people ask for at the same time is worked out once, and kept for a minute while nothing changes."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.domain.clock import Clock

KEPT = timedelta(minutes=1)
_Value = TypeVar("_Value")


@dataclass(slots=True)
class _Place(Generic[_Value]):
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    value: _Value | None = None
    made_at: datetime | None = None


class Shared(Generic[_Value]):
    """Results by key; whoever comes second waits for the first one's."""

    def __init__(self, *, clock: Clock, most: int) -> None:
        """`most` results are kept at a time: a region's report is large."""
        self._clock = clock
        self._most = most
        self._places: OrderedDict[Hashable, _Place[_Value]] = OrderedDict()

    async def get(self, key: Hashable, make: Callable[[], Awaitable[_Value]]) -> _Value:
        """Return what is kept under a key, made now if there is nothing or it is too old."""
        place = self._places.setdefault(key, _Place())
        self._places.move_to_end(key)
        async with place.lock:
            if not self._is_fresh(place):
                place.value = await make()
                place.made_at = self._clock.now()
            self._tidy()
            return place.value  # type: ignore[return-value] # made above, or fresh

    def _is_fresh(self, place: _Place[_Value]) -> bool:
        return place.made_at is not None and self._clock.now() - place.made_at < KEPT

    def _tidy(self) -> None:
        old = [
            key
            for number, (key, place) in enumerate(reversed(self._places.items()))
            if not place.lock.locked() and (number >= self._most or not self._is_fresh(place))
        ]
        for key in old:
            del self._places[key]
