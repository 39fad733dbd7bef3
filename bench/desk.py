"""The desk: questions of new citizens become committed tickets with deadline, card and acknowledgement."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from bench.databases import own_database
from bench.figure import Figure
from bench.people import FIRST_USER, incoming, is_in_telegram
from bench.region import TOKEN, acquaint, make_institutions, settle
from bot.app import build
from bot.channels.memory import MemoryChannel
from bot.channels.memory_limits import TELEGRAM_LIKE, VK_LIKE
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.vk.channel import VkChannel
from bot.delivery import desk
from bot.domain.channel import Channel
from bot.domain.clock import SystemClock
from bot.process import collect_seldom
from bot.settings import Settings
from storage import inbox
from storage.database import Database
from storage.tables import outbox, tickets

INSTITUTIONS = 500
EVENTS = 8_192
EVENTS_ALONE = 256
"""So many with one commit an event: they take long enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """How quickly events were handled, by the clock and by the time that this process had a core."""

    a_second: float
    a_core_second: float

    @property
    def note(self) -> str:
        """Say what the clock hides where other programs share the machine."""
        return f"{self.a_core_second:,.0f}/s of a core's own time"


async def measure() -> list[Figure]:
    """Measure the desk on both databases, with the twin's simple events and with the messengers' own."""
    alone = await _on("sqlite", _twins(), events=EVENTS_ALONE, batch=1)
    sqlite = await _on("sqlite", _twins())
    real = await _on("sqlite", _messengers())
    postgresql = await _on("postgresql", _messengers())
    if alone is None or sqlite is None or real is None:
        raise RuntimeError("SQLite is always there")
    return [
        Figure(
            name="desk.sqlite",
            says="desk, SQLite, events of the twin",
            measured=sqlite.a_second,
            unit="/s",
            goal=4000,
            note=sqlite.note,
        ),
        Figure(
            name="desk.sqlite_real",
            says="desk, SQLite, VK and Telegram",
            measured=real.a_second,
            unit="/s",
            goal=4000,
            note=real.note,
        ),
        Figure(
            name="desk.alone",
            says="the same handlers, one commit an event",
            measured=alone.a_second,
            unit="/s",
            note=alone.note,
        ),
        Figure(
            name="desk.ratio",
            says="together against one by one",
            measured=sqlite.a_second / alone.a_second,
            unit="×",
            goal=25,
        ),
        Figure(
            name="desk.postgresql",
            says="desk, PostgreSQL, VK and Telegram",
            measured=postgresql.a_second if postgresql else None,
            unit="/s",
            goal=2000,
            note=postgresql.note if postgresql else "TEST_DATABASE_URL names no PostgreSQL",
        ),
    ]


def _twins() -> dict[str, Channel]:
    return {"vk": MemoryChannel("vk", VK_LIKE), "telegram": MemoryChannel("telegram", TELEGRAM_LIKE)}


def _messengers() -> dict[str, Channel]:
    return {"vk": VkChannel(), "telegram": TelegramChannel(api_url="http://127.0.0.1:9")}


async def _on(
    kind: str, channels: Mapping[str, Channel], *, events: int = EVENTS, batch: int = desk.BATCH
) -> Speed | None:
    """Return how quickly the desk handles questions; None when there is no such database."""
    async with own_database(kind) as database:
        if database is None:
            return None
        institutions = make_institutions(INSTITUTIONS)
        await settle(database, institutions)
        await acquaint(database, (FIRST_USER + n for n in range(events) if is_in_telegram(n)), institutions)
        is_memory = isinstance(channels["vk"], MemoryChannel)
        async with database.unit() as connection:
            arrived = list(incoming(events, INSTITUTIONS, is_memory=is_memory))
            await inbox.store(connection, database.vault, arrived, now=SystemClock().now())
        return await _work_off(database, channels, events, batch)


async def _work_off(database: Database, channels: Mapping[str, Channel], events: int, batch: int) -> Speed:
    usual, desk.BATCH = desk.BATCH, batch
    try:
        settings = Settings(_env_file=None, data_dir=Path("unused"), telegram_token=TOKEN, consent="off", pace="off")
        room = build(settings, database, channels).desk
        collect_seldom()
        # The first event pays for reading the directory and for preparing the statements.
        warm = await room.work()
        started, of_core = time.perf_counter(), time.process_time()
        while await room.work():
            pass
        seconds, core_seconds = time.perf_counter() - started, time.process_time() - of_core
    finally:
        desk.BATCH = usual
        for channel in channels.values():
            await channel.close()
    async with database.reading() as connection:
        opened = (await connection.execute(select(func.count()).select_from(tickets))).scalar_one()
        to_send = (await connection.execute(select(func.count()).select_from(outbox))).scalar_one()
    if (opened, to_send) != (events, 2 * events):
        raise RuntimeError(f"{events} questions made {opened} tickets and {to_send} messages")
    return Speed(a_second=(events - warm) / seconds, a_core_second=(events - warm) / core_seconds)
