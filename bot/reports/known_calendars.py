"""The institutions' calendars as they were known at any moment: by these waits are measured."""

from zoneinfo import ZoneInfo

from bot.domain.work_calendar import WorkCalendar
from bot.reports.verdict import CalendarAt
from storage.database import Connection
from storage.statistics import read_places


async def read_calendar_at(connection: Connection, *, zone: ZoneInfo) -> CalendarAt:
    """Return what tells an institution's calendar as it was known at a moment; `zone` is that of the settings."""
    calendars = {
        place.code: WorkCalendar(zone=ZoneInfo(place.time_zone) if place.time_zone else zone)
        for place in await read_places(connection)
    }
    return lambda code, _: calendars[code]
