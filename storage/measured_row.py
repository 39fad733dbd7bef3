"""A measured ticket: everything that reports count of one ticket, as one row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntFlag
from typing import Any

import orjson


class Mark(IntFlag):
    """What a ticket counts as; the bits of `ticket_times.marks`."""

    QUESTION = 1
    """Counted inside: not all of its words were taken out by their deadline."""
    ANSWERED = 2
    IN_TIME = 4
    """Answered at or before the deadline of the policy in force when it opened."""
    REOPENED = 8
    COMMENT = 16
    SPAM = 32
    DUPLICATE = 64
    WITHIN_HARD_LIMIT = 128
    INTERIM = 256
    """Answered, but the final answer is still to come."""
    RESOLVED = 512
    """There was a norm for its end, and it has a final answer or an end."""
    RESOLVED_IN_TIME = 1024
    WITHDRAWN = 2048
    """The citizen took it back in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredTicket:
    """One judged ticket, true as long as nothing happens to it: what depends on the moment is kept as a moment."""

    ticket: int
    opened_at: datetime
    institution: str
    channel: str
    topic: str = ""
    """The topic's key, empty for unknown."""
    marks: Mark
    excused: int = 0
    """How many times an administrator marked words as needing no answer."""
    grade: int | None = None
    """1 to 5, from the citizen."""
    administrator: int | None = None
    """Who gave the first answer; None when there is none or the messenger did not tell."""
    deadline_at: datetime | None = None
    """Until when the first answer was due; None when it is there. What is overdue follows from it at any moment."""
    waiting_since: datetime | None = None
    """Since when somebody waits for the first answer; None when answered, closed or no question."""
    resolve_by_at: datetime | None = None
    """Until when the end is due; None when it is there, or there is no such norm."""
    first_seconds: float | None = None
    working_seconds: float | None = None
    """The first answer in working time."""
    resolution_seconds: float | None = None
    later: tuple[tuple[int | None, float], ...] = ()
    """Of each later answer: whose it was and how many seconds it took."""
    holders: tuple[tuple[str, float | None, bool], ...] = ()
    """Of a transferred ticket, in order: who held it, how long the citizen waited for them, whether they gave it on.

    A ticket that was never transferred has none: its holder's time is `first_seconds`.
    """


COLUMNS = (
    "ticket",
    "opened_at",
    "institution",
    "channel",
    "topic",
    "marks",
    "excused",
    "grade",
    "administrator",
    "deadline_at",
    "waiting_since",
    "resolve_by_at",
    "first_seconds",
    "working_seconds",
    "resolution_seconds",
    "later",
    "holders",
)
"""The order of a plain row."""


PlainRow = Sequence[Any]
"""A row as the database's driver gives it: moments are text in SQLite, the last two columns JSON or None."""


def plain(row: MeasuredTicket) -> PlainRow:
    """Return a measured ticket as a plain row."""
    written = measured_values(row)
    return [written[name] for name in COLUMNS]


def measured_values(row: MeasuredTicket) -> dict[str, Any]:
    """Write a measured ticket."""
    return {
        "ticket": row.ticket,
        "opened_at": row.opened_at,
        "institution": row.institution,
        "channel": row.channel,
        "topic": row.topic,
        "marks": int(row.marks),
        "excused": row.excused,
        "grade": row.grade,
        "administrator": row.administrator,
        "deadline_at": row.deadline_at,
        "waiting_since": row.waiting_since,
        "resolve_by_at": row.resolve_by_at,
        "first_seconds": row.first_seconds,
        "working_seconds": row.working_seconds,
        "resolution_seconds": row.resolution_seconds,
        "later": orjson.dumps(row.later).decode() if row.later else None,
        "holders": orjson.dumps(row.holders).decode() if row.holders else None,
    }


def read_measured_row(row: Any) -> MeasuredTicket:
    """Read a measured ticket."""
    values = {name: getattr(row, name) for name in COLUMNS}
    later = tuple((person, seconds) for person, seconds in orjson.loads(row.later or "[]"))
    holders = tuple((code, seconds, is_given) for code, seconds, is_given in orjson.loads(row.holders or "[]"))
    return MeasuredTicket(**(values | {"marks": Mark(row.marks), "later": later, "holders": holders}))
