"""Working time: Monday to Friday, 9 to 18, in the institution's zone (calendars with holidays come later)."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_NOTHING = timedelta(0)
_MICROSECONDS = 60_000_000
"""In a minute."""
_WEEK = timedelta(days=7)
_MONDAY = datetime(2001, 1, 1)  # noqa: DTZ001 - local wall time of the institution, its zone is added on the way out
_MONDAY_NUMBER = _MONDAY.toordinal()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """The hours in which an institution works, the same every week.

    `opens` must be before `closes`, both at a full minute; `days` are weekdays in order, Monday is 0. Questions cost
    the same whatever the interval: whole weeks, the days before this one in its week, and a part of this day.
    """

    zone: ZoneInfo
    opens: time = time(9)
    closes: time = time(18)
    days: tuple[int, ...] = (0, 1, 2, 3, 4)

    def working_between(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time between two aware moments; zero when `end` is not after `start`."""
        if end <= start:
            return _NOTHING
        # A wall clock that is set back within the working hours would otherwise take time away.
        return timedelta(microseconds=max(self._since_monday(end) - self._since_monday(start), 0))

    def add(self, start: datetime, duration: timedelta) -> datetime:
        """Return the moment (UTC) at which `duration` of working time has passed since `start`.

        That is the earliest such moment: the close of a day, not the next opening; `start` itself for no duration.
        """
        if duration <= _NOTHING:
            return start.astimezone(UTC)
        total = timedelta(microseconds=self._since_monday(start)) + duration
        day_length = self._day_length()
        weeks, rest = divmod(total, day_length * len(self.days))
        if not rest:
            weeks, rest = weeks - 1, day_length * len(self.days)
        full_days, within = divmod(rest, day_length)
        if not within:
            full_days, within = full_days - 1, day_length
        day = _MONDAY + weeks * _WEEK + timedelta(days=self.days[full_days])
        return self._as_utc(day + self._opens_after() + within)

    def is_open(self, moment: datetime) -> bool:
        """Tell whether work goes on at this moment."""
        local = self._local(moment)
        return local.weekday() in self.days and self.opens <= local.time() < self.closes

    def next_opening(self, moment: datetime) -> datetime:
        """Return `moment` if work goes on, else when it next begins (UTC)."""
        if self.is_open(moment):
            return moment.astimezone(UTC)
        local = self._local(moment)
        day = local.replace(hour=0, minute=0, second=0, microsecond=0)
        while day.weekday() not in self.days or day + self._opens_after() < local:
            day += timedelta(days=1)
        return self._as_utc(day + self._opens_after())

    def _since_monday(self, moment: datetime) -> int:
        """Working time since a fixed Monday long ago, in microseconds: whole numbers are quicker than timedeltas."""
        local = moment.astimezone(self.zone)
        weeks, weekday = divmod(local.toordinal() - _MONDAY_NUMBER, 7)
        opens = self.opens.hour * 60 + self.opens.minute
        day_length = (self.closes.hour * 60 + self.closes.minute - opens) * _MICROSECONDS
        worked = (weeks * len(self.days) + bisect_left(self.days, weekday)) * day_length
        if weekday in self.days:
            minutes = local.hour * 60 + local.minute - opens
            within = minutes * _MICROSECONDS + local.second * 1_000_000 + local.microsecond
            worked += min(max(within, 0), day_length)
        return worked

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone).replace(tzinfo=None)

    def _as_utc(self, local: datetime) -> datetime:
        return local.replace(tzinfo=self.zone).astimezone(UTC)

    def _opens_after(self) -> timedelta:
        return timedelta(hours=self.opens.hour, minutes=self.opens.minute)

    def _day_length(self) -> timedelta:
        return timedelta(hours=self.closes.hour - self.opens.hour, minutes=self.closes.minute - self.opens.minute)
