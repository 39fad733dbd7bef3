"""Counting: columns of tickets in, what was counted of each group out; counts of different tickets join without loss.

A measured time is kept as the place of its value on a scale, and how often it came. For few tickets the scale holds
every value that there is, and percentiles are exact. For many it is a fixed logarithmic one, whose steps of 2 % keep
every percentile within 1 %; what is counted on that scale joins across months and years. `n` and the longest are
exact on both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from bot.reports.counting.columns import Bools, Columns, Floats, Ints
from bot.reports.counting.verdict import TIMES
from storage.measured import Mark

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
    "positive",
    "negative",
    "neutral",
)
_MARKED = {
    "questions": Mark.QUESTION,
    "answered": Mark.ANSWERED,
    "answered_in_time": Mark.IN_TIME,
    "within_hard_limit": Mark.WITHIN_HARD_LIMIT,
    "interim": Mark.INTERIM,
    "reopened": Mark.REOPENED,
    "comments": Mark.COMMENT,
    "resolved_in_time": Mark.RESOLVED_IN_TIME,
    "spam": Mark.SPAM,
    "duplicates": Mark.DUPLICATE,
}
_GOOD = 4
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
    """How often each duration came: sorted keys `group * size of the scale + place`, and how many of each."""

    keys: Ints
    counts: Ints

    def groups(self, size: int, length: int) -> Ints:
        """Return the group of each key, for `size` groups on a scale of `length` places: quicker than to divide."""
        return np.repeat(np.arange(size), np.diff(self.bounds(size, length)))

    def bounds(self, size: int, length: int) -> Ints:
        """Return where the keys of each group begin, and where those of the last one end."""
        return np.searchsorted(self.keys, np.arange(size + 1) * length)


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

    def cases(self, time: str) -> Ints:
        """Return how many cases one of TIMES has in each group."""
        histogram = self.histograms[TIMES.index(time)]
        until = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(histogram.counts)])
        return np.diff(until[histogram.bounds(self.size, max(len(self.scale.seconds), 1))])


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """To which group each ticket, later answer and holding belongs; -1 for none of them."""

    tickets: Ints
    later: Ints
    holders: Ints


class Counting:
    """What is the same for every cut of the same tickets, worked out once."""

    def __init__(self, columns: Columns, *, scale: Scale, now: float) -> None:
        """`now` in seconds since 1970: the moment at which a report looks."""
        self.columns = columns
        self._scale = scale
        is_question = columns.has(Mark.QUESTION)
        self._flags = {name: columns.has(mark) for name, mark in _MARKED.items()}
        self._flags["overdue"] = is_question & (columns.deadline_at < now)
        self._flags["resolution_due"] = columns.has(Mark.RESOLVED) | (is_question & (columns.resolve_by_at < now))
        self._flags["graded"] = is_question & (columns.grade > 0)
        self._flags["good_grades"] = is_question & (columns.grade >= _GOOD)
        self._grades = np.where(self._flags["graded"], columns.grade, 0)
        self._excused = np.where(columns.is_own, columns.excused, 0)
        is_own_later = columns.is_own[columns.later.row]
        self._times = (
            _Times(columns.first, columns.is_own, scale),
            _Times(columns.working, columns.is_own, scale),
            _Times(columns.later.seconds, is_own_later, scale),
            _Times(columns.resolution, columns.is_own, scale),
            _Times(columns.holders.seconds, np.ones(len(columns.holders.row), dtype=bool), scale),
        )

    def by(self, groups: Groups, size: int, *, is_for_people: bool = False) -> Counted:
        """Count by groups. People are not counted what lies beside the questions."""
        waiting = self.columns.waiting_since
        is_waiting = self.columns.has(Mark.QUESTION) & ~np.isnan(waiting) & (groups.tickets >= 0)
        since = np.full(size, np.inf)
        np.minimum.at(since, groups.tickets[is_waiting], waiting[is_waiting])
        counts = np.zeros((size, len(COUNTERS)), dtype=np.int64)
        for name, flags in self._flags.items():
            counts[:, COUNTERS.index(name)] = _tally(groups.tickets[flags], size)
        counts[:, COUNTERS.index("grades_sum")] = _sum_by(groups.tickets, self._grades, size)
        if not is_for_people:
            counts[:, COUNTERS.index("no_answer_needed")] = _sum_by(groups.tickets, self._excused, size)
        counts[:, COUNTERS.index("transferred")] = _tally(groups.holders[self.columns.holders.is_given], size)
        by_time = (groups.tickets, groups.tickets, groups.later, groups.tickets, groups.holders)
        counted = [times.by(chosen, size) for times, chosen in zip(self._times, by_time, strict=True)]
        return Counted(
            scale=self._scale,
            counts=counts,
            waiting_since=since,
            longest=np.stack([longest for longest, _ in counted], axis=1),
            histograms=tuple(histogram for _, histogram in counted),
        )


class _Times:
    """One measured time: its cases sorted by value once, then grouped as often as there are cuts."""

    def __init__(self, seconds: Floats, is_counted: Bools, scale: Scale) -> None:
        cases = np.flatnonzero(is_counted & ~np.isnan(seconds))
        values = seconds[cases]
        places = scale.places(values)
        order = np.argsort(places, kind="stable")
        self._cases, self._places, self._values = cases[order], places[order], values[order]
        self._length = len(scale.seconds)

    def by(self, groups: Ints, size: int) -> tuple[Floats, Histogram]:
        chosen = groups[self._cases]
        is_in = chosen >= 0
        chosen, places, values = chosen[is_in], self._places[is_in], self._values[is_in]
        longest = np.full(size, -np.inf)
        np.maximum.at(longest, chosen, values)
        narrow = chosen.astype(np.int16) if size < 2**15 else chosen
        order = np.argsort(narrow, kind="stable")
        keys, counts = _run_lengths(chosen[order] * self._length + places[order])
        return longest, Histogram(keys, counts)


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
        np.add.at(counts, to, counted.counts[taken])
        np.minimum.at(since, to, counted.waiting_since[taken])
        np.maximum.at(longest, to, counted.longest[taken])
        for (keys, numbers), histogram in zip(found, counted.histograms, strict=True):
            group = histogram.groups(counted.size, length)
            target = goes_to[group]
            is_in = target >= 0
            keys.append((histogram.keys + (target - group) * length)[is_in])
            numbers.append(histogram.counts[is_in])
    histograms = tuple(_joined(np.concatenate(keys), np.concatenate(numbers), size * length) for keys, numbers in found)
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


def _joined(keys: Ints, counts: Ints, places: int) -> Histogram:
    if places <= max(len(keys), _FEW):
        every = np.bincount(keys, weights=counts, minlength=places)
        there = np.flatnonzero(every)
        return Histogram(there, every[there].astype(np.int64))
    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], counts[order]
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else np.zeros(0, dtype=int)
    return Histogram(keys[starts], np.add.reduceat(counts, starts) if len(keys) else counts)


def _run_lengths(keys: Ints) -> tuple[Ints, Ints]:
    """Return the different values of sorted keys, and how often each stands there."""
    if not len(keys):
        return keys, keys
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    return keys[starts], np.diff(np.append(starts, len(keys)))


def _tally(groups: Ints, size: int) -> Ints:
    return np.bincount(groups[groups >= 0], minlength=size)


def _sum_by(groups: Ints, numbers: Ints, size: int) -> Ints:
    is_in = groups >= 0
    return np.bincount(groups[is_in], weights=numbers[is_in], minlength=size).astype(np.int64)
