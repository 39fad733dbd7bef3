"""Somebody changes or takes back what they had said."""

from bot.domain.event import MessageDeleted, MessageEdited
from handlers.answer_edited import answer_edited
from handlers.comment_deleted import comment_deleted
from handlers.desk import Desk
from handlers.words_edited import change_held, words_edited


def message_edited(event: MessageEdited, desk: Desk) -> None:
    """Carry an administrator's new words to the citizen; show a citizen's before and after."""
    if change_held(event, desk):
        return
    if desk.registry.served_by(event.place):
        answer_edited(event, desk)
    else:
        words_edited(event, desk)


def message_deleted(event: MessageDeleted, desk: Desk) -> None:
    """Say that the words were taken back."""
    comment_deleted(event, desk)
