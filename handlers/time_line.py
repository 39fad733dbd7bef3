"""`/ticket N`: everything that was said and done in a ticket, who and when, cut to what one message takes."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.edits import without_notes
from bot.domain.event import MessageReceived
from bot.domain.parts import utf16_length
from bot.domain.quotation import quoted
from bot.domain.ticket import Author, DeliveryState, MessageKind, Ticket, TicketEvent, TicketEventKind, TicketMessage
from bot.safety.links import defang
from bot.safety.masks import mask
from handlers.card_words import state_lines
from handlers.desk import Desk
from storage.outbox_row import OutboxKind

_WORDS_SHOWN = 1000
"""Characters of one message; who needs more finds the whole of it in the chat."""
_FIRST_WORDS = 60
_SEEN_BY_THE_WORDS = {TicketEventKind.OPENED}


def show_ticket(event: MessageReceived, desk: Desk, argument: str) -> None:
    """Show the ticket of this number, or the one that the command replies to or in whose topic it stands."""
    language = desk.rules.language
    number = argument.removeprefix("№").strip()
    ticket = desk.ticket(int(number)) if number.isdecimal() else None
    for meant in (event.reply_to, event.thread):
        if not number and ticket is None and meant:
            ticket = desk.linked_ticket(event.place, meant)
    if ticket is None or ticket.institution not in desk.registry.served_by(event.place):
        text = desk.say(language, "ticket-unknown")
        desk.send(event.place, OutboxKind.NOTICE, text, reply_to=event.message_id, thread=event.thread)
        return
    text = "\n".join(_lines(desk, ticket, desk.rules.limits[event.place.channel].text))
    desk.send(event.place, OutboxKind.NOTICE, text, reply_to=event.message_id, ticket=ticket, thread=event.thread)


def lines_for_supervisor(desk: Desk, ticket: Ticket, limit: int) -> list[str]:
    """Return the time line for a supervisor: no notes, personal data covered, of names only those of the staff."""
    return _lines(desk, ticket, limit, is_nameless=True)


def first_words(text: str) -> str:
    """Return how a citizen's words begin, on one line, with personal data covered: «Где бассейн…»."""
    words = " ".join(defang(mask(text)).split())
    return words if len(words) <= _FIRST_WORDS else words[: _FIRST_WORDS - 1].rstrip() + "…"


def history_lines(desk: Desk, ticket: Ticket) -> list[str]:
    """Return a line for everything said and done in a ticket that is shown whole, in the order of the moments.

    It stands below the card of a new holder, with every word; elsewhere personal data are covered.
    """
    return [line for _, line in _time_line(desk, ticket)]


def _lines(desk: Desk, ticket: Ticket, limit: int, *, is_nameless: bool = False) -> list[str]:
    """Return the head and the time line; what is too much is left out after its first line, the newest is kept."""
    language = desk.rules.language
    institution = desk.holder(ticket)
    head = [
        desk.say(language, "card-head", number=ticket.number, institution=institution.title),
        *_state(desk, ticket),
    ]
    if ticket.taken_by is not None:
        head.append(desk.say(language, "card-taken", name=desk.administrator_name(ticket.taken_by)))
    first, *rest = [line for _, line in _time_line(desk, ticket, is_covered=True, is_nameless=is_nameless)] or [""]
    room = limit - utf16_length("\n".join([*head, first, desk.say(language, "time-line-cut", count=9999)])) - 2
    kept = _newest(rest, room)
    cut = [desk.say(language, "time-line-cut", count=len(rest) - len(kept))] if len(kept) < len(rest) else []
    return [*head, first, *cut, *kept]


def _newest(lines: Sequence[str], room: int) -> list[str]:
    kept: list[str] = []
    for line in reversed(lines):
        room -= utf16_length(line) + 1
        if room < 0:
            break
        kept.insert(0, line)
    return kept


def _state(desk: Desk, ticket: Ticket) -> list[str]:
    return state_lines(desk, desk.rules.language, ticket, desk.holder(ticket))


def _time_line(
    desk: Desk, ticket: Ticket, *, is_covered: bool = False, is_nameless: bool = False
) -> list[tuple[datetime, str]]:
    whole = desk.time_line(ticket.number)
    said = [
        (message.said_at, _said(desk, ticket, message, is_covered=is_covered, is_nameless=is_nameless))
        for message in (without_notes(whole) if is_nameless else whole)
    ]
    done = [
        (event.at, _done(desk, ticket, event))
        for event in desk.happened(ticket.number)
        if event.kind not in _SEEN_BY_THE_WORDS
    ]
    return sorted([*said, *done], key=lambda line: line[0])


def _said(desk: Desk, ticket: Ticket, message: TicketMessage, *, is_covered: bool, is_nameless: bool) -> str:
    language = desk.rules.language
    words = mask(message.text) if is_covered else message.text
    if message.author is Author.CITIZEN:
        told = "" if is_nameless else defang(desk.citizen_by_id(ticket.citizen).name)
        name = told or desk.say(language, "citizen-unnamed")
        words = defang(words)
    else:
        name = desk.administrator_name(message.administrator)
    words = words if len(words) <= _WORDS_SHOWN else words[: _WORDS_SHOWN - 1] + "…"
    if len(words.splitlines()) > 1 and message.author is Author.CITIZEN:
        # One line of words cannot be taken for another line of the bot's.
        words = f"\n{quoted(words)}\n"
    files = [f"[{desk.say(language, f'attachment-{each.kind.value}')}]" for each in message.attachments]
    if message.kind is MessageKind.EDIT:
        files = []
    return desk.say(
        language,
        f"time-line-{message.kind.value}",
        at=desk.shortly(language, message.said_at, desk.zone(desk.holder(ticket))),
        name=name,
        words=" ".join([*([words] if words else []), *files]) or desk.say(language, "card-no-words"),
        fares=_fares(desk, ticket, message) if message.kind is MessageKind.ANSWER else "",
    )


def _fares(desk: Desk, ticket: Ticket, message: TicketMessage) -> str:
    language = desk.rules.language
    answer = desk.answer(message.id) or message
    state = answer.delivery or DeliveryState.ON_THE_WAY
    zone = desk.zone(desk.holder(ticket))
    return desk.say(
        language,
        f"fares-{state.value}",
        at=desk.shortly(language, answer.delivered_at or message.said_at, zone),
        reason=desk.say(language, f"refused-{answer.refused_reason}") if answer.refused_reason else "",
    )


def _done(desk: Desk, ticket: Ticket, event: TicketEvent) -> str:
    language = desk.rules.language
    detail = event.detail
    if event.kind is TicketEventKind.TRANSFERRED:
        institution = desk.institution(event.detail)
        detail = institution.title if institution is not None else event.detail
    what = desk.say(language, f"happened-{event.kind.value}", detail=detail)
    at = desk.shortly(language, event.at, desk.zone(desk.holder(ticket)))
    if event.administrator is None:
        return desk.say(language, "time-line-event", at=at, what=what)
    name = desk.administrator_name(event.administrator)
    return desk.say(language, "time-line-event-by", at=at, what=what, name=name)
