"""An administrator changes an answer or a note that they had written in the work chat."""

from bot.domain.event import MessageEdited
from handlers.desk import Desk


def answer_edited(event: MessageEdited, desk: Desk) -> None:
    """Carry the new words to the citizen."""
