"""Measured tickets: one row a ticket with everything that reports count of it, kept up to date aside from the desk."""

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import IntFlag
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Select, Text, and_, bindparam, or_, select, true, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.institution import Scope
from storage.bulk import Bulk
from storage.database import upsert
from storage.statistics import institutions_in
from storage.tables import ticket_times, tickets

_AT_ONCE = 5_000


class Mark(IntFlag):
    """What a ticket counts as; the bits of `ticket_times.marks`."""

    QUESTION = 1
    """Counted inside: not spam, no repeat, not all of it marked as needing no answer."""
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
    written = _values(row)
    return [written[name] for name in COLUMNS]


async def read_measured(
    connection: AsyncConnection, *, scope: Scope, start: datetime, end: datetime
) -> Sequence[PlainRow]:
    """Return the kept rows of a scope's tickets that opened from `start` (included) to `end` (not included)."""
    codes = institutions_in(scope)
    query = _PLAIN.where(ticket_times.c.opened_at >= start, ticket_times.c.opened_at < end)
    if codes is not None:
        query = query.where(ticket_times.c.institution.in_(codes))
    found: Sequence[PlainRow] = (await connection.execute(query)).all()
    return found


async def read_held_elsewhere(
    connection: AsyncConnection, *, codes: Collection[str], start: datetime, end: datetime
) -> list[PlainRow]:
    """Return the kept rows of transferred tickets that none of `codes` holds any more, but one of them has held."""
    query = _PLAIN.where(
        ticket_times.c.opened_at >= start, ticket_times.c.opened_at < end, ticket_times.c.holders.is_not(None)
    )
    institution, holders = COLUMNS.index("institution"), COLUMNS.index("holders")
    return [
        row
        for row in await connection.execute(query)
        if row[institution] not in codes and any(held[0] in codes for held in orjson.loads(row[holders]))
    ]


async def count_measured(
    connection: AsyncConnection, *, scope: Scope, start: datetime, end: datetime, at_most: int
) -> int:
    """Return how many rows are kept of such tickets, looking at no more than `at_most`."""
    codes = institutions_in(scope)
    query = select(ticket_times.c.ticket).where(ticket_times.c.opened_at >= start, ticket_times.c.opened_at < end)
    if codes is not None:
        query = query.where(ticket_times.c.institution.in_(codes))
    return len((await connection.execute(query.limit(at_most))).all())


async def read_kept(connection: AsyncConnection, numbers: Sequence[int]) -> dict[int, MeasuredTicket]:
    """Return the kept rows of these tickets, without those that cannot be read: somebody else wrote them."""
    found: dict[int, MeasuredTicket] = {}
    for begin in range(0, len(numbers), _AT_ONCE):
        query = select(ticket_times).where(ticket_times.c.ticket.in_(numbers[begin : begin + _AT_ONCE]))
        for row in await connection.execute(query):
            with suppress(ValueError):
                found[row.ticket] = _read(row)
    return found


async def read_unmeasured(connection: AsyncConnection, *, limit: int) -> list[int]:
    """Return the numbers of tickets whose row is not up to date, the latest first."""
    query = select(tickets.c.number).where(_IS_DUE).order_by(tickets.c.number.desc()).limit(limit)
    return list((await connection.execute(query)).scalars())


async def read_due(
    connection: AsyncConnection, *, scope: Scope, start: datetime, end: datetime, with_all: bool = False
) -> list[int]:
    """Return the same of those that opened from `start` (included) to `end` (not included), or `with_all` of them.

    They are a scope's tickets, and whatever was transferred: somebody in the scope may have held it.
    """
    query = select(tickets.c.number).where(tickets.c.opened_at >= start, tickets.c.opened_at < end)
    if not with_all:
        query = query.where(_IS_DUE)
    codes = institutions_in(scope)
    if codes is not None:
        query = query.where(or_(tickets.c.institution.in_(codes), tickets.c.transfers > 0))
    return list((await connection.execute(query)).scalars())


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingTicket:
    """A ticket whose citizen waits for the first answer."""

    number: int
    institution: str
    opened_at: datetime
    waiting_since: datetime
    deadline_at: datetime | None
    topic: str
    link: str


