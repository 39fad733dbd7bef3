"""A copy of the whole database, made while the bot runs: one moment of it, on SQLite and PostgreSQL alike."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import LargeBinary, Row, Table, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.backup_file import (
    Head,
    Kind,
    TableHeading,
    encode_end,
    encode_head,
    encode_heading,
    encode_rows,
    read_head,
    writing,
)
from storage.columns import Moment
from storage.database import Database
from storage.migrate import revision_within
from storage.tables import leases, metadata
from storage.vault import Vault

Progress = Callable[[int], None]
"""Told how many rows are done, every few thousand rows."""

_PAGE = 2_000
_LEFT_OUT = (leases,)
"""Who does what at this moment is nothing to bring back."""


async def back_up(database: Database, path: Path, *, now: datetime, progress: Progress | None = None) -> int:
    """Write every row to `path` and return how many; the finished file is read once more from end to end.

    The file appears whole or not at all. Raises SettingsError when it cannot be written, StorageError.
    """
    async with database.reading() as connection:
        await _stand_still(connection)
        revision = await revision_within(connection) or ""
        head = Head(revision=revision, key_mark=key_mark(database.vault), made_at=now.isoformat())
        total = 0
        with writing(path) as file:
            await asyncio.to_thread(file.write, encode_head(head))
            for table in metadata.sorted_tables:
                if table in _LEFT_OUT:
                    continue
                heading = heading_of(table)
                await asyncio.to_thread(file.write, encode_heading(heading))
                async for rows in _pages(connection, table):
                    total += len(rows)
                    await asyncio.to_thread(_write_rows, file, heading, rows)
                    if progress:
                        progress(total)
            await asyncio.to_thread(file.write, encode_end(total))
    await asyncio.to_thread(read_head, path)
    return total


def key_mark(vault: Vault) -> str:
    """Return what tells this key from others and gives nothing of it away."""
    return vault.fingerprint("otklik backup")


def heading_of(table: Table) -> TableHeading:
    """Return how a table's columns are written."""
    return TableHeading(name=table.name, columns=tuple((column.name, _kind(column.type)) for column in table.columns))


async def _stand_still(connection: AsyncConnection) -> None:
    """Let the whole transaction see one moment; in SQLite it does so by itself."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))


async def _pages(connection: AsyncConnection, table: Table) -> AsyncIterator[list[Row[Any]]]:
    """Walk along the primary key: no page costs more than the one before."""
    key = list(table.primary_key.columns)
    places = [table.columns.keys().index(column.name) for column in key]
    query = select(table).order_by(*key).limit(_PAGE)
    page = (await connection.execute(query)).all()
    while page:
        yield list(page)
        last = [page[-1][place] for place in places]
        after = tuple_(*key) > tuple_(*last)
        page = (await connection.execute(query.where(after))).all() if len(page) == _PAGE else []


def _write_rows(file: BinaryIO, heading: TableHeading, rows: Sequence[Row[Any]]) -> None:
    file.write(encode_rows(heading, rows))


def _kind(column_type: object) -> Kind:
    if isinstance(column_type, LargeBinary):
        return Kind.BYTES
    return Kind.MOMENT if isinstance(column_type, Moment) else Kind.PLAIN
