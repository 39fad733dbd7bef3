"""A ticket's card in the work chat: what it says, its buttons, and keeping it up to date."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.domain.copying import replace
from bot.domain.edits import as_read_now
from bot.domain.message import Attachment, Button, Place
from bot.domain.parts import first_piece
from bot.domain.quotation import quoted
from bot.domain.ticket import MessageKind, Ticket, TicketMessage
from bot.safety.links import defang
from handlers.attachments import named_for_reader, words_as_file
from handlers.buttons import Press
from handlers.card_words import card_buttons, card_words
from handlers.desk import Desk
from handlers.framed import framed
from handlers.gathering import gather, is_crowded
from handlers.harmless import harmless
from handlers.thread_title import ask_thread
from handlers.time_line import history_lines
from handlers.urgent import find_emergency, flag_lines
from storage.outbox_row import OutboxKind

WORDS_ON_CARD = 2500
"""Characters of a citizen's words that the card itself shows; the rest follows as replies to it."""
_TOGETHER = timedelta(seconds=30)
"""Words that follow each other this quickly stand on the card together."""
_HINTED = 3
"""So many cards of a work chat say how to answer; then everybody knows."""


def first_words(text: str) -> str:
    """Return the beginning of a message that the card shows; links in it cannot be clicked."""
    return first_piece(defang(text), WORDS_ON_CARD)


def show_card(desk: Desk, ticket: Ticket, said: Iterable[TicketMessage], *, is_its_turn: bool = False) -> Ticket:
    """Put a new card into the institution's work chat, with everything said so far below it.

    Without a reachable work chat the ticket waits; it gets its card when a chat is bound. In a rush it waits for
    its turn, unless its words speak of an emergency.
    """
    chat = desk.work_chat(ticket.institution)
    if chat is None:
        return desk.keep_ticket(replace(ticket, card=None, work_place=None, work_thread="", thread_shows=""))
    said = list(said)
    is_urgent = any(find_emergency(desk, message.text) for message in said)
    if is_crowded(desk, chat.place) and not is_its_turn and not is_urgent:
        return gather(desk, _with_first_words(desk, ticket, _questions(as_read_now(said))), chat.place)
    if chat.is_forum:
        return ask_thread(desk, _with_first_words(desk, ticket, _questions(as_read_now(said))), chat.place)
    return show_in(desk, ticket, said, chat.place, thread="", is_urgent=is_urgent)


def show_in(
    desk: Desk,
    ticket: Ticket,
    said: Iterable[TicketMessage],
    place: Place,
    *,
    thread: str,
    is_urgent: bool = False,
) -> Ticket:
    """Put a new card into a work chat, or into the ticket's topic there, with everything said so far below it."""
    whole = as_read_now(said)
    said = _questions(whole)
    _hint(desk, ticket)
    begins = replace(
        ticket,
        first_words=_first_words(desk, ticket, said),
        work_place=place,
        work_thread=thread,
        thread_shows=ticket.thread_shows if thread else "",
    )
    card = desk.send(
        place,
        OutboxKind.CARD,
        card_words(desk, begins),
        buttons=card_buttons(desk, begins),
        ticket=begins,
        thread=thread,
        is_urgent=is_urgent,
    )
    shown = desk.keep_ticket(replace(begins, card=card))
    is_asked_only = len(said) == len(whole)
    on_card = begins.first_words
    for index, message in enumerate(said):
        words = _as_shown(desk, message)
        skip = len(words) if words and on_card.startswith(words) else 0
        if index == 0 and not skip and words.startswith(on_card):
            skip = len(on_card)
        on_card = on_card[skip:].removeprefix("\n")
        if skip or is_asked_only or message.attachments:
            show_follow_up(desk, shown, message, skip=skip, words=words)
    if not is_asked_only:
        _show_history(desk, shown)
    return shown


def _questions(said: Iterable[TicketMessage]) -> list[TicketMessage]:
    return [message for message in said if message.kind in (MessageKind.QUESTION, MessageKind.COURTESY)]


