"""The clock looks at a ticket: the work chat is reminded, then the supervisors; silence closes it."""

from dataclasses import replace

from bot.domain.own_event import DeadlineDue
from bot.domain.ticket import Ring, Ticket, TicketEventKind, TicketOrigin
from handlers.absence import who_has_it
from handlers.card import refresh_card, tell_work_chat
from handlers.desk import Desk
from handlers.incident import escalate_incident, is_gathered, remind_of_incident
from handlers.lost import supervisors_of
from handlers.solved import ask_whether_solved
from storage.outbox import OutboxKind


def deadline_due(event: DeadlineDue, desk: Desk) -> None:
    """Handle a ring, unless the ticket has moved on since."""
    ticket = desk.ticket(event.ticket)
    if ticket is None or ticket.ring is not event.ring or ticket.ring_at != event.ring_at:
        return
    match event.ring:
        case Ring.DEADLINE:
            _remind(desk, ticket)
        case Ring.ESCALATION:
            _escalate(desk, ticket)
        case Ring.GRADE:
            ask_whether_solved(desk, ticket)
        case Ring.SILENCE:
            _close(desk, ticket)


def _remind(desk: Desk, ticket: Ticket) -> None:
    institution = desk.holder(ticket)
    limit = ticket.hard_limit_at if ticket.first_answered_at is None else None
    policy, calendar = desk.policy_of(ticket), desk.calendar(institution)
    escalation = policy.escalation_at(calendar, ticket.deadline_at or desk.now, limit)
    late = desk.keep_ticket(replace(ticket, ring=Ring.ESCALATION, ring_at=escalation))
    desk.note_event(late, TicketEventKind.OVERDUE)
    incident = desk.incident(ticket.incident)
    if incident is not None and is_gathered(desk, ticket):
        remind_of_incident(desk, ticket, incident)
        return
    language = desk.rules.language
    waits = desk.how_long(language, ticket.waiting_since or desk.now)
    text = desk.say(language, "reminder", number=ticket.number, waits=waits)
    has = who_has_it(desk, ticket, institution)
    tell_work_chat(desk, late, f"{text}\n{has}".strip(), OutboxKind.REMINDER)
    refresh_card(desk, late)


def _escalate(desk: Desk, ticket: Ticket) -> None:
    late = desk.keep_ticket(replace(ticket, ring=None, ring_at=None))
    desk.note_event(late, TicketEventKind.ESCALATED)
    incident = desk.incident(ticket.incident)
    if incident is not None and is_gathered(desk, ticket):
        escalate_incident(desk, ticket, incident)
        return
    institution = desk.holder(ticket)
    language = desk.rules.language
    text = desk.say(
        language,
        "escalation",
        number=ticket.number,
        institution=institution.title,
        waits=desk.how_long(language, ticket.waiting_since or desk.now),
    )
    for supervisor in supervisors_of(desk, institution):
        desk.send(supervisor.place, OutboxKind.REMINDER, text)


def _close(desk: Desk, ticket: Ticket) -> None:
    closed = desk.keep_ticket(ticket.ended(desk.now))
    desk.note_event(closed, TicketEventKind.CLOSED_BY_SILENCE)
    refresh_card(desk, closed)
    if ticket.origin is TicketOrigin.PRIVATE:
        language = desk.language_of(desk.citizen_by_id(ticket.citizen))
        text = desk.say(language, "ticket-closed-by-silence", number=ticket.number)
        desk.send(ticket.place, OutboxKind.NOTICE, text, ticket=closed)
