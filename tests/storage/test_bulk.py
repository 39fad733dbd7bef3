"""Rows written in bulk are the rows that SQLAlchemy itself would have written."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.bulk import Bulk
from storage.database import Database, insert_new
from storage.tables import inbox

KAZAN = timezone(timedelta(hours=3))
ROWS = [
    {
        "channel": "vk",
        "community": "77",
        "key": str(number),
        "lane": f"vk:77:{number}",
        "payload": bytes([0, number, 255]),
        "received_at": datetime(2026, 11, 24, 10, 0, 0, number, tzinfo=KAZAN),
        "not_before": datetime(2026, 11, 24, 7, 0, tzinfo=UTC) if number % 2 else None,
    }
    for number in range(5)
]


async def _read(connection: AsyncConnection) -> list[dict[str, Any]]:
    found = await connection.execute(select(inbox).order_by(inbox.c.key))
    return [dict(row) for row in found.mappings()]


async def test_the_same_rows_are_stored_as_one_by_one(database: Database) -> None:
    async with database.unit() as connection:
        await Bulk(lambda _: insert(inbox)).write(connection, ROWS)
        in_bulk = await _read(connection)
        await connection.execute(inbox.delete())
        for row in ROWS:
            await connection.execute(insert(inbox).values(**row))
        one_by_one = await _read(connection)
    assert [row | {"id": 0} for row in one_by_one] == [row | {"id": 0} for row in in_bulk]
    assert in_bulk[3]["received_at"] == ROWS[3]["received_at"]


async def test_rows_of_other_columns_get_a_statement_of_their_own(database: Database) -> None:
    store = Bulk(lambda connection: insert_new(inbox, connection))
    short = [{name: value for name, value in row.items() if name != "not_before"} for row in ROWS]
    async with database.unit() as connection:
        await store.write(connection, ROWS[:2])
        await store.write(connection, short)
        assert [None, ROWS[1]["not_before"], None, None, None] == [r["not_before"] for r in await _read(connection)]


async def test_an_update_keeps_its_own_constants(database: Database) -> None:
    statement = update(inbox).where(inbox.c.key == bindparam("row")).values(state="done", error=bindparam("why"))
    finish = Bulk(lambda _: statement)
    async with database.unit() as connection:
        await Bulk(lambda _: insert(inbox)).write(connection, ROWS)
        await finish.write(connection, [{"row": "1", "why": "so"}, {"row": "2", "why": ""}])
        states = [(row["state"], row["error"]) for row in await _read(connection)]
    assert states == [("todo", ""), ("done", "so"), ("done", ""), ("todo", ""), ("todo", "")]


async def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    naive = ROWS[0] | {"received_at": datetime(2026, 11, 24, 10, 0)}  # noqa: DTZ001 - that is what is refused
    with pytest.raises(Exception, match="a moment needs its zone"):
        async with database.unit() as connection:
            await Bulk(lambda _: insert(inbox)).write(connection, [naive])


async def test_no_rows_are_no_statement(database: Database) -> None:
    async with database.unit() as connection:
        await Bulk(lambda _: insert(inbox)).write(connection, [])
        assert await _read(connection) == []
