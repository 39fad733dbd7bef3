"""The working time of one week, one production calendar and one zone as a table of real moments, year by year."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Set
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.production_calendar import ProductionCalendar
from bot.domain.work_hours import WorkHours

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_DAY_MINUTES = 24 * 60
_SHORTER_BY = 60

Stretch = tuple[int, int]
"""Minutes since midnight by the wall clock: from, until."""


class YearTable:
    """The stretches of work in one year of UTC, in microseconds from its beginning, and what was worked before each."""

    __slots__ = ("_before", "_starts", "begins", "total")

    def __init__(self, begins: datetime, starts: "array[int]", ends: "array[int]") -> None:
        self.begins = begins
        self._starts = starts
        self._before = array("q", [0])
        total = 0
        for start, end in zip(starts, ends, strict=True):
            total += end - start
            self._before.append(total)
        self.total = total
        """Everything that is worked in this year."""

    def until(self, moment: datetime) -> int:
        """Return what was worked in this year before a moment of it."""
        passed = moment - self.begins
        at = (passed.days * 86_400 + passed.seconds) * 1_000_000 + passed.microseconds
        index = bisect_right(self._starts, at)
        if not index:
            return 0
        return min(self._before[index - 1] + at - self._starts[index - 1], self._before[index])

    def reached(self, worked: int) -> datetime:
        """Return the earliest moment at which so much (more than nothing, at most the total) has been worked."""
        index = bisect_left(self._before, worked) - 1
        return self._moment(self._starts[index] + worked - self._before[index])

    def opening(self, moment: datetime) -> datetime | None:
        """Return `moment` if work goes on, else when it next begins; None when it does not in this year."""
        passed = moment - self.begins
        at = (passed.days * 86_400 + passed.seconds) * 1_000_000 + passed.microseconds
        index = bisect_right(self._starts, at)
        if index and at - self._starts[index - 1] < self._before[index] - self._before[index - 1]:
            return moment
        return self._moment(self._starts[index]) if index < len(self._starts) else None

    def _moment(self, at: int) -> datetime:
        return self.begins + timedelta(microseconds=at)


_Year = tuple["array[int]", "array[int]", "array[int]", YearTable]
"""Beginnings, ends and days (as ordinals) of the stretches, and the table of them all."""


class Timetable:
    """Shared by everybody with the same hours, calendar and zone; a year is worked out when it is first asked for."""

    def __init__(self, *, hours: WorkHours, days: ProductionCalendar, zone: ZoneInfo) -> None:
        self.hours = hours
        self.days = days
        self.zone = zone
        week: list[list[Stretch]] = [[] for _ in range(7)]
        for span in hours.spans:
            week[span.day].append((span.opens, span.closes))
        self._week = tuple(map(tuple, week))
        self._years: dict[int, _Year] = {}

    def year(self, year: int, closed: Set[date] = frozenset()) -> YearTable:
        """Return the table of a year, without the work of the days that are closed."""
        known = self._years.get(year)
        if known is None:
            known = self._years[year] = self._work_out(year)
        starts, ends, days, table = known
        begin, end = days[0] if days else 0, days[-1] if days else 0
        shut = {day.toordinal() for day in closed if begin <= day.toordinal() <= end}
        if not shut:
            return table
        kept = [index for index, day in enumerate(days) if day not in shut]
        return YearTable(
            table.begins, array("q", (starts[index] for index in kept)), array("q", (ends[index] for index in kept))
        )

    def stretches(self, day: date) -> tuple[Stretch, ...]:
        """Return when people work on a day by the wall clock; a holiday is nothing whatever the week says."""
        own = self._week[day.weekday()]
        if self.hours.is_round_the_clock:
            return own
        special = self.days.day(day)
        if special is None:
            return own
        if special.off:
            return ()
        if special.hours_of is not None:
            # Who does not work on the replaced day keeps the own hours of this one.
            own = self._week[special.hours_of.weekday()] or own
        return _shortened(own) if special.is_short else own

    def _work_out(self, year: int) -> "_Year":
        begins, ends_at = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
        starts, ends, days = array("q"), array("q"), array("l")
        last = begins
        for day, start, end in self._moments(date(year, 1, 1), date(year, 12, 31)):
            # A stretch never begins before the one before it has ended, also when the clock is set back between them.
            cut, until = max(start, last), min(end, ends_at)
            if cut < until:
                starts.append(_microseconds(cut - begins))
                ends.append(_microseconds(until - begins))
                days.append(day)
                last = until
        return starts, ends, days, YearTable(begins, starts, ends)

    def _moments(self, first: date, last: date) -> Iterator[tuple[int, datetime, datetime]]:
        """Yield the stretches of these days and of those beside them, which reach into the year in other zones."""
        midnight = self._moment(first - _DAY, 0, fold=0)
        for ordinal in range(first.toordinal() - 1, last.toordinal() + 2):
            day = date.fromordinal(ordinal)
            next_midnight = self._moment(day, _DAY_MINUTES, fold=0)
            is_plain = next_midnight - midnight == _DAY
            for opens, closes in self.stretches(day):
                if is_plain:
                    yield ordinal, midnight + opens * _MINUTE, midnight + closes * _MINUTE
                else:
                    yield ordinal, self._moment(day, opens, fold=0), self._moment(day, closes, fold=1)
            midnight = next_midnight

    def _moment(self, day: date, minutes: int, *, fold: int) -> datetime:
        """Return when the wall clock shows this; when it leaps over it, the moment of the leap."""
        if minutes == _DAY_MINUTES:
            day, minutes = day + _DAY, 0
        shown = datetime.combine(day, time(minutes // 60, minutes % 60, fold=fold), self.zone)
        moment = shown.astimezone(UTC)
        if moment.astimezone(self.zone).replace(tzinfo=None, fold=0) == shown.replace(tzinfo=None, fold=0):
            return moment
        # In the hour that the clock leaps over, the offset before the leap names a later moment than the one after it.
        low, high = shown.replace(fold=1).astimezone(UTC), shown.replace(fold=0).astimezone(UTC)
        while high - low > _MINUTE:
            middle = low + (high - low) / 2
            if middle.astimezone(self.zone).utcoffset() == low.astimezone(self.zone).utcoffset():
                low = middle
            else:
                high = middle
        return high.replace(second=0, microsecond=0)


def _shortened(stretches: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """Take the last hour of work away, also when a break lies in it."""
    left = list(stretches)
    rest = _SHORTER_BY
    while left and rest:
        opens, closes = left.pop()
        taken = min(rest, closes - opens)
        rest -= taken
        if closes - taken > opens:
            left.append((opens, closes - taken))
    return tuple(left)


def _microseconds(duration: timedelta) -> int:
    return duration // timedelta(microseconds=1)
