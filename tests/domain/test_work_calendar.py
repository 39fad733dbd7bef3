"""The working clock: hours by table, and what must hold for every moment."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.work_calendar import WorkCalendar
from bot.domain.work_hours import parse_work_hours

KAZAN = ZoneInfo("Europe/Moscow")
OFFICE = WorkCalendar(zone=KAZAN)
POOL = WorkCalendar(zone=ZoneInfo("Asia/Yekaterinburg"), hours=parse_work_hours("Tu,Th,Sa,Su 06:30-22:00"))
ALWAYS = WorkCalendar(zone=KAZAN, hours=parse_work_hours("24/7"))
CALENDARS = st.sampled_from([OFFICE, POOL, ALWAYS])
MOMENTS = st.datetimes(datetime(2015, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
DURATIONS = st.timedeltas(timedelta(0), timedelta(days=400))


def at(day: int, clock: str) -> datetime:
    """A day of November 2026 in Kazan; the 23rd is a Monday."""
    return datetime.combine(datetime(2026, 11, day).date(), time.fromisoformat(clock), KAZAN)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        (at(23, "10:00"), at(23, "11:30"), 1.5),
        # Before the opening and after the close nothing counts.
        (at(23, "05:00"), at(23, "23:00"), 9),
        (at(23, "18:00"), at(24, "09:00"), 0),
        # The night does not count.
        (at(23, "17:00"), at(24, "10:00"), 2),
        # The weekend does not count.
        (at(27, "17:00"), at(30, "10:00"), 2),
        (at(28, "09:00"), at(29, "18:00"), 0),
        (at(23, "09:00"), at(30, "09:00"), 45),
        # The wrong way round is nothing.
        (at(24, "10:00"), at(23, "10:00"), 0),
        (at(23, "10:00"), at(23, "10:00"), 0),
    ],
)
def test_working_time_between_two_moments(start: datetime, end: datetime, hours: float) -> None:
    assert OFFICE.working_between(start, end) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (at(23, "10:00"), 8, at(23, "18:00")),
        (at(23, "11:00"), 8, at(24, "10:00")),
        # Asked at night, on Friday evening, on Sunday.
        (at(23, "03:00"), 8, at(23, "17:00")),
        (at(27, "17:30"), 8, at(30, "16:30")),
        (at(29, "12:00"), 8, at(30, "17:00")),
        # The last minute of a day is on that day, not on the next morning.
        (at(23, "09:00"), 9, at(23, "18:00")),
        (at(27, "09:00"), 9, at(27, "18:00")),
        (at(23, "09:00"), 45, at(27, "18:00")),
        (at(23, "18:00"), 1, at(24, "10:00")),
        # Nothing to wait for: now, even when nobody works.
        (at(28, "12:00"), 0, at(28, "12:00")),
        (at(23, "18:00"), 0, at(23, "18:00")),
    ],
)
def test_adding_working_time(start: datetime, hours: float, end: datetime) -> None:
    assert OFFICE.add(start, timedelta(hours=hours)) == end


@pytest.mark.parametrize(
    ("moment", "is_open", "opens"),
    [
        (at(23, "09:00"), True, at(23, "09:00")),
        (at(23, "17:59"), True, at(23, "17:59")),
        (at(23, "18:00"), False, at(24, "09:00")),
        (at(23, "08:59"), False, at(23, "09:00")),
        (at(27, "18:00"), False, at(30, "09:00")),
        (at(28, "12:00"), False, at(30, "09:00")),
    ],
)
def test_opening_hours(moment: datetime, is_open: bool, opens: datetime) -> None:
    assert OFFICE.is_open(moment) is is_open
    assert OFFICE.next_opening(moment) == opens


def test_hours_are_those_of_the_zone() -> None:
    far = WorkCalendar(zone=ZoneInfo("Asia/Vladivostok"))
    morning_in_kazan = at(23, "10:00")
    assert not far.is_open(morning_in_kazan + timedelta(hours=1))
    assert OFFICE.is_open(morning_in_kazan + timedelta(hours=1))


def test_a_change_of_the_clocks_at_night_leaves_the_working_day_whole() -> None:
    berlin = WorkCalendar(zone=ZoneInfo("Europe/Berlin"))
    friday, monday = datetime(2026, 3, 27, 17, 0, tzinfo=berlin.zone), datetime(2026, 3, 30, 10, 0, tzinfo=berlin.zone)
    assert berlin.working_between(friday, monday) == timedelta(hours=2)
    assert berlin.add(friday, timedelta(hours=2)) == monday


@given(calendar=CALENDARS, moments=st.lists(MOMENTS, min_size=3, max_size=3))
def test_intervals_add_up(calendar: WorkCalendar, moments: list[datetime]) -> None:
    first, second, third = sorted(moments)
    parts = calendar.working_between(first, second) + calendar.working_between(second, third)
    assert calendar.working_between(first, third) == parts


@given(calendar=CALENDARS, start=MOMENTS, duration=DURATIONS)
def test_the_working_clock_never_runs_backwards_nor_faster_than_the_wall_clock(
    calendar: WorkCalendar, start: datetime, duration: timedelta
) -> None:
    assert timedelta(0) <= calendar.working_between(start, start + duration) <= duration


@given(calendar=CALENDARS, start=MOMENTS, duration=DURATIONS)
def test_adding_undoes_measuring(calendar: WorkCalendar, start: datetime, duration: timedelta) -> None:
    end = calendar.add(start, duration)
    assert end >= start
    assert end.tzinfo is UTC
    assert calendar.working_between(start, end) == duration


@given(calendar=CALENDARS, start=MOMENTS, duration=DURATIONS)
def test_added_time_is_over_at_the_earliest_possible_moment(
    calendar: WorkCalendar, start: datetime, duration: timedelta
) -> None:
    end = calendar.add(start, duration)
    if duration:
        just_before = end - timedelta(microseconds=1)
        assert calendar.working_between(start, just_before) == duration - timedelta(microseconds=1)
    else:
        assert end == start


@given(calendar=CALENDARS, moment=MOMENTS)
def test_nothing_is_worked_until_the_next_opening(calendar: WorkCalendar, moment: datetime) -> None:
    opening = calendar.next_opening(moment)
    assert opening >= moment
    assert calendar.is_open(opening)
    assert calendar.working_between(moment, opening) == timedelta(0)
    assert calendar.is_open(moment) == (opening == moment)
