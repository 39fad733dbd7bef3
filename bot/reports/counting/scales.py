"""Measured times as places on a scale, and how often each came: counts of different tickets join without loss.

For few tickets the scale holds every value that there is, and percentiles are exact. For many it is a fixed logarithmic
one, whose steps of 2 % keep every percentile within 1 %; what is counted on that scale joins across months and years.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from bot.reports.counting.columns import Columns, Floats, Ints

_STEP = 1.0198
"""Between two marks of the logarithmic scale: their middle is then less than 1 % from everything between them."""
_SMALLEST = 0.001
"""Seconds; what is shorter is nothing."""
_FEW = 65_536
"""Places that are added up one by one rather than sorted."""
_MARKS = 1_420
"""The last mark is more than forty years."""


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """Which durations the places of a histogram stand for, in seconds, in rising order."""

    seconds: Floats
    is_exact: bool

    def places(self, values: Floats) -> Ints:
        """Return the place of each value."""
        if self.is_exact:
            return np.searchsorted(self.seconds, values)
        with np.errstate(divide="ignore"):
            steps = np.floor(np.log(values / _SMALLEST) / np.log(_STEP)) + 1
        places: Ints = np.clip(steps, 0, _MARKS - 1).astype(np.int64)
        return places


@cache
def logarithmic_scale() -> Scale:
    """Return the scale on which counts are kept: never change it without a new number of `packing`."""
    lower = _SMALLEST * _STEP ** np.arange(_MARKS - 1)
    return Scale(np.concatenate([np.zeros(1), lower * (2 * _STEP / (1 + _STEP))]), is_exact=False)


def exact_scale(columns: Columns) -> Scale:
    """Return the scale of every duration that these tickets have."""
    everything = (columns.first, columns.working, columns.resolution, columns.later.seconds, columns.holders.seconds)
    found = np.concatenate(everything)
    return Scale(np.unique(found[~np.isnan(found)]), is_exact=True)


@dataclass(frozen=True, slots=True, eq=False)
class Histogram:
    """How often each duration came: sorted keys `group * size of the scale + place`, and how many of each.

    Counts may be narrow numbers, as they were kept: add them up as wide ones.
    """

    keys: Ints
    counts: Ints

    def bounds(self, size: int, length: int) -> Ints:
        """Return where the keys of each group begin, and where those of the last one end."""
        return np.searchsorted(self.keys, np.arange(size + 1) * length)


def join_counts(keys: Ints, counts: Ints, places: int) -> Histogram:
    """Return how often each key came, out of keys that may stand there several times."""
    if places <= max(len(keys), _FEW):
        every = np.bincount(keys, weights=counts, minlength=places)
        there = np.flatnonzero(every)
        return Histogram(there, every[there].astype(np.int64))
    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], counts[order].astype(np.int64)
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else np.zeros(0, dtype=int)
    return Histogram(keys[starts], np.add.reduceat(counts, starts) if len(keys) else counts)


def run_lengths(keys: Ints) -> tuple[Ints, Ints]:
    """Return the different values of sorted keys, and how often each stands there."""
    if not len(keys):
        return keys, keys
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    return keys[starts], np.diff(np.append(starts, len(keys)))
