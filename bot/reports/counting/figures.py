"""The figures of a report's lines out of what was counted: F and T of the interface, section 5."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np

from bot.reports.counting.columns import Bools, Floats
from bot.reports.counting.counted import COUNTERS, Counted, Histogram
from bot.reports.counting.verdict import TIMES

Figures = dict[str, Any]
"""F of the interface, section 5: numbers, None where there is nothing to tell, and the same one level down."""

_SHARES = (0.5, 0.9)


def figures_of(counted: Counted, now: datetime) -> list[Figures]:
    """Return F of every group at the moment `now`."""
    waiting = np.round(now.timestamp() - counted.waiting_since, 3).tolist()
    times = [
        _times(histogram, counted.longest[:, number], counted) for number, histogram in enumerate(counted.histograms)
    ]
    return [
        _figures(dict(zip(COUNTERS, counts, strict=True)), since, dict(zip(TIMES, its_times, strict=True)))
        for counts, since, *its_times in zip(counted.counts.tolist(), waiting, *times, strict=True)
    ]


def shown(counted: Counted) -> Bools:
    """Tell which groups have anything to show."""
    asked = counted.counts[:, [COUNTERS.index(name) for name in _SHOWN]].any(axis=1)
    n = counted.times_n()
    result: Bools = asked | (n[:, TIMES.index("next_response")] > 0) | (n[:, TIMES.index("held")] > 0)
    return result


_SHOWN = ("questions", "no_answer_needed", "spam", "duplicates", "transferred", "positive", "negative", "neutral")


def _figures(counted: dict[str, int], waiting: float, times: dict[str, Figures]) -> Figures:
    questions, answered, graded = counted["questions"], counted["answered"], counted["graded"]
    judged, due = answered + counted["overdue"], counted["resolution_due"]
    return {
        "questions": questions,
        "answered": answered,
        "answered_in_time": counted["answered_in_time"],
        "in_time_share": round(counted["answered_in_time"] / judged, 3) if judged else None,
        "unanswered": questions - answered,
        "overdue": counted["overdue"],
        "oldest_waiting_seconds": _plain(waiting) if waiting != -np.inf else None,
        **times,
        "transferred": counted["transferred"],
        "reopened": counted["reopened"],
        "grades": {
            "n": graded,
            "mean": round(counted["grades_sum"] / graded, 2) if graded else None,
            "good_share": round(counted["good_grades"] / graded, 3) if graded else None,
        },
        "reactions": {name: counted[name] for name in ("positive", "negative", "neutral")},
        "comments": counted["comments"],
        "no_answer_needed": counted["no_answer_needed"],
        "spam": counted["spam"],
        "duplicates": counted["duplicates"],
        "within_hard_limit": counted["within_hard_limit"],
        "interim": counted["interim"],
        "resolved_in_time": counted["resolved_in_time"],
        "resolution_share": round(counted["resolved_in_time"] / due, 3) if due else None,
    }


def _times(histogram: Histogram, longest: Floats, counted: Counted) -> Sequence[Figures]:
    """Return T of every group: how many, the median, the 90th percentile and the longest; None without cases.

    Between the two nearest cases a percentile is interpolated, as `percentile_cont` of SQL and numpy's default do; at
    one half it is the usual median.
    """
    length = max(len(counted.scale.seconds), 1)
    groups = histogram.groups(counted.size, length)
    places = histogram.keys - groups * length
    until = np.cumsum(histogram.counts)
    n = np.bincount(groups, weights=histogram.counts, minlength=counted.size).astype(np.int64)
    before = np.cumsum(n) - n
    has = np.flatnonzero(n)
    percentiles = np.full((len(_SHARES), counted.size), np.nan)
    values = counted.scale.seconds[places] if len(places) else np.zeros(0)
    for row, share in enumerate(_SHARES):
        rank = share * (n[has] - 1)
        below = np.floor(rank).astype(np.int64)
        above = np.minimum(below + 1, n[has] - 1)
        low = values[np.searchsorted(until, before[has] + below, side="right")]
        high = values[np.searchsorted(until, before[has] + above, side="right")]
        # The middle of a step of the scale may lie beyond the longest case.
        percentiles[row, has] = np.minimum(low + (high - low) * (rank - below), longest[has])
    median, p90 = np.round(percentiles, 3).tolist()
    return [
        {
            "n": cases,
            "median_seconds": _plain(middle) if cases else None,
            "p90_seconds": _plain(most) if cases else None,
            "max_seconds": _plain(top) if cases else None,
        }
        for cases, middle, most, top in zip(n.tolist(), median, p90, np.round(longest, 3).tolist(), strict=True)
    ]


def _plain(seconds: float) -> int | float:
    """Whole seconds as a whole number."""
    return int(seconds) if seconds.is_integer() else seconds
