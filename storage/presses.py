"""Actions of buttons that are longer than messengers carry (64 bytes): the button carries a token in their place."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import upsert
from storage.tables import presses
from storage.vault import Vault

KEPT_FOR = timedelta(days=180)


def token_of(action: str) -> str:
    """Return the token of an action; equal actions have equal tokens, so that nothing is kept twice."""
    return hashlib.sha256(action.encode()).hexdigest()[:24]


async def write_presses(connection: AsyncConnection, vault: Vault, actions: Iterable[str], *, now: datetime) -> None:
    """Keep actions, and let go of those whose buttons nobody presses any more."""
    await connection.execute(delete(presses).where(presses.c.kept_at < now - KEPT_FOR))
    rows = [
        {"token": token_of(each), "action": vault.seal_text(each), "kept_at": now} for each in dict.fromkeys(actions)
    ]
    await connection.execute(upsert(presses, connection), rows)


async def read_presses(connection: AsyncConnection, vault: Vault, tokens: set[str]) -> dict[str, str]:
    """Return the actions that are still kept, by token."""
    if not tokens:
        return {}
    query = select(presses.c.token, presses.c.action).where(presses.c.token.in_(tokens))
    return {row.token: vault.open_text(row.action) for row in await connection.execute(query)}
