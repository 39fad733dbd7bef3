"""The score of one line of a rating: four parts with known weights, rounded so that anybody gets the same by hand.

Every share is the lower end of Wilson's 95 % interval (`bot.domain.wilson`), rounded to four places; the speed's is a
plain share. A part's points are weight × share, rounded to two places; halves go up. A part that cannot be measured
leaves its weight to the others: score = points × 100 / weights of the measured parts, rounded to two places.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from math import inf
from types import MappingProxyType

from bot.domain.wilson import lower_bound
from bot.reports.counting.figures import Figures


class PartName(StrEnum):
    """What is judged."""

    IN_TIME = "in_time"
    """Answered in time, of all that were answered or are overdue."""
    SPEED = "speed"
    """How many of the peers have a longer median of the first answer in working time; equal ones count half."""
    GRADES = "grades"
    """Fours and fives among citizens' grades."""
    SETTLED = "settled"
    """Questions that were neither left unanswered nor opened again."""


WEIGHTS: Mapping[PartName, int] = MappingProxyType(
    {PartName.IN_TIME: 40, PartName.SPEED: 20, PartName.GRADES: 25, PartName.SETTLED: 15}
)
"""Of a hundred points."""

_SHARE = Decimal("0.0001")
_POINT = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a score."""

    good: float
    """Good cases; for speed the slower peers, equal ones as halves."""
    n: int
    """Of how many."""
    value: float | None
    """From 0 to 1; None when there is too little to judge by."""
    points: float | None
    """Of as many as the part weighs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A line's score and how it came about."""

    total: float
    """From 0 to 100."""
    parts: Mapping[PartName, Part]


def score_of(figures: Figures, *, medians: Sequence[float], least: int) -> Score:
    """Score one line; `medians` are those of all its peers and its own, in ascending order (`median_of`).

    Grades are judged from `least` grades on: one good grade must not weigh less than none.
    """
    judged = figures["answered"] + figures["overdue"]
    grades = figures["grades"]
    good_grades = round((grades["good_share"] or 0) * grades["n"])
    unsettled = figures["reopened"] + figures["unanswered"]
    parts = {
        PartName.IN_TIME: _share(PartName.IN_TIME, figures["answered_in_time"], judged),
        PartName.SPEED: _speed(median_of(figures), medians),
        PartName.GRADES: _share(PartName.GRADES, good_grades, grades["n"], least=least),
        PartName.SETTLED: _share(PartName.SETTLED, max(figures["questions"] - unsettled, 0), figures["questions"]),
    }
    return Score(total=total_of(parts), parts=MappingProxyType(parts))


def total_of(parts: Mapping[PartName, Part]) -> float:
    """Add the points up and spread the weights of parts that were not measured over the others."""
    measured = {name: part.points for name, part in parts.items() if part.points is not None}
    weight = sum(WEIGHTS[name] for name in measured)
    if not weight:
        return 0.0
    points = sum((_exact(part) for part in measured.values()), start=Decimal())
    return float((points * 100 / weight).quantize(_POINT, ROUND_HALF_UP))


def median_of(figures: Figures) -> float:
    """Return the median of the first answer in working time; nobody is slower than who answered nobody."""
    median: float | None = figures["first_response_working"]["median_seconds"]
    return inf if median is None else median


def _share(name: PartName, good: int, n: int, *, least: int = 1) -> Part:
    return _part(name, good=good, n=n, value=lower_bound(good, n) if n >= least else None)


def _speed(median: float, medians: Sequence[float]) -> Part:
    others = len(medians) - 1
    slower = len(medians) - bisect_right(medians, median)
    equal = len(medians) - slower - bisect_left(medians, median) - 1
    # Who answered nobody is not as fast as others who answered nobody.
    good = 0.0 if median == inf else slower + equal / 2
    return _part(PartName.SPEED, good=good, n=others, value=good / others if others else None)


def _part(name: PartName, *, good: float, n: int, value: float | None) -> Part:
    if value is None:
        return Part(good=good, n=n, value=None, points=None)
    share = _exact(value).quantize(_SHARE, ROUND_HALF_UP)
    points = (share * WEIGHTS[name]).quantize(_POINT, ROUND_HALF_UP)
    return Part(good=good, n=n, value=float(share), points=float(points))


def _exact(number: float) -> Decimal:
    return Decimal(repr(number))
