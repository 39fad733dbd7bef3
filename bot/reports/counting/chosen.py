"""Which tickets a figure counts: the list behind a number has as many entries as the number says."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np

from bot.domain.institution import Scope
from bot.domain.ticket import TicketState
from bot.reports.counting.columns import Bools, Columns, Floats, Ints, Named, make_columns
from bot.reports.counting.gathering import Asked, Gathered, gather
from bot.reports.period import Period
from storage.database import Database
from storage.listings import TicketLine, read_lines, read_numbers
from storage.measured_row import Mark
from storage.statistics import read_places

NO_TOPIC = "-"
SORTS = ("number", "first", "working", "next", "resolution", "waiting")
_GOOD = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Whose tickets are wanted; what is empty or None narrows nothing."""

    figure: str = ""
    """One of FIGURES, empty for every ticket."""
    channel: str = ""
    topic: str = ""
    """The topic's key, `-` for tickets without one."""
    state: TicketState | None = None
    administrator: int | None = None
    """Who answered; 0 for one whom the messenger did not tell."""
    sort: str = "-number"
    """One of SORTS; with `-` before it from the greatest down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """One ticket of a list, without words and people."""

    line: TicketLine
    """As it stands now. What was given away may be somebody else's."""
    times: int
    """How often the figure counts it: a ticket can be given away twice."""
    is_in_time: bool | None
    """Of the first answer; None while there is none and it is not late, and for what is no question."""
    seconds: Mapping[str, float]
    """`first`, `working`, `next` (the longest), `resolution` and `waiting`, as far as there are such times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A part of a list."""

    count: int
    """What the figure says."""
    tickets: int
    """How many different tickets that are."""
    shown: Sequence[Chosen]


async def choose_tickets(
    database: Database,
    *,
    choice: Choice,
    scope: Scope,
    within: Sequence[Scope],
    period: Period,
    zone: ZoneInfo,
    now: datetime,
    skipped: int = 0,
    shown: int = 50,
) -> Selection:
    """Return the tickets of a scope (and of all in `within`) that opened in the period and that the choice counts.

    They are counted from the same rows and marks as the report's figures (`bot.reports.counting.counted`).
    """
    async with database.snapshot() as connection:
        places = await read_places(connection)
        codes = {place.code for place in places if all(each.covers(place) for each in (scope, *within))}
        asked = Asked(
            scope=scope,
            codes=codes,
            is_whole=not within,
            zone=zone,
            now=now,
        )
        gathered = await gather(connection, asked, period)
        start, end = period.bounds(zone)
        numbers = (
            await read_numbers(connection, state=choice.state, start=start, end=end)
            if choice.state is not None
            else None
        )
        ordered = await asyncio.to_thread(_choose, gathered, asked, choice, numbers)
        part = ordered.part(skipped, shown)
        lines = await read_lines(connection, [int(number) for number in ordered.columns.ticket[part]])
    return Selection(
        count=int(ordered.times.sum()),
        tickets=len(ordered.order),
        shown=[ordered.chosen(int(place), lines) for place in part],
    )


def _choose(gathered: Gathered, asked: Asked, choice: Choice, numbers: Sequence[int] | None) -> "_Ordered":
    is_everything = asked.is_whole and not asked.scope.name
    columns = make_columns(
        gathered.portions, period=gathered.period, zone=asked.zone, codes=None if is_everything else asked.codes
    )
    times = _times(columns, choice, asked.now.timestamp())
    if numbers is not None:
        times = times * np.isin(columns.ticket, np.array(numbers, dtype=np.int64))
    return _Ordered(columns, times, choice.sort, now=asked.now.timestamp())


class _Ordered:
    """The chosen tickets in the order that was asked for."""

    def __init__(self, columns: Columns, times: Ints, sort: str, *, now: float) -> None:
        self.columns = columns
        self.times = times
        self._seconds = {
            "first": columns.first,
            "working": columns.working,
            "next": _longest_next(columns),
            "resolution": columns.resolution,
            "waiting": now - columns.waiting_since,
        }
        self._is_overdue = FIGURES["overdue"](columns, now)
        name = sort.removeprefix("-")
        values: Floats = self._seconds.get(name, columns.ticket.astype(np.float64))
        # What has no such time stands last in both directions.
        keys = np.where(np.isnan(values), np.inf, -values if sort.startswith("-") else values)
        chosen = np.flatnonzero(times)
        self.order = chosen[np.lexsort((columns.ticket[chosen], keys[chosen]))]

    def part(self, skipped: int, shown: int) -> Ints:
        return self.order[skipped : skipped + shown]

    def chosen(self, place: int, lines: Mapping[int, TicketLine]) -> Chosen:
        marks = Mark(int(self.columns.marks[place]))
        is_judged = Mark.QUESTION in marks and (Mark.ANSWERED in marks or bool(self._is_overdue[place]))
        seconds = {name: float(values[place]) for name, values in self._seconds.items()}
        return Chosen(
            line=lines[int(self.columns.ticket[place])],
            times=int(self.times[place]),
            is_in_time=Mark.IN_TIME in marks if is_judged else None,
            seconds={name: value for name, value in seconds.items() if not np.isnan(value)},
        )


