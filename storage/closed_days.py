"""Closed days at rest: who announced them, when, and whether they were withdrawn."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.closed_days import ClosedDays
from storage.tables import closed_days


async def read_closed_days(connection: AsyncConnection) -> list[ClosedDays]:
    """Return every announcement there ever was: old figures rest on withdrawn ones too."""
    query = select(closed_days).order_by(closed_days.c.first, closed_days.c.id)
    return [
        ClosedDays(
            id=row.id,
            scope=row.scope,
            first=date.fromisoformat(row.first),
            last=date.fromisoformat(row.last),
            reason=row.reason,
            recorded_at=row.recorded_at,
            recorded_by=row.recorded_by,
            withdrawn_at=row.withdrawn_at,
        )
        for row in await connection.execute(query)
    ]


async def add_closed_days(connection: AsyncConnection, closed: ClosedDays) -> int:
    """Record an announcement and return its number."""
    row = await connection.execute(insert(closed_days).values(_write(closed)).returning(closed_days.c.id))
    number: int = row.scalar_one()
    return number


async def write_closed_days(connection: AsyncConnection, changed: Iterable[ClosedDays]) -> None:
    """Write what was announced (without an id), and withdraw what was withdrawn."""
    for closed in changed:
        if not closed.id:
            await add_closed_days(connection, closed)
        elif closed.withdrawn_at is not None:
            await withdraw_closed_days(connection, closed.id, at=closed.withdrawn_at)


async def withdraw_closed_days(connection: AsyncConnection, number: int, *, at: datetime) -> bool:
    """Withdraw an announcement; tells whether it held until now."""
    holds = (closed_days.c.id == number) & closed_days.c.withdrawn_at.is_(None)
    changed = await connection.execute(update(closed_days).where(holds).values(withdrawn_at=at))
    return changed.rowcount > 0


def _write(closed: ClosedDays) -> dict[str, object]:
    return {
        "scope": closed.scope,
        "first": closed.first.isoformat(),
        "last": closed.last.isoformat(),
        "reason": closed.reason,
        "recorded_at": closed.recorded_at,
        "recorded_by": closed.recorded_by,
        "withdrawn_at": closed.withdrawn_at,
    }
