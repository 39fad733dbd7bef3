"""Deadlines: when a ticket's moment has come, an event of our own goes into the inbox, once. And tidying up."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.delivery.bell import Bell
from bot.delivery.crowds import suspected
from bot.delivery.next_year import missing_year
from bot.delivery.subscribed import send_for_reports
from bot.domain.channel import Incoming
from bot.domain.clock import Clock
from bot.domain.errors import StorageError
from bot.domain.own_event import DeadlineDue
from storage import inbox
from storage.codec import INTERNAL, encode_event
from storage.database import Database
from storage.old_words import clear_old_words
from storage.retention import clear_done
from storage.rings import due_rings

log = structlog.get_logger()

_LOOK_EVERY_SECONDS = 1.0
_TIDY_EVERY = timedelta(hours=1)
_CROWDS_EVERY = timedelta(minutes=1)
_NEXT_YEAR_EVERY = timedelta(hours=1)
_NEXT_YEAR_AGAIN = timedelta(days=1)


class Deadlines:
    """Looks once a second for tickets whose moment has come."""

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        desk_bell: Bell,
        keep_words: timedelta = timedelta(days=365),
        keep_files: timedelta = timedelta(days=180),
        crowd: int = 0,
        zone: ZoneInfo,
        reporter_bell: Bell,
    ) -> None:
        self._zone = zone
        self._reporter_bell = reporter_bell
        self._looks_at_next_year_at = datetime.min.replace(tzinfo=UTC)
        self._keep_words = keep_words
        self._keep_files = keep_files
        self._crowd = crowd
        """So many tickets on one matter within an hour make a crowd; 0: nobody looks for one."""
        self._looked_for_crowds_at = datetime.min.replace(tzinfo=UTC)
        self._database = database
        self._clock = clock
        self._desk_bell = desk_bell
        self._bell = Bell()

    async def run(self) -> None:
        """Look until cancelled."""
        tidied_at = datetime.min.replace(tzinfo=UTC)
        while True:
            try:
                await self.work()
                if self._clock.now() - tidied_at >= _TIDY_EVERY and not await self.tidy():
                    tidied_at = self._clock.now()
            except StorageError:
                pass  # it is looked at again in a second
            await self._bell.wait(_LOOK_EVERY_SECONDS)

    async def work(self) -> int:
        """Put what is due into the inbox; returns how much that was."""
        now = self._clock.now()
        async with self._database.reading() as connection:
            due = [_incoming(event) for event in await due_rings(connection, now=now)]
        if self._crowd and now - self._looked_for_crowds_at >= _CROWDS_EVERY:
            due += await suspected(self._database, now=now, at_least=self._crowd)
            self._looked_for_crowds_at = now
        if now >= self._looks_at_next_year_at:
            missing = await missing_year(self._database, now=now, zone=self._zone)
            self._looks_at_next_year_at = now + (_NEXT_YEAR_AGAIN if missing else _NEXT_YEAR_EVERY)
            due += missing
        if due:
            async with self._database.unit() as connection:
                await inbox.store(connection, self._database.vault, due, now=now)
            self._desk_bell.ring()
        reports = await send_for_reports(self._database, now=now, zone=self._zone)
        if reports:
            self._reporter_bell.ring()
        return len(due) + reports

    async def tidy(self) -> int:
        """Clear away a portion of what is long done; returns how many rows went."""
        async with self._database.unit() as connection:
            now = self._clock.now()
            cleared = await clear_old_words(
                connection, self._database.vault, now=now, keep_words=self._keep_words, keep_files=self._keep_files
            )
            return cleared + await clear_done(connection, now=now)


def _incoming(event: DeadlineDue) -> Incoming:
    return Incoming(
        channel=INTERNAL,
        community="",
        key=f"ring:{event.ticket}:{event.ring.value}:{event.ring_at.isoformat()}",
        lane=f"{INTERNAL}:ticket:{event.ticket}",
        payload=encode_event(event),
    )
