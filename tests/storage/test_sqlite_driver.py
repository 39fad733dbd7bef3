"""The embedded database's driver: quick statements run where they are called, waiting never stops the loop."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.engine import URL

from bot.domain.errors import UnstorableError
from storage.database import Database
from storage.tables import counters
from storage.vault import Vault


@pytest.fixture
async def sqlite(sqlite_template: Path, tmp_path: Path, vault: Vault) -> AsyncIterator[Database]:
    file = tmp_path / "own.db"
    shutil.copyfile(sqlite_template, file)
    database = Database(url=URL.create("sqlite+aiosqlite", database=str(file)), vault=vault)
    yield database
    await database.close()


async def _count(database: Database) -> int:
    async with database.reading() as connection:
        return int((await connection.execute(select(func.count()).select_from(counters))).scalar_one())


async def test_the_loop_goes_on_while_a_unit_waits_for_another_program(sqlite: Database) -> None:
    other = sqlite3.connect(str(sqlite.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    writing = asyncio.create_task(_write(sqlite, "one"))
    ticks = 0
    for _ in range(20):
        await asyncio.sleep(0.002)
        ticks += 1
    assert not writing.done()
    other.execute("ROLLBACK")
    other.close()
    async with asyncio.timeout(30):
        await writing
    assert (ticks, await _count(sqlite)) == (20, 1)


async def test_a_unit_that_is_cancelled_leaves_nothing_and_the_next_one_works(sqlite: Database) -> None:
    async def half() -> None:
        async with sqlite.unit() as connection:
            await connection.execute(insert(counters), [{"name": "half", "value": 1}])
            await asyncio.Event().wait()

    writing = asyncio.create_task(half())
    await asyncio.sleep(0.02)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    assert await _count(sqlite) == 0
    await _write(sqlite, "whole")
    assert await _count(sqlite) == 1


async def test_a_unit_cancelled_at_any_moment_is_there_whole_or_not_at_all(sqlite: Database) -> None:
    for number in range(40):
        writing = asyncio.create_task(_write(sqlite, f"a{number}", f"b{number}"))
        for _ in range(number):
            await asyncio.sleep(0)
        writing.cancel()
        await asyncio.wait({writing})
        assert await _count(sqlite) % 2 == 0
    await _write(sqlite, "last a", "last b")
    assert await _count(sqlite) % 2 == 0


async def test_a_row_that_breaks_a_rule_takes_the_whole_unit_back(sqlite: Database) -> None:
    with pytest.raises(UnstorableError):
        await _write(sqlite, "same", "same")
    assert await _count(sqlite) == 0


async def test_units_at_once_follow_each_other(sqlite: Database) -> None:
    await asyncio.gather(*(_write(sqlite, f"name {number}") for number in range(30)))
    assert await _count(sqlite) == 30


async def _write(database: Database, *names: str) -> None:
    async with database.unit() as connection:
        await connection.execute(insert(counters), [{"name": name, "value": 1} for name in names])
