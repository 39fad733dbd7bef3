"""The norm on the working clock."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.sla import SlaPolicy
from bot.domain.work_calendar import WorkCalendar

KAZAN = ZoneInfo("Europe/Moscow")
CALENDAR = WorkCalendar(zone=KAZAN)
POLICY = SlaPolicy()


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A day of November 2026 in Kazan; the 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=KAZAN)


@pytest.mark.parametrize(
    ("asked_at", "due"),
    [
        (at(23, 9), at(23, 17)),
        (at(23, 10, 40), at(24, 9, 40)),
        # At night and at the weekend the eight hours begin with the next working day.
        (at(23, 22), at(24, 17)),
        (at(27, 17), at(30, 16)),
        (at(28, 12), at(30, 17)),
    ],
)
def test_an_answer_is_due_after_eight_working_hours(asked_at: datetime, due: datetime) -> None:
    deadline = POLICY.deadline(CALENDAR, asked_at)
    assert deadline == due
    assert deadline.tzinfo is UTC


@pytest.mark.parametrize(("deadline", "escalates"), [(at(23, 17), at(23, 18)), (at(27, 18), at(30, 10))])
def test_the_supervisor_hears_of_it_a_working_hour_later(deadline: datetime, escalates: datetime) -> None:
    assert POLICY.escalation_at(CALENDAR, deadline, None) == escalates


@pytest.mark.parametrize(
    ("deadline", "limit", "escalates"),
    [
        (at(23, 17), at(24, 9), at(23, 18)),  # an hour of work ends before the hard limit
        (at(27, 18), at(28, 10), at(28, 10)),  # the hard limit does not wait for Monday
        (at(30, 16), at(28, 17), at(30, 16)),  # asked on Friday evening: never before the deadline itself
    ],
)
def test_the_hard_limit_brings_the_supervisor_sooner(deadline: datetime, limit: datetime, escalates: datetime) -> None:
    assert POLICY.escalation_at(CALENDAR, deadline, limit) == escalates


@pytest.mark.parametrize(("share", "warned"), [(0.5, at(23, 16)), (0.8, at(24, 9, 24))])
def test_warnings_lie_at_shares_of_the_working_time(share: float, warned: datetime) -> None:
    asked, due = at(23, 12), at(24, 11)
    assert POLICY.warning_at(CALENDAR, since=asked, deadline_at=due, share=share) == warned


def test_limits_in_wall_time_run_at_night_and_may_be_off() -> None:
    asked = at(27, 17)
    assert POLICY.hard_limit_at(asked) == at(28, 17)
    assert POLICY.resolve_by_at(asked) == datetime(2026, 12, 7, 17, tzinfo=KAZAN)
    none = SlaPolicy(hard_limit=None, resolution=None)
    assert (none.hard_limit_at(asked), none.resolve_by_at(asked)) == (None, None)


def test_three_working_days_of_silence_end_a_ticket() -> None:
    assert POLICY.silence_ends_at(CALENDAR, at(23, 12)) == at(26, 12)


def test_a_weekend_is_no_silence() -> None:
    assert POLICY.silence_ends_at(CALENDAR, at(27, 12)) == datetime(2026, 12, 2, 12, tzinfo=KAZAN)
