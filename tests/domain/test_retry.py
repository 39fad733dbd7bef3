"""When a message is tried again, and when it is given up."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.retry import GIVE_UP_AFTER, LONGEST_PAUSE, SHORTEST_PAUSE, next_try

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def pause(attempt: int, retry_after: timedelta | None = None) -> timedelta | None:
    again = next_try(now=NOW, created_at=NOW, attempt=attempt, retry_after=retry_after)
    return None if again is None else again - NOW


@pytest.mark.parametrize(
    ("attempt", "seconds"), [(1, 1), (2, 2), (3, 4), (4, 8), (9, 256), (10, 512), (11, 600), (12, 600), (10_000, 600)]
)
def test_pauses_double_from_a_second_to_ten_minutes(attempt: int, seconds: int) -> None:
    assert pause(attempt) == timedelta(seconds=seconds)


@pytest.mark.parametrize("wish", [timedelta(seconds=3), timedelta(hours=2)])
def test_the_messengers_own_wish_is_obeyed(wish: timedelta) -> None:
    assert pause(1, wish) == pause(9, wish) == wish


def test_no_wish_is_so_short_that_it_becomes_a_storm() -> None:
    assert pause(1, timedelta(0)) == SHORTEST_PAUSE


@pytest.mark.parametrize("retry_after", [None, timedelta(seconds=5)])
def test_after_three_days_it_is_given_up(retry_after: timedelta | None) -> None:
    def again(age: timedelta) -> datetime | None:
        return next_try(now=NOW, created_at=NOW - age, attempt=400, retry_after=retry_after)

    assert again(GIVE_UP_AFTER) is None
    assert again(GIVE_UP_AFTER - timedelta(seconds=1)) is not None


@given(attempt=st.integers(1, 10**6), retry_after=st.none() | st.timedeltas(timedelta(0), timedelta(days=1)))
def test_the_next_try_is_always_in_the_future_and_within_reach(attempt: int, retry_after: timedelta | None) -> None:
    waits = pause(attempt, retry_after)
    assert waits is not None
    assert SHORTEST_PAUSE <= waits <= max(LONGEST_PAUSE, retry_after or LONGEST_PAUSE)
