"""A ticket that asks the same as another one is closed and counted beside; its citizen reads where the answer is.

What somebody else asked is answered once as well: the answers of the other ticket then go to both citizens.
"""

from bot.domain.copying import replace
from bot.domain.edits import as_read_now
from bot.domain.errors import RuleError
from bot.domain.event import ButtonPressed, MessageReceived
from bot.domain.message import Button
from bot.domain.own_event import AnswerRepeated
from bot.domain.ticket import DeliveryState, Ticket, TicketEventKind, TicketState
from bot.safety.masks import mask
from handlers.answer_words import as_citizen_reads
from handlers.buttons import Press
from handlers.card import is_shown, refresh_card
from handlers.desk import Desk
from handlers.legal import is_closed
from handlers.staff_words import ticket_named
from storage.outbox_row import OutboxKind

_OFFERED = 5
_WORDS_SHOWN = 30
_KEPT = (DeliveryState.ON_THE_WAY, DeliveryState.DELIVERED)


def offer_originals(desk: Desk, ticket: Ticket, _administrator: int) -> str:
    """Ask which of the same citizen's tickets this one repeats; returns the key of the press's own word."""
    if ticket.is_ended:
        return "press-closed-already"
    citizen = desk.citizen_by_id(ticket.citizen)
    known = [other for other in desk.tickets_of(citizen) if _may_repeat(ticket, other, desk.holder(ticket).code)]
    chat = desk.work_chat(ticket.institution)
    if not known or chat is None:
        return "press-duplicate-how"
    language = desk.rules.language
    begins = Press.DUPLICATE.of(ticket.number)
    rows = [[Button(text=_label(desk, other), action=f"{begins}:{other.number}")] for other in known[:_OFFERED]]
    desk.send(
        chat.place,
        OutboxKind.NOTICE,
        desk.say(language, "duplicate-choose", number=ticket.number),
        buttons=[*rows, [Button(text=desk.say(language, "button-duplicate-cancel"), action=begins)]],
        ticket=ticket,
        refers_to=ticket.card if is_shown(desk, ticket) else None,
    )
    return "press-duplicate-choose"


def original_chosen(event: ButtonPressed, desk: Desk, ticket: Ticket, number: int | None) -> None:
    """Handle `u:NUMBER:OTHER`; without another one the ticket stays as it is."""
    language = desk.rules.language
    if number is None:
        text = desk.say(language, "duplicate-left", number=ticket.number)
    else:
        administrator = desk.administrator(event.sender, ticket.institution)
        try:
            text = mark_duplicate(desk, ticket, number, administrator.id)
        except RuleError as refused:
            text = desk.say(language, refused.text_key, **refused.arguments)
    desk.end_press(event.place, event.press_id)
    if event.message_id:
        desk.edit_sent(event.place, event.message_id, text, buttons=())


def duplicate_command(event: MessageReceived, desk: Desk, argument: str) -> None:
    """Handle `/duplicate 412`, a reply to the card of the ticket that repeats № 412, or in its topic."""
    ticket = ticket_named(event, desk)
    number = argument.removeprefix("№").strip()
    if ticket is None or not number.isdecimal():
        raise RuleError("duplicate-how")
    administrator = desk.administrator(event.sender, ticket.institution)
    text = mark_duplicate(desk, ticket, int(number), administrator.id)
    desk.send(event.place, OutboxKind.NOTICE, text, reply_to=event.message_id, thread=event.thread)


def mark_duplicate(desk: Desk, ticket: Ticket, number: int, administrator: int) -> str:
    """Close a ticket as a repeat of another one; returns words for the work chat. RuleError when that cannot be."""
    other = desk.ticket(number)
    if other is not None and other.duplicate_of is not None and other.duplicate_of != ticket.number:
        other = desk.ticket(other.duplicate_of) or other
    if other is None or other.number == ticket.number or other.institution != ticket.institution:
        raise RuleError("duplicate-unknown", number=ticket.number, other=number)
    if ticket.is_ended or other.state is TicketState.SPAM or other.duplicate_of is not None:
        raise RuleError("duplicate-not-so", number=ticket.number, other=other.number)
    is_own = other.citizen == ticket.citizen
    if not is_own and (other.is_ended or other.waiting_since is None):
        # Nothing may follow there, and what was written to somebody else is not passed on unseen.
        raise RuleError("duplicate-answered", number=ticket.number, other=other.number)
    closed = desk.keep_ticket(replace(ticket.ended(desk.now), duplicate_of=other.number))
    desk.note_event(closed, TicketEventKind.DUPLICATE, administrator, detail=str(other.number))
    refresh_card(desk, closed)
    if not is_own:
        desk.keep_ticket(replace(other, repeats=other.repeats + 1))
    _tell_citizen(desk, closed, other, is_own=is_own)
    key = "duplicate-done" if is_own else "duplicate-done-other"
    return desk.say(desk.rules.language, key, number=ticket.number, other=other.number)


def answer_repeated(event: AnswerRepeated, desk: Desk) -> None:
    """Pass an answer on to those whose tickets repeat this one."""
    ticket = desk.ticket(event.ticket)
    said = next((each for each in as_read_now(desk.time_line(event.ticket)) if each.id == event.message), None)
    answer = desk.answer(event.message)
    if ticket is None or said is None or (answer is not None and answer.delivery not in _KEPT):
        return
    for other in desk.repeating(ticket.number):
        citizen = desk.citizen_by_id(other.citizen)
        is_passed = other.citizen != ticket.citizen and not citizen.is_erased
        if not is_passed or is_closed(desk, other.place, desk.institution(other.institution)):
            continue
        words, carried = as_citizen_reads(desk, replace(other, resolve_by_at=ticket.resolve_by_at), said)
        head = desk.say(desk.language_of(citizen), "duplicate-answer", number=other.number)
        desk.send(
            other.place,
            OutboxKind.NOTICE,
            f"{head}\n\n{words}",
            attachments=carried,
            ticket=other,
            reply_to=other.reply_to,
        )


def _may_repeat(ticket: Ticket, other: Ticket, institution: str) -> bool:
    return (
        other.number != ticket.number
        and other.institution == institution
        and other.duplicate_of is None
        and other.state is not TicketState.SPAM
    )


def _tell_citizen(desk: Desk, ticket: Ticket, other: Ticket, *, is_own: bool) -> None:
    language = desk.language_of(desk.citizen_by_id(ticket.citizen))
    if not is_own:
        key = "duplicate-told-other"
    else:
        key = "duplicate-told" if other.waiting_since is not None else "duplicate-told-answered"
    text = desk.say(language, key, number=ticket.number, other=other.number)
    desk.send(ticket.place, OutboxKind.NOTICE, text, ticket=ticket, reply_to=ticket.reply_to)


def _label(desk: Desk, ticket: Ticket) -> str:
    words = " ".join(mask(ticket.first_words).split())
    words = words if len(words) <= _WORDS_SHOWN else words[: _WORDS_SHOWN - 1].rstrip() + "…"
    return f"№ {ticket.number} {words}".strip()
