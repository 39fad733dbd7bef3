"""An administrator says to whom a ticket is given: by a button, or by a typed name."""

import re
from collections.abc import Iterable

from bot.domain.event import ButtonPressed, MessageReceived
from bot.domain.institution import Institution
from bot.domain.message import Button
from bot.domain.ticket import Ticket
from handlers.buttons import Press
from handlers.card import is_shown
from handlers.desk import Desk
from handlers.transfer import answering_parent, can_get, is_at_limit, targets, transfer
from storage.keys import transfer_key
from storage.outbox_row import OutboxKind

_ASKED = re.compile(r"↪ №\s?(\d{1,12})\b")
"""So begin our questions about a transfer; a reply to one is a name and no answer for the citizen."""
_DASH = re.compile(r"\s[—–-]+\s")
_FOUND = 4
_LABEL = 40
"""Characters of a button that phones show and VK takes."""


def number_asked_about(text: str) -> int | None:
    """Return the ticket about whose transfer our words ask, None for other words."""
    found = _ASKED.match(text)
    return int(found.group(1)) if found else None


def first_word(text: str) -> str:
    """Return the number at the beginning of a command's argument, without its sign."""
    return text.removeprefix("№").strip().partition(" ")[0]


def ticket_asked_about(event: MessageReceived, desk: Desk) -> Ticket | None:
    """Return the ticket when a message replies to our question to whom it is to be given."""
    number = number_asked_about(event.reply_text)
    ticket = desk.ticket(number) if number is not None else None
    return ticket if ticket is not None and ticket.institution in desk.registry.served_by(event.place) else None


def moved_ticket(event: MessageReceived, desk: Desk) -> Ticket | None:
    """Return the ticket of the message that was replied to, when this chat has given it away."""
    named = event.reply_to or event.thread
    linked = desk.linked_ticket(event.place, named) if named else None
    number = number_asked_about(event.reply_text)
    ticket = linked or (desk.ticket(number) if number is not None else None)
    is_away = ticket is not None and ticket.institution not in desk.registry.served_by(event.place)
    return ticket if is_away and ticket is not None and ticket.transfers else None


def tell_moved(event: MessageReceived, desk: Desk, ticket: Ticket) -> None:
    """Say where a ticket is by now, and that nothing was sent."""
    text = desk.say(
        desk.rules.language,
        "transfer-elsewhere",
        number=ticket.number,
        institution=desk.holder(ticket).title,
    )
    desk.send(event.place, OutboxKind.NOTICE, text, reply_to=event.message_id, thread=event.thread)


def ask_target(desk: Desk, ticket: Ticket) -> None:
    """Ask to whom a ticket is to be given."""
    found = targets(desk, ticket)
    if is_at_limit(desk, ticket):
        key = "transfer-only-parent" if found else "transfer-no-more"
        _ask(desk, ticket, key, found, count=ticket.transfers)
    else:
        _ask(desk, ticket, "transfer-choose", found)


def transfer_command(event: MessageReceived, desk: Desk, argument: str) -> None:
    """Handle `/transfer 412 name – reason`."""
    word = first_word(argument)
    ticket = desk.ticket(int(word)) if word.isdecimal() else None
    language = desk.rules.language
    if ticket is None or ticket.institution not in desk.registry.served_by(event.place):
        is_number = word.isdecimal()
        is_theirs = ticket is not None and ticket.came_to in desk.registry.served_by(event.place)
        if ticket is not None and is_theirs:
            tell_moved(event, desk, ticket)
            return
        text = desk.say(language, "ticket-unknown" if is_number else "transfer-usage")
        desk.send(event.place, OutboxKind.NOTICE, text, reply_to=event.message_id, thread=event.thread)
        return
    name = argument.removeprefix("№").strip()[len(word) :].strip()
    if name:
        name_typed(event, desk, ticket, name)
    elif _is_open(event, desk, ticket):
        ask_target(desk, ticket)


def name_typed(event: MessageReceived, desk: Desk, ticket: Ticket, text: str) -> None:
    """Offer what a typed name may mean; a reason behind a dash waits with it for the press."""
    if not _is_open(event, desk, ticket):
        return
    if is_at_limit(desk, ticket):
        ask_target(desk, ticket)
        return
    name, reason = _name_and_reason(desk, text)
    desk.release(transfer_key(ticket.number))
    if reason:
        desk.hold(transfer_key(ticket.number), event)
    found = [offer.institution for offer in desk.search.find(name, limit=_FOUND + 1)]
    found = [target for target in found if target.code != ticket.institution][:_FOUND]
    _ask(desk, ticket, "transfer-found" if found else "transfer-not-found", found, reply_to=event.message_id)


