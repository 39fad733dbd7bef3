"""Frozen ratings at rest."""

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import select

from bot.domain.result import Result
from storage.database import Database
from storage.results import add_result, hide_result, publish_result, read_result, read_results
from storage.tables import audit, results

NOON = datetime(2027, 1, 15, 9, tzinfo=UTC)
RESULT = Result(
    id=0,
    title="Лучшие за год",
    scope="region",
    first="2026-01-01",
    last="2026-12-31",
    hash="ab" * 32,
    frozen_at=NOON,
    frozen_by="operator root",
    shown='{"title":"Школа"}'.encode(),
    people='{"people":["Алсу"]}'.encode(),
)


async def test_a_result_comes_back_as_it_was_and_its_names_are_sealed(database: Database) -> None:
    async with database.unit() as connection:
        number = await add_result(connection, database.vault, RESULT)
    async with database.reading() as connection:
        assert await read_result(connection, database.vault, number) == replace(RESULT, id=number)
        assert await read_result(connection, database.vault, number + 1) is None
        [listed] = await read_results(connection)
        assert listed == replace(RESULT, id=number, shown=b"", people=b"")
        stored = (await connection.execute(select(results.c.content))).scalar_one()
        assert "Алсу".encode() not in stored


async def test_it_is_shown_to_everybody_and_hidden_again_and_each_step_is_logged(database: Database) -> None:
    async with database.unit() as connection:
        number = await add_result(connection, database.vault, RESULT)
        await publish_result(connection, number, at=NOON, actor="operator root")
    async with database.reading() as connection:
        assert [each.published_at for each in await read_results(connection)] == [NOON]
    async with database.unit() as connection:
        await hide_result(connection, number, at=NOON, actor="operator root")
    async with database.reading() as connection:
        assert [each.published_at for each in await read_results(connection)] == [None]
        actions = (await connection.execute(select(audit.c.action).order_by(audit.c.id))).scalars().all()
    assert actions == ["result-frozen", "result-published", "result-hidden"]
