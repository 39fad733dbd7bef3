"""The institutions' working times at rest: calendars, hours and closed days, each with the moment it became known."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.calendars import OWN, Calendars, Hours, Placed
from bot.domain.production_calendar import CalendarFile
from storage.calendar_files import parse_calendar, shipped_files
from storage.closed_days import read_closed_days
from storage.institutions import read_directory_version
from storage.tables import calendar_versions, closed_days, hours_versions, institutions

__all__ = ["Calendars", "read_calendars", "read_calendars_version"]

_DEFAULT = "ru-ta"
"""Of a database into which no program has written its calendars yet."""


async def read_calendars(connection: AsyncConnection, *, zone: ZoneInfo) -> Calendars:
    """Read the working time of every institution; `zone` is that of the settings."""
    versions: dict[str, list[tuple[datetime | None, Hours]]] = {}
    query = select(hours_versions).order_by(hours_versions.c.recorded_at)
    for row in await connection.execute(query):
        hours = Hours(work_hours=row.work_hours, time_zone=row.time_zone, calendar=row.calendar)
        versions.setdefault(row.institution, []).append((row.recorded_at, hours))
    names = ("code", "branch", "municipality", "work_hours", "time_zone", "calendar")
    places = {
        row.code: Placed(
            branch=row.branch,
            municipality=row.municipality,
            hours=tuple(versions.get(row.code, ()))
            or ((None, Hours(work_hours=row.work_hours, time_zone=row.time_zone, calendar=row.calendar)),),
        )
        for row in await connection.execute(select(*(institutions.c[name] for name in names)))
    }
    return Calendars(
        zone=zone, places=places, files=await _read_files(connection), closed=await read_closed_days(connection)
    )


async def read_calendars_version(connection: AsyncConnection) -> tuple[int, ...]:
    """Return numbers of which one changes with whatever `read_calendars` reads.

    Days announced in a chat leave the directory's number as it is; announcements are only added and withdrawn.
    """
    query = select(func.count(), func.count(closed_days.c.withdrawn_at)).select_from(closed_days)
    announced, withdrawn = (await connection.execute(query)).one()
    return await read_directory_version(connection), announced, withdrawn


async def _read_files(connection: AsyncConnection) -> Mapping[str, list[tuple[datetime | None, CalendarFile]]]:
    found: dict[str, list[tuple[datetime | None, CalendarFile]]] = {}
    query = select(calendar_versions).order_by(calendar_versions.c.name, calendar_versions.c.recorded_at)
    for row in await connection.execute(query):
        read = own_calendar(row.content) if row.name == OWN else parse_calendar(row.content, row.name)
        found.setdefault(row.name, []).append((row.recorded_at, read))
    if not found:
        found = {name: [(None, parse_calendar(text, name))] for name, text in shipped_files().items()}
        found[OWN] = [(None, own_calendar(_DEFAULT))]
    return found


def own_calendar(name: str) -> CalendarFile:
    """Return the nameless calendar of institutions whose sheet names none: that of the settings."""
    return CalendarFile(name=OWN, title=name, base=name)
