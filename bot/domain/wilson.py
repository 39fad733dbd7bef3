"""How sure a share is: a small sample's good share counts for less than a large one's."""

from math import sqrt

_Z = 1.96
"""Of the normal distribution, for 95 %."""


def lower_bound(good: int, n: int) -> float | None:
    """Return the lower end of Wilson's 95 % interval for the share `good` of `n`; None when there is no case.

    4 of 4 give 0.51, 95 of 100 give 0.89. Source: E. B. Wilson, JASA 22 (1927), 209–212.
    """
    if n <= 0:
        return None
    centre, margin = _interval(good, n)
    return max(centre - margin, 0.0)


def upper_bound(good: int, n: int) -> float | None:
    """Return the upper end of the same interval: whom it is low for is surely bad. None when there is no case.

    7 of 7 give 1, 0 of 4 give 0.49, 50 of 100 give 0.60.
    """
    if n <= 0:
        return None
    centre, margin = _interval(good, n)
    return min(centre + margin, 1.0)


def _interval(good: int, n: int) -> tuple[float, float]:
    """Return the middle of the interval and half of its width."""
    share, squared = good / n, _Z * _Z
    centre = share + squared / (2 * n)
    margin = _Z * sqrt((share * (1 - share) + squared / (4 * n)) / n)
    return centre / (1 + squared / n), margin / (1 + squared / n)
