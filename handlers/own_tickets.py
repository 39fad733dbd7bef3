"""A citizen looks at their own tickets: the list, and one of them with what can be done."""

from bot.domain.citizen import Citizen
from bot.domain.event import MessageReceived
from bot.domain.institution import Institution
from bot.domain.message import Button, Place
from bot.domain.ticket import Ticket, TicketState
from handlers.buttons import Press
from handlers.desk import Desk
from handlers.meant import show_ticket
from storage.outbox_row import OutboxKind

_SHOWN = 8
"""Tickets with a button; VK takes ten under one message."""
_IN_A_ROW = 4
_WORDS = 200
"""Characters of the first words by which people recognise their ticket."""


def citizen_tickets(event: MessageReceived, desk: Desk) -> None:
    """Show the citizen's own tickets, open and lately ended, each with a button to look at it."""
    citizen = desk.citizen(event.sender, event.place)
    language = desk.language_of(citizen)
    shown = [ticket for ticket in desk.tickets_of(citizen) if desk.institution(ticket.institution)][:_SHOWN]
    if not shown:
        desk.send(event.place, OutboxKind.NOTICE, desk.say(language, "my-nothing"))
        return
    lines = [
        desk.say(
            language,
            "my-line",
            number=ticket.number,
            institution=_title(desk, ticket),
            state=state_of(desk, language, ticket),
        )
        for ticket in shown
    ]
    buttons = [
        Button(text=desk.say(language, "button-own", number=ticket.number), action=Press.OWN.of(ticket.number))
        for ticket in shown
    ]
    rows = [buttons[index : index + _IN_A_ROW] for index in range(0, len(buttons), _IN_A_ROW)]
    desk.send(event.place, OutboxKind.NOTICE, "\n".join(lines), buttons=rows)


def look_at(desk: Desk, citizen: Citizen, ticket: Ticket, place: Place) -> None:
    """Show one ticket: where it stands, until when, and what the citizen can say of it."""
    language = desk.language_of(citizen)
    words = ticket.first_words[:_WORDS]
    lines = [
        desk.say(
            language,
            "my-line",
            number=ticket.number,
            institution=_title(desk, ticket),
            state=state_of(desk, language, ticket),
        ),
        *([desk.say(language, "my-words", words=words)] if words else []),
        *_answered_line(desk, language, ticket),
        *([] if ticket.is_ended else [desk.say(language, "my-hint")]),
    ]
    desk.send(place, OutboxKind.NOTICE, "\n\n".join(lines), buttons=_buttons(desk, language, ticket), ticket=ticket)
    if ticket.place == place or not ticket.place.is_comments:
        # What is said of a public comment is answered in public: only a reply to it goes there from a private dialogue.
        show_ticket(desk, citizen.id, place, ticket, is_looked_at=True)


def state_of(desk: Desk, language: str, ticket: Ticket) -> str:
    """Return where a ticket stands and, while somebody waits, until when the answer is due."""
    if ticket.withdrawn_at is not None:
        return desk.say(language, "state-withdrawn")
    state = desk.say(language, f"state-{ticket.state.value}")
    institution = desk.institution(ticket.institution)
    if ticket.interim_at is not None and ticket.waiting_since is None and institution is not None:
        return _owed(desk, language, ticket, institution)
    if ticket.deadline_at is None or ticket.is_ended or institution is None:
        return state
    if ticket.deadline_at <= desk.now:
        return desk.say(language, "state-late", state=state)
    by = desk.by(language, ticket.deadline_at, desk.zone(institution))
    return desk.say(language, "state-until", state=state, by=by)


def _owed(desk: Desk, language: str, ticket: Ticket, institution: Institution) -> str:
    due = ticket.resolve_by_at
    if due is None or due <= desk.now:
        return desk.say(language, "state-interim-open")
    return desk.say(language, "state-interim", by=desk.by(language, due, desk.zone(institution)))


def _answered_line(desk: Desk, language: str, ticket: Ticket) -> list[str]:
    institution = desk.institution(ticket.institution)
    if ticket.last_answer_at is None or institution is None:
        return []
    return [desk.say(language, "my-answered", at=desk.shortly(language, ticket.last_answer_at, desk.zone(institution)))]


def _buttons(desk: Desk, language: str, ticket: Ticket) -> list[list[Button]]:
    """An answered or closed ticket can be called unsolved; one that has an answer and is not closed, solved."""
    row: list[Button] = []
    if ticket.withdrawn_at is not None:
        return []
    if ticket.state in (TicketState.ANSWERED, TicketState.WAITING, TicketState.CLOSED):
        row.append(Button(text=desk.say(language, "button-not-solved"), action=Press.OWN.of(ticket.number, "no")))
    if ticket.state in (TicketState.ANSWERED, TicketState.WAITING):
        row.append(Button(text=desk.say(language, "button-solved"), action=Press.OWN.of(ticket.number, "yes")))
    return [row] if row else []


def _title(desk: Desk, ticket: Ticket) -> str:
    institution = desk.institution(ticket.institution)
    return institution.title if institution is not None else ticket.institution
