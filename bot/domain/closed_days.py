"""Closed days: days off that an institution, or whoever stands above it, announces: a quarantine, repairs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

LONGEST = timedelta(days=366)
"""An announcement that is longer is most likely a misprint."""
LONGEST_REASON = 100
_DAY = r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}))?"
_TYPED = re.compile(rf"{_DAY}(?:\s*[-–—]\s*{_DAY})?(?:\s+(.+))?", re.DOTALL)
_SINCE_AT_MOST = timedelta(days=31)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_RUSSIAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDays:
    """One announcement: both days are included."""

    id: int = 0
    scope: str
    """As `bot.domain.institution.Scope` says it: `region`, `institution:CODE` …"""
    first: date
    last: date
    reason: str
    recorded_at: datetime
    recorded_by: str
    """Who said it: an administrator's or supervisor's number of ours, or the operator's name."""
    withdrawn_at: datetime | None = None

    @property
    def key(self) -> tuple[str, date, date]:
        """What makes two announcements the same."""
        return self.scope, self.first, self.last

    def is_known(self, at: datetime | None) -> bool:
        """Tell whether it held as things were known at a moment; None: as they are known now."""
        if at is None:
            return self.withdrawn_at is None
        return self.recorded_at <= at and (self.withdrawn_at is None or self.withdrawn_at > at)

    def days(self) -> Iterator[date]:
        """Yield every day of it."""
        day = self.first
        while day <= self.last:
            yield day
            day += timedelta(days=1)


def read_date(text: str) -> date:
    """Read `2026-12-10` or `10.12.2026`; ValueError says in Russian what is wrong."""
    text = text.strip()
    russian = _RUSSIAN.fullmatch(text)
    if russian is None and not _ISO.fullmatch(text):
        raise ValueError(f"«{text}» – не дата; нужно ГГГГ-ММ-ДД, например 2026-12-10")
    try:
        day = date(int(russian[3]), int(russian[2]), int(russian[1])) if russian else date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"дня {text} нет в календаре") from None
    if day.year not in _YEARS:
        raise ValueError(f"{text}: годы – с {_YEARS[0]} по {_YEARS[-1]}")
    return day


def read_typed_days(text: str, today: date) -> tuple[date, date, str]:
    """Read `10.12`, `10.12-14.12`, and the reason behind; ValueError when there are no such days.

    A last day without a year is the next one of that name, a first day the latest one before it: what has begun already
    may be told too, but not what has ended.
    """
    found = _TYPED.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    first_day, first_month, first_year, last_day, last_month, last_year, reason = found.groups()
    if last_day is None:
        last_day, last_month, last_year = first_day, first_month, first_year
    last = date(int(last_year or today.year), int(last_month), int(last_day))
    if last_year is None and last < today:
        last = date(today.year + 1, int(last_month), int(last_day))
    first = date(int(first_year or last.year), int(first_month), int(first_day))
    if first_year is None and first > last:
        first = date(last.year - 1, int(first_month), int(first_day))
    if not today <= last <= today + LONGEST or not today - _SINCE_AT_MOST <= first <= last:
        raise ValueError(text)
    return first, last, " ".join((reason or "").split())
