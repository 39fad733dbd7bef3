"""A supervisor looks at one ticket of their scope, without the citizen's name, or has its work chat reminded of it."""

from datetime import timedelta

from bot.domain.event import ButtonPressed, MessageReceived
from bot.domain.institution import Scope
from bot.domain.message import Button, Person, Place
from bot.domain.ticket import Ticket, TicketEventKind
from handlers.asking import language_for, scopes_here
from handlers.card import tell_work_chat
from handlers.desk import Desk
from handlers.report_buttons import action
from handlers.time_line import lines_for_supervisor
from storage.outbox_row import OutboxKind

NUDGE_PAUSE = timedelta(hours=1)


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


def remind_work_chat(event: ButtonPressed, desk: Desk, scope: Scope, number: int) -> None:
    """«Напомнить»: the work chat that holds the ticket is asked for an answer, once an hour a ticket."""
    ticket = desk.ticket(number)
    language = language_for(desk, event.place, event.sender)
    if ticket is None or not scope.covers(desk.holder(ticket)):
        desk.end_press(event.place, event.press_id, desk.say(language, "supervisor-ticket-unknown"))
        return
    told = [each.at for each in desk.happened(number) if each.kind is TicketEventKind.NUDGED]
    again = max(told) + NUDGE_PAUSE if told else desk.now
    if ticket.is_ended or (ticket.waiting_since is None and ticket.interim_at is None):
        key = "nudge-answered"
    elif desk.work_chat(ticket.institution) is None:
        key = "nudge-no-chat"
    else:
        key = "nudge-too-soon" if again > desk.now else "nudge-done"
    desk.end_press(
        event.place,
        event.press_id,
        desk.say(language, key, number=number, again=f"{again.astimezone(desk.rules.zone):%H:%M}"),
    )
    if key != "nudge-done":
        return
    desk.note_event(ticket, TicketEventKind.NUDGED)
    house = desk.rules.language
    waits = desk.how_long(house, ticket.waiting_since or ticket.opened_at)
    tell_work_chat(desk, ticket, desk.say(house, "nudge", number=number, waits=waits), OutboxKind.REMINDER)


def _show(desk: Desk, ticket: Ticket, place: Place, person: Person, *, thread: str = "") -> None:
    desk.note_audit(person, "ticket-read", str(ticket.number))
    text = "\n".join(lines_for_supervisor(desk, ticket, desk.rules.limits[place.channel].text))
    # Not linked to the ticket: a reply to this in a private dialogue is no answer.
    desk.send(place, OutboxKind.NOTICE, text, buttons=_remind_button(desk, ticket, place, person), thread=thread)


def _remind_button(desk: Desk, ticket: Ticket, place: Place, person: Person) -> list[list[Button]]:
    scope = next((each for each in scopes_here(desk, place, person) if each.covers(desk.holder(ticket))), None)
    if scope is None or place.is_group or ticket.waiting_since is None or ticket.is_ended:
        return []
    text = desk.say(language_for(desk, place, person), "report-remind")
    return [[Button(text=text, action=action(scope, "", "remind", ticket.number))]]
