"""What the post room has done with goes after a while, and nothing that is still needed goes with it."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, select

from storage.database import Database
from storage.retention import clear_done
from storage.tables import inbox, outbox

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)


def event(key: str, state: str, age: timedelta) -> dict[str, object]:
    return {
        "channel": "vk",
        "community": "77",
        "key": key,
        "lane": "vk:77:1",
        "payload": b"sealed",
        "received_at": NOW - age,
        "state": state,
    }


def message(number: int, state: str, age: timedelta) -> dict[str, object]:
    return {
        "id": number,
        "channel": "vk",
        "community": "77",
        "chat": "1",
        "lane": "vk:77:1",
        "kind": "notice",
        "priority": 2,
        "payload": b"sealed",
        "is_last": True,
        "created_at": NOW - age,
        "sent_at": NOW - age,
        "state": state,
    }


async def test_only_what_is_long_done_goes(database: Database) -> None:
    day = timedelta(days=1)
    async with database.unit() as connection:
        await connection.execute(
            insert(inbox),
            [
                event("old", "done", 8 * day),
                event("old and dead", "dead", 8 * day),
                event("old and waiting", "todo", 8 * day),
                event("new", "done", 6 * day),
            ],
        )
        await connection.execute(
            insert(outbox),
            [
                message(1, "sent", 31 * day),
                message(2, "dead", 31 * day),
                message(3, "sent", 29 * day),
                message(4, "sent", 31 * day) | {"sent_at": None},
            ],
        )
        assert await clear_done(connection, now=NOW) == 3
        assert await clear_done(connection, now=NOW) == 0
        keys = (await connection.execute(select(inbox.c.key).order_by(inbox.c.id))).scalars().all()
        numbers = (await connection.execute(select(outbox.c.id).order_by(outbox.c.id))).scalars().all()
    assert keys == ["old and dead", "old and waiting", "new"]
    assert numbers == [2, 3]
