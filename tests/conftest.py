"""What tests of several rooms share: an empty database of either kind, at the newest revision."""

import asyncio
import os
import secrets
import shutil
import threading
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import create_async_engine

from storage.database import Database
from storage.migrate import known_revisions, upgrade
from storage.tables import metadata
from storage.vault import Vault

# A busy machine must not fail a property: the time of an example says nothing about its truth.
settings.register_profile("otklik", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("otklik")

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture
def vault() -> Vault:
    return Vault(bytes(range(32)))


@pytest.fixture
async def database(database_url: URL, vault: Vault) -> AsyncIterator[Database]:
    """An empty database at the newest revision, once on SQLite and once on PostgreSQL."""
    opened = Database(url=database_url, vault=vault)
    try:
        yield opened
    finally:
        await opened.close()


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> URL:
    """Where such a database lies: the test's own file, or this run's own PostgreSQL database, emptied."""
    if request.param == "sqlite":
        file = tmp_path / "otklik.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), file)
        return sqlite_url(file)
    url: URL = request.getfixturevalue("postgresql_template")
    run(empty(url))
    return url


@pytest.fixture(params=BOTH)
def absent_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[URL]:
    """Where nothing is yet: a file name, or a PostgreSQL database without tables."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path / "otklik.db")
        return
    with own_postgresql() as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "otklik.db"
    run(_upgrade(sqlite_url(file)))
    return file


@pytest.fixture(scope="session")
def postgresql_template() -> Iterator[URL]:
    with own_postgresql() as url:
        run(_upgrade(url))
        yield url


def sqlite_url(file: Path) -> URL:
    return URL.create("sqlite+aiosqlite", database=str(file))


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """Run to the end in a loop of its own, whether or not the caller's thread has one."""
    results: list[Any] = []
    thread = threading.Thread(target=lambda: results.append(asyncio.run(work)))
    thread.start()
    thread.join()
    return results[0]


@contextmanager
def own_postgresql() -> Iterator[URL]:
    """A new PostgreSQL database, dropped afterwards."""
    address = os.environ.get("TEST_DATABASE_URL")
    if not address:
        pytest.skip("TEST_DATABASE_URL names no PostgreSQL")
    server = make_url(address).set(drivername="postgresql+asyncpg")
    name = f"otklik_test_{secrets.token_hex(6)}"
    run(_command(server, f'CREATE DATABASE "{name}"'))
    try:
        yield server.set(database=name)
    finally:
        run(_command(server, f'DROP DATABASE "{name}" WITH (FORCE)'))


async def _upgrade(url: URL) -> None:
    database = Database(url=url, vault=Vault(bytes(32)))
    try:
        await upgrade(database)
    finally:
        await database.close()


async def empty(url: URL) -> None:
    """Leave nothing in a PostgreSQL database of ours but its tables."""
    tables = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
    await _command(
        url,
        f"TRUNCATE {tables} RESTART IDENTITY CASCADE",
        f"UPDATE alembic_version SET version_num = '{known_revisions()[-1]}'",
    )


async def _command(url: URL, *statements: str) -> None:
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            for statement in statements:
                await connection.execute(text(statement))
    finally:
        await engine.dispose()
