"""Who is away: a holiday, a shift, an illness, in whole days of the institution's zone."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}))?"
_DAYS = re.compile(rf"{_DAY}(?:\s*[-–—]\s*{_DAY})?(?:\s+(.+))?", re.DOTALL)
_LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """One administrator does not work from `since` to `until`, both included."""

    administrator: int
    institutions: tuple[str, ...]
    """For which they acted when they said so."""
    since: date
    until: date
    deputy: int | None = None
    """Who gets their tickets; None: they become free."""

    def covers(self, day: date) -> bool:
        """Tell whether they are away on a day."""
        return self.since <= day <= self.until


def read_days(text: str, today: date) -> tuple[date, date, str]:
    """Read `10.12` (from today), `01.12-10.12`, and what stands behind; ValueError when there are no such days.

    A day without a year is the next one of that name.
    """
    found = _DAYS.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    first_day, first_month, first_year, last_day, last_month, last_year, rest = found.groups()
    first = _date(first_day, first_month, first_year, not_before=today)
    if last_day is None:
        since, until = today, first
    else:
        since, until = first, _date(last_day, last_month, last_year, not_before=first)
    if not today <= until <= today + _LONGEST or since > until:
        raise ValueError(text)
    return since, until, (rest or "").strip()


def _date(day: str, month: str, year: str | None, *, not_before: date) -> date:
    if year is not None:
        return date(int(year), int(month), int(day))
    this_year = date(not_before.year, int(month), int(day))
    return this_year if this_year >= not_before else date(not_before.year + 1, int(month), int(day))
