"""An administrator replies in the work chat: an answer for the citizen, or a note when it begins with `//`."""

import re

from bot.domain.copying import replace
from bot.domain.errors import RuleError
from bot.domain.event import MessageReceived
from bot.domain.ticket import Author, MessageKind, Ticket, TicketMessage
from handlers.desk import Desk
from handlers.interim import as_marked
from handlers.sending import send_answer
from handlers.transfer_choice import moved_ticket, name_typed, tell_moved, ticket_asked_about
from storage.outbox_row import OutboxKind

NOTE_MARK = "//"
_NUMBER = re.compile(r"№\s?(\d{1,12})\b")


def administrator_reply(event: MessageReceived, desk: Desk) -> None:
    """Handle a reply in a work chat, or whatever stands in a ticket's topic; other talk is left alone."""
    ticket = ticket_replied_to(event, desk)
    asked = ticket_asked_about(event, desk)
    if asked is not None:
        name_typed(event, desk, asked, event.text)
        return
    if ticket is None:
        is_topic = bool(event.thread) and desk.linked_ticket(event.place, event.thread) is not None
        moved = moved_ticket(event, desk)
        if moved is not None:
            tell_moved(event, desk, moved)
        elif event.reply_text or is_topic:
            text = desk.say(desk.rules.language, "topic-elsewhere" if is_topic else "reply-to-unknown")
            desk.send(event.place, OutboxKind.NOTICE, text, reply_to=event.message_id)
        return
    if desk.citizen_by_id(ticket.citizen).is_erased:
        text = desk.say(desk.rules.language, "erased-no-answer", number=ticket.number)
        desk.send(event.place, OutboxKind.NOTICE, text, reply_to=event.message_id)
        return
    if event.text.startswith(NOTE_MARK):
        _note(event, desk, ticket)
    elif event.text.strip() or event.attachments:
        said = as_marked(_said(event, desk, ticket, MessageKind.ANSWER))
        if said.is_interim and not said.text and not said.attachments:
            raise RuleError("interim-empty", number=ticket.number)
        send_answer(desk, ticket, said)


def ticket_replied_to(event: MessageReceived, desk: Desk) -> Ticket | None:
    """Return the ticket of the message that was replied to, or of the topic, if this work chat answers for it.

    If the link was lost (a crash between the messenger's "sent" and ours), the number in our own words finds it.
    """
    ticket = desk.linked_ticket(event.place, event.reply_to) if event.reply_to else None
    if ticket is None and (number := number_in(event.reply_text)) is not None:
        ticket = desk.ticket(number)
    if ticket is None and event.thread:
        ticket = desk.linked_ticket(event.place, event.thread)
    if ticket is None or ticket.institution not in desk.registry.served_by(event.place):
        return None
    return ticket


def number_in(text: str) -> int | None:
    """Return the ticket number with which our own words about a ticket begin; others may name a school by number."""
    found = _NUMBER.match(text)
    return int(found.group(1)) if found else None


def _note(event: MessageReceived, desk: Desk, ticket: Ticket) -> None:
    said = _said(event, desk, ticket, MessageKind.NOTE)
    said = replace(said, text=event.text.removeprefix(NOTE_MARK).strip())
    desk.keep_message(said)
    desk.link_said(ticket, said)


def _said(event: MessageReceived, desk: Desk, ticket: Ticket, kind: MessageKind) -> TicketMessage:
    administrator = desk.administrator(event.sender, ticket.institution)
    return TicketMessage(
        id=desk.next_message_id(),
        ticket=ticket.number,
        citizen=None,
        kind=kind,
        author=Author.ADMINISTRATOR,
        administrator=administrator.id,
        text=event.text,
        attachments=event.attachments,
        parts=event.parts,
        forwarded_from=event.forwarded_from,
        place=event.place,
        message_id=event.message_id,
        said_at=event.sent_at,
        received_at=desk.now,
    )
