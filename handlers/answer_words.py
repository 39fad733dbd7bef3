"""An answer as the citizen reads it."""

from bot.domain.message import Attachment
from bot.domain.ticket import Ticket, TicketMessage, TicketOrigin
from handlers.attachments import named_for_reader
from handlers.desk import Desk
from handlers.framed import forwarded
from handlers.promise import promise_of_final


def as_citizen_reads(desk: Desk, ticket: Ticket, said: TicketMessage) -> tuple[str, list[Attachment]]:
    """Return the words, with sentences for the files that cannot be carried over, and the files that can."""
    language = desk.language_of(desk.citizen_by_id(ticket.citizen))
    carried, lines = named_for_reader(desk, language, said.attachments, link="")
    words = "\n".join(part for part in (forwarded(desk, language, said), said.text, *lines) if part)
    if said.is_interim:
        words = f"{words}\n\n{promise_of_final(desk, ticket)}"
    return _headed(desk, ticket, words), carried


def _headed(desk: Desk, ticket: Ticket, words: str) -> str:
    """Name the ticket and the institution where they could be in doubt.

    In an institution's own community it speaks in its own name, unless another one answers there.
    """
    speaks_here = desk.registry.institution_of(ticket.place)
    if speaks_here is not None and speaks_here.code == ticket.institution:
        return words
    language = desk.language_of(desk.citizen_by_id(ticket.citizen))
    title = desk.holder(ticket).title
    if ticket.origin is TicketOrigin.COMMENT:
        if not ticket.transfers and ticket.follows is None and speaks_here is None:
            return words
        return f"{desk.say(language, 'answer-head-comment', institution=title)}\n\n{words}"
    return f"{desk.say(language, 'answer-head', number=ticket.number, institution=title)}\n\n{words}"
