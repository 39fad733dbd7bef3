"""How much waits in the inbox and the outbox, how long, and how much waits for the operator."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import inbox, outbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Depth:
    """One queue."""

    waiting: int
    dead: int
    oldest_seconds: float
    """The age of the oldest row that waits, 0 when none does."""


async def read_depths(connection: AsyncConnection, *, now: datetime) -> dict[str, Depth]:
    """Return the depth of `inbox` and `outbox`."""
    found = {}
    for table, since in ((inbox, inbox.c.received_at), (outbox, outbox.c.created_at)):
        is_waiting = table.c.state.in_(("todo", "sending"))
        query = select(
            func.count(case((is_waiting, 1))),
            func.count(case((table.c.state == "dead", 1))),
            func.min(case((is_waiting, since))),
        ).where(table.c.state.in_(("todo", "sending", "dead")))
        waiting, dead, oldest = (await connection.execute(query)).one()
        age = (now - oldest).total_seconds() if oldest is not None else 0.0
        found[table.name] = Depth(waiting=waiting, dead=dead, oldest_seconds=max(age, 0.0))
    return found
