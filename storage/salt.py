"""A word of this database's own: its outbox counts from 1, and VK would take another database's rows for repeats."""

import secrets

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import insert_new
from storage.tables import counters

_NAME = "salt"
_BITS = 62


async def read_salt(connection: AsyncConnection) -> str:
    """Return the word; it is made at the first call, in a unit that writes."""
    query = select(counters.c.value).where(counters.c.name == _NAME)
    await connection.execute(insert_new(counters, connection), {"name": _NAME, "value": secrets.randbits(_BITS)})
    return f"{(await connection.execute(query)).scalar_one():x}"


async def renew_salt(connection: AsyncConnection) -> None:
    """Take another word if there was one: after a backup was restored, rows count on from an earlier number."""
    gone = await connection.execute(delete(counters).where(counters.c.name == _NAME))
    if gone.rowcount:
        await read_salt(connection)
