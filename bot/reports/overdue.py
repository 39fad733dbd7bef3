"""The answer to /overdue: who waits beyond the deadline, and how long."""

from collections import Counter
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
    crowds = Counter(ticket.incident.number for ticket in overdue if ticket.incident is not None)
    alone = _first_of_each(overdue)
    for ticket in alone[:_SHOWN]:
        waits = say_duration(texts, language, now - ticket.waiting_since)
        if ticket.incident is not None:
            lines.append(
                texts.say(
                    language,
                    "overdue-incident",
                    number=ticket.incident.number,
                    institution=ticket.institution.title,
                    matter=ticket.incident.matter,
                    count=crowds[ticket.incident.number],
                    waits=waits,
                )
            )
            continue
        line = texts.say(
            language, "overdue-line", number=ticket.number, institution=ticket.institution.title, waits=waits
        )
        lines.append(f"{line}\n{ticket.link}" if ticket.link else line)
    if len(alone) > _SHOWN:
        lines.append(texts.say(language, "open-more", count=len(alone) - _SHOWN))
    return "\n".join(lines)


def _first_of_each(overdue: Sequence[OverdueTicket]) -> list[OverdueTicket]:
    """Leave of each mass event only the ticket that waits longest."""
    seen: set[int] = set()
    found = []
    for ticket in overdue:
        if ticket.incident is not None and ticket.incident.number in seen:
            continue
        if ticket.incident is not None:
            seen.add(ticket.incident.number)
        found.append(ticket)
    return found
