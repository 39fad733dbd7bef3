"""The way in: durable on return, once per key, many receivers in one commit; a failure stores nothing and is told."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text

from bot.domain.channel import Profile
from bot.domain.errors import StorageError
from storage.database import Database
from tests.delivery.parts import TELEGRAM, VK, PostRoom, incoming


async def test_events_and_position_are_there_when_store_returns(database: Database) -> None:
    room = PostRoom(database)
    await room.intake.store(VK, [incoming("1"), incoming("2")], position="2")
    assert [key for key, _, _ in await room.events()] == ["1", "2"]
    assert await room.intake.position(VK) == "2"
    assert await room.intake.position(TELEGRAM) is None


async def test_an_event_is_stored_once_per_key_and_community(database: Database) -> None:
    room = PostRoom(database)
    await room.intake.store(VK, [incoming("1"), incoming("1")], position="1")
    await room.intake.store(VK, [incoming("1"), incoming("2")], position="2")
    await room.intake.store(TELEGRAM, [incoming("1", account=TELEGRAM)], position="1")
    assert [key for key, _, _ in await room.events()] == ["1", "2", "1"]


async def test_an_unknown_position_leaves_the_known_one(database: Database) -> None:
    room = PostRoom(database)
    await room.intake.store(VK, [], position="7")
    await room.intake.store(VK, [incoming("8")], position=None)
    assert await room.intake.position(VK) == "7"


async def test_an_accounts_name_leaves_its_position(database: Database) -> None:
    room = PostRoom(database)
    await room.intake.store(VK, [], position="7")
    await room.intake.introduce(VK, Profile(title="Школа", address="https://vk.com/club77"))
    assert await room.intake.position(VK) == "7"


async def test_many_receivers_share_a_commit(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    room, units = PostRoom(database), 0
    unit = database.unit

    def counted():
        nonlocal units
        units += 1
        return unit()

    monkeypatch.setattr(database, "unit", counted)
    await asyncio.gather(*(room.intake.store(VK, [incoming(str(n))], position=None) for n in range(200)))
    assert len(await room.events()) == 200
    assert units <= 3


async def test_a_failing_unit_stores_nothing_and_raises(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    room = PostRoom(database)
    unit = database.unit

    @asynccontextmanager
    async def failing():
        async with unit() as connection:
            yield connection
            await connection.execute(text("SELECT * FROM no_such_table"))

    monkeypatch.setattr(database, "unit", failing)
    with pytest.raises(StorageError):
        await room.intake.store(VK, [incoming("1")], position="1")
    monkeypatch.undo()
    assert await room.events() == []
    assert await room.intake.position(VK) is None


async def test_a_key_with_a_nul_harms_nobody(database: Database) -> None:
    room = PostRoom(database)
    await asyncio.gather(
        room.intake.store(VK, [incoming("a\x00", lane="x\x00y")], position=None),
        room.intake.store(TELEGRAM, [incoming("1", account=TELEGRAM)], position="1"),
    )
    assert [key for key, _, _ in await room.events()] == ["a", "1"]
