"""Tickets in which somebody waits for the first answer, and the ways to their dialogues."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.institution import Scope
from storage.statistics import institutions_in
from storage.tables import ticket_times, tickets

_AT_ONCE = 5_000


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
