"""Somebody changes or takes back what they had said."""

from bot.domain.event import MessageDeleted, MessageEdited
from handlers.desk import Desk


def message_edited(event: MessageEdited, desk: Desk) -> None:
    """Show before and after."""


def message_deleted(event: MessageDeleted, desk: Desk) -> None:
    """Say that the words were taken back."""
