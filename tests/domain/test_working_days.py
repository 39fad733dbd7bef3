"""Days of real calendars, worked out by hand: short days, moved Saturdays, holidays, six-day weeks, duties."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.domain.production import KAZAN, works

OFFICE = "Mo-Fr 09:00-18:00"
LUNCH = "Mo-Fr 08:00-12:00,13:00-17:00"
SCHOOL = "Mo-Fr 08:00-14:00; Sa 08:00-12:00"
LATE_LUNCH = "Mo-Fr 08:00-12:00,12:30-13:00"
MORNING = "Mo-Fr 09:00-09:45"
MUSEUM = "Tu-Su 10:00-18:00"
NIGHT = "Mo-Su 00:00-08:00,20:00-24:00"


@pytest.mark.parametrize(
    ("hours", "day", "worked"),
    [
        # A plain Monday.
        (OFFICE, "2025-10-27", 9),
        (LUNCH, "2025-10-27", 8),
        # A shortened working Saturday: Monday's hours, one less. The Monday itself and Tuesday are off.
        (OFFICE, "2025-11-01", 8),
        (LUNCH, "2025-11-01", 7),
        (SCHOOL, "2025-11-01", 5),
        (OFFICE, "2025-11-03", 0),
        (OFFICE, "2025-11-04", 0),
        # A museum is shut on Mondays: its Saturday keeps its own hours, one less.
        (MUSEUM, "2025-11-01", 7),
        # An ordinary Saturday.
        (OFFICE, "2025-11-08", 0),
        (SCHOOL, "2025-11-08", 4),
        # 30 and 31 December 2025: the second was moved from a Sunday.
        (OFFICE, "2025-12-30", 9),
        (OFFICE, "2025-12-31", 0),
        # 31 December 2024 was off, 28 December 2024 took the hours of the 30th; 2 November 2024 was short as well.
        (LUNCH, "2024-12-28", 8),
        (LUNCH, "2024-11-02", 7),
        # 8 March 2026 is a Sunday, so Monday is off; in 2025 a Saturday, the Friday before it is short.
        (OFFICE, "2026-03-09", 0),
        (OFFICE, "2025-03-07", 8),
        (SCHOOL, "2025-03-08", 0),
        # Ураза-байрам 2026 and the short day before it.
        (LUNCH, "2026-03-19", 7),
        (LUNCH, "2026-03-20", 0),
        (SCHOOL, "2026-03-21", 4),
        # 30 August 2026 is a Sunday: nothing is carried over.
        (OFFICE, "2026-08-31", 9),
        # The last hour of work goes, whatever break lies in it; less than an hour is nothing.
        (LATE_LUNCH, "2026-03-19", 3.5),
        (MORNING, "2026-03-19", 0),
        # A night shift that is not round the clock keeps holidays and loses its last hour before them.
        (NIGHT, "2026-03-18", 12),
        (NIGHT, "2026-03-19", 11),
        (NIGHT, "2026-03-20", 0),
        # A duty round the clock knows neither.
        ("24/7", "2026-03-19", 24),
        ("24/7", "2026-03-20", 24),
        ("24/7", "2026-01-01", 24),
    ],
)
def test_hours_of_a_day(hours: str, day: str, worked: float) -> None:
    calendar = works(hours)
    start = datetime.combine(date.fromisoformat(day), datetime.min.time(), KAZAN)
    assert calendar.worked_on(date.fromisoformat(day)) == timedelta(hours=worked)
    assert calendar.working_between(start, start + timedelta(days=1)) == timedelta(hours=worked)


def at(text: str, zone: ZoneInfo = KAZAN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("hours", "start", "end", "worked"),
    [
        # Over lunch.
        (LUNCH, "2026-11-24 11:30", "2026-11-24 13:30", 1),
        # Thursday noon over Ураза-байрам to Monday: 12–16 on the short Thursday but lunch, and Monday's 8–9.
        (LUNCH, "2026-03-19 12:00", "2026-03-23 09:00", 4),
        # The short Thursday ends at 16: what is asked later waits for Monday.
        (LUNCH, "2026-03-19 16:00", "2026-03-23 08:00", 0),
        # Over the new year: 30 December 2025 from 17, the holidays until the 11th, 12 January from 9 to 10.
        (OFFICE, "2025-12-30 17:00", "2026-01-12 10:00", 2),
        # The long weekend of November 2025: Friday 17–18, the Saturday's 8 hours, Wednesday 5 November until 10.
        (OFFICE, "2025-10-31 17:00", "2025-11-05 10:00", 10),
        # A whole November 2026: 21 weekdays without the 4th and the 6th; the 3rd and the 5th are short.
        (OFFICE, "2026-11-01 00:00", "2026-12-01 00:00", 19 * 9 - 2),
        # The school's week of 12 June 2026 (Friday, the Thursday before is short): 6+6+6+5+0+4.
        (SCHOOL, "2026-06-08 00:00", "2026-06-15 00:00", 27),
        # A night duty over midnight: from 22 to 2.
        (NIGHT, "2026-11-24 22:00", "2026-11-25 02:00", 4),
    ],
)
def test_working_time_over_special_days(hours: str, start: str, end: str, worked: float) -> None:
    calendar = works(hours)
    assert calendar.working_between(at(start), at(end)) == timedelta(hours=worked)


@pytest.mark.parametrize(
    ("hours", "start", "duration", "end"),
    [
        # Eight hours from Thursday noon over the lunch, the short day and Ураза-байрам.
        (LUNCH, "2026-03-19 10:00", 8, "2026-03-23 11:00"),
        # Asked on a holiday.
        (OFFICE, "2026-11-04 12:00", 8, "2026-11-05 17:00"),
        # The close of the short day is the moment, not the next opening.
        (OFFICE, "2026-11-05 09:00", 8, "2026-11-05 17:00"),
        (OFFICE, "2026-11-05 09:00", 9, "2026-11-09 10:00"),
        # Over the new year.
        (OFFICE, "2025-12-30 17:00", 8, "2026-01-12 16:00"),
        ("24/7", "2025-12-31 20:00", 8, "2026-01-01 04:00"),
    ],
)
def test_adding_over_special_days(hours: str, start: str, duration: float, end: str) -> None:
    assert works(hours).add(at(start), timedelta(hours=duration)) == at(end)


@pytest.mark.parametrize(
    ("hours", "moment", "opens"),
    [
        (LUNCH, "2026-11-24 12:30", "2026-11-24 13:00"),
        (LUNCH, "2026-03-19 16:00", "2026-03-23 08:00"),
        (OFFICE, "2025-12-30 18:00", "2026-01-12 09:00"),
        (OFFICE, "2026-05-01 12:00", "2026-05-04 09:00"),
        (SCHOOL, "2026-03-20 09:00", "2026-03-21 08:00"),
        (NIGHT, "2026-11-24 12:00", "2026-11-24 20:00"),
        ("24/7", "2026-01-01 03:00", "2026-01-01 03:00"),
    ],
)
def test_next_opening_over_special_days(hours: str, moment: str, opens: str) -> None:
    assert works(hours).next_opening(at(moment)) == at(opens)
