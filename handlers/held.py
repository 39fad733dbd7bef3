"""What was held goes on."""

from bot.domain.event import HeldDue
from handlers.desk import Desk


def held_due(event: HeldDue, desk: Desk) -> None:
    """Handle what is held under a key."""
