"""The durable intake: events of a poll and of many listeners, against plain sqlite3 with the same rows."""

import asyncio
import sqlite3
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from bench.databases import own_database
from bench.figure import Figure
from bench.people import incoming
from bench.region import BOT, TOKEN
from bot.delivery.bell import Bell
from bot.delivery.intake import SharedIntake
from bot.domain.channel import Account, Incoming
from bot.domain.clock import SystemClock
from bot.metrics import make_metrics
from storage.database import Database
from storage.tables import inbox

EVENTS = 20_000
POLL = 100
LISTENERS = 256
_ACCOUNT = Account(channel="telegram", community=BOT, token=TOKEN)


async def measure() -> list[Figure]:
    """Measure both databases; the plain driver writes before and after, because other programs share the disk."""
    events = list(incoming(EVENTS, 500, is_memory=False))
    first = await _plain(events)
    sqlite, small = await _on("sqlite", events)
    plain = max(first, await _plain(events))
    postgresql, small_postgresql = await _on("postgresql", events)
    if sqlite is None:
        raise RuntimeError("SQLite is always there")
    absent = "" if postgresql else "TEST_DATABASE_URL names no PostgreSQL"
    by_hundreds = "intake, PostgreSQL, batches of 100"
    return [
        Figure(name="intake.sqlite", says="intake, SQLite, batches of 100", measured=sqlite, unit="/s", goal=10_000),
        Figure(name="intake.plain", says="plain sqlite3, same rows and flushes", measured=plain, unit="/s"),
        Figure(name="intake.ratio", says="intake against plain sqlite3", measured=sqlite / plain, unit="×", goal=0.5),
        Figure(name="intake.small", says=f"intake, SQLite, {LISTENERS} at once, one each", measured=small, unit="/s"),
        Figure(name="intake.postgresql", says=by_hundreds, measured=postgresql, unit="/s", goal=10_000, note=absent),
        Figure(
            name="intake.small_postgresql",
            says=f"intake, PostgreSQL, {LISTENERS} at once, one each",
            measured=small_postgresql,
            unit="/s",
            note=absent,
        ),
    ]


async def _on(kind: str, events: Sequence[Incoming]) -> tuple[float | None, float | None]:
    async with own_database(kind) as database:
        if database is None:
            return None, None
        intake = SharedIntake(database=database, clock=SystemClock(), metrics=make_metrics(), desk_bell=Bell())
        half = len(events) // 2
        await intake.store(_ACCOUNT, events[:1], position="0")  # the statements are prepared
        started = time.perf_counter()
        for start in range(0, half, POLL):
            await intake.store(_ACCOUNT, events[start : start + POLL], position=str(start))
        by_polls = half / (time.perf_counter() - started)
        small = await _many_listeners(intake, events[half:])
        await _require(database, len(events))
        return by_polls, small


async def _many_listeners(intake: SharedIntake, events: Sequence[Incoming]) -> float:
    started = time.perf_counter()
    async with asyncio.TaskGroup() as listeners:
        for number in range(LISTENERS):
            listeners.create_task(_listen(intake, events[number::LISTENERS]))
    return len(events) / (time.perf_counter() - started)


async def _listen(intake: SharedIntake, events: Sequence[Incoming]) -> None:
    for event in events:
        await intake.store(_ACCOUNT, [event], position=None)


async def _require(database: Database, count: int) -> None:
    async with database.reading() as connection:
        stored = (await connection.execute(select(func.count()).select_from(inbox))).scalar_one()
    if stored != count:
        raise RuntimeError(f"of {count} events {stored} were stored")


async def _plain(events: Sequence[Incoming]) -> float:
    """Write the same sealed rows, a hundred and the position a commit, with nothing between us and SQLite."""
    async with own_database("sqlite") as database:
        if database is None:
            raise RuntimeError("SQLite is always there")
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        half = events[: len(events) // 2]
        rows = [
            (each.channel, each.community, each.key, each.lane, database.vault.seal(each.payload), now) for each in half
        ]
        return len(rows) / await asyncio.to_thread(_write_plainly, Path(str(database.url.database)), rows)


def _write_plainly(file: Path, rows: Sequence[tuple[object, ...]]) -> float:
    connection = sqlite3.connect(file, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        started = time.perf_counter()
        for start in range(0, len(rows), POLL):
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(
                "INSERT INTO inbox (channel, community, key, lane, payload, received_at) VALUES (?, ?, ?, ?, ?, ?) "
                "ON CONFLICT DO NOTHING",
                rows[start : start + POLL],
            )
            connection.execute(
                "INSERT INTO cursors (channel, community, position) VALUES (?, ?, ?) "
                "ON CONFLICT (channel, community) DO UPDATE SET position = excluded.position",
                ("telegram", BOT, str(start)),
            )
            connection.execute("COMMIT")
        return time.perf_counter() - started
    finally:
        connection.close()
