"""The working clock: hours by table, and what must hold for every moment."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.work_calendar import WorkCalendar
from bot.domain.work_hours import parse_work_hours
from tests.domain.production import works

KAZAN = ZoneInfo("Europe/Moscow")
OFFICE = WorkCalendar(zone=KAZAN)
POOL = WorkCalendar(zone=ZoneInfo("Asia/Yekaterinburg"), hours=parse_work_hours("Tu,Th,Sa,Su 06:30-22:00"))
ALWAYS = WorkCalendar(zone=KAZAN, hours=parse_work_hours("24/7"))
NIGHT = parse_work_hours("Mo-Su 00:00-08:00,20:00-24:00")
CALENDARS = st.sampled_from(
    [
        OFFICE,
        POOL,
        ALWAYS,
        works("Mo-Fr 08:00-12:00,13:00-17:00"),
        works("Mo-Fr 08:00-14:00; Sa 08:00-12:00", zone=ZoneInfo("Asia/Kamchatka")),
        # The clock is set back and forward within the hours, in Havana and in the Azores at midnight.
        WorkCalendar(zone=ZoneInfo("Europe/Berlin"), hours=NIGHT),
        WorkCalendar(zone=ZoneInfo("America/Havana"), hours=NIGHT),
        WorkCalendar(zone=ZoneInfo("Atlantic/Azores"), hours=parse_work_hours("24/7")),
        WorkCalendar(zone=ZoneInfo("Australia/Lord_Howe"), hours=parse_work_hours("Mo-Su 01:45-02:15,02:20-03:00")),
    ]
)
RUSSIA = (
    "Europe/Kaliningrad",
    "Europe/Moscow",
    "Europe/Samara",
    "Asia/Yekaterinburg",
    "Asia/Omsk",
    "Asia/Krasnoyarsk",
    "Asia/Irkutsk",
    "Asia/Yakutsk",
    "Asia/Vladivostok",
    "Asia/Magadan",
    "Asia/Kamchatka",
)
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


@pytest.mark.parametrize("hours_from_moscow", range(-1, 10))
def test_every_zone_of_russia_works_in_its_own_hours(hours_from_moscow: int) -> None:
    zone = ZoneInfo(RUSSIA[hours_from_moscow + 1])
    calendar = works("Mo-Fr 08:00-17:00", calendar="ru", zone=zone)
    opens = at(24, "08:00") - timedelta(hours=hours_from_moscow)
    assert calendar.next_opening(at(23, "18:00")) == opens
    assert calendar.add(opens, timedelta(hours=10)) == opens + timedelta(hours=25)
    year = [datetime(number, 1, 1, tzinfo=zone) for number in (2026, 2027)]
    # 247 days of nine hours, four of them an hour shorter.
    assert calendar.working_between(*year) == timedelta(hours=247 * 9 - 4)


@pytest.mark.parametrize(
    ("night", "hours"),
    [
        # Berlin: 25 October 2026 is an hour longer, 29 March 2026 an hour shorter; real hours count.
        (datetime(2026, 10, 24, 20, tzinfo=ZoneInfo("Europe/Berlin")), 13),
        (datetime(2026, 3, 28, 20, tzinfo=ZoneInfo("Europe/Berlin")), 11),
        (datetime(2026, 6, 6, 20, tzinfo=ZoneInfo("Europe/Berlin")), 12),
    ],
)
def test_a_night_in_which_the_clock_is_changed_has_its_real_hours(night: datetime, hours: int) -> None:
    calendar = WorkCalendar(zone=ZoneInfo("Europe/Berlin"), hours=NIGHT)
    morning = (night + timedelta(hours=12)).replace(hour=8)
    assert calendar.working_between(night, morning) == timedelta(hours=hours)
    assert calendar.add(night, timedelta(hours=hours)) == morning


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
