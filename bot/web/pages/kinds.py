"""The figures that pages show: where each stands in a report, how it reads, which tickets it counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
"""F of a report, with the names of its line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One figure of F."""

    name: str
    """Its words are `pages-figure-NAME`."""
    path: tuple[str, ...]
    shown: str
    """`count`, `share`, `time` or `mean`."""
    tickets: str
    """Which tickets it counts (`bot.reports.counting.chosen`); empty for what is counted outside any ticket."""
    sort: str = ""
    """In which order they are listed."""
    n: tuple[tuple[str, ...], ...] = ()
    """How many cases stand behind it: the sum of these."""
    is_better: int = 0
    """1: more is better, -1: less is better, 0: neither."""

    def of(self, row: Row) -> float | None:
        """Return its value; None without cases, and where a report does not have it."""
        value: float | None = figure_at(row, self.path)
        return value


def figure_at(row: Row, path: Sequence[str]) -> Any:
    """Return what stands in a line under names within names; None where one of them is missing."""
    value: Any = row
    for name in path:
        value = value.get(name) if value is not None else None
    return value


_FIRST, _WORKING = ("first_response", "median_seconds"), ("first_response_working", "median_seconds")
KINDS = {
    kind.name: kind
    for kind in (
        Kind(name="questions", path=("questions",), shown="count", tickets="questions"),
        Kind(name="answered", path=("answered",), shown="count", tickets="answered"),
        Kind(
            name="in_time",
            path=("in_time_share",),
            shown="share",
            tickets="answered_in_time",
            n=(("answered",), ("overdue",)),
            is_better=1,
        ),
        Kind(
            name="median",
            path=_FIRST,
            shown="time",
            tickets="answered",
            sort="-first",
            n=(("first_response", "n"),),
            is_better=-1,
        ),
        Kind(
            name="p90",
            path=("first_response", "p90_seconds"),
            shown="time",
            tickets="answered",
            sort="-first",
            n=(("first_response", "n"),),
            is_better=-1,
        ),
        Kind(
            name="working",
            path=_WORKING,
            shown="time",
            tickets="answered",
            sort="-working",
            n=(("first_response_working", "n"),),
            is_better=-1,
        ),
        Kind(
            name="next",
            path=("next_response", "median_seconds"),
            shown="time",
            tickets="next",
            sort="-next",
            n=(("next_response", "n"),),
            is_better=-1,
        ),
        Kind(
            name="resolution",
            path=("resolution", "median_seconds"),
            shown="time",
            tickets="resolved",
            sort="-resolution",
            n=(("resolution", "n"),),
            is_better=-1,
        ),
        Kind(
            name="good", path=("grades", "good_share"), shown="share", tickets="good", n=(("grades", "n"),), is_better=1
        ),
        Kind(name="mean", path=("grades", "mean"), shown="mean", tickets="graded", n=(("grades", "n"),), is_better=1),
        Kind(
            name="unanswered", path=("unanswered",), shown="count", tickets="unanswered", sort="-waiting", is_better=-1
        ),
        Kind(name="overdue", path=("overdue",), shown="count", tickets="overdue", sort="-waiting", is_better=-1),
        Kind(name="oldest", path=("oldest_waiting_seconds",), shown="time", tickets="waiting", sort="-waiting"),
        Kind(name="reopened", path=("reopened",), shown="count", tickets="reopened", is_better=-1),
        Kind(name="transferred", path=("transferred",), shown="count", tickets="transferred"),
        Kind(name="comments", path=("comments",), shown="count", tickets="comments"),
        Kind(name="no_answer_needed", path=("no_answer_needed",), shown="count", tickets="no_answer_needed"),
        Kind(name="spam", path=("spam",), shown="count", tickets="spam"),
        Kind(name="duplicates", path=("duplicates",), shown="count", tickets="duplicates"),
        Kind(name="withdrawn", path=("withdrawn",), shown="count", tickets="withdrawn"),
        Kind(name="silenced", path=("silenced",), shown="count", tickets=""),
        Kind(name="interim", path=("interim",), shown="count", tickets="interim"),
        Kind(name="hard", path=("within_hard_limit",), shown="count", tickets="within_hard_limit"),
        Kind(
            name="resolved_in_time",
            path=("resolution_share",),
            shown="share",
            tickets="resolved_in_time",
            is_better=1,
        ),
    )
}
TILES = ("questions", "in_time", "median", "good")
WAITING = ("unanswered", "overdue", "oldest")
MORE = (
    "answered",
    "p90",
    "working",
    "next",
    "hard",
    "resolution",
    "resolved_in_time",
    "mean",
    "reopened",
    "transferred",
    "comments",
    "interim",
    "no_answer_needed",
    "duplicates",
    "withdrawn",
    "spam",
    "silenced",
)
COLUMNS = ("questions", "in_time", "median", "overdue", "unanswered", "good", "reopened", "transferred")
