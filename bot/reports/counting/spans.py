"""Whole months and years of a period: what can be counted once and kept."""

from collections.abc import Iterable
from datetime import date, timedelta

from bot.reports.period import Period

_DAY = timedelta(days=1)


def month_of(day: date) -> str:
    """Return the name of a day's month: `2026-10`."""
    return day.isoformat()[:7]


def year_of(day: date) -> str:
    """Return the name of a day's year: `2026`."""
    return day.isoformat()[:4]


def period_of(span: str) -> Period:
    """Return the days of a named month or year."""
    if len(span) == 4:
        return Period(first=date(int(span), 1, 1), last=date(int(span), 12, 31))
    first = date.fromisoformat(f"{span}-01")
    return Period(first=first, last=(first + 31 * _DAY).replace(day=1) - _DAY)


def months_in(period: Period) -> list[str]:
    """Return the months that lie wholly in a period."""
    found, day = [], period.first
    while day <= period.last:
        month = period_of(month_of(day))
        if month.first >= period.first and month.last <= period.last:
            found.append(month_of(day))
        day = month.last + _DAY
    return found


def years_in(period: Period) -> list[str]:
    """Return the years that lie wholly in a period."""
    years = (period_of(str(year)) for year in range(period.first.year, period.last.year + 1))
    return [year_of(year.first) for year in years if year.first >= period.first and year.last <= period.last]


def spans_touched(days: Iterable[date]) -> set[str]:
    """Return every month and year to which a day belongs."""
    return {name for day in days for name in (month_of(day), year_of(day))}


def without(period: Period, spans: Iterable[str]) -> list[Period]:
    """Return what is left of a period beside such spans, in order, as few stretches as possible."""
    left, at = [], period.first
    for taken in sorted((period_of(span) for span in spans), key=lambda each: each.first):
        if at < taken.first:
            left.append(Period(first=at, last=taken.first - _DAY))
        at = taken.last + _DAY
    if at <= period.last:
        left.append(Period(first=at, last=period.last))
    return left
