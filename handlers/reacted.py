"""Somebody likes or dislikes a post or a message."""

from bot.domain.event import ReactionChanged, ReactionsCounted
from handlers.desk import Desk


def reaction_changed(event: ReactionChanged, desk: Desk) -> None:
    """Count what one person put or took away."""


def reactions_counted(event: ReactionsCounted, desk: Desk) -> None:
    """Count what a messenger tells without names."""
