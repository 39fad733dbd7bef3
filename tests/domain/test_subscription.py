"""When a report comes by itself, and of which days it tells."""

from datetime import UTC, date, datetime
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from bot.domain.subscription import Every, days_told, is_workday, latest_due, next_due
from bot.domain.work_calendar import WorkCalendar

MOSCOW = ZoneInfo("Europe/Moscow")
WORKS = partial(is_workday, WorkCalendar(zone=MOSCOW))


def moscow(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=MOSCOW)


@pytest.mark.parametrize(
    ("every", "after", "due", "first", "last"),
    [
        (Every.DAY, moscow(24, 8, 59), moscow(24, 9), date(2026, 11, 23), date(2026, 11, 23)),  # a Tuesday
        (Every.DAY, moscow(24, 9), moscow(25, 9), date(2026, 11, 24), date(2026, 11, 24)),  # its moment has come
        (Every.DAY, moscow(27, 12), moscow(30, 9), date(2026, 11, 27), date(2026, 11, 29)),  # over a weekend
        (Every.WEEK, moscow(24, 10), moscow(30, 8), date(2026, 11, 23), date(2026, 11, 29)),
        (Every.WEEK, moscow(30, 7, 59), moscow(30, 8), date(2026, 11, 23), date(2026, 11, 29)),
        (Every.MONTH, moscow(24, 10), moscow(1, 8, month=12), date(2026, 11, 1), date(2026, 11, 30)),
        (Every.MONTH, moscow(1, 8, month=3), moscow(1, 8, month=4), date(2026, 3, 1), date(2026, 3, 31)),
    ],
)
def test_a_report_is_due_next(every: Every, after: datetime, due: datetime, first: date, last: date) -> None:
    found = next_due(every, after=after, zone=MOSCOW, is_workday=WORKS)
    assert (found, found.tzinfo) == (due, UTC)
    assert days_told(every, due=found, zone=MOSCOW, is_workday=WORKS) == (first, last)


@pytest.mark.parametrize(
    ("every", "until", "due"),
    [
        (Every.DAY, moscow(29, 23), moscow(27, 9)),  # on a Sunday, Friday's was the last
        (Every.DAY, moscow(30, 8, 59), moscow(27, 9)),
        (Every.WEEK, moscow(25, 10), moscow(23, 8)),
        (Every.MONTH, moscow(24, 10), moscow(1, 8)),
        (Every.MONTH, moscow(1, 8), moscow(1, 8)),
    ],
)
def test_after_a_pause_only_the_latest_is_sent(every: Every, until: datetime, due: datetime) -> None:
    assert latest_due(every, until=until, zone=MOSCOW, is_workday=WORKS) == due
