"""An administrator says something in the work chat: an answer for the citizen, a note, or talk among people."""

from bot.domain.copying import replace
from bot.domain.errors import RuleError
from bot.domain.event import MessageReceived
from bot.domain.ticket import Author, MessageKind, Ticket, TicketMessage
from handlers.card import is_shown
from handlers.closing import reason_typed
from handlers.desk import Desk
from handlers.interim import as_marked
from handlers.notes import keep_note, tell_not_sent, tell_of_note
from handlers.sending import send_answer
from handlers.staff_words import Meant, Reader, meant_for
from handlers.transfer_choice import moved_ticket, name_typed, tell_moved, ticket_asked_about
from handlers.waiting_list import way_to_card
from storage.outbox_row import OutboxKind

NOTE_MARK = "//"
_IN_A_ROW = 4


def administrator_reply(event: MessageReceived, desk: Desk, *, is_command: bool = False) -> None:
    """Handle what is said in a work chat, and is no command of ours; `is_command`: it looks like one."""
    if not is_command and reason_typed(event, desk):
        return
    is_note = event.text.startswith(NOTE_MARK)
    asked = ticket_asked_about(event, desk)
    if asked is not None and not is_note and not is_command:
        name_typed(event, desk, asked, event.text)
        return
    meant = meant_for(event, desk) if asked is None else Meant(reader=Reader.STAFF, ticket=asked)
    if meant.ticket is None or meant.reader is Reader.NOT_HERE:
        if not is_note or meant.reader is Reader.NOT_HERE:
            _tell_nobody(event, desk, meant)
        return
    ticket = meant.ticket
    if desk.citizen_by_id(ticket.citizen).is_erased:
        _tell(event, desk, "erased-no-answer", number=ticket.number)
    elif is_note:
        said = _said(event, desk, ticket, MessageKind.NOTE)
        keep_note(desk, ticket, replace(said, text=event.text.removeprefix(NOTE_MARK).strip()))
    elif not event.text.strip() and not event.attachments:
        return
    elif meant.reader is Reader.STAFF or is_command:
        said = _said(event, desk, ticket, MessageKind.NOTE)
        keep_note(desk, ticket, said)
        if meant.reader is Reader.STAFF:
            tell_of_note(desk, ticket, said)
        else:
            tell_not_sent(desk, ticket, said, "command-unknown")
    else:
        said = as_marked(_said(event, desk, ticket, MessageKind.ANSWER))
        if said.is_interim and not said.text and not said.attachments:
            raise RuleError("interim-empty", number=ticket.number)
        send_answer(desk, ticket, said)


def _tell_nobody(event: MessageReceived, desk: Desk, meant: Meant) -> None:
    """Say that words went to nobody, and where they could; talk among people is left alone."""
    moved = moved_ticket(event, desk)
    if moved is not None:
        tell_moved(event, desk, moved)
    elif meant.reader is Reader.NOT_HERE:
        _tell(event, desk, "topic-elsewhere")
    elif meant.reader is Reader.LIST:
        shown = [ticket for ticket in meant.listed if is_shown(desk, ticket)]
        ways = [way_to_card(desk, ticket) for ticket in shown][: desk.rules.limits[event.place.channel].buttons]
        rows = [ways[index : index + _IN_A_ROW] for index in range(0, len(ways), _IN_A_ROW)]
        text = desk.say(desk.rules.language, "reply-to-list" if rows else "reply-to-unknown")
        desk.send(event.place, OutboxKind.NOTICE, text, buttons=rows, reply_to=event.message_id, thread=event.thread)
    elif meant.reader is Reader.UNKNOWN:
        _tell(event, desk, "reply-to-unknown")


def _tell(event: MessageReceived, desk: Desk, key: str, **arguments: int) -> None:
    text = desk.say(desk.rules.language, key, **arguments)
    desk.send(event.place, OutboxKind.NOTICE, text, reply_to=event.message_id, thread=event.thread)


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
