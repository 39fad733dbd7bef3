"""The invented past: the same for the same seed, believable in its shares, and never ahead of its time."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from bot.demo import habits
from bot.demo.past import ZONE, past
from bot.demo.past_columns import past_columns
from bot.domain.institution import Institution
from bot.domain.past import PastTicket
from bot.domain.ticket import TicketEventKind, TicketOrigin, TicketState

FIRST, LAST = date(2026, 9, 1), date(2026, 10, 31)
NOW = datetime(2026, 10, 31, 21, tzinfo=UTC)
BRANCHES = ("Образование", "Здравоохранение", "ЖКХ и благоустройство", "Образование")


def places(count: int = 60) -> list[Institution]:
    return [
        Institution(
            code=f"place-{number}",
            name=f"Учреждение {number}",
            branch=BRANCHES[number % len(BRANCHES)],
            municipality=f"Район {number % 5}" if number % 3 else "город Казань",
        )
        for number in range(count)
    ]


@pytest.fixture(scope="module")
def told() -> list[PastTicket]:
    return list(past(places(), first=FIRST, last=LAST, per_day=60, now=NOW))


def test_the_same_seed_tells_the_same_past(told):
    assert told == list(past(places(), first=FIRST, last=LAST, per_day=60, now=NOW))
    assert told != list(past(places(), first=FIRST, last=LAST, per_day=60, now=NOW, seed=17))


def test_tickets_come_in_order_and_as_many_as_were_asked_for(told):
    assert [ticket.opened_at for ticket in told] == sorted(ticket.opened_at for ticket in told)
    assert 0.7 < len(told) / (61 * 60) < 1.4


def test_nothing_lies_ahead_of_now(told):
    moments = [
        moment
        for ticket in told
        for moment in (
            *ticket.questions,
            *(answer.at for answer in ticket.answers),
            *(event.at for event in ticket.events),
        )
    ]
    assert max(moments) < NOW


def test_every_ticket_goes_forward_in_time(told):
    for ticket in told:
        assert ticket.opened_at == ticket.questions[0]
        assert list(ticket.questions) == sorted(ticket.questions)
        answered = [answer.at for answer in ticket.answers]
        assert answered == sorted(answered)
        assert not answered or answered[0] > ticket.opened_at
        assert ticket.first_deadline_at > ticket.opened_at
        assert ticket.hard_limit_at - ticket.opened_at == timedelta(hours=24)


def test_who_waits_is_open_and_who_is_closed_waits_no_more(told):
    for ticket in told:
        is_ended = ticket.state in (TicketState.CLOSED, TicketState.SPAM)
        assert is_ended == (ticket.closed_at is not None)
        assert not (is_ended and ticket.waiting_since)


def test_everything_that_can_befall_a_ticket_befalls_some(told):
    kinds = Counter(event.kind for ticket in told for event in ticket.events)
    assert set(kinds) >= {
        TicketEventKind.TRANSFERRED,
        TicketEventKind.REOPENED,
        TicketEventKind.SPAM,
        TicketEventKind.NO_ANSWER_NEEDED,
        TicketEventKind.CLOSED_BY_SILENCE,
        TicketEventKind.GRADED,
        TicketEventKind.DUPLICATE,
    }
    assert {ticket.grade for ticket in told} == {None, 1, 2, 3, 4, 5}
    assert any(ticket.repeats for ticket in told)
    assert {ticket.origin for ticket in told} == set(TicketOrigin)


def test_its_shares_are_believable(told):
    answered = [ticket for ticket in told if ticket.answers]
    in_time = sum(ticket.answers[0].at <= ticket.first_deadline_at for ticket in answered) / len(answered)
    assert 0.84 < len(answered) / len(told) < 0.95
    assert 0.8 < in_time < 0.98
    weekend = sum(ticket.opened_at.astimezone(ZONE).weekday() > 4 for ticket in told) / len(told)
    assert 0.1 < weekend < 0.25
    by_place = Counter(ticket.institution for ticket in told)
    assert by_place.most_common(1)[0][1] > 5 * min(by_place.values())


def test_a_settled_past_leaves_nobody_waiting():
    settled = past(places(), first=FIRST, last=LAST, per_day=30, is_settled=True)
    assert not [ticket for ticket in settled if ticket.waiting_since]


def test_schools_rest_in_summer():
    def in_month(month: int) -> int:
        first, last = date(2026, month, 1), date(2026, month, 28)
        return sum(1 for ticket in past(places()[::4], first=first, last=last, per_day=20) if ticket.questions)

    assert in_month(7) < in_month(9) / 2


def test_columns_tell_a_past_of_the_same_kind(told):
    columns = past_columns(places(), first=FIRST, last=LAST, count=20_000)
    assert len(columns) == 20_000
    assert np.all(np.diff(columns.opened_at) >= 0)
    day = datetime(2026, 9, 1, tzinfo=ZONE).timestamp()
    assert columns.opened_at[0] >= day
    assert columns.opened_at[-1] < day + 61 * 86_400
    assert np.all(np.isnan(columns.first_seconds) == ~columns.is_answered)
    assert np.all(columns.working_seconds[columns.is_answered] <= columns.first_seconds[columns.is_answered] + 1e-6)
    assert np.all(columns.is_in_time <= columns.is_answered)
    assert set(np.unique(columns.topic)) == set(range(len(habits.TOPICS)))
    answered = sum(1 for ticket in told if ticket.answers) / len(told)
    assert abs(columns.is_answered.mean() - answered) < 0.06
    in_time = sum(1 for ticket in told if ticket.answers and ticket.answers[0].at <= ticket.first_deadline_at)
    assert abs(columns.is_in_time.mean() - in_time / len(told)) < 0.08


def test_columns_are_the_same_for_the_same_seed():
    one, other = (past_columns(places(), first=FIRST, last=LAST, count=2_000) for _ in range(2))
    assert np.array_equal(one.opened_at, other.opened_at)
    assert np.array_equal(one.first_seconds, other.first_seconds, equal_nan=True)
