"""Who waits beyond the deadline, for supervisors."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.incident import Incident
from bot.domain.institution import Institution, Scope
from storage.incidents import read_open_incidents
from storage.institutions import read_institutions
from storage.tables import tickets
from storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueTicket:
    """A ticket whose citizen has waited too long."""

    number: int
    institution: Institution
    waiting_since: datetime
    link: str
    incident: Incident | None = None
    """The mass event to which it belongs, while that goes on."""


async def read_overdue(
    connection: AsyncConnection, vault: Vault, *, scope: Scope, now: datetime
) -> list[OverdueTicket]:
    """Return the overdue tickets of a scope, the longest waiting first."""
    known = {
        institution.code: institution for institution in await read_institutions(connection, vault, with_secrets=False)
    }
    going_on = {incident.number: incident for incident in await read_open_incidents(connection, vault)}
    query = (
        select(tickets.c.number, tickets.c.institution, tickets.c.waiting_since, tickets.c.link, tickets.c.incident)
        .where(tickets.c.waiting_since.is_not(None), tickets.c.deadline_at < now)
        .order_by(tickets.c.waiting_since, tickets.c.number)
    )
    return [
        OverdueTicket(
            number=row.number,
            institution=known[row.institution],
            waiting_since=row.waiting_since,
            link=row.link,
            incident=going_on.get(row.incident),
        )
        for row in await connection.execute(query)
        if scope.covers(known[row.institution])
    ]
