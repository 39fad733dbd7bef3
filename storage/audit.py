"""What operators and citizens decided, kept for ever: rows are only added."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import audit


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """A line: who did what to what; no personal data belongs here."""

    actor: str
    action: str
    subject: str


async def write_audit(connection: AsyncConnection, *, actor: str, action: str, subject: str, at: datetime) -> None:
    """Add a line: who did what to what; no personal data belongs here."""
    await connection.execute(insert(audit).values(at=at, actor=actor, action=action, subject=subject))
