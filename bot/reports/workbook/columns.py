"""The figures of one line as columns of a workbook: in which order, under which heading, of which kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from bot.reports.counting.figures import Figures
from bot.reports.counting.verdict import TIMES
from bot.texts import Texts

_DAY_SECONDS = timedelta(days=1).total_seconds()


class Kind(StrEnum):
    """How a cell is written."""

    COUNT = "count"
    SHARE = "share"
    DURATION = "duration"
    DECIMAL = "decimal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One figure of F."""

    name: str
    """The end of its heading's key."""
    path: tuple[str, ...]
    """Where it stands in F."""
    kind: Kind = Kind.COUNT
    time: str = ""
    """Of which of the measured times it tells; empty for others."""

    def heading(self, texts: Texts, language: str) -> str:
        """Return what stands above it."""
        if not self.time:
            return texts.say(language, f"report-column-{self.name}")
        time = texts.say(language, f"report-column-{self.time}")
        return texts.say(language, f"report-column-{self.name}", time=time)

    def value(self, figures: Figures) -> float | None:
        """Return the number for a cell, durations in days; None for nothing to tell or a figure that is not there."""
        found: Any = figures
        for key in self.path:
            found = found.get(key) if found else None
        if found is None or self.kind is not Kind.DURATION:
            return found  # type: ignore[no-any-return] # a report is plain JSON
        return float(found / _DAY_SECONDS)


def _times(name: str, *wanted: str) -> Iterator[Column]:
    """Yield `n` first: it stands beside every median."""
    yield Column(name="n", path=(name, "n"), time=name)
    for end in wanted:
        yield Column(name=end, path=(name, f"{end}_seconds"), kind=Kind.DURATION, time=name)


PRINTED = (
    Column(name="questions", path=("questions",)),
    Column(name="answered", path=("answered",)),
    Column(name="answered_in_time", path=("answered_in_time",)),
    Column(name="in_time_percent", path=("in_time_share",), kind=Kind.SHARE),
    Column(name="unanswered", path=("unanswered",)),
    Column(name="overdue", path=("overdue",)),
    Column(name="oldest_waiting", path=("oldest_waiting_seconds",), kind=Kind.DURATION),
    *_times("first_response", "median", "p90"),
    *_times("first_response_working", "median", "p90"),
    Column(name="grades_n", path=("grades", "n")),
    Column(name="grades_good_percent", path=("grades", "good_share"), kind=Kind.SHARE),
)
"""What stands on paper as well: the rest would make the letters too small."""
COLUMNS = (
    *PRINTED,
    Column(name="grades_mean", path=("grades", "mean"), kind=Kind.DECIMAL),
    Column(name="max", path=("first_response", "max_seconds"), kind=Kind.DURATION, time="first_response"),
    Column(
        name="max", path=("first_response_working", "max_seconds"), kind=Kind.DURATION, time="first_response_working"
    ),
    *(column for name in TIMES[2:] for column in _times(name, "median", "p90", "max")),
    Column(name="within_hard_limit", path=("within_hard_limit",)),
    Column(name="interim", path=("interim",)),
    Column(name="resolved_in_time", path=("resolved_in_time",)),
    Column(name="resolution_percent", path=("resolution_share",), kind=Kind.SHARE),
    Column(name="transferred", path=("transferred",)),
    Column(name="reopened", path=("reopened",)),
    Column(name="comments", path=("comments",)),
    Column(name="reactions_positive", path=("reactions", "positive")),
    Column(name="reactions_negative", path=("reactions", "negative")),
    Column(name="reactions_neutral", path=("reactions", "neutral")),
    Column(name="no_answer_needed", path=("no_answer_needed",)),
    Column(name="spam", path=("spam",)),
    Column(name="duplicates", path=("duplicates",)),
    Column(name="withdrawn", path=("withdrawn",)),
    Column(name="silenced", path=("silenced",)),
)
"""Every figure of F."""
