"""Which process does a part of the work that only one may do: a row with an expiry, no locks that a dead process keeps."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import insert_new
from storage.tables import leases

TERM = timedelta(seconds=15)
"""How long a lease lasts unless renewed; holders renew three times as often."""


async def acquire(connection: AsyncConnection, *, name: str, holder: str, now: datetime) -> bool:
    """Take or renew the lease; False when somebody else holds it."""
    expires_at = now + TERM
    await connection.execute(insert_new(leases, connection), {"name": name, "holder": holder, "expires_at": expires_at})
    taken = await connection.execute(
        update(leases)
        .where(leases.c.name == name, or_(leases.c.holder == holder, leases.c.expires_at <= now))
        .values(holder=holder, expires_at=expires_at)
    )
    return bool(taken.rowcount == 1)


async def release(connection: AsyncConnection, *, name: str, holder: str) -> None:
    """Give the lease back, so that the next one need not wait for its expiry."""
    await connection.execute(delete(leases).where(leases.c.name == name, leases.c.holder == holder))
