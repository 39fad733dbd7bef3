"""Counting: columns of tickets in, what was counted of each group out."""

from dataclasses import dataclass

import numpy as np

from bot.reports.counting.columns import Bools, Columns, Floats, Ints
from bot.reports.counting.counted import COUNTERS, Counted
from bot.reports.counting.scales import Histogram, Scale, run_lengths
from storage.measured_row import Mark

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
    "withdrawn": Mark.WITHDRAWN,
}
_BESIDE = ("spam", "duplicates", "withdrawn")
_GOOD = 4


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
        if is_for_people:
            counts[:, [COUNTERS.index(name) for name in _BESIDE]] = 0
        else:
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
        keys, counts = run_lengths(chosen[order] * self._length + places[order])
        return longest, Histogram(keys, counts)


def _tally(groups: Ints, size: int) -> Ints:
    return np.bincount(groups[groups >= 0], minlength=size)


def _sum_by(groups: Ints, numbers: Ints, size: int) -> Ints:
    is_in = groups >= 0
    return np.bincount(groups[is_in], weights=numbers[is_in], minlength=size).astype(np.int64)
