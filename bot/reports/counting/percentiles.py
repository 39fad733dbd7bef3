"""Percentiles of a measured time, of all groups at once."""

from collections.abc import Sequence

import numpy as np

from bot.reports.counting.columns import Floats, Ints
from bot.reports.counting.counted import Counted


def percentiles_of(counted: Counted, number: int, shares: Sequence[float]) -> tuple[Ints, list[Floats]]:
    """Return how many cases of a time each group has, and for each share the percentile of every group; NaN for none.

    Between the two nearest cases a percentile is interpolated, as `percentile_cont` of SQL and numpy's default do; at
    one half it is the usual median.
    """
    histogram, longest = counted.histograms[number], counted.longest[:, number]
    length = max(len(counted.scale.seconds), 1)
    bounds = histogram.bounds(counted.size, length)
    until = np.cumsum(histogram.counts, dtype=np.int64)
    cases_at = np.zeros(len(bounds), dtype=np.int64)
    cases_at[bounds > 0] = until[bounds[bounds > 0] - 1]
    n = np.diff(cases_at)
    has = np.flatnonzero(n)
    found = []
    for share in shares:
        percentiles = np.full(counted.size, np.nan)
        rank = share * (n[has] - 1)
        below = np.floor(rank).astype(np.int64)
        above = np.minimum(below + 1, n[has] - 1)
        at = np.searchsorted(until, cases_at[has] + below, side="right")
        # The next case lies at the same place of the histogram, or at the one after it.
        next_at = at + (cases_at[has] + above >= until[at])
        low = counted.scale.seconds[histogram.keys[at] - has * length]
        high = counted.scale.seconds[histogram.keys[next_at] - has * length]
        # The middle of a step of the scale may lie beyond the longest case.
        percentiles[has] = np.minimum(low + (high - low) * (rank - below), longest[has])
        found.append(percentiles)
    return n, found
