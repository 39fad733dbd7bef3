"""A ticket is closed from its work chat: one without an answer only with a reason, which its citizen reads."""

import re
from dataclasses import replace
from enum import StrEnum

from bot.domain.event import ButtonPressed, MessageReceived
from bot.domain.message import Button
from bot.domain.ticket import (
    Author,
    DeliveryState,
    MessageKind,
    Ring,
    Ticket,
    TicketEventKind,
    TicketMessage,
    TicketOrigin,
)
from handlers.buttons import Press
from handlers.card import is_shown, refresh_card
from handlers.desk import Desk
from storage.outbox_row import OutboxKind

_ASKED = re.compile(r"✖ №\s?(\d{1,12})\b")
"""So begin our questions about the reason; a reply to one is the reason and no answer for the citizen."""


class ClosingReason(StrEnum):
    """Why a ticket is closed without an answer."""

    BY_PHONE = "by_phone"
    NOT_OURS = "not_ours"
    NO_DETAILS = "no_details"
    OTHER = "other"
    """Typed words, which stay in the work chat."""


def close_pressed(desk: Desk, ticket: Ticket, administrator: int) -> str:
    """Close a ticket that has its answer; of one that has none ask why. Returns the key of the press's word."""
    if ticket.is_ended:
        return "press-closed-already"
    if lacks_answer(desk, ticket):
        _ask(desk, ticket)
        return "press-closing-why"
    _end(desk, ticket, administrator)
    if ticket.origin is TicketOrigin.PRIVATE:
        language = desk.language_of(desk.citizen_by_id(ticket.citizen))
        institution = desk.holder(ticket)
        text = desk.say(language, "ticket-closed", number=ticket.number, institution=institution.title)
        desk.send(ticket.place, OutboxKind.NOTICE, text, ticket=ticket)
    return "press-closed"


def reason_pressed(event: ButtonPressed, desk: Desk, ticket: Ticket, word: str) -> None:
    """Handle `k:NUMBER:REASON`, and `k:NUMBER:` that leaves the ticket open."""
    language = desk.rules.language
    administrator = desk.administrator(event.sender, ticket.institution)
    if ticket.is_ended:
        text = desk.say(language, "press-closed-already", number=ticket.number)
    elif word == ClosingReason.OTHER:
        text = desk.say(language, "closing-type", number=ticket.number)
    elif word in set(ClosingReason):
        close_without_answer(desk, ticket, administrator.id, ClosingReason(word))
        text = desk.say(
            language,
            "closing-done",
            number=ticket.number,
            reason=desk.say(language, f"closing-{word}"),
            name=desk.administrator_name(administrator.id),
        )
    else:
        text = desk.say(language, "closing-left", number=ticket.number)
    desk.end_press(event.place, event.press_id, text)
    if event.message_id:
        desk.edit_sent(event.place, event.message_id, text, buttons=())


def number_closing(text: str) -> int | None:
    """Return the ticket about whose closing our words ask, None for other words."""
    found = _ASKED.match(text)
    return int(found.group(1)) if found else None


def reason_typed(event: MessageReceived, desk: Desk) -> bool:
    """Take a reply to our question about the reason: a note for the work chat, which closes the ticket."""
    number = number_closing(event.reply_text)
    ticket = desk.ticket(number) if number is not None else None
    if ticket is None or ticket.institution not in desk.registry.served_by(event.place):
        return False
    language = desk.rules.language
    if ticket.is_ended or not event.text.strip():
        key = "press-closed-already" if ticket.is_ended else "closing-type"
        text = desk.say(language, key, number=ticket.number)
        desk.send(event.place, OutboxKind.NOTICE, text, reply_to=event.message_id, thread=event.thread)
        return True
    administrator = desk.administrator(event.sender, ticket.institution)
    note = TicketMessage(
        id=desk.next_message_id(),
        ticket=ticket.number,
        citizen=None,
        kind=MessageKind.NOTE,
        author=Author.ADMINISTRATOR,
        administrator=administrator.id,
        text=event.text.removeprefix("//").strip(),
        place=event.place,
        message_id=event.message_id,
        said_at=event.sent_at,
        received_at=desk.now,
    )
    desk.keep_message(note)
    desk.link_said(ticket, note)
    close_without_answer(desk, ticket, administrator.id, ClosingReason.OTHER)
    text = desk.say(language, "closing-noted", number=ticket.number)
    desk.send(event.place, OutboxKind.NOTICE, text, reply_to=event.message_id, thread=event.thread)
    return True


def close_without_answer(desk: Desk, ticket: Ticket, administrator: int, reason: ClosingReason) -> None:
    """Close a ticket; in private its citizen reads why and can open it again, under a post nothing is written."""
    closed = _end(desk, ticket, administrator, reason=reason)
    if ticket.origin is not TicketOrigin.PRIVATE:
        return
    language = desk.language_of(desk.citizen_by_id(ticket.citizen))
    named: dict[str, str | int] = {"number": ticket.number, "institution": desk.holder(ticket).title}
    text = (
        desk.say(language, "closed-without-answer", **named)
        if reason is ClosingReason.OTHER
        else desk.say(language, "closed-because", **named, reason=desk.say(language, f"closing-{reason.value}"))
    )
    again = Button(text=desk.say(language, "button-reopen"), action=Press.OWN.of(ticket.number, "reopen"))
    desk.send(ticket.place, OutboxKind.NOTICE, text, buttons=[[again]], ticket=closed)


def lacks_answer(desk: Desk, ticket: Ticket) -> bool:
    """Tell whether somebody waits: for a first answer, for a further one, or for the final one that was promised."""
    if any(answer.delivery is DeliveryState.ON_THE_WAY for answer in desk.answers(ticket.number)):
        return False
    return ticket.first_answered_at is None or ticket.waiting_since is not None or ticket.interim_at is not None


def _end(desk: Desk, ticket: Ticket, administrator: int, *, reason: ClosingReason | None = None) -> Ticket:
    closed = ticket.ended(desk.now)
    if ticket.ring is Ring.GRADE:
        # Who closes right after an answer does not spare the institution the citizen's word on it.
        closed = replace(closed, ring=ticket.ring, ring_at=ticket.ring_at)
    for answer in desk.answers(ticket.number):
        if answer.delivery is DeliveryState.HELD:  # whoever was asked about it has decided otherwise
            desk.keep_answer(replace(answer, delivery=DeliveryState.DROPPED))
    desk.keep_ticket(closed)
    desk.note_event(closed, TicketEventKind.CLOSED, administrator, detail=reason.value if reason is not None else "")
    refresh_card(desk, closed)
    return closed


def _ask(desk: Desk, ticket: Ticket) -> None:
    """Ask in the work chat. The question is no message of the ticket: a reply to it is no answer."""
    chat = desk.work_chat(ticket.institution)
    if chat is None:
        return
    language = desk.rules.language
    rows = [
        [Button(text=desk.say(language, f"closing-{reason.value}"), action=Press.CLOSING.of(ticket.number, reason))]
        for reason in ClosingReason
    ]
    leave = Button(text=desk.say(language, "button-closing-leave"), action=Press.CLOSING.of(ticket.number, ""))
    desk.send(
        chat.place,
        OutboxKind.NOTICE,
        desk.say(language, "closing-why", number=ticket.number),
        buttons=[*rows, [leave]],
        refers_to=ticket.card if is_shown(desk, ticket) else None,
        thread=ticket.work_thread if chat.is_forum else "",
    )
