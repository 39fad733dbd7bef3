"""Measured tickets, a row each, kept up to date aside from the desk: read as they come, written, made due again."""

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Select, Text, and_, bindparam, or_, select, true, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.institution import Scope
from storage.bulk import Bulk
from storage.database import upsert
from storage.measured_row import COLUMNS, MeasuredTicket, PlainRow, measured_values, read_measured_row
from storage.statistics import institutions_in
from storage.tables import ticket_times, tickets

_AT_ONCE = 5_000


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
                found[row.ticket] = read_measured_row(row)
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
    await _ROWS.write(connection, [measured_values(row) for row in rows])


async def make_due(connection: AsyncConnection, numbers: Sequence[int]) -> None:
    """Have these tickets measured again."""
    for begin in range(0, len(numbers), _AT_ONCE):
        await connection.execute(_MAKE_DUE, {"numbers": numbers[begin : begin + _AT_ONCE]})


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
