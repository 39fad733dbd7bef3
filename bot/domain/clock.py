"""What time it is: the real clock, and one that tests and the demo move by hand."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
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


CLOCK_TOLERANCE = timedelta(seconds=30)
"""A difference up to this is not worth a word."""


class ServerClock:
    """How far a messenger's clock is ahead of ours: by the `Date` of its answers, and by messages of the future."""

    _LOOKS_EVERY = timedelta(seconds=10)
    _HOLDS_FOR = timedelta(minutes=10)

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._answered: tuple[datetime, timedelta] | None = None
        self._told: tuple[datetime, timedelta] | None = None

    def answered(self, date: str | None) -> None:
        """Compare the `Date` of an answer (HTTP tells whole seconds) with our clock, once in ten seconds."""
        now = self._clock.now()
        if not date or (self._answered is not None and abs(now - self._answered[0]) < self._LOOKS_EVERY):
            return
        try:
            theirs = parsedate_to_datetime(date)
        except ValueError:
            return
        self._answered = now, theirs.replace(tzinfo=theirs.tzinfo or UTC) - now

    def told(self, moment: datetime, *, received_at: datetime) -> None:
        """Notice a message that is dated later than it came."""
        if moment - received_at > CLOCK_TOLERANCE:
            self._told = self._clock.now(), moment - received_at

    @property
    def ahead(self) -> timedelta:
        """By how much it is ahead of ours, negative when it is behind; nothing when nothing was heard lately."""
        now = self._clock.now()
        heard = [each for each in (self._answered, self._told) if each is not None]
        lately = [difference for at, difference in heard if abs(now - at) <= self._HOLDS_FOR]
        return max(lately, key=abs, default=timedelta(0))

    @property
    def differs(self) -> bool:
        """Whether somebody should be told."""
        return abs(self.ahead) > CLOCK_TOLERANCE


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
