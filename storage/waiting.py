"""Tickets in which somebody waits for the first answer, and the ways to their dialogues."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.institution import Scope
from bot.domain.ticket import TicketEventKind
from storage.statistics import institutions_in
from storage.tables import ticket_events, ticket_times, tickets

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a ticket ended."""

    at: datetime | None
    kind: str
    """Which event ended it; empty when none is known."""
    reason: str
    """What an administrator gave as the reason."""


async def read_waiting(
    connection: AsyncConnection, *, scope: Scope, start: datetime, end: datetime, limit: int, is_closed: bool = False
) -> list[WaitingTicket]:
    """Return the kept tickets of a scope and time in which somebody waits for the first answer, the longest first.

    `is_closed`: those that were closed without one instead, in the order in which they were opened.
    """
    closed = (ticket_times.c.deadline_at.is_not(None), ticket_times.c.waiting_since.is_(None))
    wanted = closed if is_closed else (ticket_times.c.waiting_since.is_not(None),)
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
            *wanted,
            ticket_times.c.opened_at >= start,
            ticket_times.c.opened_at < end,
            tickets.c.is_measured.is_(True),
        )
        .order_by(ticket_times.c.opened_at if is_closed else ticket_times.c.waiting_since, ticket_times.c.ticket)
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
            waiting_since=row.waiting_since or row.opened_at,
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


async def read_endings(connection: AsyncConnection, numbers: Sequence[int]) -> dict[int, Ending]:
    """Return how these tickets ended."""
    found: dict[int, Ending] = {}
    for begin in range(0, len(numbers), _AT_ONCE):
        these = numbers[begin : begin + _AT_ONCE]
        closed = select(tickets.c.number, tickets.c.closed_at).where(tickets.c.number.in_(these))
        found |= {row.number: Ending(at=row.closed_at, kind="", reason="") for row in await connection.execute(closed)}
        query = (
            select(ticket_events.c.ticket, ticket_events.c.at, ticket_events.c.kind, ticket_events.c.detail)
            .where(ticket_events.c.ticket.in_(these), ticket_events.c.kind.in_(_ENDINGS))
            .order_by(ticket_events.c.id)
        )
        for row in await connection.execute(query):
            reason = row.detail if row.kind == TicketEventKind.CLOSED else ""
            found[row.ticket] = Ending(at=found[row.ticket].at or row.at, kind=row.kind, reason=reason)
    return found


_ENDINGS = tuple(
    kind.value
    for kind in (
        TicketEventKind.CLOSED,
        TicketEventKind.CLOSED_BY_SILENCE,
        TicketEventKind.NO_ANSWER_NEEDED,
        TicketEventKind.SPAM,
        TicketEventKind.DUPLICATE,
        TicketEventKind.WITHDRAWN,
    )
)
