"""Tickets whose moment has come."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.own_event import DeadlineDue
from bot.domain.ticket import Ring
from storage.tables import tickets

_AT_ONCE = 500


async def due_rings(connection: AsyncConnection, *, now: datetime) -> list[DeadlineDue]:
    """Return the events of the tickets at which the clock must look by now, the oldest first."""
    query = (
        select(tickets.c.number, tickets.c.institution, tickets.c.ring, tickets.c.ring_at)
        .where(tickets.c.ring_at <= now)
        .order_by(tickets.c.ring_at)
        .limit(_AT_ONCE)
    )
    return [
        DeadlineDue(ticket=row.number, ring=Ring(row.ring), ring_at=row.ring_at, institution=row.institution)
        for row in await connection.execute(query)
    ]
