"""Commands of a work chat: what waits, one ticket with its time line, help."""

from bot.domain.event import MessageReceived
from bot.domain.ticket import DeliveryState, MessageKind, Ticket, TicketMessage
from bot.safety.links import defang
from handlers.card import institution_of
from handlers.desk import Desk
from storage.outbox import OutboxKind

_WORDS_SHOWN = 60
_LISTED = 20


def show_waiting(event: MessageReceived, desk: Desk) -> None:
    """Show the tickets in which citizens wait, the longest waiting first."""
    language = desk.rules.language
    waiting = [ticket for code in desk.registry.served_by(event.place) for ticket in desk.waiting_in(code)]
    waiting.sort(key=lambda ticket: ticket.waiting_since or desk.now)
    lines = [_waiting_line(desk, language, ticket) for ticket in waiting[:_LISTED]]
    if len(waiting) > _LISTED:
        lines.append(desk.say(language, "open-more", count=len(waiting) - _LISTED))
    head = desk.say(language, "open-head", count=len(waiting)) if waiting else desk.say(language, "open-nothing")
    desk.send(event.place, OutboxKind.NOTICE, "\n".join([head, *lines]), reply_to=event.message_id)


def show_ticket(event: MessageReceived, desk: Desk, argument: str) -> None:
    """Show a ticket of this chat's institutions with everything said in it."""
    language = desk.rules.language
    number = argument.removeprefix("№").strip()
    ticket = desk.ticket(int(number)) if number.isdecimal() else None
    if not number and event.thread:
        ticket = desk.linked_ticket(event.place, event.thread)
    if ticket is None or ticket.institution not in desk.registry.served_by(event.place):
        desk.send(event.place, OutboxKind.NOTICE, desk.say(language, "ticket-unknown"), reply_to=event.message_id)
        return
    lines = [
        desk.say(language, "card-head", number=ticket.number, institution=institution_of(desk, ticket).title),
        desk.say(language, f"card-state-{ticket.state.value}"),
        *(_said_line(desk, language, ticket, message) for message in desk.time_line(ticket.number)),
    ]
    desk.send(event.place, OutboxKind.NOTICE, "\n".join(lines), reply_to=event.message_id, ticket=ticket)


def administrator_help(event: MessageReceived, desk: Desk) -> None:
    """Say how answering works."""
    text = desk.say(desk.rules.language, "administrator-help")
    desk.send(event.place, OutboxKind.NOTICE, text, reply_to=event.message_id)


def _waiting_line(desk: Desk, language: str, ticket: Ticket) -> str:
    words = " ".join(ticket.first_words.split())
    words = words if len(words) <= _WORDS_SHOWN else words[: _WORDS_SHOWN - 1] + "…"
    is_late = ticket.deadline_at is not None and ticket.deadline_at < desk.now
    return desk.say(
        language,
        "open-line-late" if is_late else "open-line",
        number=ticket.number,
        waits=desk.how_long(language, ticket.waiting_since or desk.now),
        words=words or desk.say(language, "card-no-words"),
    )


def _said_line(desk: Desk, language: str, ticket: Ticket, message: TicketMessage) -> str:
    if message.kind is MessageKind.QUESTION:
        name = defang(desk.citizen_by_id(ticket.citizen).name) or desk.say(language, "citizen-unnamed")
        said = defang(message.text)
    else:
        name = desk.administrator_name(message.administrator)
        said = message.text
    at = desk.shortly(language, message.said_at, desk.zone(institution_of(desk, ticket)))
    words = said or desk.say(language, "card-no-words")
    if message.delivery in (DeliveryState.HELD, DeliveryState.DROPPED):
        return desk.say(language, "time-line-answer-not-sent", at=at, name=name, words=words)
    return desk.say(language, f"time-line-{message.kind.value}", at=at, name=name, words=words)
