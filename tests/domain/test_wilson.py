"""How sure a share is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.wilson import lower_bound, upper_bound


@pytest.mark.parametrize(
    ("good", "n", "expected"),
    [
        (4, 4, 0.510),  # all good, but few
        (95, 100, 0.888),
        (1, 1, 0.207),
        (0, 10, 0.0),
    ],
)
def test_a_small_sample_counts_for_less(good: int, n: int, expected: float) -> None:
    assert lower_bound(good, n) == pytest.approx(expected, abs=0.001)


@pytest.mark.parametrize(("good", "n", "expected"), [(7, 7, 1.0), (0, 4, 0.490), (50, 100, 0.596), (95, 100, 0.978)])
def test_few_cases_make_nobody_bad(good: int, n: int, expected: float) -> None:
    assert upper_bound(good, n) == pytest.approx(expected, abs=0.001)


def test_without_cases_there_is_no_share() -> None:
    assert (lower_bound(0, 0), upper_bound(0, 0)) == (None, None)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_bound_lies_below_the_share_and_rises_with_the_sample(sample: tuple[int, int]) -> None:
    good, n = sample
    bound, larger = lower_bound(good, n), lower_bound(10 * good, 10 * n)
    assert bound is not None
    assert larger is not None
    assert 0 <= bound <= good / n + 1e-9
    assert bound <= larger + 1e-9
