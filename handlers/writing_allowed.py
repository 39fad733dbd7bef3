"""Somebody allows or forbids a community to write to them."""

from bot.domain.event import WritingAllowed
from handlers.desk import Desk


def writing_allowed(event: WritingAllowed, desk: Desk) -> None:
    """Remember it."""
