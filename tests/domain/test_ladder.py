"""The one moment at which the clock looks at a ticket next, for every state that a ticket can be in."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.ladder import next_ring, solve_rungs, wait_rungs
from bot.domain.message import Place
from bot.domain.sla import SlaPolicy
from bot.domain.ticket import Ring, RoutedBy, Ticket, TicketOrigin, TicketState
from bot.domain.work_calendar import WorkCalendar
from bot.domain.work_hours import parse_work_hours

KAZAN = ZoneInfo("Europe/Moscow")
CALENDAR = WorkCalendar(zone=KAZAN)
POLICY = SlaPolicy()


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A day of November 2026 in Kazan; the 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=KAZAN)


ASKED = at(24, 10)
"""Tuesday: half of the time is over at 14:00, four fifths at 16:24, all of it at 18:00."""


def ticket(**changes: Any) -> Ticket:
    asked = changes.pop("asked", ASKED)
    whole: dict[str, Any] = {
        "number": 1,
        "institution": "school-12",
        "citizen": 1,
        "place": Place(channel="vk", community="77", chat="11"),
        "origin": TicketOrigin.PRIVATE,
        "routed_by": RoutedBy.COMMUNITY,
        "opened_at": asked,
        "first_deadline_at": POLICY.deadline(CALENDAR, asked),
        "hard_limit_at": POLICY.hard_limit_at(asked),
        "resolve_by_at": POLICY.resolve_by_at(asked),
        "waiting_since": asked,
        "deadline_at": POLICY.deadline(CALENDAR, asked),
        "last_citizen_at": asked,
    }
    return Ticket(**(whole | changes))


def answered(**changes: Any) -> Ticket:
    quiet = {"state": TicketState.ANSWERED, "waiting_since": None, "deadline_at": None, "last_answer_at": at(24, 11)}
    return ticket(**(quiet | {"first_answered_at": at(24, 11)} | changes))


def looks(one: Ticket, policy: SlaPolicy = POLICY, **more: Any) -> tuple[Ring | None, datetime | None]:
    return next_ring(one, policy=policy, calendar=CALENDAR, zone=KAZAN, **more)


@pytest.mark.parametrize(
    ("one", "ring", "moment"),
    [
        # Somebody waits: the warnings, the deadline, the supervisors.
        (ticket(), Ring.WARNING, at(24, 14)),
        (ticket(warned=50), Ring.WARNING, at(24, 16, 24)),
        (ticket(warned=80), Ring.DEADLINE, at(24, 18)),
        (ticket(warned=100), Ring.ESCALATION, at(25, 10)),
        (ticket(warned=101), None, None),
        # Asked on Friday at five: the hard limit ends on Saturday, but never before the deadline.
        (ticket(asked=at(27, 17), warned=100), Ring.ESCALATION, at(30, 16)),
        # A later wait has a hard limit of its own; the quarter of an hour is filled up.
        (
            ticket(waiting_since=at(24, 10, 2), deadline_at=at(24, 18), warned=100, first_answered_at=at(23, 12)),
            Ring.ESCALATION,
            at(25, 10),
        ),
        (ticket(asked=at(24, 9, 40), warned=100), Ring.ESCALATION, at(25, 9, 45)),
        # Nobody waits: the question whether it helped, by day; then the silence.
        (answered(), Ring.GRADE, at(24, 11, 10)),
        (answered(last_answer_at=at(24, 21)), Ring.GRADE, at(25, 9)),
        (answered(grade_asked_at=at(24, 11, 10)), Ring.SILENCE, at(27, 11)),
        (answered(origin=TicketOrigin.COMMENT), Ring.SILENCE, at(27, 11)),
        # An interim answer: neither grade nor silence, but the time for the final one, four fifths of which is 8 days.
        (answered(interim_at=at(24, 11)), Ring.RESOLUTION, datetime(2026, 12, 2, 10, tzinfo=KAZAN)),
        (answered(interim_at=at(24, 11), solve_warned=80), Ring.RESOLUTION, datetime(2026, 12, 4, 10, tzinfo=KAZAN)),
        (answered(interim_at=at(24, 11), solve_warned=100), Ring.RESOLUTION, datetime(2026, 12, 4, 11, tzinfo=KAZAN)),
        (answered(interim_at=at(24, 11), solve_warned=101), None, None),
        (answered(interim_at=at(24, 11), resolve_by_at=None), None, None),
        # Three days for housing end on a Sunday: nobody is there before Monday.
        (answered(interim_at=at(24, 11), resolve_by_at=at(29, 12), solve_warned=80), Ring.RESOLUTION, at(30, 9)),
        # Both at once: whatever comes first.
        (ticket(interim_at=at(20, 11), resolve_by_at=at(24, 12), solve_warned=80), Ring.RESOLUTION, at(24, 12)),
        (ticket(interim_at=at(20, 11), resolve_by_at=at(24, 15), solve_warned=80), Ring.WARNING, at(24, 14)),
        # An end ends everything.
        (ticket().ended(at(24, 12)), None, None),
        (answered(interim_at=at(24, 11)).ended(at(24, 12)), None, None),
    ],
)
def test_the_clock_looks_at_the_earliest_of_what_is_ahead(
    one: Ticket, ring: Ring | None, moment: datetime | None
) -> None:
    assert looks(one) == (ring, moment)


def test_no_answer_needed_is_followed_by_silence_since_then() -> None:
    assert looks(answered(), quiet_since=at(25, 12)) == (Ring.SILENCE, at(30, 12))


def test_the_policy_decides_when_people_are_warned() -> None:
    assert looks(ticket(), SlaPolicy(warn_at=(0.25,))) == (Ring.WARNING, at(24, 12))
    assert looks(ticket(), SlaPolicy(warn_at=())) == (Ring.DEADLINE, at(24, 18))
    assert looks(answered(), SlaPolicy(grade_after=timedelta(0)))[0] is Ring.SILENCE


LATE_HOURS = WorkCalendar(zone=KAZAN, hours=parse_work_hours("Mo-Fr 09:00-23:00"))


@pytest.mark.parametrize(
    ("is_urgent", "deadline", "escalation"), [(False, at(25, 9), at(25, 9, 30)), (True, at(24, 22, 30), at(25, 9, 30))]
)
def test_nobody_is_disturbed_at_night_unless_it_is_urgent(
    is_urgent: bool, deadline: datetime, escalation: datetime
) -> None:
    one = ticket(deadline_at=at(24, 22, 30), is_urgent=is_urgent, hard_limit_at=None)
    told = [(rung.ring, rung.at) for rung in wait_rungs(one, policy=POLICY, calendar=LATE_HOURS, zone=KAZAN)]
    assert told[2:] == [(Ring.DEADLINE, deadline), (Ring.ESCALATION, escalation)]


def test_rungs_come_in_order() -> None:
    for hour in range(24):
        one = ticket(asked=at(27, hour, 7), deadline_at=POLICY.deadline(CALENDAR, at(27, hour, 7)))
        moments = [rung.at for rung in wait_rungs(one, policy=POLICY, calendar=CALENDAR, zone=KAZAN)]
        assert len(moments) == 4
        assert moments == sorted(moments)


def test_an_interim_answer_given_late_is_not_warned_about_at_once() -> None:
    late = answered(interim_at=datetime(2026, 12, 3, 12, tzinfo=KAZAN))
    marks = [rung.mark for rung in solve_rungs(late, policy=POLICY, calendar=CALENDAR, zone=KAZAN)]
    assert marks == [100, 101]
