"""Commands of a work chat that need nothing of their own: help."""

from bot.domain.event import MessageReceived
from handlers.commands import Reader, help_lines
from handlers.desk import Desk
from storage.outbox_row import OutboxKind


def administrator_help(event: MessageReceived, desk: Desk) -> None:
    """Say how answering works."""
    language = desk.rules.language
    lines = help_lines(desk.rules.texts, language, Reader.WORK_CHAT)
    text = desk.say(language, "administrator-help", commands=lines)
    desk.send(event.place, OutboxKind.NOTICE, text, reply_to=event.message_id, thread=event.thread)
