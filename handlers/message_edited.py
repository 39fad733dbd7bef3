"""Somebody changes or takes back what they had said."""

from bot.domain.event import ChatKind, CommentReceived, MessageDeleted, MessageEdited, MessageReceived
from bot.safety.courtesy import asks_nothing
from handlers.answer_edited import answer_edited
from handlers.citizen_comment import citizen_comment
from handlers.comment_deleted import comment_deleted
from handlers.desk import Desk
from handlers.reception import message_received
from handlers.urgent import find_emergency
from handlers.words_edited import change_held, words_edited


def message_edited(event: MessageEdited, desk: Desk) -> None:
    """Carry an administrator's new words to the citizen; show a citizen's before and after."""
    if change_held(event, desk):
        return
    if desk.registry.served_by(event.place):
        answer_edited(event, desk)
    elif not words_edited(event, desk):
        _hear_anew(event, desk)


def _hear_anew(event: MessageEdited, desk: Desk) -> None:
    """Take changed words of which nothing is kept, such as a greeting, as said when they were changed."""
    if not event.text.strip() or asks_nothing(event.text):
        return
    citizen = desk.known_citizen(event.sender)
    is_silenced = citizen is not None and any(each.citizen == citizen.id for each in desk.silences())
    if is_silenced and find_emergency(desk, event.text) is None:
        # What a silenced person changes has been counted when it came.
        return
    if event.place.is_comments:
        comment = CommentReceived(
            place=event.place,
            sender=event.sender,
            message_id=event.message_id,
            text=event.text,
            attachments=event.attachments,
            sent_at=event.edited_at,
            sources=event.sources,
        )
        citizen_comment(comment, desk)
    elif not event.place.is_group:
        message = MessageReceived(
            place=event.place,
            chat_kind=ChatKind.PRIVATE,
            sender=event.sender,
            message_id=event.message_id,
            text=event.text,
            attachments=event.attachments,
            sent_at=event.edited_at,
            sources=event.sources,
        )
        message_received(message, desk)


def message_deleted(event: MessageDeleted, desk: Desk) -> None:
    """Say that the words were taken back."""
    comment_deleted(event, desk)