async def read_waiting(
    connection: AsyncConnection, *, scope: Scope, start: datetime, end: datetime, limit: int
) -> list[WaitingTicket]:
    """Return the kept tickets of a scope and time in which somebody waits for the first answer, the longest first."""
    query = (
        select(
            ticket_times.c.ticket,
            ticket_times.c.institution,
            ticket_times.c.opened_at,
            ticket_times.c.waiting_since,
            ticket_times.c.deadline_at,
            ticket_times.c.topic,
            tickets.c.link,
        )
        .join(tickets, tickets.c.number == ticket_times.c.ticket)
        .where(
            ticket_times.c.waiting_since.is_not(None),
            ticket_times.c.opened_at >= start,
            ticket_times.c.opened_at < end,
            tickets.c.is_measured.is_(True),
        )
        .order_by(ticket_times.c.waiting_since, ticket_times.c.ticket)
        .limit(limit)
    )
    codes = institutions_in(scope)
    if codes is not None:
        query = query.where(ticket_times.c.institution.in_(codes))
    return [
        WaitingTicket(
            number=row.ticket,
            institution=row.institution,
            opened_at=row.opened_at,
            waiting_since=row.waiting_since,
            deadline_at=row.deadline_at,
            topic=row.topic,
            link=row.link,
        )
        for row in await connection.execute(query)
    ]


async def read_links(connection: AsyncConnection, numbers: Sequence[int]) -> dict[int, str]:
    """Return the addresses of these tickets' dialogues, empty where there is none."""
    found: dict[int, str] = {}
    for begin in range(0, len(numbers), _AT_ONCE):
        query = select(tickets.c.number, tickets.c.link).where(tickets.c.number.in_(numbers[begin : begin + _AT_ONCE]))
        found |= {row.number: row.link for row in await connection.execute(query)}
    return found


async def begin_measuring(connection: AsyncConnection, numbers: Sequence[int]) -> None:
    """Note that the facts of these tickets are read from now on: a change after this makes them due again."""
    await connection.execute(_BEGIN, {"numbers": numbers})


async def keep_measured(connection: AsyncConnection, rows: Iterable[MeasuredTicket]) -> set[int]:
    """Keep the rows of tickets that have not changed since `begin_measuring`; returns their numbers."""
    wanted = {row.ticket: row for row in rows}
    kept = set((await connection.execute(_KEEP, {"numbers": list(wanted)})).scalars())
    await write_measured(connection, [row for number, row in wanted.items() if number in kept])
    return kept


async def write_measured(connection: AsyncConnection, rows: Iterable[MeasuredTicket]) -> None:
    """Write rows as they are."""
    await _ROWS.write(connection, [_values(row) for row in rows])


async def make_due(connection: AsyncConnection, numbers: Sequence[int]) -> None:
    """Have these tickets measured again."""
    for begin in range(0, len(numbers), _AT_ONCE):
        await connection.execute(_MAKE_DUE, {"numbers": numbers[begin : begin + _AT_ONCE]})


def _values(row: MeasuredTicket) -> dict[str, Any]:
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


def _read(row: Any) -> MeasuredTicket:
    values = {name: getattr(row, name) for name in COLUMNS}
    later = tuple((person, seconds) for person, seconds in orjson.loads(row.later or "[]"))
    holders = tuple((code, seconds, is_given) for code, seconds, is_given in orjson.loads(row.holders or "[]"))
    return MeasuredTicket(**(values | {"marks": Mark(row.marks), "later": later, "holders": holders}))


def _as_it_comes() -> "Select[Any]":
    """Ask for plain rows: turning every moment into a value of its own would take most of a report's time."""
    moments = ("opened_at", "deadline_at", "waiting_since", "resolve_by_at")
    return select(
        *(type_coerce(ticket_times.c[name], Text) if name in moments else ticket_times.c[name] for name in COLUMNS)
    )


_PLAIN = _as_it_comes()
_IS_DUE: ColumnElement[bool] = tickets.c.is_measured.is_not(true())
_THESE = tickets.c.number.in_(bindparam("numbers", expanding=True))
_BEGIN = update(tickets).where(_THESE).values(is_measured=None)
_KEEP = (update(tickets).where(and_(_THESE, tickets.c.is_measured.is_(None))).values(is_measured=True)).returning(
    tickets.c.number
)
_MAKE_DUE = update(tickets).where(_THESE).values(is_measured=False)
_ROWS = Bulk(lambda connection: upsert(ticket_times, connection))
