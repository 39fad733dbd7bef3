"""The answer to /overdue: who waits beyond the deadline, and how long."""

from collections.abc import Sequence
from datetime import datetime

from bot.texts import Texts
from bot.texts.duration import say_duration
from storage.overdue import OverdueTicket

_SHOWN = 20


def say_overdue(overdue: Sequence[OverdueTicket], *, texts: Texts, language: str, now: datetime) -> str:
    """Return the list in words, the longest waiting first."""
    if not overdue:
        return texts.say(language, "overdue-nothing")
    lines = [texts.say(language, "overdue-head", count=len(overdue))]
    for ticket in overdue[:_SHOWN]:
        waits = say_duration(texts, language, now - ticket.waiting_since)
        line = texts.say(
            language, "overdue-line", number=ticket.number, institution=ticket.institution.title, waits=waits
        )
        lines.append(f"{line}\n{ticket.link}" if ticket.link else line)
    if len(overdue) > _SHOWN:
        lines.append(texts.say(language, "open-more", count=len(overdue) - _SHOWN))
    return "\n".join(lines)
