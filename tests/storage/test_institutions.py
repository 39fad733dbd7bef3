"""The directory keeps what a sheet says, sealed where it must be, and running desks hear of every change."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from bot.domain.institution import Institution
from storage.database import Database
from storage.institutions import DIRECTORY_COUNTER, read_institutions, write_institutions
from storage.tables import counters, institutions
from tests.storage.filled import CLINIC, SCHOOL, TOKEN

FULL = replace(
    SCHOOL,
    **{
        name: f"{name} значение"
        for name in Institution.__dataclass_fields__
        if name not in ("code", "aliases", "latitude", "longitude", "closed_on")
    },  # type: ignore[arg-type]  # every other column is a text
    longitude=-49.25,
    closed_on=date(2026, 8, 31),
)


async def test_every_column_comes_back_as_it_was_written(database: Database) -> None:
    await _write(database, [FULL, CLINIC])
    assert await _read(database) == [FULL, CLINIC]


async def test_without_secrets_the_tokens_are_empty(database: Database) -> None:
    await _write(database, [FULL])
    async with database.reading() as connection:
        [read] = await read_institutions(connection, database.vault, with_secrets=False)
    assert replace(FULL, vk_token="", vk_secret="", telegram_token="", max_token="") == read


async def test_tokens_are_sealed_at_rest(database: Database) -> None:
    await _write(database, [SCHOOL])
    async with database.reading() as connection:
        sealed = (await connection.execute(select(institutions.c.vk_token))).scalar_one()
    assert TOKEN.encode() not in sealed
    assert database.vault.open_text(sealed) == TOKEN


async def test_a_changed_institution_keeps_its_place_and_new_ones_follow(database: Database) -> None:
    await _write(database, [SCHOOL, CLINIC])
    renamed = replace(SCHOOL, name="Лицей № 12")
    pool = replace(CLINIC, code="a-pool", name="Бассейн")
    await _write(database, [pool, renamed])
    assert [renamed, CLINIC, pool] == await _read(database)


async def test_institutions_missing_from_a_new_sheet_stay(database: Database) -> None:
    await _write(database, [SCHOOL, CLINIC])
    await _write(database, [SCHOOL])
    assert await _read(database) == [SCHOOL, CLINIC]


async def test_every_change_raises_the_directory_number_and_nothing_else_does(database: Database) -> None:
    assert await _directory_number(database) is None
    await _write(database, [SCHOOL])
    assert await _directory_number(database) == 1
    await _write(database, [CLINIC])
    assert await _directory_number(database) == 2
    await _write(database, [])
    assert await _directory_number(database) == 2


async def test_thousands_are_written_at_once(database: Database) -> None:
    many = [replace(CLINIC, code=f"clinic-{number}") for number in range(2_500)]
    await _write(database, many)
    assert many == await _read(database)


async def _write(database: Database, changed: list[Institution]) -> None:
    async with database.unit() as connection:
        await write_institutions(connection, database.vault, changed)


async def _read(database: Database) -> list[Institution]:
    async with database.reading() as connection:
        return await read_institutions(connection, database.vault)


async def _directory_number(database: Database) -> int | None:
    async with database.reading() as connection:
        query = select(counters.c.value).where(counters.c.name == DIRECTORY_COUNTER)
        return (await connection.execute(query)).scalar_one_or_none()
