"""Frozen ratings at rest: added, made public and hidden again, never changed or deleted."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.result import Result
from storage.audit import write_audit
from storage.tables import results
from storage.vault import Vault

_LISTED = [column for column in results.c if column.name != "content"]
_BETWEEN = b"\n"
"""Canonical JSON has no line ends, so one parts what everybody may see from what only a chain may."""


async def add_result(connection: AsyncConnection, vault: Vault, result: Result) -> int:
    """Keep a result for ever and return its number; its `id` is not looked at."""
    row = {
        name: getattr(result, name) for name in ("title", "scope", "first", "last", "hash", "frozen_at", "frozen_by")
    }
    content = vault.seal(result.shown + _BETWEEN + result.people)
    query = insert(results).values(**row, content=content).returning(results.c.id)
    number: int = (await connection.execute(query)).scalar_one()
    subject = f"{number} {result.scope} {result.first} {result.last} {result.hash}"
    await write_audit(connection, actor=result.frozen_by, action="result-frozen", subject=subject, at=result.frozen_at)
    return number


async def read_results(connection: AsyncConnection) -> list[Result]:
    """Return every result without its content, the newest first."""
    query = select(*_LISTED).order_by(results.c.id.desc())
    return [_read(row) for row in await connection.execute(query)]


async def read_result(connection: AsyncConnection, vault: Vault, number: int) -> Result | None:
    """Return one result with its content; None when there is none of that number."""
    row = (await connection.execute(select(results).where(results.c.id == number))).one_or_none()
    if row is None:
        return None
    shown, _, people = vault.open(row.content).partition(_BETWEEN)
    return _read(row, shown=shown, people=people)


async def publish_result(connection: AsyncConnection, number: int, *, at: datetime, actor: str) -> None:
    """Let everybody read the list of institutions."""
    await _set_published(connection, number, at)
    await write_audit(connection, actor=actor, action="result-published", subject=str(number), at=at)


async def hide_result(connection: AsyncConnection, number: int, *, at: datetime, actor: str) -> None:
    """Take the list out of everybody's sight again."""
    await _set_published(connection, number, None)
    await write_audit(connection, actor=actor, action="result-hidden", subject=str(number), at=at)


async def _set_published(connection: AsyncConnection, number: int, at: datetime | None) -> None:
    await connection.execute(update(results).where(results.c.id == number).values(published_at=at))


def _read(row: Row[Any], *, shown: bytes = b"", people: bytes = b"") -> Result:
    return Result(
        id=row.id,
        title=row.title,
        scope=row.scope,
        first=row.first,
        last=row.last,
        hash=row.hash,
        frozen_at=row.frozen_at,
        frozen_by=row.frozen_by,
        published_at=row.published_at,
        shown=shown,
        people=people,
    )
