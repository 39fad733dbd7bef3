"""What was counted of whole months and years, kept as bytes that only the report room understands."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.tables import aggregates, ticket_times

_HEAD = ""
"""The cut of the row without which nothing kept of a span and scope is used."""
_PIECE = 1_000_000
"""Bytes written in one unit: whoever else writes waits some milliseconds for it."""


async def read_heads(
    connection: AsyncConnection, *, spans: Collection[str], scopes: Collection[str]
) -> dict[tuple[str, str], bytes]:
    """Return what describes the aggregates of these spans and scopes, as far as there are any."""
    query = select(aggregates.c.span, aggregates.c.scope, aggregates.c.counted).where(
        aggregates.c.span.in_(spans), aggregates.c.scope.in_(scopes), aggregates.c.cut == _HEAD
    )
    return {(row.span, row.scope): row.counted for row in await connection.execute(query)}


async def read_aggregate(
    connection: AsyncConnection, *, span: str, scope: str, cuts: Collection[str]
) -> dict[str, bytes]:
    """Return what was counted of a span and scope along these cuts."""
    query = (
        select(aggregates.c.cut, aggregates.c.counted)
        .where(aggregates.c.span == span, aggregates.c.scope == scope, aggregates.c.cut.in_(cuts))
        .order_by(aggregates.c.cut, aggregates.c.value)
    )
    found: defaultdict[str, list[bytes]] = defaultdict(list)
    for row in await connection.execute(query):
        found[row.cut].append(row.counted)
    return {cut: pieces[0] if len(pieces) == 1 else b"".join(pieces) for cut, pieces in found.items()}


async def write_aggregate(database: Database, *, span: str, scope: str, head: bytes, cuts: Mapping[str, bytes]) -> None:
    """Keep what was counted of a span and scope, in many small units; the head, which makes it count, comes last."""
    of_both = (aggregates.c.span == span, aggregates.c.scope == scope)
    async with database.unit() as connection:
        await connection.execute(delete(aggregates).where(*of_both))
    for cut, content in cuts.items():
        for number, begin in enumerate(range(0, len(content), _PIECE)):
            async with database.unit() as connection:
                piece = {"cut": cut, "value": f"{number:05}", "counted": content[begin : begin + _PIECE]}
                await connection.execute(insert(aggregates).values(span=span, scope=scope, **piece))
    async with database.unit() as connection:
        last = {"cut": _HEAD, "value": "", "counted": head}
        await connection.execute(insert(aggregates).values(span=span, scope=scope, **last))


async def forget_aggregates(connection: AsyncConnection, spans: Collection[str]) -> None:
    """Let nothing that was counted of these spans be used any more: something in them has changed."""
    await connection.execute(delete(aggregates).where(aggregates.c.span.in_(spans), aggregates.c.cut == _HEAD))


async def read_aggregated_spans(connection: AsyncConnection) -> dict[str, set[str]]:
    """Return for which scopes anything is kept, by span."""
    query = select(aggregates.c.span, aggregates.c.scope).where(aggregates.c.cut == _HEAD)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in await connection.execute(query):
        found[row.span].add(row.scope)
    return dict(found)


async def measured_from_to(connection: AsyncConnection) -> tuple[datetime, datetime] | None:
    """Return when the first and the last measured ticket opened; None when there is none."""
    query = select(func.min(ticket_times.c.opened_at), func.max(ticket_times.c.opened_at))
    first, last = (await connection.execute(query)).one()
    return (first, last) if first is not None else None


async def has_deadlines_ahead(connection: AsyncConnection, *, start: datetime, end: datetime, now: datetime) -> bool:
    """Tell whether something that opened from `start` to `end` becomes overdue only after `now`."""
    query = select(ticket_times.c.ticket).where(
        ticket_times.c.opened_at >= start,
        ticket_times.c.opened_at < end,
        or_(ticket_times.c.deadline_at >= now, ticket_times.c.resolve_by_at >= now),
    )
    return (await connection.execute(query.limit(1))).first() is not None
