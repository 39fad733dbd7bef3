"""Mass events at rest, and the search for matters of which many write at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.incident import Incident, Members
from bot.domain.institution import Scope
from storage.statistics import institutions_in
from storage.tables import incidents, tickets
from storage.vault import Vault

_TEXTS = 200
"""Tickets of one institution that are compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """An institution to which unusually many wrote lately."""

    institution: str
    texts: tuple[str, ...]
    """What the cards show of their first words."""


async def read_open_incidents(connection: AsyncConnection, vault: Vault) -> list[Incident]:
    """Return the incidents that go on, by number."""
    query = select(incidents).where(incidents.c.closed_at.is_(None)).order_by(incidents.c.number)
    return [read_incident(row, vault) for row in await connection.execute(query)]


async def read_incidents(
    connection: AsyncConnection, vault: Vault, *, scope: Scope, start: datetime, end: datetime
) -> list[Incident]:
    """Return a scope's incidents that opened from `start` (included) to `end` (not included), by number."""
    is_in_period = (incidents.c.opened_at >= start) & (incidents.c.opened_at < end)
    query = select(incidents).where(is_in_period).order_by(incidents.c.number)
    codes = institutions_in(scope)
    if codes is not None:
        query = query.where(incidents.c.institution.in_(codes))
    return [read_incident(row, vault) for row in await connection.execute(query)]


async def count_members(connection: AsyncConnection, wanted: Collection[int]) -> dict[int, Members]:
    """Return how many tickets belong to each of these incidents, and in how many somebody waits."""
    if not wanted:
        return {}
    query = (
        select(tickets.c.incident, func.count().label("all"), func.count(tickets.c.waiting_since).label("waiting"))
        .where(tickets.c.incident.in_(wanted))
        .group_by(tickets.c.incident)
    )
    found = {row.incident: Members(all=row.all, waiting=row.waiting) for row in await connection.execute(query)}
    return {number: found.get(number, Members(all=0, waiting=0)) for number in wanted}


async def read_crowds(connection: AsyncConnection, vault: Vault, *, since: datetime, at_least: int) -> list[Crowd]:
    """Return the institutions to which at least so many unanswered tickets came since then, with their words."""
    is_new = (tickets.c.opened_at >= since) & tickets.c.incident.is_(None) & tickets.c.waiting_since.is_not(None)
    crowded = select(tickets.c.institution).where(is_new).group_by(tickets.c.institution)
    found = (await connection.execute(crowded.having(func.count() >= at_least))).scalars().all()
    crowds = []
    for code in found:
        query = select(tickets.c.first_words).where(is_new, tickets.c.institution == code)
        words = (await connection.execute(query.order_by(tickets.c.number.desc()).limit(_TEXTS))).scalars()
        crowds.append(Crowd(institution=code, texts=tuple(vault.open_text(text) for text in words)))
    return crowds


def read_incident(row: Any, vault: Vault) -> Incident:
    """Read an incident."""
    return Incident(
        number=row.number,
        institution=row.institution,
        matter=vault.open_text(row.matter),
        answer=vault.open_text(row.answer),
        draft=vault.open_text(row.draft),
        drafted_by=row.drafted_by,
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        reminded_at=row.reminded_at,
        escalated_at=row.escalated_at,
        closed_at=row.closed_at,
        card=row.card,
    )


def write_incident(incident: Incident, vault: Vault) -> dict[str, Any]:
    """Write an incident."""
    return {
        "number": incident.number,
        "institution": incident.institution,
        "matter": vault.seal_text(incident.matter),
        "answer": vault.seal_text(incident.answer),
        "draft": vault.seal_text(incident.draft),
        "drafted_by": incident.drafted_by,
        "opened_at": incident.opened_at,
        "opened_by": incident.opened_by,
        "reminded_at": incident.reminded_at,
        "escalated_at": incident.escalated_at,
        "closed_at": incident.closed_at,
        "card": incident.card,
    }
