"""The clock looks at a ticket: its ladder is climbed, the citizen is asked, or silence closes it."""

from bot.domain.own_event import DeadlineDue
from bot.domain.ticket import Ring, Ticket, TicketEventKind, TicketOrigin
from handlers.card import refresh_card
from handlers.desk import Desk
from handlers.reminders import climb
from handlers.solved import ask_whether_solved
from storage.outbox_row import OutboxKind


def deadline_due(event: DeadlineDue, desk: Desk) -> None:
    """Handle a ring, unless the ticket has moved on since."""
    ticket = desk.ticket(event.ticket)
    if ticket is None or ticket.ring is not event.ring or ticket.ring_at != event.ring_at:
        return
    match event.ring:
        case Ring.WARNING | Ring.DEADLINE | Ring.ESCALATION | Ring.RESOLUTION:
            climb(desk, ticket)
        case Ring.GRADE:
            ask_whether_solved(desk, ticket)
        case Ring.SILENCE:
            _close(desk, ticket)


def _close(desk: Desk, ticket: Ticket) -> None:
    closed = desk.keep_ticket(ticket.ended(desk.now))
    desk.note_event(closed, TicketEventKind.CLOSED_BY_SILENCE)
    refresh_card(desk, closed)
    if ticket.origin is TicketOrigin.PRIVATE:
        language = desk.language_of(desk.citizen_by_id(ticket.citizen))
        text = desk.say(language, "ticket-closed-by-silence", number=ticket.number)
        desk.send(ticket.place, OutboxKind.NOTICE, text, ticket=closed)
