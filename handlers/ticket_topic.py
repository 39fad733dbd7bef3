"""The topic of a ticket in a work chat with topics."""

from bot.domain.event import TopicMade
from handlers.desk import Desk


def topic_made(event: TopicMade, desk: Desk) -> None:
    """Show the card in its topic."""
