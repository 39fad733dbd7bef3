"""What was counted of groups of tickets; counts of different tickets join without loss.

`n` and the longest of a measured time are exact on every scale.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.reports.counting.columns import Floats, Ints
from bot.reports.counting.scales import Histogram, Scale, join_counts
from bot.reports.counting.verdict import TIMES

COUNTERS = (
    "questions",
    "answered",
    "answered_in_time",
    "within_hard_limit",
    "interim",
    "overdue",
    "reopened",
    "comments",
    "resolved_in_time",
    "resolution_due",
    "graded",
    "grades_sum",
    "good_grades",
    "no_answer_needed",
    "spam",
    "duplicates",
    "transferred",
    "withdrawn",
    "silenced",
    "positive",
    "negative",
    "neutral",
)


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Everything counted of `size` groups of tickets."""

    scale: Scale
    counts: Ints
    """A row a group, a column for each of COUNTERS."""
    waiting_since: Floats
    """Of each group: since when the one who waits longest has waited; infinity for nobody."""
    longest: Floats
    """A row a group, a column for each of TIMES; minus infinity for none."""
    histograms: tuple[Histogram, ...]
    """One for each of TIMES."""

    @property
    def size(self) -> int:
        """How many groups there are."""
        return len(self.counts)

    def add(self, group: int, counter: str, count: int) -> None:
        """Add to a counter of one group."""
        self.counts[group, COUNTERS.index(counter)] += count


def join(parts: Sequence[tuple[Counted, Ints]], size: int) -> Counted:
    """Add what was counted on one scale; each part says to which of `size` groups its own go, -1 for none."""
    scale = parts[0][0].scale
    length = max(len(scale.seconds), 1)
    counts = np.zeros((size, len(COUNTERS)), dtype=np.int64)
    since = np.full(size, np.inf)
    longest = np.full((size, len(TIMES)), -np.inf)
    found: list[tuple[list[Ints], list[Ints]]] = [([], []) for _ in TIMES]
    for counted, goes_to in parts:
        taken = np.flatnonzero(goes_to >= 0)
        to = goes_to[taken]
        shift = (goes_to - np.arange(counted.size)) * length
        np.add.at(counts, to, counted.counts[taken])
        np.minimum.at(since, to, counted.waiting_since[taken])
        np.maximum.at(longest, to, counted.longest[taken])
        for (keys, numbers), histogram in zip(found, counted.histograms, strict=True):
            of_each = np.diff(histogram.bounds(counted.size, length))
            moved, its_counts = histogram.keys + np.repeat(shift, of_each), histogram.counts
            if len(taken) < counted.size:
                is_in = np.repeat(goes_to >= 0, of_each)
                moved, its_counts = moved[is_in], its_counts[is_in]
            keys.append(moved)
            numbers.append(its_counts)
    histograms = tuple(
        join_counts(np.concatenate(keys), np.concatenate(numbers), size * length) for keys, numbers in found
    )
    return Counted(scale=scale, counts=counts, waiting_since=since, longest=longest, histograms=histograms)


def nothing_counted(scale: Scale, size: int) -> Counted:
    """Return groups of which nothing was counted."""
    nothing = Histogram(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    return Counted(
        scale=scale,
        counts=np.zeros((size, len(COUNTERS)), dtype=np.int64),
        waiting_since=np.full(size, np.inf),
        longest=np.full((size, len(TIMES)), -np.inf),
        histograms=tuple(nothing for _ in TIMES),
    )
