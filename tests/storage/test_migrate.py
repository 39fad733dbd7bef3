"""The schema comes to the newest revision by itself, once, and a newer database is left alone."""

import asyncio
import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Dialect, Index, inspect, text
from sqlalchemy.engine import URL, make_url

from bot.domain.errors import StorageError
from storage.database import Database
from storage.migrate import (
    MIGRATIONS,
    NewerDatabaseError,
    RevisionState,
    known_revisions,
    read_revision,
    revision_state,
    upgrade,
)
from storage.tables import metadata
from storage.vault import Vault

_PROGRAM = """
import asyncio, sys
from sqlalchemy.engine import make_url
from storage.database import Database
from storage.migrate import upgrade
from storage.vault import Vault

async def start():
    database = Database(url=make_url(sys.argv[1]), vault=Vault(bytes(32)))
    try:
        await upgrade(database)
    finally:
        await database.close()

asyncio.run(start())
"""


async def test_migrations_make_exactly_the_tables_of_the_code(database: Database) -> None:
    async with database.reading() as connection:
        assert await connection.run_sync(_differences) == []


async def test_migrations_make_the_same_indexes_with_the_same_conditions(database: Database) -> None:
    async with database.reading() as connection:
        stored, wanted = await connection.run_sync(_indexes)
    assert stored == wanted
    assert ("ix_inbox_todo", ("id",), True) in wanted


async def test_an_absent_database_is_made_and_then_current(absent_database_url: URL, vault: Vault) -> None:
    database = Database(url=absent_database_url, vault=vault)
    try:
        assert await revision_state(database) is RevisionState.ABSENT
        assert await upgrade(database) is RevisionState.ABSENT
        assert await revision_state(database) is RevisionState.CURRENT
        assert await read_revision(database) == known_revisions()[-1]
        assert await upgrade(database) is RevisionState.CURRENT
    finally:
        await database.close()


async def test_looking_for_an_absent_file_does_not_make_it(tmp_path: Path, vault: Vault) -> None:
    file = tmp_path / "otklik.db"
    database = Database(url=URL.create("sqlite+aiosqlite", database=str(file)), vault=vault)
    try:
        assert await revision_state(database) is RevisionState.ABSENT
    finally:
        await database.close()
    assert not file.exists()


async def test_several_programs_that_start_at_once_make_one_schema(absent_database_url: URL, vault: Vault) -> None:
    address = absent_database_url.render_as_string(hide_password=False)
    programs = [await asyncio.create_subprocess_exec(sys.executable, "-c", _PROGRAM, address) for _ in range(3)]
    try:
        async with asyncio.timeout(60):
            assert [await program.wait() for program in programs] == [0, 0, 0]
    finally:
        for program in programs:
            if program.returncode is None:
                program.kill()
    database = Database(url=absent_database_url, vault=vault)
    try:
        assert await revision_state(database) is RevisionState.CURRENT
    finally:
        await database.close()


async def test_a_database_newer_than_the_program_is_refused_and_untouched(database: Database) -> None:
    async with database.unit() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert await revision_state(database) is RevisionState.NEWER
    with pytest.raises(NewerDatabaseError, match="9999"):
        await upgrade(database)
    assert await read_revision(database) == "9999"


async def test_a_foreign_sqlite_file_is_refused_and_untouched(tmp_path: Path, vault: Vault) -> None:
    file = tmp_path / "photos.db"
    database = Database(url=URL.create("sqlite+aiosqlite", database=str(file)), vault=vault)
    try:
        async with database.unit() as connection:
            await connection.execute(text("CREATE TABLE photos (id INTEGER)"))
        with pytest.raises(StorageError, match="другой программы"):
            await upgrade(database)
        async with database.reading() as connection:
            assert await connection.run_sync(lambda known: inspect(known).get_table_names()) == ["photos"]
    finally:
        await database.close()


async def test_rubbish_is_no_database(tmp_path: Path, vault: Vault) -> None:
    file = tmp_path / "otklik.db"
    file.write_bytes(b"rubbish" * 1000)
    database = Database(url=URL.create("sqlite+aiosqlite", database=str(file)), vault=vault)
    try:
        with pytest.raises(StorageError, match="повреждён"):
            await upgrade(database)
    finally:
        await database.close()
    assert file.read_bytes() == b"rubbish" * 1000


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+asyncpg://postgres@127.0.0.1:1/otklik",  # nobody listens
        "postgresql+asyncpg://postgres@no-such-host.invalid/otklik",  # no such name
    ],
)
async def test_an_unreachable_server_is_told_in_words(address: str, vault: Vault) -> None:
    database = Database(url=make_url(address), vault=vault)
    try:
        with pytest.raises(StorageError, match="нет связи с базой данных"):
            await revision_state(database)
    finally:
        await database.close()


def test_revisions_are_one_line_named_after_their_files() -> None:
    previous = None
    for file in sorted((MIGRATIONS / "versions").glob("*.py")):
        spec = importlib.util.spec_from_file_location(file.stem, file)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        assert file.name.partition("_")[0] == module.revision
        assert previous == module.down_revision
        previous = module.revision
    assert known_revisions()[-1] == previous


def _differences(connection: Connection) -> list[object]:
    # Alembic takes every empty text that is a default in SQLite for a difference.
    compares_defaults = connection.dialect.name != "sqlite"
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": compares_defaults}
    )
    return list(compare_metadata(context, metadata))


def _indexes(connection: Connection) -> tuple[set[Any], set[Any]]:
    stored = {
        (
            index["name"],
            tuple(index["column_names"]),
            f"{connection.dialect.name}_where" in index.get("dialect_options", {}),
        )
        for table in metadata.sorted_tables
        for index in inspect(connection).get_indexes(table.name)
    }
    wanted = {
        (index.name, tuple(column.name for column in index.columns), _condition(index, connection.dialect))
        for table in metadata.sorted_tables
        for index in table.indexes
    }
    return stored, wanted


def _condition(index: Index, dialect: Dialect) -> bool:
    return index.dialect_options[dialect.name]["where"] is not None
