"""What became known of the institutions' hours, and when: kept for ever, because old figures rest on it."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.calendars import Hours
from bot.domain.institution import Institution
from storage.tables import hours_versions, institutions

_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
"""Since when the values are known that were there before the first change."""
_BATCH = 500


async def record_hours(connection: AsyncConnection, changed: Sequence[Institution], *, now: datetime) -> None:
    """Record new hours, zones and calendars of institutions, before they are written over the earlier ones."""
    columns = (institutions.c.code, institutions.c.work_hours, institutions.c.time_zone, institutions.c.calendar)
    for start in range(0, len(changed), _BATCH):
        wanted = {each.code: each for each in changed[start : start + _BATCH]}
        query = select(*columns).where(institutions.c.code.in_(wanted))
        before = {row.code: _hours(row) for row in await connection.execute(query)}
        differing = {code: hours for code, hours in before.items() if hours != _hours(wanted[code])}
        if not differing:
            continue
        known = select(hours_versions.c.institution).where(hours_versions.c.institution.in_(differing))
        has_versions = set((await connection.execute(known)).scalars())
        rows = [_row(code, _ALWAYS, hours) for code, hours in differing.items() if code not in has_versions]
        rows += [_row(code, now, _hours(wanted[code])) for code in differing]
        await connection.execute(insert(hours_versions), rows)


def _hours(row: object) -> Hours:
    return Hours(**{name: getattr(row, name) for name in ("work_hours", "time_zone", "calendar")})


def _row(code: str, recorded_at: datetime, hours: Hours) -> dict[str, object]:
    return {
        "institution": code,
        "recorded_at": recorded_at,
        "work_hours": hours.work_hours,
        "time_zone": hours.time_zone,
        "calendar": hours.calendar,
    }
