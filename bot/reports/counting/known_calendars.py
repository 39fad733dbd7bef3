"""The institutions' calendars as they were known at any moment: by these waits are measured."""

from zoneinfo import ZoneInfo

from bot.reports.counting.verdict import CalendarAt
from storage.calendars import read_calendars, read_calendars_version
from storage.database import Connection


async def read_calendar_at(connection: Connection, *, zone: ZoneInfo) -> CalendarAt:
    """Return what tells an institution's calendar as it was known at a moment; `zone` is that of the settings."""
    return (await read_calendars(connection, zone=zone)).of


class RememberedCalendars:
    """The same for whoever asks again and again: they are read anew only after a change."""

    def __init__(self, *, zone: ZoneInfo) -> None:
        self._zone = zone
        self._version: tuple[int, ...] = ()
        self._calendar_at: CalendarAt | None = None

    async def read(self, connection: Connection) -> CalendarAt:
        """Return the calendars as they are known now; use it within a `snapshot`."""
        version = await read_calendars_version(connection)
        if self._calendar_at is None or version != self._version:
            self._calendar_at = await read_calendar_at(connection, zone=self._zone)
            self._version = version
        return self._calendar_at
