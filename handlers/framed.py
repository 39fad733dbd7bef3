"""Words with what stands around them: what they answer or quote, and who said them first."""

from bot.domain.parts import first_piece
from bot.domain.ticket import TicketMessage
from handlers.desk import Desk

_QUOTED = 300
"""Characters of a quote that are shown."""
QUOTE_MARK = "> "


def framed(desk: Desk, language: str, message: TicketMessage) -> str:
    """Return what a message says, below its quote and the name of its first author."""
    if not message.quote and not message.forwarded_from:
        return message.text
    return "\n".join(
        part for part in (_quoted(message.quote), forwarded(desk, language, message), message.text) if part
    )


def forwarded(desk: Desk, language: str, message: TicketMessage) -> str:
    """Return the line that says whose words these are, empty for a person's own ones."""
    match message.forwarded_from:
        case "":
            return ""
        case "?":
            return desk.say(language, "forwarded")
        case name:
            return desk.say(language, "forwarded-from", name=name)


def without_quote(text: str) -> str:
    """Return shown words without the lines that somebody else had said."""
    if QUOTE_MARK not in text:
        return text
    return "\n".join(line for line in text.split("\n") if not line.startswith(QUOTE_MARK))


def _quoted(quote: str) -> str:
    if not quote:
        return ""
    shown = first_piece(quote, _QUOTED)
    more = len(shown) < len(quote.rstrip())
    lines = [line for line in shown.splitlines() if line.strip()]
    return "\n".join(QUOTE_MARK + line for line in lines) + (" …" if more else "")
