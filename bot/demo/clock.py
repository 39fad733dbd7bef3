"""The demo's clock: moved by hand while history is played; then it runs, and can be pushed ahead past deadlines."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.domain.clock import SystemClock


class DemoClock:
    """A clock that stands still until `run` and may be moved on at any time; whoever sleeps wakes in time."""

    def __init__(self, now: datetime) -> None:
        self._stands_at: datetime | None = now.astimezone(UTC)
        self._ahead = timedelta(0)
        self._bell = asyncio.Event()

    def now(self) -> datetime:
        """Return the demo's present moment in UTC."""
        return self._stands_at or SystemClock().now() + self._ahead

    async def sleep(self, duration: timedelta) -> None:
        """Wait until the demo's time has moved on by `duration`."""
        until = self.now() + duration
        if duration <= timedelta(0):
            await asyncio.sleep(0)
        while (left := until - self.now()) > timedelta(0):
            bell = self._bell
            try:
                async with asyncio.timeout(None if self._stands_at else left.total_seconds()):
                    await bell.wait()
            except TimeoutError:
                continue

    def move_to(self, moment: datetime) -> None:
        """Set a standing clock."""
        self._stands_at = moment.astimezone(UTC)
        self._ring()

    def run(self) -> None:
        """Let the clock run from the real present on."""
        self._stands_at = None
        self._ring()

    def advance(self, duration: timedelta) -> None:
        """Push the clock ahead, standing or running."""
        if self._stands_at is not None:
            self._stands_at += duration
        else:
            self._ahead += duration
        self._ring()

    def _ring(self) -> None:
        self._bell.set()
        self._bell = asyncio.Event()