def _with_first_words(desk: Desk, ticket: Ticket, said: Sequence[TicketMessage]) -> Ticket:
    shown = _first_words(desk, ticket, said)
    return ticket if shown == ticket.first_words else replace(ticket, first_words=shown)


def _first_words(desk: Desk, ticket: Ticket, said: Sequence[TicketMessage]) -> str:
    """Return what the card shows: the first message, and those that came before it, as far as there is room."""
    if not said or (ticket.first_words and _is_begun(desk, ticket)):
        return ticket.first_words
    shown = first_words(framed(desk, desk.rules.language, said[0]))
    for message in said[1:]:
        if not (joined := _joined(desk, shown, message)):
            break
        shown = joined
    return shown


def _is_begun(desk: Desk, ticket: Ticket) -> bool:
    """Tell whether somebody has begun to work with a ticket, so that its card must not grow under their hands."""
    return ticket.is_touched or ticket.is_ended or bool(desk.answers(ticket.number))


def _joined(desk: Desk, shown: str, message: TicketMessage) -> str:
    """Return a card's words with those of one more message, empty when it has files or there is no room."""
    words = _as_shown(desk, message)
    joined = f"{shown}\n{words}"
    has_room = bool(words) and not message.attachments and len(joined) <= WORDS_ON_CARD
    return joined if has_room and message.kind is MessageKind.QUESTION else ""


def add_to_card(desk: Desk, ticket: Ticket, message: TicketMessage, *, after: datetime) -> Ticket | None:
    """Let words that follow others at once (`after`) stand on the card; None when they need a message of their own.

    A change of a card tells nobody: words of emergency come by themselves.
    """
    if (
        _is_begun(desk, ticket)
        or ticket.is_urgent
        or abs(message.said_at - after) > _TOGETHER
        or find_emergency(desk, message.text) is not None
    ):
        return None
    joined = _joined(desk, ticket.first_words, message)
    if not joined:
        return None
    grown = desk.keep_ticket(replace(ticket, first_words=joined))
    refresh_card(desk, grown)
    return grown


def words_on_card(desk: Desk, ticket: Ticket, before: TicketMessage, after: TicketMessage | None) -> str:
    """Return a card's words once one of their messages reads differently, or is gone (None); it may not stand there."""
    language = desk.rules.language
    was, now = framed(desk, language, before), framed(desk, language, after) if after is not None else ""
    if before.said_at == ticket.opened_at and ticket.first_words == first_words(was):
        return first_words(now)
    old, new = first_words(was), defang(now)
    lines = f"\n{ticket.first_words}\n"
    if not old or f"\n{old}\n" not in lines:
        return ticket.first_words
    return first_words(lines.replace(f"\n{old}\n", f"\n{new}\n" if new else "\n", 1).strip("\n"))


def _hint(desk: Desk, ticket: Ticket) -> None:
    """Let a card say how to answer, if it is among the first of its work chat."""
    chat = desk.work_chat(ticket.institution)
    if chat is None:
        return
    chats = [desk.registry.work_chats.get(code) for code in desk.registry.served_by(chat.place)]
    hinted = {number for each in chats if each is not None for number in each.hinted} | set(chat.hinted)
    if len(hinted) < _HINTED and ticket.number not in hinted:
        desk.keep_hinted(replace(chat, hinted=(*chat.hinted, ticket.number)))


def is_coming(desk: Desk, ticket: Ticket) -> bool:
    """Tell whether the card will come into the present work chat by itself, with everything said until then."""
    chat = desk.work_chat(ticket.institution)
    return ticket.is_coming and chat is not None and ticket.work_place == chat.place


def _show_history(desk: Desk, ticket: Ticket) -> None:
    """Show who said what below a new card, answers and notes as well: whoever reads it now knows nothing of it."""
    head = desk.say(desk.rules.language, "history-head", number=ticket.number)
    tell_work_chat(desk, ticket, "\n".join([head, *history_lines(desk, ticket)]), OutboxKind.HISTORY)


