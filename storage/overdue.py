"""Who waits beyond the deadline, for supervisors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.address import chat_address, message_address
from bot.domain.incident import Incident
from bot.domain.institution import Institution, Scope
from bot.domain.ticket import MessageKind
from storage.incidents import read_open_incidents
from storage.institutions import read_institutions
from storage.place_rows import read_work_place
from storage.tables import messages, outbox, tickets
from storage.ticket_rows import read_message
from storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueTicket:
    """A ticket whose citizen has waited too long."""

    number: int
    institution: Institution
    waiting_since: datetime
    link: str
    card: str = ""
    """Where the card in the work chat can be opened."""
    work_chat: str = ""
    """Where the work chat can be opened, if the card cannot be."""
    is_urgent: bool = False
    """Its words speak of an emergency."""
    incident: Incident | None = None
    """The mass event to which it belongs, while that goes on."""

    @property
    def way(self) -> str:
        """Return the best address there is: of the card, of the work chat, else of the dialogue or the comment."""
        return self.card or self.work_chat or self.link


async def read_overdue(
    connection: AsyncConnection, vault: Vault, *, scope: Scope, now: datetime
) -> list[OverdueTicket]:
    """Return the overdue tickets of a scope, the longest waiting first."""
    known = {
        institution.code: institution for institution in await read_institutions(connection, vault, with_secrets=False)
    }
    going_on = {incident.number: incident for incident in await read_open_incidents(connection, vault)}
    query = (
        select(
            tickets.c.number,
            tickets.c.institution,
            tickets.c.waiting_since,
            tickets.c.link,
            tickets.c.incident,
            tickets.c.is_urgent,
            tickets.c.work_channel,
            tickets.c.work_community,
            tickets.c.work_chat,
            tickets.c.work_thread,
            outbox.c.sent_id,
        )
        .outerjoin(outbox, outbox.c.id == tickets.c.card)
        .where(tickets.c.waiting_since.is_not(None), tickets.c.deadline_at < now)
        .order_by(tickets.c.waiting_since, tickets.c.number)
    )
    return [
        OverdueTicket(
            number=row.number,
            institution=known[row.institution],
            waiting_since=row.waiting_since,
            link=row.link,
            card=message_address(read_work_place(row), row.sent_id or "", thread=row.work_thread),
            work_chat=chat_address(read_work_place(row)),
            is_urgent=row.is_urgent,
            incident=going_on.get(row.incident),
        )
        for row in await connection.execute(query)
        if scope.covers(known[row.institution])
    ]


async def read_first_words(connection: AsyncConnection, vault: Vault, numbers: Sequence[int]) -> dict[int, str]:
    """Return with which words the citizens began these tickets."""
    found: dict[int, str] = {}
    query = (
        select(messages)
        .where(messages.c.ticket.in_(numbers), messages.c.kind == MessageKind.QUESTION.value)
        .order_by(messages.c.said_at, messages.c.id)
    )
    for row in await connection.execute(query):
        message = read_message(row, vault)
        if message.ticket is not None and message.text:
            found.setdefault(message.ticket, message.text)
    return found
