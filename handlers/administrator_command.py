"""Commands of a work chat that need nothing of their own: help."""

from bot.domain.event import MessageReceived
from handlers.desk import Desk
from storage.outbox_row import OutboxKind


def administrator_help(event: MessageReceived, desk: Desk) -> None:
    """Say how answering works."""
    text = desk.say(desk.rules.language, "administrator-help")
    desk.send(event.place, OutboxKind.NOTICE, text, reply_to=event.message_id, thread=event.thread)
