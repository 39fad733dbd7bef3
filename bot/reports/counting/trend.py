"""What went before: the same figures of the period before and of the last twelve weeks."""

from collections.abc import Callable, Hashable
from datetime import date, datetime, timedelta
from typing import Any

from bot.reports.counting.columns import REST
from bot.reports.counting.cuts import Cut, grouped, sum_of
from bot.reports.counting.figures import Figures, figures_of
from bot.reports.period import Period

WEEKS = 12
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


def look_back(period: Period, before: Period) -> Period:
    """Return the days before a period that a trend needs, `before` among them."""
    first = min(before.first, _weeks(period)[0].first)
    return Period(first=first, last=period.first - _DAY)


def previous_and_weeks(
    days: Cut, period: Period, now: datetime, *, before: Period, until: datetime | None
) -> dict[str, Any]:
    """Return the figures of the period before and of the last twelve whole weeks, Monday to Sunday.

    `days` are counted from `look_back` on, up to the period's end, and parted at `until`, where `before` ends.
    """
    weeks = _weeks(period)
    by_week = grouped(days, _week_of(weeks))
    figures = dict(zip(by_week.keys, figures_of(by_week.counted, now), strict=True))
    nothing = _sum(days, Period(first=date.min, last=date.min), now)
    return {
        "previous": {
            "from": before.first.isoformat(),
            "to": before.last.isoformat(),
            **({"until": until.isoformat(timespec="minutes")} if until is not None else {}),
            "total": _sum(days, before, now),
        },
        "weeks": [
            {"from": week.first.isoformat(), "to": week.last.isoformat(), **figures.get(week.first, nothing)}
            for week in weeks
        ],
    }


def _weeks(period: Period) -> list[Period]:
    """Return the last twelve whole weeks up to the period's end, the earliest first."""
    sunday = period.last - timedelta(days=period.last.isoweekday() % 7)
    ends = [sunday - number * _WEEK for number in reversed(range(WEEKS))]
    return [Period(first=end - _WEEK + _DAY, last=end) for end in ends]


def _week_of(weeks: list[Period]) -> Callable[[Hashable], Hashable | None]:
    def week(key: Hashable) -> Hashable | None:
        day = date.fromisoformat(str(key).removesuffix(REST))
        monday = day - timedelta(days=day.weekday())
        return monday if weeks[0].first <= monday <= weeks[-1].first else None

    return week


def _sum(days: Cut, period: Period, now: datetime) -> Figures:
    """Add up the days of a period; the rest of a day that is parted does not belong to it."""
    first, last = period.first.isoformat(), period.last.isoformat()
    chosen = grouped(days, lambda key: 0 if first <= str(key) <= last else None)
    return sum_of(chosen, now)
