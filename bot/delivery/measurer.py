"""Keeps the measured times of tickets up to date, in small portions aside from the desk."""

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.delivery.bell import Bell
from bot.domain.clock import Clock
from bot.domain.errors import StorageError
from bot.reports.counting.known_calendars import RememberedCalendars
from bot.reports.counting.settling import settle
from bot.reports.counting.spans import spans_touched
from bot.reports.counting.verdict import judge
from storage.aggregates import forget_aggregates
from storage.database import Database
from storage.loading import lock
from storage.measured import begin_measuring, keep_measured, read_unmeasured
from storage.statistics import read_facts_of

log = structlog.get_logger()

AT_ONCE = 200
"""Tickets: the desk waits some milliseconds for them at most."""
_LOOK_EVERY_SECONDS = 5.0
_SETTLE_EVERY = timedelta(minutes=10)
"""After a change in a month that is over, reports count its rows for so long at most."""


class Measurer:
    """Judges tickets that have changed and keeps what comes of it, so that reports need not.

    A report is right without it: what is not measured yet it judges itself, only slower.
    """

    def __init__(self, *, database: Database, zone: ZoneInfo, clock: Clock) -> None:
        self._database = database
        self._zone = zone
        self._clock = clock
        self._bell = Bell()
        self._calendars = RememberedCalendars(zone=zone)

    async def run(self) -> None:
        """Measure until cancelled."""
        settled_at = datetime.min.replace(tzinfo=UTC)
        while True:
            started = time.monotonic()
            try:
                measured = await self.work()
                if not measured and self._clock.now() - settled_at >= _SETTLE_EVERY:
                    await self.settle()
                    settled_at = self._clock.now()
            except StorageError:
                measured = 0
            # As long a pause as the portion took: most of the machine is for the desk.
            took = time.monotonic() - started
            await self._bell.wait(_LOOK_EVERY_SECONDS if measured < AT_ONCE else took)

    async def work(self) -> int:
        """Measure a portion of what has changed; returns how many tickets that was."""
        async with self._database.reading() as connection:
            due = await read_unmeasured(connection, limit=AT_ONCE)
        if due:
            await self._measure(due)
        return len(due)

    async def settle(self) -> list[str]:
        """Count months and years that are over once and for all; returns their names."""
        counted = await settle(self._database, zone=self._zone, now=self._clock.now())
        if counted:
            log.info("months_counted", spans=",".join(counted))
        return counted

    async def _measure(self, numbers: Sequence[int]) -> None:
        async with self._database.unit() as connection:
            # The desk's own lock, so that neither waits for rows of the other.
            await lock(connection)
            await begin_measuring(connection, numbers)
        async with self._database.snapshot() as connection:
            calendar_at = await self._calendars.read(connection)
            found = await read_facts_of(connection, numbers)
        rows = await asyncio.to_thread(lambda: [judge(ticket, calendar_at) for ticket in found])
        async with self._database.unit() as connection:
            await lock(connection)
            kept = await keep_measured(connection, rows)
            days = {row.opened_at.astimezone(self._zone).date() for row in rows if row.ticket in kept}
            await forget_aggregates(connection, spans_touched(days))
