"""What `otklik check` says of calendars: those that the sheet names, and whether this year and the next are known."""

from collections import Counter
from datetime import datetime

from bot.directory.work_year import says_of_gap
from bot.domain.calendars import OWN
from bot.domain.channel import Finding, Severity
from bot.domain.errors import SettingsError
from bot.domain.production_calendar import is_next_year_due
from bot.settings import Settings
from storage.calendar_files import FOLDER
from storage.calendar_versions import would_record
from storage.calendars import read_calendars
from storage.database import Database
from storage.institutions import read_institutions
from storage.opening import known_calendars

_SUBJECT = "календарь"


async def look_at_calendars(settings: Settings, database: Database, *, now: datetime) -> list[Finding]:
    """Look at the calendar files, at the names in the sheet, and at what is not known of this year and the next."""
    try:
        texts = known_calendars(settings)
    except SettingsError as error:
        return [_finding(Severity.ERROR, str(error), "исправьте файл: без него программа не запустится")]
    async with database.reading() as connection:
        places = await read_institutions(connection, database.vault, with_secrets=False)
        calendars = await read_calendars(connection, zone=settings.zone)
        changed = await would_record(connection, texts, default=settings.calendar)
    used = Counter(place.calendar or OWN for place in places) or Counter({OWN: 0})
    folder = settings.data_dir / FOLDER
    found = [
        _finding(
            Severity.ERROR,
            f"календаря «{name}» нет, а в листе он у {count} учреждений; пока для них действует {settings.calendar}",
            f"положите файл {folder / f'{name}.json'} или исправьте столбец calendar",
        )
        for name, count in sorted(used.items())
        if name not in calendars.names() and name not in texts
    ]
    if changed:
        names = ", ".join(name or settings.calendar for name in changed)
        found.append(_finding(Severity.WARNING, f"файл изменён: {names}", "перезапустите программу: она запишет новое"))
    today = now.astimezone(settings.zone).date()
    gaps: dict[str, Severity] = {}
    for name in sorted(used.keys() & calendars.names()):
        for year in (today.year, today.year + 1):
            is_due = year == today.year or is_next_year_due(today)
            for gap in calendars.days(name).gaps(year):
                gaps.setdefault(says_of_gap(gap, year), Severity.WARNING if is_due else Severity.OK)
    remedy = f"обновите программу или дополните файл в {folder}; руководство: «Календари»"
    found += [_finding(level, says, remedy if level is Severity.WARNING else "") for says, level in gaps.items()]
    if not found:
        found.append(_finding(Severity.OK, f"{settings.calendar}: {today.year} и {today.year + 1} годы известны"))
    return found


def _finding(severity: Severity, says: str, remedy: str = "") -> Finding:
    return Finding(subject=_SUBJECT, severity=severity, says=says, remedy=remedy)
