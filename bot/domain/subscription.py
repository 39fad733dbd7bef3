"""A report that comes by itself: how often, when it is due next, and which days it tells of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from bot.domain.institution import Scope
from bot.domain.message import Place
from bot.domain.work_calendar import WorkCalendar

DAILY_AT = time(9)
"""When the working day of most institutions begins."""
OTHERS_AT = time(8)
NOBODY = ""
"""The code under which calendars tell the working days of the region: office hours, its own days off."""
_DAY = timedelta(days=1)
_LONGEST_REST = 60
"""Days within which a working day must come: no calendar rests longer."""

IsWorkday = Callable[[date], bool]
"""Tells whether people work on a day."""


class Every(StrEnum):
    """How often a report comes."""

    DAY = "day"
    """Every working day, of the days since the working day before."""
    WEEK = "week"
    """On Mondays, of the week before."""
    MONTH = "month"
    """On the 1st, of the month before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """Where a report of one scope goes by itself."""

    place: Place
    thread: str = ""
    """The topic, in a work chat with topics."""
    scope: Scope
    every: Every
    language: str
    subscribed_by: str
    """The identity of whoever asked for it."""
    due_at: datetime
    has_ended: bool = False
    """Whether it is to be forgotten."""

    @property
    def key(self) -> str:
        """Return what tells it from others."""
        return f"{self.place.lane} {self.scope} {self.every}"


def is_workday(calendar: WorkCalendar, day: date) -> bool:
    """Tell whether any working time falls on a day."""
    midnight = datetime.combine(day, time(0), calendar.zone)
    return calendar.working_between(midnight, datetime.combine(day + _DAY, time(0), calendar.zone)) > timedelta(0)


def next_due(every: Every, *, after: datetime, zone: tzinfo, is_workday: IsWorkday) -> datetime:
    """Return the first moment later than `after` at which a report is due."""
    day = after.astimezone(zone).date()
    while (due := _moment(every, day, zone)) <= after or not _is_due_on(every, day, is_workday):
        day += _DAY
    return due


def latest_due(every: Every, *, until: datetime, zone: tzinfo, is_workday: IsWorkday) -> datetime:
    """Return the last moment not later than `until` at which a report was due: after a pause only that one is sent."""
    day = until.astimezone(zone).date()
    while (due := _moment(every, day, zone)) > until or not _is_due_on(every, day, is_workday):
        day -= _DAY
    return due


def days_told(every: Every, *, due: datetime, zone: tzinfo, is_workday: IsWorkday) -> tuple[date, date]:
    """Return the first and the last day of the finished period that a report tells of."""
    today = due.astimezone(zone).date()
    yesterday = today - _DAY
    match every:
        case Every.DAY:
            first = yesterday
            while not is_workday(first) and (today - first).days < _LONGEST_REST:
                first -= _DAY
            return first, yesterday
        case Every.WEEK:
            return today - 7 * _DAY, yesterday
        case Every.MONTH:
            return yesterday.replace(day=1), yesterday


def _is_due_on(every: Every, day: date, is_workday: IsWorkday) -> bool:
    match every:
        case Every.DAY:
            return is_workday(day)
        case Every.WEEK:
            return day.weekday() == 0
        case Every.MONTH:
            return day.day == 1


def _moment(every: Every, day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, DAILY_AT if every is Every.DAY else OTHERS_AT, zone).astimezone(UTC)
