"""A ticket's card in the work chat: what it says, its buttons, and keeping it up to date."""

from collections.abc import Iterable, Sequence

from bot.domain.copying import replace
from bot.domain.edits import as_read_now
from bot.domain.message import Attachment, Button, Place
from bot.domain.parts import split_text
from bot.domain.quotation import quoted
from bot.domain.ticket import MessageKind, Ticket, TicketMessage
from bot.safety.links import defang
from handlers.attachments import named_for_reader
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
"""Characters of the first message that the card itself shows; the rest follows as replies to it."""


def first_words(text: str) -> str:
    """Return the beginning of a message that the card shows; links in it cannot be clicked."""
    return split_text(defang(text), WORDS_ON_CARD)[0]


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
    for index, message in enumerate(said):
        words = _as_shown(desk, message)
        is_on_card = index == 0 and words.startswith(begins.first_words)
        if is_on_card or is_asked_only or message.attachments:
            show_follow_up(desk, shown, message, skip=len(begins.first_words) if is_on_card else 0, words=words)
    if not is_asked_only:
        _show_history(desk, shown)
    return shown


def _questions(said: Iterable[TicketMessage]) -> list[TicketMessage]:
    return [message for message in said if message.kind in (MessageKind.QUESTION, MessageKind.COURTESY)]


def _with_first_words(desk: Desk, ticket: Ticket, said: Sequence[TicketMessage]) -> Ticket:
    shown = _first_words(desk, ticket, said)
    return ticket if shown == ticket.first_words else replace(ticket, first_words=shown)


def _first_words(desk: Desk, ticket: Ticket, said: Sequence[TicketMessage]) -> str:
    if ticket.first_words or not said:
        return ticket.first_words
    return first_words(framed(desk, desk.rules.language, said[0]))


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
    carried, lines = named_for_reader(desk, language, harmless(message.attachments), link=message.link or ticket.link)
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
    """Show the ticket's present state on its card, for a moment with other buttons than its own."""
    if ticket.work_place is not None and ticket.card is not None and is_shown(desk, ticket):
        desk.edit(
            ticket.work_place,
            OutboxKind.CARD_EDIT,
            card_words(desk, ticket),
            buttons=card_buttons(desk, ticket) if buttons is None else buttons,
            row=ticket.card,
            ticket=ticket,
        )
