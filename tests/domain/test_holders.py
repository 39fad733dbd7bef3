"""Each holder's own time, worked out by hand: from getting the ticket to answering it or giving it away."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.holders import holdings
from bot.domain.measures import Fact, FactKind, measure
from bot.domain.work_calendar import WorkCalendar

CALENDAR = WorkCalendar(zone=ZoneInfo("Europe/Moscow"))
EAST = WorkCalendar(zone=ZoneInfo("Asia/Yekaterinburg"))
MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)  # 9:00 in Kazan, work begins


def fact(kind: FactKind, minutes: int, institution: str = "") -> Fact:
    return Fact(kind=kind, at=MONDAY + timedelta(minutes=minutes), administrator=1, institution=institution)


def asked(minutes: int) -> Fact:
    return fact(FactKind.ASKED, minutes)


def answered(minutes: int) -> Fact:
    return fact(FactKind.ANSWERED, minutes)


def excused(minutes: int) -> Fact:
    return fact(FactKind.EXCUSED, minutes)


def given_to(minutes: int, institution: str) -> Fact:
    return fact(FactKind.TRANSFERRED, minutes, institution)


CASES = [
    # one holder: its own time is the first response
    ([asked(0), answered(30)], [("a", 30, True)]),
    # still waiting
    ([asked(0)], [("a", None, False)]),
    # given away after two hours, answered half an hour later
    ([asked(0), given_to(120, "b"), answered(150)], [("a", 120, False), ("b", 30, True)]),
    # three holders, the last one silent
    ([asked(0), given_to(10, "b"), given_to(40, "c")], [("a", 10, False), ("b", 30, False), ("c", None, False)]),
    # back again: two stretches of one institution are two
    (
        [asked(0), given_to(10, "b"), given_to(15, "a"), answered(35)],
        [("a", 10, False), ("b", 5, False), ("a", 20, True)],
    ),
    # given away after an answer: nobody waits for the new holder before the next words
    ([asked(0), answered(20), given_to(30, "b"), asked(90), answered(100)], [("a", 20, True), ("b", 10, True)]),
    # impatience does not begin anew; a later answer does not change the first
    (
        [asked(0), asked(5), given_to(10, "b"), asked(20), answered(30), asked(40), answered(99)],
        [("a", 10, False), ("b", 20, True)],
    ),
    # what needed no answer is no wait
    ([asked(0), excused(10), asked(60), answered(70)], [("a", 10, True)]),
    ([asked(0), excused(10), given_to(20, "b")], [("a", None, False), ("b", None, False)]),
    # one moment: the answer belongs to whoever had it
    ([asked(0), answered(30), given_to(30, "b")], [("a", 30, True), ("b", None, False)]),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "expected"), CASES)
def test_each_holders_own_time(facts: list[Fact], expected: list[tuple[str, int | None, bool]]) -> None:
    for order in (facts, facts[::-1]):
        found = [
            (held.institution, held.wall and held.wall / timedelta(minutes=1), held.is_answered)
            for held in holdings(order, "a", lambda _: CALENDAR)
        ]
        assert found == expected


def test_working_time_is_by_each_holders_own_hours() -> None:
    # Monday 9:00 in Kazan, given away at 17:00 (19:00 in the Urals, closed), answered on Tuesday at 9:30 of the Urals.
    facts = [asked(0), given_to(8 * 60, "b"), answered(22 * 60 + 30)]
    first, second = holdings(facts, "a", {"a": CALENDAR, "b": EAST}.__getitem__)
    assert (first.wall, first.working) == (timedelta(hours=8), timedelta(hours=8))
    assert (second.wall, second.working) == (timedelta(hours=14, minutes=30), timedelta(minutes=30))


KINDS = st.sampled_from([FactKind.ASKED, FactKind.ANSWERED, FactKind.EXCUSED, FactKind.ENDED, FactKind.REOPENED])
LATER = st.builds(fact, KINDS, st.integers(0, 300))


@given(st.lists(LATER, max_size=12))
def test_whoever_never_gave_it_away_took_exactly_the_first_response(later: list[Fact]) -> None:
    facts = [asked(0), *later]
    first = measure(facts, CALENDAR).first
    [held] = holdings(facts, "a", lambda _: CALENDAR)
    assert held.wall == (first.wall if first is not None else None)
    assert held.working == (first.working if first is not None else None)


@given(st.lists(st.integers(1, 299), max_size=5, unique=True), st.integers(300, 400))
def test_the_holders_times_add_up_to_the_citizens(moments: list[int], end: int) -> None:
    given_away = [given_to(minutes, f"i{minutes}") for minutes in moments]
    facts = [asked(0), *given_away, answered(end)]
    told = [held.wall for held in holdings(facts, "a", lambda _: CALENDAR)]
    assert sum((wall for wall in told if wall is not None), timedelta()) == timedelta(minutes=end)
    assert None not in told
