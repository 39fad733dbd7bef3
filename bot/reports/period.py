"""From when to when a report looks: whole days in the report's zone, both ends included."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bot.domain.errors import RuleError

DEFAULT = "month"
LONGEST = timedelta(days=3_660)
"""Ten years and a little: every day gets a line."""
EARLIEST = date(2000, 1, 1)
LATEST = date(2199, 12, 31)

_DAY = timedelta(days=1)
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{1,2}-\d{1,2}")
_BETWEEN = re.compile(r"(с|from)?\s*DATE(\s*(-|–|—|\.\.|\s|по|to)\s*DATE)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    def days(self) -> Iterator[date]:
        """Yield every day."""
        for number in range((self.last - self.first).days + 1):
            yield self.first + number * _DAY

    def bounds(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """Return the UTC moments at which the period begins (included) and ends (not included)."""
        return _midnight(self.first, zone), _midnight(self.last + _DAY, zone)

    def before(self) -> "Period":
        """Return what the period is compared with.

        The month (quarter, half-year, year) before, as far into it as this one goes; the week before; otherwise as many
        days as this one has.
        """
        months = self._months()
        if months:
            after = _months_earlier(self.last + _DAY, months)
            is_whole_month = (self.last + _DAY).day == 1
            last = after - _DAY if is_whole_month else _months_earlier(self.last, months)
            return Period(first=_months_earlier(self.first, months), last=last)
        days = (self.last - self.first).days + 1
        back = timedelta(days=7 if self.first.weekday() == 0 and 1 < days <= 7 else days)
        return Period(first=self.first - back, last=self.last - back)

    def _months(self) -> int:
        """Return of how many months this is the whole or the beginning; 0 when it is neither."""
        days = (self.last - self.first).days + 1
        if self.first.day != 1 or days == 1 or (days <= 7 and self.first.weekday() == 0):
            return 0
        spanned = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        if spanned == 1:
            return 1
        for length in (3, 6, 12):
            if spanned <= length and (self.first.month - 1) % length == 0:
                return length
        return spanned if (self.last + _DAY).day == 1 else 0

    @property
    def token(self) -> str:
        """Return the days as `read_period` reads them again, whatever day it is by then."""
        return f"{self.first} {self.last}"

    @property
    def is_possible(self) -> bool:
        """Tell whether the ends stand in order, within the calendar and not too far apart."""
        return EARLIEST <= self.first <= self.last <= LATEST and self.last - self.first <= LONGEST


def read_period(typed: str, *, now: datetime, zone: tzinfo) -> Period:
    """Read `today`, `week` (Monday to today), «месяц», `01.11.2026-15.11.2026` …; nothing typed is the month.

    Raises RuleError with kind words for whoever typed it.
    """
    today = now.astimezone(zone).date()
    wanted = " ".join(typed.lower().split()) or DEFAULT
    if wanted in _NAMED:
        return _NAMED[wanted](today)
    dates = _DATE.findall(wanted)
    if not dates or not _BETWEEN.fullmatch(_DATE.sub("DATE", wanted)):
        raise RuleError("report-period-unknown")
    period = Period(first=_read_date(dates[0]), last=_read_date(dates[-1]))
    if period.last < period.first:
        raise RuleError("report-period-upside-down")
    if not period.is_possible:
        raise RuleError("report-period-too-long")
    return period


def is_period(typed: str) -> bool:
    """Tell whether words are two dates and nothing else."""
    return len(_DATE.findall(typed)) == 2 and bool(_BETWEEN.fullmatch(_DATE.sub("DATE", " ".join(typed.split()))))


def _read_date(typed: str) -> date:
    try:
        if "." in typed:
            day, month, year = map(int, typed.split("."))
        else:
            year, month, day = map(int, typed.split("-"))
        return date(year, month, day)
    except ValueError:
        raise RuleError("report-period-unknown") from None


def _today(today: date) -> Period:
    return Period(first=today, last=today)


def _yesterday(today: date) -> Period:
    return _today(today - _DAY)


def _week(today: date) -> Period:
    return Period(first=today - today.weekday() * _DAY, last=today)


def _month(today: date) -> Period:
    return Period(first=today.replace(day=1), last=today)


def _quarter(today: date) -> Period:
    return Period(first=today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1), last=today)


def _year(today: date) -> Period:
    return Period(first=today.replace(month=1, day=1), last=today)


def _months_earlier(day: date, months: int) -> date:
    """Return the same day of an earlier month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    while True:
        try:
            return date(year, month + 1, day.day)
        except ValueError:
            day -= _DAY


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(0), zone).astimezone(UTC)


_NAMED: dict[str, Callable[[date], Period]] = {
    "today": _today,
    "сегодня": _today,
    "день": _today,
    "бүген": _today,
    "yesterday": _yesterday,
    "вчера": _yesterday,
    "кичә": _yesterday,
    "week": _week,
    "неделя": _week,
    "атна": _week,
    "month": _month,
    "месяц": _month,
    "ай": _month,
    "quarter": _quarter,
    "квартал": _quarter,
    "year": _year,
    "год": _year,
    "ел": _year,
}
