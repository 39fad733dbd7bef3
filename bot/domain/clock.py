"""What time it is: the real clock, and one that tests and the demo move by hand."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time and waits; always aware UTC."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        ...

    async def sleep(self, duration: timedelta) -> None:
        """Wait for `duration`; nothing or less returns after one turn of the loop."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return datetime.now(UTC)

    async def sleep(self, duration: timedelta) -> None:
        """Wait for `duration` of real time."""
        await asyncio.sleep(max(0.0, duration.total_seconds()))


class ManualClock:
    """A clock that stands still until it is moved; sleepers wake when their moment is reached."""

    def __init__(self, now: datetime) -> None:
        if now.tzinfo is None:
            raise ValueError("a moment needs its zone")
        self._now = now.astimezone(UTC)
        self._sleepers: list[tuple[datetime, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        """Return the moment the clock was last moved to."""
        return self._now

    async def sleep(self, duration: timedelta) -> None:
        """Wait until the clock has been moved on by `duration`."""
        if duration <= timedelta(0):
            await asyncio.sleep(0)
            return
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers.append((self._now + duration, waiting))
        await waiting

    def move_to(self, moment: datetime) -> None:
        """Set the clock to `moment`, never back while someone sleeps; wakes everyone whose time has come."""
        self._now = moment.astimezone(UTC)
        due = [entry for entry in self._sleepers if entry[0] <= self._now]
        self._sleepers = [entry for entry in self._sleepers if entry[0] > self._now]
        for _, waiting in sorted(due, key=lambda entry: entry[0]):
            if not waiting.done():
                waiting.set_result(None)

    def advance(self, duration: timedelta) -> None:
        """Move the clock on by `duration`."""
        self.move_to(self._now + duration)
