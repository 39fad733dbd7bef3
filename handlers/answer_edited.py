"""An administrator changes an answer or a note that they had written in the work chat."""

from dataclasses import replace

from bot.domain.edits import edited_words
from bot.domain.event import MessageEdited
from bot.domain.message import Attachment
from bot.domain.own_event import DeliveryFailed
from bot.domain.parts import first_piece
from bot.domain.ticket import Author, DeliveryState, MessageKind, SentPart, Ticket, TicketMessage
from handlers.answer_words import as_citizen_reads
from handlers.card import tell_work_chat
from handlers.desk import Desk
from handlers.interim import read_mark
from handlers.sending import doubts_in_words
from storage.outbox_row import OutboxKind

NOTE_MARK = "//"


def answer_edited(event: MessageEdited, desk: Desk) -> None:
    """Carry new words of an answer to the citizen; the time line keeps what stood there before. No clock is touched."""
    said = desk.said(event.place, event.message_id)
    ticket = desk.ticket(said.ticket) if said is not None and said.ticket is not None else None
    if said is None or ticket is None:
        return
    text, files = edited_words(
        text=said.text, attachments=said.attachments, ids=(said.message_id, *said.parts), event=event
    )
    if said.is_interim:
        # The dots before an interim answer are no words of it.
        text = read_mark(text)[1]
    event = replace(event, text=text, attachments=files)
    if said.kind is MessageKind.NOTE:
        _keep(event, desk, said, event.text.removeprefix(NOTE_MARK).strip())
    elif event.text != said.text:
        _carry(event, desk, ticket, said)
    elif _look(event.attachments) != _look(said.attachments):
        _tell(event, desk, "answer-edit-files", ticket)


def edit_refused(event: DeliveryFailed, desk: Desk) -> None:
    """Tell the work chat why the citizen goes on reading the old words."""
    ticket = desk.ticket(event.ticket) if event.ticket is not None else None
    if ticket is not None:
        language = desk.rules.language
        reason = desk.say(language, f"refused-{event.reason.value}")
        tell_work_chat(desk, ticket, desk.say(language, "answer-edit-refused", number=ticket.number, reason=reason))


def _carry(event: MessageEdited, desk: Desk, ticket: Ticket, said: TicketMessage) -> None:
    fares = desk.answer(said.id) or said
    parts = desk.sent_parts(said.id)
    if fares.delivery is DeliveryState.HELD:
        _tell(event, desk, "answer-edit-held", ticket)
    elif fares.delivery in (DeliveryState.REFUSED, DeliveryState.TAKEN_BACK, DeliveryState.DROPPED):
        _tell(event, desk, "answer-edit-without-answer", ticket)
    elif event.text.startswith(NOTE_MARK):
        _tell(event, desk, "answer-edit-no-note", ticket)
    elif not parts:
        _tell(event, desk, "answer-edit-too-old", ticket)
    elif reasons := doubts_in_words(desk, ticket.institution, event.text, desk.rules.language):
        _tell(event, desk, "answer-edit-doubtful", ticket, *reasons)
    else:
        words, _ = as_citizen_reads(desk, ticket, replace(said, text=event.text))
        _fill(desk, ticket, said, parts, words)
        _keep(event, desk, said, event.text)
        if "?" in event.text and ticket.last_citizen_at <= said.said_at:
            desk.keep_ticket(replace(ticket, is_asking=True))
        if _look(event.attachments) != _look(said.attachments):
            _tell(event, desk, "answer-edit-files", ticket)


def _fill(desk: Desk, ticket: Ticket, said: TicketMessage, parts: list[SentPart], words: str) -> None:
    """Put the words into the messages that are there; what is too much follows as one more, what is empty goes."""
    limits = desk.rules.limits[ticket.place.channel]
    rest = words
    for part in parts:
        if not part.has_words:
            continue
        if not rest and not part.has_files:
            desk.delete_answer(part.place, row=part.row, ticket=ticket, answer=said.id)
            continue
        piece = first_piece(rest, limits.caption if part.has_files else limits.text)
        rest = rest[len(piece) :].lstrip()
        desk.edit_answer(part.place, piece, row=part.row, ticket=ticket, answer=said.id)
    if rest:
        language = desk.language_of(desk.citizen_by_id(ticket.citizen))
        text = "\n\n".join([desk.say(language, "answer-goes-on", number=ticket.number), rest])
        desk.send(ticket.place, OutboxKind.ANSWER, text, reply_to=ticket.reply_to, ticket=ticket, answer=said.id)


def _keep(event: MessageEdited, desk: Desk, said: TicketMessage, text: str) -> None:
    if text == said.text:
        return
    edit = TicketMessage(
        id=desk.next_message_id(),
        ticket=said.ticket,
        citizen=None,
        kind=MessageKind.EDIT,
        author=Author.ADMINISTRATOR,
        administrator=said.administrator,
        text=text,
        attachments=said.attachments,
        place=event.place,
        message_id=event.message_id,
        said_at=event.edited_at,
        received_at=desk.now,
        edit_of=said.id,
    )
    desk.keep_message(edit)
    desk.keep_said(event.place, event.message_id, replace(said, text=text))


def _tell(event: MessageEdited, desk: Desk, key: str, ticket: Ticket, *more: str) -> None:
    text = "\n".join([desk.say(desk.rules.language, key, number=ticket.number), *more])
    desk.send(event.place, OutboxKind.TICKET_NOTICE, text, reply_to=event.message_id, ticket=ticket)


def _look(attachments: tuple[Attachment, ...]) -> list[tuple[str, str, int | None]]:
    """Return what tells files apart; a messenger may name the same file differently each time."""
    return [(attachment.kind.value, attachment.name, attachment.size) for attachment in attachments]