def _times(columns: Columns, choice: Choice, now: float) -> Ints:
    """Return how often a choice counts each ticket."""
    if choice.figure not in FIGURES:
        return np.zeros(len(columns.ticket), dtype=np.int64)
    times: Ints = FIGURES[choice.figure](columns, now).astype(np.int64)
    if choice.administrator is not None:
        times = _times_by(columns, times, choice)
    if choice.channel:
        times = times * _is(columns.channel, choice.channel)
    if choice.topic:
        times = times * _is(columns.topic, "" if choice.topic == NO_TOPIC else choice.topic)
    return times


def _times_by(columns: Columns, times: Ints, choice: Choice) -> Ints:
    """A person's line holds the answers that this person gave."""
    person = choice.administrator or None
    own_first = columns.has(Mark.ANSWERED) & _is(columns.administrator, person)
    own_next = _count(columns, columns.later.row[_is(columns.later.who, person)]) * columns.has(Mark.QUESTION)
    match choice.figure:
        case "next":
            return own_next
        case "":
            return (own_first | (own_next > 0)).astype(np.int64)
        case "transferred" | "no_answer_needed" | "spam" | "duplicates" | "withdrawn":
            return np.zeros_like(times)
    return times * own_first


def _is(column: Named, name: object) -> Bools:
    """Tell where a column has a name; None is for those without one."""
    place = -1 if name is None else column.names.index(name) if name in column.names else -2
    found: Bools = column.index == place
    return found


def _count(columns: Columns, rows: Ints) -> Ints:
    return np.bincount(rows, minlength=len(columns.ticket)).astype(np.int64)


def _longest_next(columns: Columns) -> Floats:
    longest = np.full(len(columns.ticket), -np.inf)
    np.maximum.at(longest, columns.later.row, columns.later.seconds)
    return np.where(np.isneginf(longest), np.nan, longest)


def _marked(mark: Mark) -> "Callable[[Columns, float], Bools]":
    return lambda columns, _: columns.has(mark)


FIGURES: Mapping[str, "Callable[[Columns, float], Bools | Ints]"] = {
    "": lambda columns, _: columns.is_own,
    "questions": _marked(Mark.QUESTION),
    "answered": _marked(Mark.ANSWERED),
    "answered_in_time": _marked(Mark.IN_TIME),
    "late": lambda columns, _: columns.has(Mark.ANSWERED) & ~columns.has(Mark.IN_TIME),
    "within_hard_limit": _marked(Mark.WITHIN_HARD_LIMIT),
    "unanswered": lambda columns, _: columns.has(Mark.QUESTION) & ~columns.has(Mark.ANSWERED),
    "overdue": lambda columns, now: columns.has(Mark.QUESTION) & (columns.deadline_at < now),
    "waiting": lambda columns, _: columns.has(Mark.QUESTION) & ~np.isnan(columns.waiting_since),
    "reopened": _marked(Mark.REOPENED),
    "comments": _marked(Mark.COMMENT),
    "interim": _marked(Mark.INTERIM),
    "resolved_in_time": _marked(Mark.RESOLVED_IN_TIME),
    "resolved": lambda columns, _: columns.has(Mark.QUESTION) & ~np.isnan(columns.resolution),
    "graded": lambda columns, _: columns.has(Mark.QUESTION) & (columns.grade > 0),
    "good": lambda columns, _: columns.has(Mark.QUESTION) & (columns.grade >= _GOOD),
    "next": lambda columns, _: _count(columns, columns.later.row) * columns.is_own,
    "transferred": lambda columns, _: _count(columns, columns.holders.row[columns.holders.is_given]),
    "no_answer_needed": lambda columns, _: np.where(columns.is_own, columns.excused, 0),
    "spam": _marked(Mark.SPAM),
    "duplicates": _marked(Mark.DUPLICATE),
    "withdrawn": _marked(Mark.WITHDRAWN),
}
"""How often a figure counts a ticket."""
