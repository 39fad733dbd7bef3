"""Closed days: days off that an institution, or whoever stands above it, announces: a quarantine, repairs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

LONGEST = timedelta(days=366)
"""An announcement that is longer is most likely a misprint."""


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
