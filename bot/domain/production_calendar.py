"""The production calendar: which days of a country or a region are holidays, moved or shortened."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

_DECEMBER = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarYear:
    """What one file says of one year; days are `MM-DD`."""

    holidays: Mapping[str, str] = field(default_factory=dict)
    """Name by day."""
    moved: Mapping[str, str] = field(default_factory=dict)
    """A day off and from which day it was moved."""
    working: Mapping[str, str] = field(default_factory=dict)
    """A working day (most often a Saturday) and the day whose hours it takes."""
    short: frozenset[str] = frozenset()
    """Days that end an hour earlier."""
    awaits: tuple[str, ...] = ()
    """Holidays whose day has not been named yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFile:
    """One file: a country's calendar, or what a region has besides."""

    name: str
    title: str
    base: str = ""
    """The calendar over which this one lies; empty for none."""
    every_year: Mapping[str, str] = field(default_factory=dict)
    """Holidays with a fixed day, `MM-DD`; in a year without an entry they are all that is known."""
    years: Mapping[int, CalendarYear] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialDay:
    """What is special about a day."""

    off: str = ""
    """Why nobody works; empty when people do."""
    hours_of: date | None = None
    """Whose day's hours it has; None for its own."""
    is_short: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What a calendar does not know of a year."""

    calendar: str
    title: str
    awaits: tuple[str, ...] = ()
    """The holidays whose day is not known; empty when the whole year is missing."""


class ProductionCalendar:
    """Files laid over each other; of a day the narrowest one has the last word."""

    def __init__(self, *files: CalendarFile) -> None:
        """Take the files, the widest first. Without any, every week is the same."""
        self.files = files
        self._years: dict[int, Mapping[date, SpecialDay]] = {}

    def year(self, year: int) -> Mapping[date, SpecialDay]:
        """Return every special day of a year."""
        found = self._years.get(year)
        if found is None:
            found = self._years[year] = self._lay(year)
        return found

    def day(self, day: date) -> SpecialDay | None:
        """Return what is special about a day, None for a plain one."""
        return self.year(day.year).get(day)

    def gaps(self, year: int) -> list[Gap]:
        """Return what is not known of a year; a file that has only fixed days lacks nothing."""
        found = []
        for file in self.files:
            known = file.years.get(year)
            if file.years and known is None:
                found.append(Gap(calendar=file.name, title=file.title))
            elif known is not None and known.awaits:
                found.append(Gap(calendar=file.name, title=file.title, awaits=known.awaits))
        return found

    def _lay(self, year: int) -> Mapping[date, SpecialDay]:
        special: dict[date, SpecialDay] = {}
        for file in self.files:
            known = file.years.get(year, CalendarYear())
            for text, replaced in known.working.items():
                # Said anew of a day, so that what a wider calendar says of it no longer holds.
                special[read_day(year, text)] = SpecialDay(hours_of=read_day(year, replaced))
            for text, name in {**file.every_year, **known.holidays}.items():
                special[read_day(year, text)] = SpecialDay(off=name)
            for text, origin in known.moved.items():
                special[read_day(year, text)] = SpecialDay(off=f"{origin[3:]}.{origin[:2]}")
            for text in known.short:
                day = read_day(year, text)
                before = special.get(day, SpecialDay())
                if not before.off:
                    special[day] = SpecialDay(hours_of=before.hours_of, is_short=True)
        return special


def read_day(year: int, text: str) -> date:
    """Read `MM-DD` of a year; ValueError when there is no such day."""
    month, dash, day = text.partition("-")
    if not (dash and month.isdecimal() and day.isdecimal() and len(month) == len(day) == 2):
        raise ValueError(text)
    return date(year, int(month), int(day))


def is_next_year_due(today: date) -> bool:
    """Tell whether the next year should be known by now: from 1 December on."""
    return today.month == _DECEMBER
