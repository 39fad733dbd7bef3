"""Absences at rest: few rows, one for each person who is away or will be."""

from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.absence import Absence
from storage.database import upsert
from storage.tables import absences


async def read_absences(connection: AsyncConnection) -> list[Absence]:
    """Return every absence."""
    return [
        Absence(
            administrator=row.administrator,
            institutions=tuple(row.institution.split("|")),
            since=date.fromisoformat(row.since),
            until=date.fromisoformat(row.until),
            deputy=row.deputy,
        )
        for row in await connection.execute(select(absences).order_by(absences.c.administrator))
    ]


async def write_absences(connection: AsyncConnection, changed: dict[int, Absence | None]) -> None:
    """Write absences by administrator; None: they are back."""
    back = [number for number, absence in changed.items() if absence is None]
    if back:
        await connection.execute(delete(absences).where(absences.c.administrator.in_(back)))
    away = [
        {
            "administrator": absence.administrator,
            "institution": "|".join(absence.institutions),
            "since": absence.since.isoformat(),
            "until": absence.until.isoformat(),
            "deputy": absence.deputy,
        }
        for absence in changed.values()
        if absence is not None
    ]
    if away:
        await connection.execute(upsert(absences, connection), away)
