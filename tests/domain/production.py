"""The shipped production calendars, for tests of the domain."""

from functools import cache
from zoneinfo import ZoneInfo

from bot.domain.production_calendar import ProductionCalendar
from bot.domain.work_calendar import WorkCalendar
from bot.domain.work_hours import parse_work_hours
from storage.calendar_files import parse_calendar, shipped_files

KAZAN = ZoneInfo("Europe/Moscow")


@cache
def production(name: str) -> ProductionCalendar:
    """Return `ru` or `ru-ta` as they ship."""
    files = {name: parse_calendar(text, name) for name, text in shipped_files().items()}
    return ProductionCalendar(*(files[each] for each in (("ru",) if name == "ru" else ("ru", name))))


def works(hours: str, *, calendar: str = "ru-ta", zone: ZoneInfo = KAZAN) -> WorkCalendar:
    """Return the working time of an institution with these hours."""
    return WorkCalendar(zone=zone, hours=parse_work_hours(hours), days=production(calendar))
