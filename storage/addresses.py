"""Where citizens find the product's own accounts on the messengers, as these told when they were last connected."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import cursors


async def read_addresses(connection: AsyncConnection, channel: str) -> dict[str, str]:
    """Return the address of every account of a channel that has one, by its id (a bot's, a group's)."""
    query = select(cursors.c.community, cursors.c.address).where(cursors.c.channel == channel, cursors.c.address != "")
    return {row.community: row.address for row in await connection.execute(query)}
