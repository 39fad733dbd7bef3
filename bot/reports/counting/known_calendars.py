"""The institutions' calendars as they were known at any moment: by these waits are measured."""

from zoneinfo import ZoneInfo

from bot.reports.counting.verdict import CalendarAt
from storage.calendars import read_calendars
from storage.database import Connection


async def read_calendar_at(connection: Connection, *, zone: ZoneInfo) -> CalendarAt:
    """Return what tells an institution's calendar as it was known at a moment; `zone` is that of the settings."""
    return (await read_calendars(connection, zone=zone)).of