def target_chosen(event: ButtonPressed, desk: Desk, ticket: Ticket, *, transfers: int, code: str) -> None:
    """Handle `x:NUMBER:TRANSFERS:TARGET`: the ticket goes there; without a target it stays.

    `transfers` is how often it had been given when the question was asked: of two who press only the first gives it.
    """
    language = desk.rules.language
    holder = desk.holder(ticket)
    target = desk.institution(code) if code else None
    if ticket.transfers != transfers or (code and target is None) or ticket.is_ended:
        key = "press-closed-already" if ticket.is_ended else "press-transferred-already"
        text = desk.say(language, key, number=ticket.number, institution=holder.title)
        desk.end_press(event.place, event.press_id, text)
        return
    if target is None:
        desk.release(transfer_key(ticket.number))
        _end(event, desk, desk.say(language, "transfer-kept", number=ticket.number))
        return
    if not can_get(desk, ticket, target):
        parent = answering_parent(desk, target)
        offered = [parent] if parent is not None and can_get(desk, ticket, parent) else []
        desk.end_press(event.place, event.press_id)
        has_chat = desk.work_chat(target.code) is not None
        key = "transfer-closed" if has_chat else "transfer-no-chat"
        _ask(desk, ticket, key, offered, institution=target.title)
        return
    if is_at_limit(desk, ticket) and target != answering_parent(desk, holder):
        desk.end_press(event.place, event.press_id)
        ask_target(desk, ticket)
        return
    administrator = desk.administrator(event.sender, ticket.institution)
    typed = next(
        (held for held in desk.release(transfer_key(ticket.number)) if isinstance(held, MessageReceived)), None
    )
    _, why = _name_and_reason(desk, typed.text) if typed is not None else ("", "")
    transfer(desk, ticket, target, administrator=administrator.id, reason=typed, why=why)
    name = desk.administrator_name(administrator.id)
    done = desk.say(language, "transfer-done", number=ticket.number, institution=target.title, name=name)
    _end(event, desk, done)


def _end(event: ButtonPressed, desk: Desk, text: str) -> None:
    desk.end_press(event.place, event.press_id, text)
    if event.message_id:
        desk.edit_sent(event.place, event.message_id, text, buttons=())


def _name_and_reason(desk: Desk, text: str) -> tuple[str, str]:
    """Split «поликлиника 6 – про прививки»; a dash inside a name that is known whole belongs to the name."""
    parts = _DASH.split(text.strip(), maxsplit=1)
    if len(parts) == 1 or desk.search.covers(text) == 1:
        return text.strip(), ""
    return parts[0].strip(), parts[1].strip()


def _is_open(event: MessageReceived, desk: Desk, ticket: Ticket) -> bool:
    if ticket.is_ended:
        text = desk.say(desk.rules.language, "press-closed-already", number=ticket.number)
        desk.send(event.place, OutboxKind.NOTICE, text, reply_to=event.message_id, thread=event.thread)
    return not ticket.is_ended


def _ask(
    desk: Desk,
    ticket: Ticket,
    key: str,
    found: Iterable[Institution],
    *,
    reply_to: str = "",
    **arguments: str | int,
) -> None:
    """Ask in the work chat. The question is no message of the ticket: a reply to it is no answer."""
    chat = desk.work_chat(ticket.institution)
    if chat is None:
        return
    language = desk.rules.language
    begins = Press.TRANSFER.of(ticket.number, ticket.transfers)
    rows = [[Button(text=_label(target), action=f"{begins}:{target.code}")] for target in found]
    desk.send(
        chat.place,
        OutboxKind.NOTICE,
        desk.say(language, key, number=ticket.number, **arguments),
        buttons=[*rows, [Button(text=desk.say(language, "button-transfer-cancel"), action=begins)]],
        reply_to=reply_to,
        refers_to=ticket.card if not reply_to and is_shown(desk, ticket) else None,
        thread=ticket.work_thread if chat.is_forum else "",
    )


def _label(institution: Institution) -> str:
    """Name an institution with its place: schools of one number stand in many towns."""
    title, place = institution.title, institution.municipality
    whole = f"{title}, {place}"
    if len(whole) <= _LABEL:
        return whole
    room = max(_LABEL - len(title) - 2, 12)
    place = place if len(place) <= room else f"{place[: room - 1].rstrip()}…"
    title = title if len(title) + len(place) + 2 <= _LABEL else f"{title[: _LABEL - len(place) - 3].rstrip()}…"
    return f"{title}, {place}"
