"""Measured tickets as columns of numbers: what a whole year is counted from in a fraction of a second."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from bot.reports.period import Period
from storage.measured_row import COLUMNS, Mark, PlainRow

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

REST = "+"
"""Marks the rest of a day that is parted."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A column of names, as numbers into the list of all different ones; -1 for none."""

    names: Sequence[Any]
    index: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """What a ticket may have several of, flattened: later answers, or what each holder did."""

    row: Ints
    """The ticket's place in the columns."""
    who: Named
    """Administrators of later answers; codes of holders."""
    seconds: Floats
    """NaN while it goes on."""
    is_given: Bools
    """A holder gave the ticket away; always false for answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Tickets of one period. Moments are seconds since 1970, NaN for none; so are missing times."""

    ticket: Ints
    day: Named
    """On which it opened, in the report's zone: ISO dates."""
    institution: Named
    channel: Named
    topic: Named
    administrator: Named
    """Who gave the first answer; -1 when the messenger did not tell, or nobody did."""
    marks: Ints
    excused: Ints
    grade: Ints
    """0 for none."""
    deadline_at: Floats
    waiting_since: Floats
    resolve_by_at: Floats
    first: Floats
    working: Floats
    resolution: Floats
    is_own: Bools
    """Within the scope; otherwise only what holders within the scope did with it is counted."""
    later: Aside
    holders: Aside
    """Of questions: every holder within the scope."""

    def has(self, mark: Mark) -> Bools:
        """Tell which tickets bear a mark."""
        found: Bools = self.is_own & ((self.marks & int(mark)) != 0)
        return found


def make_columns(
    parts: Iterable[Sequence[PlainRow]],
    *,
    period: Period,
    zone: tzinfo,
    codes: Set[str] | None,
    parted_at: datetime | None = None,
) -> Columns:
    """Turn plain rows, in portions whose moments are of one form, into columns; `codes` is the scope, None for all.

    `parted_at` parts the day in which it lies: what comes later has the day's name with `REST` behind it.
    """
    portions = [_Portion(rows) for rows in parts if rows]
    by_name: dict[str, list[Any]] = {
        name: [value for portion in portions for value in portion.values[name]] for name in COLUMNS
    }
    institution = _named(by_name["institution"])
    is_inside = np.array([codes is None or code in codes for code in institution.names], dtype=bool)
    own = is_inside[institution.index] if len(institution.index) else np.zeros(0, dtype=bool)
    marks = np.array(by_name["marks"], dtype=np.int64)
    first = _floats(by_name["first_seconds"])
    is_question = own & ((marks & int(Mark.QUESTION)) != 0)
    return Columns(
        ticket=np.array(by_name["ticket"], dtype=np.int64),
        day=_days(_moments(portions, "opened_at"), period=period, zone=zone, parted_at=parted_at),
        institution=institution,
        channel=_named(by_name["channel"]),
        topic=_named(by_name["topic"]),
        administrator=_named(by_name["administrator"]),
        marks=marks,
        excused=np.array(by_name["excused"], dtype=np.int64),
        grade=np.array([grade or 0 for grade in by_name["grade"]], dtype=np.int64),
        deadline_at=_moments(portions, "deadline_at"),
        waiting_since=_moments(portions, "waiting_since"),
        resolve_by_at=_moments(portions, "resolve_by_at"),
        first=first,
        working=_floats(by_name["working_seconds"]),
        resolution=_floats(by_name["resolution_seconds"]),
        is_own=own,
        later=_later(by_name["later"]),
        holders=_holders(by_name["holders"], institution, first, is_question, codes),
    )


class _Portion:
    """Rows of one source, turned on their side."""

    def __init__(self, rows: Sequence[PlainRow]) -> None:
        self.values = dict(zip(COLUMNS, zip(*rows, strict=True), strict=True))


def _floats(values: Sequence[float | None]) -> Floats:
    return np.array(values, dtype=np.float64)


def _named(values: Sequence[Any]) -> Named:
    numbers: dict[Any, int] = {}
    index = [-1 if value is None else numbers.setdefault(value, len(numbers)) for value in values]
    return Named(names=list(numbers), index=np.array(index, dtype=np.int64))


def _moments(portions: Sequence[_Portion], name: str) -> Floats:
    return np.concatenate([np.zeros(0), *(_seconds_since_1970(portion.values[name]) for portion in portions)])


def _seconds_since_1970(values: Sequence[str | datetime | None]) -> Floats:
    sample = next((value for value in values if value is not None), None)
    if sample is None:
        return np.full(len(values), np.nan)
    if isinstance(sample, str):
        texts = np.array([value or "NaT" for value in values], dtype="datetime64[us]")
        seconds: Floats = texts.astype(np.float64) / 1e6
        seconds[np.isnat(texts)] = np.nan
        return seconds
    return np.array([value.timestamp() if isinstance(value, datetime) else np.nan for value in values])


def _days(opened_at: Floats, *, period: Period, zone: tzinfo, parted_at: datetime | None) -> Named:
    begins = [(_midnight(day, zone), day.isoformat()) for day in period.days()]
    if parted_at is not None:
        parted = parted_at.astimezone(zone).date().isoformat()
        begins = sorted([*begins, ((parted_at - _EPOCH).total_seconds(), f"{parted}{REST}")])
    moments = np.array([moment for moment, _ in begins])
    return Named(names=[name for _, name in begins], index=np.searchsorted(moments, opened_at, side="right") - 1)


def _midnight(day: date, zone: tzinfo) -> float:
    start, _ = Period(first=day, last=day).bounds(zone)
    return (start - _EPOCH).total_seconds()


def _later(written: Sequence[str | None]) -> Aside:
    rows: list[int] = []
    people: list[int | None] = []
    seconds: list[float] = []
    for row, text in enumerate(written):
        if text is not None:
            for person, took in orjson.loads(text):
                rows.append(row)
                people.append(person)
                seconds.append(took)
    return Aside(
        row=np.array(rows, dtype=np.int64),
        who=_named(people),
        seconds=_floats(seconds),
        is_given=np.zeros(len(rows), dtype=bool),
    )


def _holders(
    written: Sequence[str | None], institution: Named, first: Floats, is_question: Bools, codes: Set[str] | None
) -> Aside:
    """Return every holder within the scope; who holds a ticket that was never given away is its institution."""
    rows: list[int] = []
    who: list[str] = []
    seconds: list[float | None] = []
    is_given: list[bool] = []
    is_kept = is_question.copy()
    for row, text in enumerate(written):
        if text is None:
            continue
        is_kept[row] = False
        for code, took, gave in orjson.loads(text):
            if codes is None or code in codes:
                rows.append(row)
                who.append(code)
                seconds.append(took)
                is_given.append(gave)
    kept = np.flatnonzero(is_kept)
    numbers = {name: number for number, name in enumerate(institution.names)}
    moved = [numbers.setdefault(code, len(numbers)) for code in who]
    return Aside(
        row=np.concatenate([kept, np.array(rows, dtype=np.int64)]),
        who=Named(
            names=list(numbers),
            index=np.concatenate([institution.index[kept], np.array(moved, dtype=np.int64)]),
        ),
        seconds=np.concatenate([first[kept], _floats(seconds)]),
        is_given=np.concatenate([np.zeros(len(kept), dtype=bool), np.array(is_given, dtype=bool)]),
    )
