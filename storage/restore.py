"""A backup comes back: into an empty database, or in place of one, whole or not at all."""

import asyncio
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import LargeBinary, column, func, insert, inspect, literal, select, table, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import NullType, TypeEngine

from bot.domain.errors import SettingsError, StorageError
from storage.backup import Progress, key_mark
from storage.backup_file import Kind, TableHeading, read_head, read_pages
from storage.columns import Moment
from storage.database import Database
from storage.migrate import (
    VERSION_TABLE,
    NewerDatabaseError,
    RevisionState,
    known_revisions,
    revision_state,
    upgrade_within,
)
from storage.salt import renew_salt
from storage.tables import audit, counters, held_events, inbox, leases, metadata

_PAGE = 1_000
_TYPES: dict[Kind, TypeEngine[Any]] = {Kind.BYTES: LargeBinary(), Kind.MOMENT: Moment()}
_NOT_CONTENT = (counters, leases)
"""What a program that merely started leaves behind."""


async def restore(
    database: Database, path: Path, *, replaces: bool, now: datetime, progress: Progress | None = None
) -> int:
    """Put the rows of a backup into the database and return how many.

    The schema is made at the backup's revision, filled, and brought to the newest, all in one transaction. Raises
    SettingsError for a file that is no whole backup, was made with another key or by a newer program; StorageError for
    a database that holds something (unless `replaces`) or is in use.
    """
    head = await asyncio.to_thread(read_head, path)
    if head.revision not in known_revisions():
        raise SettingsError(
            f"{path}: копию сделала более новая программа (ревизия {head.revision}); обновите программу"
        )
    if head.key_mark != key_mark(database.vault):
        raise SettingsError(
            f"{path}: копия зашифрована другим ключом; верните прежний файл secret.key или OTKLIK_SECRET_KEY"
        )
    if replaces and database.is_sqlite:
        await asyncio.to_thread(_set_aside_if_broken, Path(str(database.url.database)), now)
    if await revision_state(database) is RevisionState.NEWER:
        raise NewerDatabaseError("база данных новее программы; обновите программу")
    async with database.unit() as connection:
        await _require_peace(connection, replaces=replaces, now=now)
        await connection.run_sync(metadata.drop_all)
        await connection.execute(text(f"DROP TABLE IF EXISTS {VERSION_TABLE.name}"))
        await upgrade_within(connection, head.revision)
        total = await _fill(connection, path, progress)
        await upgrade_within(connection)
        await _move_sequences(connection)
        await renew_salt(connection)
    return total


def _set_aside_if_broken(file: Path, now: datetime) -> None:
    """Give a file that SQLite cannot read another name: a backup takes its place and nothing is thrown away."""
    if not file.exists() or _is_whole(file):
        return
    for part in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        if part.exists():
            part.rename(part.with_name(f"{part.name}.broken-{now:%Y%m%d%H%M%S}"))


def _is_whole(file: Path) -> bool:
    # A connection of its own: those of the database would keep the broken file open.
    connection = sqlite3.connect(file)
    try:
        return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.OperationalError:
        return True  # busy or forbidden: no sign of damage
    except sqlite3.DatabaseError:
        return False
    finally:
        connection.close()


async def _require_peace(connection: AsyncConnection, *, replaces: bool, now: datetime) -> None:
    present = set(await connection.run_sync(lambda sync: inspect(sync).get_table_names()))
    if leases.name in present:
        holder = (await connection.execute(select(leases.c.name).where(leases.c.expires_at > now))).first()
        if holder is not None:
            raise StorageError("с базой данных работает запущенная программа; остановите её и повторите через минуту")
    if replaces:
        return
    for known in metadata.sorted_tables:
        if known in _NOT_CONTENT or known.name not in present:
            continue
        if (await connection.execute(select(literal(1)).select_from(known).limit(1))).first() is not None:
            raise StorageError("в базе данных уже есть записи; чтобы заменить их копией, добавьте --replace")


async def _fill(connection: AsyncConnection, path: Path, progress: Progress | None) -> int:
    known = set(await connection.run_sync(lambda sync: inspect(sync).get_table_names()))
    pages = read_pages(path, size=_PAGE)
    total = 0
    while (page := await asyncio.to_thread(next, pages, None)) is not None:
        heading, rows = page
        if heading.name not in known:
            raise SettingsError(f"{path}: в копии незнакомая таблица «{heading.name}»; возьмите другую копию")
        await connection.execute(_insert(heading), rows)
        total += len(rows)
        if progress:
            progress(total)
    return total


def _insert(heading: TableHeading) -> Any:
    return insert(table(heading.name, *(column(name, _TYPES.get(kind, NullType())) for name, kind in heading.columns)))


async def _move_sequences(connection: AsyncConnection) -> None:
    """Let PostgreSQL count on from the highest id; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for counted in (inbox, audit, held_events):
        highest = select(func.max(counted.c.id)).scalar_subquery()
        await connection.execute(
            select(func.setval(func.pg_get_serial_sequence(counted.name, "id"), func.coalesce(highest, 1)))
        )
