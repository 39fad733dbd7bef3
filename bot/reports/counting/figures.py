"""The figures of a report's lines out of what was counted: F and T of the interface, section 5."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np

from bot.reports.counting.columns import Bools, Floats, Ints
from bot.reports.counting.counted import COUNTERS, Counted
from bot.reports.counting.percentiles import percentiles_of
from bot.reports.counting.verdict import TIMES

Figures = dict[str, Any]
"""F of the interface, section 5: numbers, None where there is nothing to tell, and the same one level down."""

_SHARES = (0.5, 0.9)
_NEAR = 1e-6


def figures_of(counted: Counted, now: datetime) -> list[Figures]:
    """Return F of every group at the moment `now`.

    Columns become Python's numbers all at once: a whole region has twenty thousand lines with fifty numbers each.
    """
    columns = _columns(counted, now)
    names = tuple(columns)
    return [dict(zip(names, line, strict=False)) for line in zip(*columns.values(), strict=True)]


def asked(counted: Counted) -> Bools:
    """Tell of which groups something besides times is to be shown."""
    found: Bools = np.any(counted.counts[:, [COUNTERS.index(name) for name in _SHOWN]], axis=1)
    return found


_SHOWN = (
    "questions",
    "no_answer_needed",
    "spam",
    "duplicates",
    "withdrawn",
    "silenced",
    "transferred",
    "positive",
    "negative",
    "neutral",
)


def _columns(counted: Counted, now: datetime) -> Mapping[str, Sequence[Any]]:
    of = dict(zip(COUNTERS, counted.counts.T, strict=True))
    plain: dict[str, list[int]] = {name: numbers.tolist() for name, numbers in of.items()}
    in_time, within_limit = of["answered_in_time"], of["answered"] + of["overdue"]
    times = [_times(counted, number) for number in range(len(TIMES))]
    return {
        "questions": plain["questions"],
        "answered": plain["answered"],
        "answered_in_time": plain["answered_in_time"],
        "in_time_share": _ratios(in_time, within_limit, 3),
        "unanswered": (of["questions"] - of["answered"]).tolist(),
        "overdue": plain["overdue"],
        "oldest_waiting_seconds": _seconds(now.timestamp() - counted.waiting_since),
        **dict(zip(TIMES, times, strict=True)),
        "transferred": plain["transferred"],
        "reopened": plain["reopened"],
        "grades": [
            {"n": n, "mean": mean, "good_share": good}
            for n, mean, good in zip(
                plain["graded"],
                _ratios(of["grades_sum"], of["graded"], 2),
                _ratios(of["good_grades"], of["graded"], 3),
                strict=True,
            )
        ],
        "reactions": [
            {"positive": positive, "negative": negative, "neutral": neutral}
            for positive, negative, neutral in zip(plain["positive"], plain["negative"], plain["neutral"], strict=True)
        ],
        "comments": plain["comments"],
        "no_answer_needed": plain["no_answer_needed"],
        "spam": plain["spam"],
        "withdrawn": plain["withdrawn"],
        "silenced": plain["silenced"],
        "duplicates": plain["duplicates"],
        "within_hard_limit": plain["within_hard_limit"],
        "interim": plain["interim"],
        "resolved_in_time": plain["resolved_in_time"],
        "resolution_share": _ratios(of["resolved_in_time"], of["resolution_due"], 3),
    }


def _times(counted: Counted, number: int) -> list[Figures]:
    """Return T of every group: how many, the median, the 90th percentile and the longest; None without cases."""
    longest = counted.longest[:, number]
    n, percentiles = percentiles_of(counted, number, _SHARES)
    median, p90 = (_seconds(each) for each in percentiles)
    return [
        {"n": cases, "median_seconds": middle, "p90_seconds": most, "max_seconds": top}
        for cases, middle, most, top in zip(n.tolist(), median, p90, _seconds(longest), strict=True)
    ]


def _seconds(numbers: Floats) -> list[int | float | None]:
    """Round to thousandths; whole seconds are whole numbers, what is not finite is None."""
    rounded = np.round(numbers, 3)
    told = rounded.astype(object)
    is_there = np.isfinite(rounded)
    is_whole = is_there & (rounded == np.floor(rounded))
    told[is_whole] = rounded[is_whole].astype(np.int64)
    told[~is_there] = None
    found: list[int | float | None] = told.tolist()
    return found


def _ratios(parts: Ints, wholes: Ints, digits: int) -> list[float | None]:
    """Divide and round as Python does it; numpy rounds what lies in the middle another way."""
    is_there = np.flatnonzero(wholes)
    some, of = parts[is_there], wholes[is_there]
    shifted = some / of * 10**digits
    rounded = np.rint(shifted) / 10**digits
    in_the_middle = np.flatnonzero(np.abs(shifted - np.floor(shifted) - 0.5) < _NEAR)
    for place in in_the_middle.tolist():
        rounded[place] = round(int(some[place]) / int(of[place]), digits)
    told = np.full(len(wholes), None, dtype=object)
    told[is_there] = rounded
    found: list[float | None] = told.tolist()
    return found
