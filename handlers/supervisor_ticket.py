"""A supervisor looks at one ticket of their scope: what was said and done and when, without the citizen's name."""

from bot.domain.event import ButtonPressed, MessageReceived
from bot.domain.institution import Scope
from bot.domain.message import Person, Place
from bot.domain.ticket import Ticket
from handlers.asking import language_for, scopes_here
from handlers.desk import Desk
from handlers.time_line import lines_for_supervisor
from storage.outbox_row import OutboxKind


def show_asked_ticket(event: MessageReceived, desk: Desk, argument: str) -> None:
    """`/ticket N` in private."""
    number = argument.removeprefix("№").strip()
    ticket = desk.ticket(int(number)) if number.isdecimal() else None
    scopes = scopes_here(desk, event.place, event.sender)
    if ticket is None or not any(scope.covers(desk.holder(ticket)) for scope in scopes):
        language = language_for(desk, event.place, event.sender)
        desk.send(event.place, OutboxKind.NOTICE, desk.say(language, "supervisor-ticket-unknown"))
        return
    _show(desk, ticket, event.place, event.sender)


def show_pressed_ticket(event: ButtonPressed, desk: Desk, scope: Scope, number: int) -> None:
    """The number of a ticket is pressed under a list."""
    ticket = desk.ticket(number)
    is_theirs = ticket is not None and scope.covers(desk.holder(ticket))
    language = language_for(desk, event.place, event.sender)
    desk.end_press(event.place, event.press_id, "" if is_theirs else desk.say(language, "supervisor-ticket-unknown"))
    if ticket is not None and is_theirs:
        _show(desk, ticket, event.place, event.sender, thread=event.thread)


def _show(desk: Desk, ticket: Ticket, place: Place, person: Person, *, thread: str = "") -> None:
    desk.note_audit(person, "ticket-read", str(ticket.number))
    text = "\n".join(lines_for_supervisor(desk, ticket, desk.rules.limits[place.channel].text))
    # Not linked to the ticket: a reply to this in a private dialogue is no answer.
    desk.send(place, OutboxKind.NOTICE, text, thread=thread)
