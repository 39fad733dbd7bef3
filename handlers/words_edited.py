"""A citizen changes what they had said: the work chat sees before and after, the clock runs on as it was."""

from dataclasses import replace

from bot.domain.citizen import Citizen
from bot.domain.edits import changed_part, edited_words, has_same_files
from bot.domain.event import MessageEdited
from bot.domain.message import Attachment
from bot.domain.parts import first_piece
from bot.domain.quotation import quoted
from bot.domain.ticket import Author, MessageKind, Ticket, TicketMessage, TicketState
from bot.safety.courtesy import asks_nothing
from bot.safety.links import defang
from handlers.albums import album_key
from handlers.attachments import named_for_reader, words_as_file
from handlers.card import is_shown, refresh_card, tell_work_chat, words_on_card
from handlers.desk import Desk
from handlers.duty import call_duty, tell_of_draft
from handlers.harmless import harmless
from handlers.question import go_on
from handlers.urgent import answer_emergency, urgent_lines
from storage.codec import HeldEvent
from storage.keys import consent_key, identity
from storage.outbox_row import OutboxKind

_SHOWN_BEFORE = 1000
"""Characters of the earlier words that are repeated at most; the new ones are shown whole."""


def words_edited(event: MessageEdited, desk: Desk) -> bool:
    """Handle an edit in private or under a post; messengers also tell of edits that nobody sees: nothing changes.

    False when nothing is kept of what was changed.
    """
    before = desk.said(event.place, event.message_id)
    if before is None:
        is_linked = desk.linked_ticket(event.place, event.message_id) is not None
        return _change_waiting(event, desk) or is_linked
    _change_said(event, desk, before)
    return True


def _change_said(event: MessageEdited, desk: Desk, before: TicketMessage) -> None:
    if before.kind is MessageKind.COURTESY and not asks_nothing(event.text):
        _asks_now(event, desk, before)
        return
    ticket = desk.linked_ticket(event.place, event.message_id)
    if before.author is not Author.CITIZEN or before.citizen is None or ticket is None:
        return
    after = _reads_now(before, event)
    if after is None:
        return
    edit = replace(
        after,
        id=desk.next_message_id(),
        kind=MessageKind.EDIT,
        edit_of=before.id,
        message_id=event.message_id,
        said_at=event.edited_at,
        received_at=desk.now,
    )
    desk.keep_message(edit)
    desk.keep_said(event.place, event.message_id, after)
    citizen = desk.citizen_by_id(before.citizen)
    _warn(desk, event, citizen, before)
    if not urgent_lines(desk, before.text) and urgent_lines(desk, after.text):
        ticket = desk.keep_ticket(replace(ticket, is_urgent=True))
        call_duty(desk, ticket, [after])
    is_told = ticket.state is not TicketState.SPAM and is_shown(desk, ticket)
    if is_told:
        _show(desk, ticket, citizen, before, edit)
    on_card = words_on_card(desk, ticket, before, after)
    if on_card != ticket.first_words:
        ticket = desk.keep_ticket(replace(ticket, first_words=on_card))
        if is_told:
            refresh_card(desk, ticket)


def _asks_now(event: MessageEdited, desk: Desk, before: TicketMessage) -> None:
    """Take thanks or a greeting that became a question as words of the moment at which they did."""
    ticket = desk.linked_ticket(event.place, event.message_id)
    after = _reads_now(before, event)
    if ticket is None or after is None or before.citizen is None:
        return
    citizen = desk.citizen_by_id(before.citizen)
    answer_emergency(desk, event, citizen)
    asked = replace(
        after,
        id=desk.next_message_id(),
        kind=MessageKind.QUESTION,
        said_at=event.edited_at,
        received_at=desk.now,
    )
    desk.keep_message(asked)
    go_on(desk, citizen, ticket, [asked])


def change_held(event: MessageEdited, desk: Desk) -> bool:
    """Let words that are held go on as they read now; False when they are not held."""
    for key in (album_key(event), consent_key(identity(event.sender.channel, event.sender.user_id))):
        held = desk.held(key)
        if any(_is_edited(part, event) for part in held):
            now = [_held_now(part, event) if _is_edited(part, event) else part for part in held]
            desk.hold_instead(key, now)
            return True
    return False


def _reads_now(before: TicketMessage, event: MessageEdited) -> TicketMessage | None:
    """Return the message as it reads after the edit, None when a reader sees no difference."""
    text, attachments = edited_words(
        text=before.text, attachments=before.attachments, ids=(before.message_id, *before.parts), event=event
    )
    if before.text == text and has_same_files(before.attachments, attachments):
        return None
    return replace(before, text=text, attachments=attachments)


def _change_waiting(event: MessageEdited, desk: Desk) -> bool:
    """Change words that no institution has seen yet: they go on as they read now. False when there are none."""
    citizen = desk.known_citizen(event.sender)
    put_off = [each.message for each in desk.put_off(citizen.id)] if citizen is not None else []
    waiting = [*desk.pending(citizen.id), *put_off] if citizen is not None else []
    for before in waiting:
        ids = (before.message_id, *before.parts)
        if citizen is not None and before.place == event.place and event.message_id in ids:
            after = _reads_now(before, event)
            if after is not None:
                (desk.change_put_off if before in put_off else desk.change_pending)(after)
                _warn(desk, event, citizen, before)
                tell_of_draft(desk, event, [each.text for each in waiting])
            return True
    return False


def _is_edited(held: HeldEvent, event: MessageEdited) -> bool:
    return held.place == event.place and event.message_id in (held.message_id, *held.parts)


def _held_now(held: HeldEvent, event: MessageEdited) -> HeldEvent:
    text, files = edited_words(
        text=held.text, attachments=held.attachments, ids=(held.message_id, *held.parts), event=event
    )
    return replace(held, text=text, attachments=files)


def _warn(desk: Desk, event: MessageEdited, citizen: Citizen, before: TicketMessage) -> None:
    """Answer words of emergency that were not there before."""
    if not urgent_lines(desk, before.text):
        answer_emergency(desk, event, citizen)


def _show(desk: Desk, ticket: Ticket, citizen: Citizen, before: TicketMessage, after: TicketMessage) -> None:
    language = desk.rules.language
    name = defang(citizen.name) or desk.say(language, "citizen-unnamed")
    key = "words-edited-after-end" if ticket.is_ended else "words-edited"
    lines = [desk.say(language, key, number=ticket.number, name=name)]
    if before.text != after.text:
        was, became = changed_part(defang(before.text), defang(after.text))
        nothing = desk.say(language, "card-no-words")
        lines += [
            *([] if urgent_lines(desk, before.text) else urgent_lines(desk, after.text)),
            desk.say(language, "words-before", words=_quoted(first_piece(was, _SHOWN_BEFORE)) or nothing),
            desk.say(language, "words-after", words=_quoted(became) or nothing),
        ]
    whole, attached = words_as_file(desk, language, after)
    carried: list[Attachment] = []
    named: list[str] = []
    if not has_same_files(before.attachments, after.attachments):
        carried, named = named_for_reader(desk, language, harmless(attached), link=after.link or ticket.link)
        lines.append(desk.say(language, "files-edited" if after.attachments else "files-taken-away"))
    carried += whole
    tell_work_chat(desk, ticket, "\n".join([*lines, *named]), OutboxKind.FOLLOW_UP, attachments=carried, said=before.id)


def _quoted(words: str) -> str:
    """Quote several lines below what is said of them; one line cannot pass for another line of the bot's."""
    return f"\n{quoted(words)}" if len(words.splitlines()) > 1 else words
