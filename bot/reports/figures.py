"""Counting: judged tickets in, the figures of one line of a report out."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from bot.domain.reaction import Sentiment
from bot.reports.verdict import TIMES, Held, Verdict

Figures = dict[str, Any]
"""F of the interface, section 5: numbers, None where there is nothing to tell, and the same one level down."""


_GOOD = 4


def _no_times() -> "dict[str, array[float]]":
    return {name: array("d") for name in TIMES}


@dataclass(slots=True, kw_only=True)
class Tally:
    """A running count over any set of tickets; two tallies of different tickets join into one."""

    questions: int = 0
    answered: int = 0
    answered_in_time: int = 0
    overdue: int = 0
    reopened: int = 0
    transferred: int = 0
    comments: int = 0
    graded: int = 0
    grades_sum: int = 0
    good_grades: int = 0
    """Fours and fives."""
    no_answer_needed: int = 0
    spam: int = 0
    positive: int = 0
    """Reactions, and the two below."""
    negative: int = 0
    neutral: int = 0
    waiting_since: datetime | None = None
    """Since when the one who waits longest has waited."""
    seconds: "dict[str, array[float]]" = field(default_factory=_no_times)
    """Every measured time: percentiles are exact."""

    @classmethod
    def joined(cls, tallies: Iterable[Self]) -> Self:
        """Return the sum of tallies that share no ticket."""
        total = cls()
        for tally in tallies:
            for name in _COUNTS:
                setattr(total, name, getattr(total, name) + getattr(tally, name))
            total._note_waiting(tally.waiting_since)
            for name in TIMES:
                total.seconds[name].extend(tally.seconds[name])
        return total

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to show."""
        asked = self.questions or self.no_answer_needed or self.spam or self.seconds["next_response"]
        return not (asked or self.transferred or self.seconds["held"] or self.positive or self.negative or self.neutral)

    def add(self, verdict: Verdict) -> None:
        """Count a ticket with all its waits."""
        self.no_answer_needed += verdict.times.excused
        self.spam += verdict.times.is_spam
        if verdict.times.is_question:
            self.add_first(verdict)
            for _, seconds in verdict.next_answers:
                self.add_next(seconds)

    def add_first(self, verdict: Verdict) -> None:
        """Count a question with its first answer and its end, without the later waits."""
        self.questions += 1
        self.answered += verdict.is_answered
        self.answered_in_time += verdict.is_in_time
        self.overdue += verdict.is_overdue
        self.reopened += verdict.is_reopened
        self.comments += verdict.is_comment
        if verdict.grade is not None:
            self.graded += 1
            self.grades_sum += verdict.grade
            self.good_grades += verdict.grade >= _GOOD
        self._note_waiting(verdict.waiting_since)
        for name, seconds in verdict.first_times:
            self.seconds[name].append(seconds)

    def add_reactions(self, sentiment: Sentiment, count: int) -> None:
        """Count reactions to posts."""
        match sentiment:
            case Sentiment.POSITIVE:
                self.positive += count
            case Sentiment.NEGATIVE:
                self.negative += count
            case Sentiment.NEUTRAL:
                self.neutral += count

    def add_held(self, held: Held) -> None:
        """Count what one holder of a question has done with it."""
        self.transferred += held.is_given_away
        if held.seconds is not None:
            self.seconds["held"].append(held.seconds)

    def add_next(self, seconds: float) -> None:
        """Count a later answer."""
        self.seconds["next_response"].append(seconds)

    def figures(self, now: datetime) -> Figures:
        """Return F at the moment `now`."""
        waiting = None if self.waiting_since is None else _plain((now - self.waiting_since).total_seconds())
        judged = self.answered + self.overdue
        return {
            "questions": self.questions,
            "answered": self.answered,
            "answered_in_time": self.answered_in_time,
            "in_time_share": round(self.answered_in_time / judged, 3) if judged else None,
            "unanswered": self.questions - self.answered,
            "overdue": self.overdue,
            "oldest_waiting_seconds": waiting,
            **{name: times(self.seconds[name]) for name in TIMES},
            "transferred": self.transferred,
            "reopened": self.reopened,
            "grades": {
                "n": self.graded,
                "mean": round(self.grades_sum / self.graded, 2) if self.graded else None,
                "good_share": round(self.good_grades / self.graded, 3) if self.graded else None,
            },
            "reactions": {"positive": self.positive, "negative": self.negative, "neutral": self.neutral},
            "comments": self.comments,
            "no_answer_needed": self.no_answer_needed,
            "spam": self.spam,
        }

    def _note_waiting(self, since: datetime | None) -> None:
        if since is not None and (self.waiting_since is None or since < self.waiting_since):
            self.waiting_since = since


def times(seconds: Iterable[float]) -> Figures:
    """Return T: how many, the median, the 90th percentile and the longest; None without cases."""
    ordered = sorted(seconds)
    if not ordered:
        return {"n": 0, "median_seconds": None, "p90_seconds": None, "max_seconds": None}
    return {
        "n": len(ordered),
        "median_seconds": _plain(percentile(ordered, 0.5)),
        "p90_seconds": _plain(percentile(ordered, 0.9)),
        "max_seconds": _plain(ordered[-1]),
    }


def percentile(ordered: list[float], share: float) -> float:
    """Return the exact percentile of sorted values, with linear interpolation between the two nearest.

    The same as `percentile_cont` of SQL and the default of numpy; at one half it is the usual median.
    """
    position = share * (len(ordered) - 1)
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)


def _plain(seconds: float) -> int | float:
    """Whole seconds as a whole number, others to the millisecond."""
    rounded = round(seconds, 3)
    return int(rounded) if rounded == int(rounded) else rounded


_COUNTS = (
    "questions",
    "answered",
    "answered_in_time",
    "overdue",
    "reopened",
    "transferred",
    "comments",
    "graded",
    "grades_sum",
    "good_grades",
    "no_answer_needed",
    "spam",
    "positive",
    "negative",
    "neutral",
)
