"""An intake that remembers: what a receiver stored, once per key, and can be told to fail."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import orjson

from bot.domain.channel import Account, Incoming


class RememberingIntake:
    """Keeps events in memory as the inbox keeps them in a table."""

    def __init__(self, position: str | None = None) -> None:
        self.kept: dict[str, Incoming] = {}
        self.batches: list[list[str]] = []
        """The keys of each `store`, repeated ones too."""
        self.at = position
        self.fail_times = 0
        self.reaches: list[bool] = []
        """Whether the messenger answered, poll after poll."""
        self._changed = asyncio.Event()

    async def position(self, account: Account) -> str | None:
        """Return what `store` last got."""
        return self.at

    async def reached(self, account: Account, *, is_reached: bool) -> None:
        """Remember it."""
        self.reaches.append(is_reached)
        self._changed.set()
        self._changed = asyncio.Event()

    async def store(self, account: Account, events: Sequence[Incoming], *, position: str | None) -> None:
        """Keep the events, or raise OSError when told to fail."""
        if self.fail_times:
            self.fail_times -= 1
            raise OSError("disk full")
        self.batches.append([event.key for event in events])
        for event in events:
            self.kept.setdefault(event.key, event)
        self.at = position or self.at
        self._changed.set()
        self._changed = asyncio.Event()

    @property
    def payloads(self) -> list[Any]:
        """Return the raw events, in the order in which they came."""
        return [orjson.loads(event.payload) for event in self.kept.values()]

    @property
    def texts(self) -> list[str]:
        """Return the texts of raw Telegram messages."""
        return [payload["message"]["text"] for payload in self.payloads]

    async def until(self, happened: Callable[[], Any], *, seconds: float = 30.0) -> None:
        """Wait until `happened` is true; raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not happened():
                await self._changed.wait()
