"""A flood is slowed, ordinary talk is not."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.channel import Rate
from bot.safety.flood import RATES, free_at

START = datetime(2026, 11, 24, 7, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def test_fifteen_messages_at_once_are_no_flood_and_the_next_waits_a_little() -> None:
    now = START + SECOND
    assert free_at([START] * 14, now) == now
    assert free_at([START] * 15, now) == START + 4 * SECOND


def test_talk_at_an_even_pace_is_never_slowed() -> None:
    times = [START + 2 * MINUTE * index for index in range(100)]
    assert free_at(times, times[-1] + 2 * MINUTE) == times[-1] + 2 * MINUTE


def test_sixty_in_an_hour_are_the_end_even_when_no_minute_has_too_many() -> None:
    times = [START + 5 * SECOND * index for index in range(80)]
    assert free_at(times, times[-1] + SECOND) > times[-1] + SECOND
    assert free_at(times, times[-1] + SECOND, rates=RATES[:1]) == times[-1] + SECOND


def test_writing_on_while_slowed_does_not_lengthen_the_wait() -> None:
    quiet = free_at([START] * 15, START + SECOND)
    stubborn = free_at([START] * 15 + [START + SECOND] * 50, START + SECOND)
    assert quiet == stubborn


def test_after_an_hour_of_silence_everything_is_forgotten() -> None:
    later = START + timedelta(hours=1, seconds=1)
    assert free_at([START] * 500, later) == later


@given(st.lists(st.integers(0, 7200), max_size=80), st.integers(0, 7200))
def test_nobody_waits_longer_than_a_token_takes(offsets: list[int], at: int) -> None:
    times = [START + SECOND * offset for offset in offsets]
    now = START + SECOND * max([at, *offsets])
    assert now <= free_at(times, now) <= now + timedelta(minutes=2)


@given(st.lists(st.integers(0, 600), max_size=40))
def test_what_was_let_through_keeps_the_rate(offsets: list[int]) -> None:
    rate = Rate(calls=5, per=MINUTE)
    passed: list[datetime] = []
    for moment in sorted(START + SECOND * offset for offset in offsets):
        if free_at(passed, moment, rates=[rate]) == moment:
            passed.append(moment)
    for first in passed:
        assert sum(first <= moment < first + MINUTE for moment in passed) < 2 * rate.calls
