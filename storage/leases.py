"""Which process does a part of the work that only one may do: a row with an expiry."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import insert_new
from storage.tables import leases

TERM = timedelta(seconds=15)
"""How long a lease lasts unless renewed; holders renew three times as often."""


async def acquire(
    connection: AsyncConnection, *, name: str, holder: str, now: datetime, is_gone: Callable[[str], bool]
) -> bool:
    """Take or renew the lease; False when somebody else holds it.

    `is_gone` tells of another holder whether it is known to have ended, so that its lease need not run out.
    """
    expires_at = now + TERM
    await connection.execute(insert_new(leases, connection), {"name": name, "holder": holder, "expires_at": expires_at})
    query = select(leases.c.holder, leases.c.expires_at).where(leases.c.name == name).with_for_update()
    held = (await connection.execute(query)).one_or_none()
    if held is None:
        # Its holder gave it back between the two statements.
        return await acquire(connection, name=name, holder=holder, now=now, is_gone=is_gone)
    if held.holder != holder and held.expires_at > now and not is_gone(held.holder):
        return False
    await connection.execute(update(leases).where(leases.c.name == name).values(holder=holder, expires_at=expires_at))
    return True


async def release(connection: AsyncConnection, *, name: str, holder: str) -> None:
    """Give the lease back, so that the next one need not wait for its expiry."""
    await connection.execute(delete(leases).where(leases.c.name == name, leases.c.holder == holder))
