"""Which words of a work chat reach the citizen: only a reply to what is certainly meant for them.

The whole table stands in the administrators' guide. What a reply answers is known by its link: a person's words by
what they are, the bot's own messages by their kind. Where the link was lost, only the form of a card counts.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.event import MessageReceived
from bot.domain.ticket import DeliveryState, MessageKind, Ticket, TicketMessage
from handlers.card_words import number_on_card
from handlers.desk import Desk
from storage.outbox_row import OutboxKind

_ANSWERABLE = {
    OutboxKind.CARD,
    OutboxKind.CARD_EDIT,
    OutboxKind.FOLLOW_UP,
    OutboxKind.REMINDER,
    OutboxKind.TICKET_NOTICE,
}
"""Messages of the bot about one ticket to which a reply is an answer."""
_LISTED = re.compile(r"^\W{0,4}№\s?(\d{1,12})\b", re.MULTILINE)
_MOST_LISTED = 40


class Reader(StrEnum):
    """Who reads what an administrator wrote."""

    CITIZEN = "citizen"
    STAFF = "staff"
    """Only the work chat: it is a note, and its writer is told so."""
    NOBODY = "nobody"
    """It is talk among people."""
    NOT_HERE = "not-here"
    """The ticket is answered elsewhere by now: the writer is told where."""
    LIST = "list"
    """It answers a list of several tickets: the writer is shown the ways to the cards."""
    UNKNOWN = "unknown"
    """It answers words of the bot that belong to no ticket: the writer is told that it went nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """Who reads it, and the ticket that it is about; LIST: the tickets."""

    reader: Reader
    ticket: Ticket | None = None
    listed: tuple[Ticket, ...] = ()


def meant_for(event: MessageReceived, desk: Desk) -> Meant:
    """Return who reads words that are no command of ours and answer no question of the bot."""
    if event.reply_to:
        ticket = desk.linked_ticket(event.place, event.reply_to)
        if ticket is not None:
            return _of_ticket(event, desk, ticket, _of_linked(event, desk))
        if not _answers_us(event):
            return Meant(reader=Reader.NOBODY)
        return _of_unlinked(event, desk)
    if event.replies_elsewhere and _answers_us(event):
        return _of_unlinked(event, desk)
    ticket = desk.linked_ticket(event.place, event.thread) if event.thread else None
    if ticket is None:
        return Meant(reader=Reader.NOBODY)
    return _of_ticket(event, desk, ticket, Reader.STAFF if event.replies_elsewhere else Reader.CITIZEN)


def ticket_named(event: MessageReceived, desk: Desk) -> Ticket | None:
    """Return the ticket that a command is about: of what it replies to, or in whose topic it stands, if it is here."""
    for named in (event.reply_to, event.thread):
        ticket = desk.linked_ticket(event.place, named) if named else None
        if ticket is None and named and (number := number_on_card(event.reply_text)) is not None:
            ticket = desk.ticket(number)
        if ticket is not None:
            return ticket if ticket.institution in desk.registry.served_by(event.place) else None
    return None


def listed_numbers(text: str) -> list[int]:
    """Return the numbers with which lines of our own words begin."""
    return [int(found) for found in _LISTED.findall(text)[:_MOST_LISTED]]


def _answers_us(event: MessageReceived) -> bool:
    return event.reply_is_ours or bool(event.reply_text)


def _of_ticket(event: MessageReceived, desk: Desk, ticket: Ticket, reader: Reader) -> Meant:
    is_here = ticket.institution in desk.registry.served_by(event.place)
    return Meant(reader=reader if is_here else Reader.NOT_HERE, ticket=ticket)


def _of_linked(event: MessageReceived, desk: Desk) -> Reader:
    said = desk.said(event.place, event.reply_to)
    if said is not None:
        return Reader.CITIZEN if _is_own(event, desk, said) and _is_there(desk, said) else Reader.STAFF
    kind = desk.link_kind(event.place, event.reply_to)
    if kind is None:
        # Sent before kinds were kept, or a person's words that are wiped by now.
        return Reader.CITIZEN if number_on_card(event.reply_text) is not None else Reader.STAFF
    return Reader.CITIZEN if kind in _ANSWERABLE else Reader.STAFF


def _is_own(event: MessageReceived, desk: Desk, said: TicketMessage) -> bool:
    acting = desk.acting(event.sender)
    return acting is not None and acting.id == said.administrator


def _is_there(desk: Desk, said: TicketMessage) -> bool:
    """Tell whether an answer has arrived, also when the news of it is still on its way to the desk."""
    if said.kind is not MessageKind.ANSWER:
        return False
    fares = (desk.answer(said.id) or said).delivery
    if fares is DeliveryState.ON_THE_WAY:
        parts = desk.sent_parts(said.id)
        return bool(parts) and all(part.message_id for part in parts)
    return fares is DeliveryState.DELIVERED


def _of_unlinked(event: MessageReceived, desk: Desk) -> Meant:
    """Judge a reply to words of the bot that are linked to no ticket, by their form alone."""
    served = desk.registry.served_by(event.place)
    number = number_on_card(event.reply_text)
    if number is not None:
        ticket = desk.ticket(number)
        if ticket is not None and ticket.institution in served:
            return Meant(reader=Reader.CITIZEN, ticket=ticket)
        return Meant(reader=Reader.UNKNOWN)
    is_of_one = event.reply_text.startswith("№")
    numbers = [] if is_of_one else listed_numbers(event.reply_text)
    found = [desk.ticket(each) for each in dict.fromkeys(numbers)]
    listed = tuple(ticket for ticket in found if ticket is not None and ticket.institution in served)
    return Meant(reader=Reader.LIST, listed=listed) if listed else Meant(reader=Reader.UNKNOWN)
