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

import asyncpg
import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy.engine import URL, make_url

from storage.database import Database
from storage.migrate import known_revisions, upgrade
from storage.tables import metadata
from storage.vault import Vault
from tests import present

# A busy machine must not fail a property: the time of an example says nothing about its truth.
settings.register_profile("otklik", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("otklik")

SQLITE, POSTGRESQL = "sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)
MEMORY = Path("/dev/shm")
MEMORY_NEEDED = 2 << 30


def pytest_configure(config: pytest.Config) -> None:
    """Give the tests their day, and keep their files in memory where there is room: no test is about the disk."""
    present.begin()
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > MEMORY_NEEDED and os.access(MEMORY, os.W_OK):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--both-databases", action="store_true", help="run every test with a database on PostgreSQL too")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Choose the databases of a test that asks for one.

    The tests of storage and delivery run on SQLite and on PostgreSQL. What stands above them says the same to both, so
    a story runs on PostgreSQL too only if a statement of its own comes from no other test that does: it has the mark
    `both_databases`; `is_long=True` leaves that run to the long proofs.
    """
    if "database_url" not in metafunc.fixturenames:
        return
    mark = metafunc.definition.get_closest_marker("both_databases")
    room = metafunc.definition.path.relative_to(Path(__file__).parent).parts[0]
    databases: list[Any] = [SQLITE]
    if mark or room in ("storage", "delivery") or metafunc.config.getoption("--both-databases"):
        is_long = mark is not None and mark.kwargs.get("is_long", False)
        databases.append(pytest.param("postgresql", marks=[pytest.mark.postgresql, *[pytest.mark.long] * is_long]))
    metafunc.parametrize("database_url", databases, indirect=True)


@pytest.fixture
def vault() -> Vault:
    return Vault(bytes(range(32)))


@pytest.fixture
async def database(database_url: URL, vault: Vault) -> AsyncIterator[Database]:
    """An empty database at the newest revision."""
    opened = Database(url=database_url, vault=vault)
    try:
        yield opened
    finally:
        await opened.close()


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> URL:
    """Where such a database lies: the test's own file, or this run's own PostgreSQL database, emptied."""
    if request.param == "sqlite":
        file = tmp_path / "otklik.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), file)
        return sqlite_url(file)
    url: URL = request.getfixturevalue("postgresql_template")
    run(empty(url))
    return url


@pytest.fixture(params=[SQLITE, POSTGRESQL])
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
    """A new PostgreSQL database, dropped afterwards. Its commits do not wait for the disk: no test cuts its power."""
    address = os.environ.get("TEST_DATABASE_URL")
    if not address:
        pytest.skip("TEST_DATABASE_URL names no PostgreSQL")
    server = make_url(address).set(drivername="postgresql+asyncpg")
    name = f"otklik_test_{secrets.token_hex(6)}"
    run(_command(server, f'CREATE DATABASE "{name}"'))
    run(_command(server, f'ALTER DATABASE "{name}" SET synchronous_commit = off'))
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
    """Leave nothing in a PostgreSQL database of ours but its tables (TRUNCATE would make every table's files anew)."""
    await _command(url, _EMPTY)


async def _command(url: URL, statements: str) -> None:
    connection = await asyncpg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False))
    try:
        await connection.execute(statements)
    finally:
        await connection.close()


_EMPTY = ";".join(
    [
        *(f'DELETE FROM "{table.name}"' for table in reversed(metadata.sorted_tables)),
        *(
            f"SELECT setval(pg_get_serial_sequence('{table.name}', '{column.name}'), 1, false)"
            for table in metadata.sorted_tables
            for column in table.columns
            if column.autoincrement is True
        ),
        f"UPDATE alembic_version SET version_num = '{known_revisions()[-1]}'",
    ]
)
