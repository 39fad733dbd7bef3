"""From 1 December the region's supervisors and the operator hear what is not known of the next year, once a week."""

from datetime import datetime
from zoneinfo import ZoneInfo

import structlog

from bot.domain.channel import Incoming
from bot.domain.own_event import CalendarMissing
from bot.domain.production_calendar import is_next_year_due
from storage.calendars import read_calendars
from storage.codec import INTERNAL, encode_event
from storage.database import Database

log = structlog.get_logger()

_MORNING, _EVENING = 9, 18


async def missing_year(database: Database, *, now: datetime, zone: ZoneInfo) -> list[Incoming]:
    """Return an event for this week's words, by day only; none before December, or when everything is known."""
    local = now.astimezone(zone)
    if not is_next_year_due(local.date()) or not _MORNING <= local.hour < _EVENING:
        return []
    year, (iso_year, week, _) = local.year + 1, local.isocalendar()
    async with database.reading() as connection:
        gaps = (await read_calendars(connection, zone=zone)).days().gaps(year)
    if not gaps:
        return []
    log.warning("calendar_missing", year=year, calendars=[gap.calendar for gap in gaps], remedy="otklik check")
    key = f"calendar-missing:{year}:{iso_year}-{week}"
    event = CalendarMissing(year=year)
    return [Incoming(channel=INTERNAL, community="", key=key, lane=f"{INTERNAL}:{key}", payload=encode_event(event))]