def is_shown(desk: Desk, ticket: Ticket) -> bool:
    """Tell whether the ticket's card lies in the work chat that its institution has now."""
    if ticket.card is None:
        return False
    chat = desk.work_chat(ticket.institution)
    return chat is not None and ticket.work_place == chat.place


def show_follow_up(
    desk: Desk, ticket: Ticket, message: TicketMessage, *, skip: int = 0, words: str | None = None
) -> None:
    """Show a citizen's further words as a reply to the card; their first `skip` characters stand on the card itself.

    Characters are counted as the card shows them, with links that cannot be clicked (`words`, if they are known).
    """
    if ticket.work_place is None or ticket.card is None:
        return
    language = desk.rules.language
    text, carried = follow_up_words(desk, ticket, message, skip=skip, words=words)
    if not text and not carried:
        return
    buttons = []
    if message.kind is MessageKind.COURTESY:
        action = Press.QUESTION.of(ticket.number, message.id)
        buttons = [[Button(text=desk.say(language, "button-question"), action=action)]]
    desk.send(
        ticket.work_place,
        OutboxKind.FOLLOW_UP,
        text,
        buttons=buttons,
        attachments=carried,
        ticket=ticket,
        answer=message.id,
        refers_to=ticket.card,
    )


def follow_up_words(
    desk: Desk, ticket: Ticket, message: TicketMessage, *, skip: int = 0, words: str | None = None
) -> tuple[str, list[Attachment]]:
    """Return what a work chat reads of a citizen's further words, and the files that go along; nothing for no words."""
    language = desk.rules.language
    text = (_as_shown(desk, message) if words is None else words)[skip:].strip()
    whole, attached = words_as_file(desk, language, replace(message, ticket=ticket.number))
    carried, lines = named_for_reader(desk, language, harmless(attached), link=message.link or ticket.link)
    carried += whole
    body = "\n".join(part for part in (quoted(text), *lines) if part)
    if not body and not carried:
        return "", []
    name = defang(desk.citizen_by_id(ticket.citizen).name) or desk.say(language, "citizen-unnamed")
    head = desk.say(language, "follow-up", number=ticket.number, name=name)
    if not skip:
        head = "\n".join([head, *flag_lines(desk, message.text)])
    if message.kind is MessageKind.COURTESY:
        body = f"{body}\n\n{desk.say(language, 'follow-up-courtesy')}"
    return f"{head}\n{body}".strip(), carried


def _as_shown(desk: Desk, message: TicketMessage) -> str:
    return defang(framed(desk, desk.rules.language, message))


def tell_work_chat(
    desk: Desk,
    ticket: Ticket,
    text: str,
    kind: OutboxKind = OutboxKind.TICKET_NOTICE,
    *,
    attachments: Iterable[Attachment] = (),
    said: int | None = None,
) -> None:
    """Say something about a ticket in its work chat, as a reply to the card if that lies there.

    `said` is our id of the citizen's words, when it shows them.
    """
    chat = desk.work_chat(ticket.institution)
    if chat is not None:
        card = ticket.card if is_shown(desk, ticket) else None
        desk.send(chat.place, kind, text, attachments=attachments, ticket=ticket, answer=said, refers_to=card)


def refresh_card(desk: Desk, ticket: Ticket, *, buttons: Sequence[Sequence[Button]] | None = None) -> None:
    """Show the ticket's present state on its card, for a moment with other buttons than its own (`card_menu`)."""
    if buttons is None and ticket.menu_until is not None:
        ticket = desk.keep_ticket(replace(ticket, menu_until=None))
    if ticket.work_place is not None and ticket.card is not None and is_shown(desk, ticket):
        desk.edit(
            ticket.work_place,
            OutboxKind.CARD_EDIT,
            card_words(desk, ticket),
            buttons=card_buttons(desk, ticket) if buttons is None else buttons,
            row=ticket.card,
            ticket=ticket,
        )
