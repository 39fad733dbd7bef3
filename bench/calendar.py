"""Working time between two moments: tables of years against a loop over days, and their memory."""

import random
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bench.figure import Figure
from bot.domain.calendars import OWN, Calendars, Hours, Placed
from bot.domain.production_calendar import CalendarFile
from bot.domain.work_calendar import WorkCalendar
from storage.calendar_files import parse_calendar, shipped_files

INSTITUTIONS = 5_000
QUESTIONS = 20_000
_ZONE = ZoneInfo("Europe/Moscow")
_WEEKS = ("", "Mo-Fr 08:00-12:00,13:00-17:00", "Mo-Fr 08:00-14:00; Sa 08:00-12:00", "Mo-Fr 08:00-17:00", "24/7")
_BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
_GOAL_MICROSECONDS = 3
_GOAL_MEGABYTES = 20


async def measure() -> list[Figure]:
    """Measure short questions and long ones, a loop over days beside them, and memory."""
    tracemalloc.start()
    calendars = _calendars()
    moments = [_BEGIN + timedelta(days=365 * year) for year in range(8)]
    for code in range(INSTITUTIONS):
        calendar = calendars.of(str(code))
        for start in moments:
            calendar.working_between(start, start + timedelta(days=1))
    megabytes = tracemalloc.get_traced_memory()[0] / 2**20
    tracemalloc.stop()
    calendar, chance = calendars.of("1"), random.Random(4)
    short, long = _questions(chance, timedelta(days=10)), _questions(chance, timedelta(days=2_500))
    loop = _microseconds(lambda start, end: _by_days(calendar, start, end), short[:500])
    says = "working time between two moments"
    return [
        Figure(
            name="calendar.days",
            says=f"{says}, within ten days",
            measured=_microseconds(calendar.working_between, short),
            unit="µs",
            goal=_GOAL_MICROSECONDS,
            is_ceiling=True,
        ),
        Figure(
            name="calendar.years",
            says=f"{says}, up to seven years apart",
            measured=_microseconds(calendar.working_between, long),
            unit="µs",
            goal=2 * _GOAL_MICROSECONDS,
            is_ceiling=True,
        ),
        Figure(name="calendar.loop", says=f"{says}, within ten days, by a loop over days", measured=loop, unit="µs"),
        Figure(
            name="calendar.memory",
            says=f"calendars of {INSTITUTIONS:,} institutions, eight years each",
            measured=megabytes,
            unit="MB",
            goal=_GOAL_MEGABYTES,
            is_ceiling=True,
        ),
    ]


def _calendars() -> Calendars:
    files = {name: [(None, parse_calendar(text, name))] for name, text in shipped_files().items()}
    places = {
        str(code): Placed(
            branch=f"Отрасль {code % 20}",
            municipality=f"Район {code % 45}",
            hours=((None, Hours(work_hours=_WEEKS[code % len(_WEEKS)])),),
        )
        for code in range(INSTITUTIONS)
    }
    own = {OWN: [(None, CalendarFile(name=OWN, title="", base="ru-ta"))]}
    return Calendars(zone=_ZONE, places=places, files=files | own)


def _questions(chance: random.Random, longest: timedelta) -> list[tuple[datetime, datetime]]:
    found = []
    for _ in range(QUESTIONS):
        start = _BEGIN + chance.random() * timedelta(days=300)
        found.append((start, start + chance.random() * longest))
    return found


def _microseconds(ask: Callable[[datetime, datetime], timedelta], questions: list[tuple[datetime, datetime]]) -> float:
    started = time.process_time()
    for start, end in questions:
        ask(start, end)
    return 1e6 * (time.process_time() - started) / len(questions)


def _by_days(calendar: WorkCalendar, start: datetime, end: datetime) -> timedelta:
    """Count as it is done elsewhere: day after day."""
    day, last = start.astimezone(_ZONE).date(), end.astimezone(_ZONE).date()
    worked = timedelta()
    while day <= last:
        for opens, closes in calendar.timetable.stretches(day):
            midnight = datetime.combine(day, datetime.min.time(), _ZONE)
            since = max(midnight + timedelta(minutes=opens), start)
            until = min(midnight + timedelta(minutes=closes), end)
            worked += max(until - since, timedelta())
        day = date.fromordinal(day.toordinal() + 1)
    return worked
