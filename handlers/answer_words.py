"""An answer as the citizen reads it."""

from collections.abc import Iterable

from bot.domain.message import Attachment
from bot.domain.ticket import Ticket, TicketOrigin
from handlers.attachments import named_for_reader
from handlers.card import institution_of
from handlers.desk import Desk


def as_citizen_reads(
    desk: Desk, ticket: Ticket, text: str, attachments: Iterable[Attachment]
) -> tuple[str, list[Attachment]]:
    """Return the words, with sentences for the files that cannot be carried over, and the files that can."""
    language = desk.language_of(desk.citizen_by_id(ticket.citizen))
    carried, lines = named_for_reader(desk, language, attachments, link="")
    return _headed(desk, ticket, "\n".join(part for part in (text, *lines) if part)), carried


def _headed(desk: Desk, ticket: Ticket, words: str) -> str:
    """Name the ticket and the institution where they could be in doubt.

    In an institution's own community it speaks in its own name, unless another one answers there.
    """
    speaks_here = desk.registry.institution_of(ticket.place)
    if speaks_here is not None and speaks_here.code == ticket.institution:
        return words
    language = desk.language_of(desk.citizen_by_id(ticket.citizen))
    title = institution_of(desk, ticket).title
    if ticket.origin is TicketOrigin.COMMENT:
        if not ticket.transfers:
            return words
        return f"{desk.say(language, 'answer-head-comment', institution=title)}\n\n{words}"
    return f"{desk.say(language, 'answer-head', number=ticket.number, institution=title)}\n\n{words}"
