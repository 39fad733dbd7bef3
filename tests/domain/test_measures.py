"""What counts as a wait, an answer and an end: the definitions of the report, version 2."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.measures import Fact, FactKind, TicketTimes, Wait, measure
from bot.domain.work_calendar import WorkCalendar

CALENDAR = WorkCalendar(zone=ZoneInfo("Europe/Moscow"))
MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)  # 10:00 in Kazan


def at(minutes: int) -> datetime:
    return MONDAY + timedelta(minutes=minutes)


def asked(minutes: int) -> Fact:
    return Fact(kind=FactKind.ASKED, at=at(minutes))


def answered(minutes: int, administrator: int = 1) -> Fact:
    return Fact(kind=FactKind.ANSWERED, at=at(minutes), administrator=administrator)


def fact(kind: FactKind, minutes: int) -> Fact:
    return Fact(kind=kind, at=at(minutes), administrator=1)


def excused(minutes: int) -> Fact:
    return fact(FactKind.EXCUSED, minutes)


def ended(minutes: int) -> Fact:
    return fact(FactKind.ENDED, minutes)


def reopened(minutes: int) -> Fact:
    return fact(FactKind.REOPENED, minutes)


def spam(minutes: int) -> Fact:
    return fact(FactKind.SPAM, minutes)


def times(*facts: Fact) -> TicketTimes:
    return measure(facts, CALENDAR)


def walls(measured: TicketTimes) -> list[float | None]:
    """Minutes of each wait."""
    return [None if wait.wall is None else wait.wall / timedelta(minutes=1) for wait in measured.waits]


def test_a_wait_runs_from_the_question_to_the_delivered_answer() -> None:
    measured = times(asked(0), answered(30, administrator=7))
    assert measured.waits == (
        Wait(
            is_first=True,
            started_at=at(0),
            ended_at=at(30),
            administrator=7,
            wall=timedelta(minutes=30),
            working=timedelta(minutes=30),
        ),
    )
    assert measured.first == measured.waits[0]
    assert measured.is_question


def test_wall_and_working_time_are_both_measured() -> None:
    evening = times(asked(7 * 60 + 30), answered(24 * 60))  # Monday 17:30 to Tuesday 10:00
    assert evening.waits[0].wall == timedelta(hours=16, minutes=30)
    assert evening.waits[0].working == timedelta(hours=1, minutes=30)


def test_an_impatient_citizen_does_not_restart_the_clock() -> None:
    assert walls(times(asked(0), asked(10), asked(20), answered(30))) == [30]


def test_words_after_an_answer_begin_the_next_wait() -> None:
    measured = times(asked(0), answered(30), asked(40), asked(45), answered(60))
    assert walls(measured) == [30, 20]
    assert [wait.is_first for wait in measured.waits] == [True, False]


def test_a_second_answer_in_a_row_ends_nothing() -> None:
    assert walls(times(asked(0), answered(30), answered(31), asked(40), answered(50))) == [30, 10]


def test_a_question_without_an_answer_stays_in_the_count() -> None:
    measured = times(asked(0), ended(60))
    assert walls(measured) == [None]
    assert measured.is_question
    assert measured.resolution == timedelta(minutes=60)


def test_no_answer_needed_takes_the_words_out_of_the_times() -> None:
    measured = times(asked(0), excused(5))
    assert measured.waits == ()
    assert not measured.is_question
    assert measured.excused == 1


def test_thanks_after_the_answer_leave_the_first_response_alone() -> None:
    measured = times(asked(0), answered(30), asked(31), excused(40))
    assert walls(measured) == [30]
    assert measured.excused == 1


def test_excusing_when_nobody_waits_counts_nothing() -> None:
    assert times(asked(0), answered(30), excused(40)).excused == 0


def test_an_answer_while_nobody_waits_leaves_the_next_question_its_first_response() -> None:
    measured = times(asked(0), excused(5), answered(10), asked(20), answered(50))
    assert walls(measured) == [30]
    assert measured.first == measured.waits[0]


def test_spam_is_no_question() -> None:
    measured = times(asked(0), spam(5))
    assert (measured.is_question, measured.is_spam) == (False, True)


def test_spam_that_was_none_becomes_a_question_again() -> None:
    measured = times(asked(0), spam(5), reopened(6), answered(10))
    assert (measured.is_question, measured.is_spam, measured.ended_at) == (True, False, None)


def test_the_last_end_decides_the_resolution() -> None:
    measured = times(asked(0), answered(30), ended(40), reopened(100), asked(100), answered(110), ended(120))
    assert measured.resolution == timedelta(minutes=120)
    assert walls(measured) == [30, 10]


def test_a_reopened_ticket_is_not_resolved() -> None:
    assert times(asked(0), answered(30), ended(40), reopened(100), asked(100)).resolution is None


@pytest.mark.parametrize(
    "facts",
    [
        # A messenger tells whole seconds: question and answer may bear the same.
        (asked(0), answered(0)),
        (asked(0), answered(30), ended(30)),
        (asked(0), answered(10, 1), answered(10, 2)),
        # The words that reopen a ticket bear the moment of its reopening.
        (asked(0), answered(5), ended(30), reopened(30), asked(30)),
    ],
)
def test_facts_of_the_same_moment_may_come_in_any_order(facts: tuple[Fact, ...]) -> None:
    expected = times(*facts)
    assert [times(*mixed) for mixed in permutations(facts)] == [expected] * len(list(permutations(facts)))
    assert expected.waits[0].ended_at is not None


FACTS = st.lists(
    st.builds(
        Fact,
        kind=st.sampled_from(FactKind),
        at=st.integers(0, 50).map(lambda minutes: at(minutes * 97)),
        administrator=st.sampled_from([None, 1, 2]),
    ),
    max_size=12,
)


@given(facts=FACTS, random=st.randoms(use_true_random=False))
def test_the_order_in_which_facts_are_read_does_not_matter(facts: list[Fact], random) -> None:
    mixed = list(facts)
    random.shuffle(mixed)
    assert times(*mixed) == times(*facts)


@given(facts=FACTS)
def test_waits_follow_one_another(facts: list[Fact]) -> None:
    measured = times(*facts)
    moments = [moment for wait in measured.waits for moment in (wait.started_at, wait.ended_at) if moment is not None]
    assert moments == sorted(moments)
    assert [wait.is_first for wait in measured.waits] == [index == 0 for index in range(len(measured.waits))]
    assert all(wait.ended_at is not None for wait in measured.waits[:-1])
    for wait in measured.waits:
        assert (wait.wall is None) == (wait.working is None) == (wait.ended_at is None)
        if wait.wall is not None and wait.working is not None:
            assert timedelta(0) <= wait.working <= wait.wall


def interim(minutes: int) -> Fact:
    return Fact(kind=FactKind.ANSWERED, at=at(minutes), administrator=1, is_interim=True)


@pytest.mark.parametrize(
    ("facts", "is_interim", "resolved"),
    [
        ((asked(0),), False, None),
        ((asked(0), answered(30)), False, 30),
        ((asked(0), interim(30)), True, None),
        ((asked(0), interim(30), answered(90)), False, 90),
        ((asked(0), answered(30), interim(90)), True, None),  # after all there is more to come
        ((asked(0), interim(30), ended(60)), False, 60),
        ((asked(0), ended(60)), False, 60),  # an end without an answer is an end
        ((asked(0), answered(30), ended(60)), False, 30),
        ((asked(0), answered(30), ended(60), reopened(70), asked(70)), False, None),
        ((asked(0), answered(30), ended(60), reopened(70), asked(70), answered(80)), False, 80),
        ((asked(0), answered(30), ended(60), reopened(70), asked(70), excused(80)), False, 30),  # it was only thanks
    ],
)
def test_an_interim_answer_resolves_nothing(facts: tuple[Fact, ...], is_interim: bool, resolved: int | None) -> None:
    measured = times(*facts)
    expected = at(resolved) if resolved is not None else None
    assert (measured.is_interim, measured.resolved_at) == (is_interim, expected)


def test_an_interim_answer_ends_the_wait_for_the_first_answer() -> None:
    assert walls(times(asked(0), interim(30), answered(90))) == [30]


def test_a_duplicate_is_counted_beside_and_comes_back_when_it_is_opened_again() -> None:
    duplicate = fact(FactKind.DUPLICATE, 10)
    measured = times(asked(0), duplicate)
    assert (measured.is_question, measured.is_duplicate, measured.ended_at) == (False, True, at(10))
    again = times(asked(0), duplicate, reopened(20), asked(20), answered(50))
    assert (again.is_question, again.is_duplicate, walls(again)) == (True, False, [50])


def due_after(minutes: int, *facts: Fact) -> TicketTimes:
    """Measure with so much time for every answer."""
    return measure(facts, CALENDAR, due=lambda since: since + timedelta(minutes=minutes))


def withdrawn(minutes: int) -> Fact:
    return fact(FactKind.WITHDRAWN, minutes)


def voided(minutes: int) -> Fact:
    return fact(FactKind.VOIDED, minutes)


@pytest.mark.parametrize("kind", [FactKind.EXCUSED, FactKind.SPAM, FactKind.DUPLICATE, FactKind.WITHDRAWN])
def test_what_takes_words_out_does_so_up_to_their_deadline_and_no_later(kind: FactKind) -> None:
    in_time = due_after(60, asked(0), fact(kind, 60))
    assert (in_time.waits, in_time.is_question) == ((), False)
    late = due_after(60, asked(0), fact(kind, 61))
    assert (walls(late), late.is_question) == ([None], True)
    assert late.resolution == timedelta(minutes=61), "it is closed all the same"


def test_a_press_that_came_too_late_is_counted_as_a_press() -> None:
    assert due_after(60, asked(0), excused(90)).excused == 1
    assert due_after(60, asked(0), spam(90)).is_spam
    assert due_after(60, asked(0), fact(FactKind.DUPLICATE, 90)).is_duplicate
    assert not due_after(60, asked(0), withdrawn(90)).is_withdrawn, "it stays among the questions instead"


def test_no_answer_needed_after_thirty_hours_does_not_shorten_the_wait() -> None:
    """«Ау?» after the press, and an answer two minutes later: the citizen has waited since the first words."""
    late = due_after(480, asked(0), excused(1_800), reopened(1_860), asked(1_860), answered(1_862))
    assert walls(late) == [1_862]


@pytest.mark.parametrize("kind", [FactKind.EXCUSED, FactKind.SPAM, FactKind.DUPLICATE])
def test_a_press_is_void_when_the_ticket_is_opened_again(kind: FactKind) -> None:
    assert walls(due_after(60, asked(0), fact(kind, 10), reopened(20), answered(25))) == [25], "by an administrator"
    assert walls(due_after(60, asked(0), fact(kind, 10), asked(20), reopened(21), answered(25))) == [25]


def test_words_after_an_excused_later_wait_go_on_with_it_when_the_press_is_void() -> None:
    facts = (asked(0), answered(5), asked(10), excused(20), asked(50))
    assert walls(due_after(60, *facts, answered(55))) == [5, 5]
    assert walls(due_after(60, *facts, voided(50), answered(55))) == [5, 45]


def test_an_answer_between_the_press_and_the_words_that_make_it_void_ends_the_first_wait() -> None:
    facts = (asked(0), excused(5), answered(10), asked(20), reopened(20), answered(50))
    assert walls(due_after(60, *facts)) == [10, 30]


def test_an_end_after_the_press_leaves_the_press_as_it_is() -> None:
    facts = (asked(0), answered(5), asked(10), excused(20), ended(100), reopened(120), asked(120), answered(130))
    assert walls(due_after(60, *facts)) == [5, 10]
    assert walls(due_after(60, *facts, voided(120))) == [5, 120], "unless the words came soon after the press"


def test_spam_after_an_answer_does_not_hide_how_long_the_answer_took() -> None:
    late = due_after(60, asked(0), answered(90), asked(100), spam(110))
    assert (walls(late), late.is_question, late.is_spam) == ([90], True, True)


def test_a_withdrawn_ticket_is_in_no_time() -> None:
    measured = due_after(60, asked(0), withdrawn(30))
    assert (measured.waits, measured.is_question, measured.is_withdrawn) == ((), False, True)
    assert measured.ended_at == at(30)


def test_what_was_answered_cannot_be_withdrawn_from_the_figures() -> None:
    measured = due_after(60, asked(0), answered(10), asked(20), withdrawn(30))
    assert (walls(measured), measured.is_withdrawn) == ([10, None], False)


def test_a_silent_end_leaves_the_wait_whatever_the_reason_and_new_words_go_on_with_it() -> None:
    assert walls(due_after(60, asked(0), ended(30))) == [None]
    assert walls(due_after(60, asked(0), ended(30), reopened(40), asked(40), answered(45))) == [45]


def test_a_wait_that_another_ticket_took_over_is_counted_there_alone() -> None:
    moved = fact(FactKind.MOVED, 70)
    assert due_after(60, asked(0), spam(65)).is_question, "too late to take anything out"
    measured = due_after(60, asked(0), spam(65), moved)
    assert (measured.waits, measured.is_question, measured.is_spam) == ((), False, True)
