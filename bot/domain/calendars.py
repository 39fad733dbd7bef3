"""The working time of every institution, as it is known now and as it was known at any moment before."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.domain.closed_days import ClosedDays
from bot.domain.institution import Scope, ScopeKind
from bot.domain.production_calendar import CalendarFile, ProductionCalendar
from bot.domain.timetable import Timetable
from bot.domain.work_calendar import WorkCalendar
from bot.domain.work_hours import OFFICE_HOURS, WorkHours, parse_work_hours

T = TypeVar("T")

OWN = ""
"""The name of the calendar that holds where the sheet names none: a file without days over the one of the settings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """What the sheet says of an institution's time; empty: office hours, the zone and the calendar of the settings."""

    work_hours: str = ""
    time_zone: str = ""
    calendar: str = OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An institution: where it belongs and its hours, each with the moment since when they are known.

    The first ones count as known always.
    """

    branch: str = ""
    municipality: str = ""
    hours: tuple[tuple[datetime | None, Hours], ...] = ((None, Hours()),)


Files = Mapping[str, Sequence[tuple[datetime | None, CalendarFile]]]
"""By name: each content of a file with the moment since when it is known, in order."""


class Calendars:
    """Working times, shared by all who have the same: five thousand institutions have a few dozen tables."""

    def __init__(
        self,
        *,
        zone: ZoneInfo,
        places: Mapping[str, Placed] | None = None,
        files: Files | None = None,
        closed: Iterable[ClosedDays] = (),
    ) -> None:
        """Take what is known: places by code, files by name, announcements."""
        self._zone = zone
        self._places = places or {}
        self._files = files or {}
        self._closed: dict[str, list[ClosedDays]] = {}
        for each in closed:
            self._closed.setdefault(each.scope, []).append(each)
        self._histories: dict[str, _History] = {}
        self._shared: dict[tuple[object, ...], _History] = {}
        self._days: dict[tuple[object, ...], ProductionCalendar] = {}
        self._timetables: dict[tuple[object, ...], Timetable] = {}
        self._calendars: dict[tuple[object, ...], WorkCalendar] = {}

    def of(self, code: str, known_at: datetime | None = None) -> WorkCalendar:
        """Return an institution's working time as it was known at a moment; None: as it is known now.

        An institution that nobody knows works in office hours.
        """
        history = self._histories.get(code)
        if history is None:
            history = self._histories[code] = self._history(code, self._places.get(code) or Placed())
        return history.latest if known_at is None else history.at(known_at)

    def as_known(self, code: str) -> "AsKnown":
        """Return what measures an institution's waits."""
        return AsKnown(institution=code, calendars=self)

    def closed_for(self, code: str, known_at: datetime | None = None) -> list[ClosedDays]:
        """Return the announcements that hold for an institution, the earliest days first."""
        place = self._places.get(code) or Placed()
        is_always_there = _parsed(_known(place.hours, known_at)).is_round_the_clock
        found = [each for each in self._announced(code, place, is_always_there) if each.is_known(known_at)]
        return sorted(found, key=lambda each: (each.first, each.last, each.id))

    def concerns(self, closed: ClosedDays, code: str) -> bool:
        """Tell whether an announcement holds for an institution; a wider one not for a duty round the clock."""
        place = self._places.get(code) or Placed()
        if closed.scope == f"{ScopeKind.INSTITUTION}:{code}":
            return True
        return closed.scope in _wider(place) and not _parsed(_known(place.hours, None)).is_round_the_clock

    def announced(self, scope: str) -> list[ClosedDays]:
        """Return the announcements of just this scope that hold as is known now."""
        return [each for each in self._closed.get(scope, ()) if each.withdrawn_at is None]

    def days(self, name: str = OWN, known_at: datetime | None = None) -> ProductionCalendar:
        """Return a production calendar by its name; a name that nobody knows stands for that of the settings."""
        files: list[CalendarFile] = []
        name = name if name in self._files else OWN
        while (versions := self._files.get(name)) and len(files) <= len(self._files):
            files.append(_known(versions, known_at))
            if not files[-1].base:
                break
            name = files[-1].base
        key = tuple(map(id, files))
        days = self._days.get(key)
        if days is None:
            days = self._days[key] = ProductionCalendar(*reversed(files))
        return days

    def names(self) -> set[str]:
        """Return the names of all calendars, with the nameless one."""
        return set(self._files)

    def _history(self, code: str, place: Placed) -> "_History":
        own = self._closed.get(f"{ScopeKind.INSTITUTION}:{code}", ())
        key = (place.hours, tuple(own), *(tuple(self._closed.get(scope, ())) for scope in _wider(place)))
        history = self._shared.get(key)
        if history is None:
            history = self._shared[key] = _History(self, code, place, self._changes(code, place))
        return history

    def _changes(self, code: str, place: Placed) -> list[datetime]:
        """Return when anything became known that concerns an institution."""
        announced = list(self._announced(code, place, is_always_there=False))
        moments = {since for since, _ in place.hours[1:] if since is not None}
        moments |= {each.recorded_at for each in announced}
        moments |= {each.withdrawn_at for each in announced if each.withdrawn_at is not None}
        for versions in self._files.values():
            moments |= {since for since, _ in versions[1:] if since is not None}
        return sorted(moments)

    def _announced(self, code: str, place: Placed, is_always_there: bool) -> Iterable[ClosedDays]:  # noqa: FBT001
        """Return announcements, known or not; those of wider scopes do not concern a duty round the clock."""
        own = self._closed.get(f"{ScopeKind.INSTITUTION}:{code}", ())
        return chain(own, *(() if is_always_there else (self._closed.get(scope, ()) for scope in _wider(place))))

    def make(self, code: str, place: Placed, known_at: datetime | None) -> WorkCalendar:
        """Return a working time, the same one for all who share it."""
        known = _known(place.hours, known_at)
        hours = _parsed(known)
        days = self.days(known.calendar, known_at)
        zone = ZoneInfo(known.time_zone) if known.time_zone else self._zone
        closed: frozenset[date] = frozenset(
            day
            for each in self._announced(code, place, hours.is_round_the_clock)
            if each.is_known(known_at)
            for day in each.days()
        )
        key = (hours.text, id(days), str(zone))
        calendar = self._calendars.get((*key, closed))
        if calendar is None:
            timetable = self._timetables.get(key)
            if timetable is None:
                timetable = self._timetables[key] = Timetable(hours=hours, days=days, zone=zone)
            calendar = self._calendars[*key, closed] = WorkCalendar(zone=zone, closed=closed, timetable=timetable)
        return calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class AsKnown:
    """An institution's working time by what was known when each stretch ended."""

    institution: str
    calendars: Calendars

    def working_between(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time between two moments."""
        return self.calendars.of(self.institution, end).working_between(start, end)


class _History:
    """One institution's working time through the changes of what was known of it."""

    __slots__ = ("_calendars", "_changes", "_code", "_maker", "_place", "latest")

    def __init__(self, maker: Calendars, code: str, place: Placed, changes: Sequence[datetime]) -> None:
        self._maker = maker
        self._code = code
        self._place = place
        self._changes = changes
        self._calendars: list[WorkCalendar | None] = [None] * (len(changes) + 1)
        self.latest = maker.make(code, place, None)

    def at(self, known_at: datetime) -> WorkCalendar:
        """Return it as it was known at a moment."""
        index = bisect_right(self._changes, known_at)
        calendar = self._calendars[index]
        if calendar is None:
            calendar = self._maker.make(self._code, self._place, known_at)
            self._calendars[index] = calendar
        return calendar


def _known(versions: Sequence[tuple[datetime | None, T]], at: datetime | None) -> T:
    """Return the version that was known at a moment; the first one counts as known always."""
    if at is not None:
        for since, version in reversed(versions[1:]):
            if since is None or since <= at:
                return version
        return versions[0][1]
    return versions[-1][1]


def _parsed(hours: Hours) -> WorkHours:
    return parse_work_hours(hours.work_hours) if hours.work_hours else OFFICE_HOURS


def _wider(place: Placed) -> tuple[str, str, str]:
    return (
        str(Scope(kind=ScopeKind.BRANCH, name=place.branch)),
        str(Scope(kind=ScopeKind.MUNICIPALITY, name=place.municipality)),
        str(Scope(kind=ScopeKind.REGION)),
    )
