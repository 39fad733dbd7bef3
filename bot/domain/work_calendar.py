"""Working time: the hours of an institution, its production calendar, and the days on which it is closed."""

from collections.abc import Iterator, Set
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.production_calendar import ProductionCalendar
from bot.domain.timetable import Timetable, YearTable
from bot.domain.work_hours import OFFICE_HOURS, WorkHours

_NOTHING = timedelta(0)
_PATIENCE_YEARS = 5
_FAR_YEARS = 100
_LAST_YEAR = 9998


class WorkCalendar:
    """When an institution works. A question costs the same whatever the interval: tables of years, and bisection.

    What counts is real time, so that a clock that is set back or forward within the hours loses and repeats nothing.
    """

    __slots__ = ("_tables", "closed", "timetable", "zone")

    def __init__(
        self,
        *,
        zone: ZoneInfo,
        hours: WorkHours = OFFICE_HOURS,
        days: ProductionCalendar | None = None,
        closed: Set[date] = frozenset(),
        timetable: Timetable | None = None,
    ) -> None:
        """Take the zone, the week, the production calendar (none: every week is the same) and the days off of its own.

        A `timetable` that others have already stands for the first three.
        """
        self.timetable = timetable or Timetable(hours=hours, days=days or ProductionCalendar(), zone=zone)
        self.zone = zone
        self.closed = frozenset(closed)
        self._tables: dict[int, YearTable] = {}

    def working_between(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time between two aware moments; zero when `end` is not after `start`."""
        if end <= start:
            return _NOTHING
        if start.tzinfo is not UTC:
            start = start.astimezone(UTC)
        if end.tzinfo is not UTC:
            end = end.astimezone(UTC)
        first, last = start.year, end.year
        table = self._tables.get(last) or self._table(last)
        worked = table.until(end)
        if first != last:
            table = self._table(first)
            worked += sum(self._table(year).total for year in range(first, last))
        return timedelta(microseconds=worked - table.until(start))

    def add(self, start: datetime, duration: timedelta) -> datetime:
        """Return the moment (UTC) at which `duration` of working time has passed since `start`.

        That is the earliest such moment: the close of a day, not the next opening; `start` itself for no duration.
        Where nobody works for years, the wall clock counts.
        """
        start = start.astimezone(UTC)
        if duration <= _NOTHING:
            return start
        wanted = duration // timedelta(microseconds=1)
        passed = self._table(start.year).until(start)
        idle = 0
        for table in self._tables_from(start.year):
            if passed + wanted <= table.total:
                return table.reached(passed + wanted)
            wanted -= table.total - passed
            passed = 0
            idle = 0 if table.total else idle + 1
            if idle > _PATIENCE_YEARS:
                break
        return start + duration

    def is_open(self, moment: datetime) -> bool:
        """Tell whether work goes on at this moment."""
        moment = moment.astimezone(UTC)
        return self._table(moment.year).opening(moment) == moment

    def next_opening(self, moment: datetime) -> datetime:
        """Return `moment` if work goes on, else when it next begins (UTC); `moment` where nobody ever works."""
        moment = since = moment.astimezone(UTC)
        for table in self._tables_from(moment.year):
            opening = table.opening(since)
            if opening is not None:
                return opening
            since = datetime(since.year + 1, 1, 1, tzinfo=UTC)
            if since.year > moment.year + _PATIENCE_YEARS:
                break
        return moment

    def worked_on(self, day: date) -> timedelta:
        """Return how long a day is by the wall clock."""
        if day in self.closed:
            return _NOTHING
        return timedelta(minutes=sum(closes - opens for opens, closes in self.timetable.stretches(day)))

    def _tables_from(self, year: int) -> Iterator[YearTable]:
        for each in range(year, min(year + _FAR_YEARS, _LAST_YEAR) + 1):
            yield self._table(each)

    def _table(self, year: int) -> YearTable:
        table = self._tables.get(year)
        if table is None:
            table = self._tables[year] = self.timetable.year(year, self.closed)
        return table
