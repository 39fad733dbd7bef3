"""Empty databases for one measurement: a file on this disk, or a PostgreSQL database of our own, dropped afterwards."""

import os
import secrets
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import create_async_engine

from storage.database import Database
from storage.migrate import upgrade
from storage.vault import Vault

VAULT_KEY = bytes(range(32))


@asynccontextmanager
async def own_database(kind: str) -> AsyncIterator[Database | None]:
    """Yield an empty `sqlite` or `postgresql` database; None when TEST_DATABASE_URL names no PostgreSQL."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="otklik-bench-") as folder:
            async with _opened(sqlite_url(Path(folder))) as database:
                yield database
        return
    address = os.environ.get("TEST_DATABASE_URL")
    if not address:
        yield None
        return
    server = make_url(address).set(drivername="postgresql+asyncpg")
    name = f"otklik_bench_{secrets.token_hex(6)}"
    await _command(server, f'CREATE DATABASE "{name}"')
    try:
        async with _opened(server.set(database=name)) as database:
            yield database
    finally:
        await _command(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def sqlite_url(folder: Path) -> URL:
    """Return the address of the database in a folder, where the product itself would put it."""
    return URL.create("sqlite+aiosqlite", database=str(folder / "otklik.db"))


@asynccontextmanager
async def _opened(url: URL) -> AsyncIterator[Database]:
    database = Database(url=url, vault=Vault(VAULT_KEY))
    try:
        await upgrade(database)
        yield database
    finally:
        await database.close()


async def _command(url: URL, statement: str) -> None:
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            await connection.execute(text(statement))
    finally:
        await engine.dispose()
