"""The answer to /overdue: who waits beyond the deadline, how long, and the way there."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from bot.reports.fitting import fitting
from bot.texts import Texts
from bot.texts.duration import say_duration
from storage.overdue import OverdueTicket

SHOWN = 20
_NO_WORDS: Mapping[int, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueWords:
    """A page of the list."""

    text: str
    numbers: tuple[int, ...] = ()
    """The tickets on it."""
    shown: int = 0
    left: int = 0
    """How many lines come after it."""


def told_alone(overdue: Sequence[OverdueTicket], skip: int) -> list[OverdueTicket]:
    """Return the tickets of a page that have a line of their own, without words of emergency."""
    page = _first_of_each(overdue)[skip : skip + SHOWN]
    return [ticket for ticket in page if ticket.incident is None and not ticket.is_urgent]


def say_overdue(
    overdue: Sequence[OverdueTicket],
    *,
    words: Mapping[int, str] = _NO_WORDS,
    texts: Texts,
    language: str,
    now: datetime,
    skip: int = 0,
    limit: int = 4000,
) -> OverdueWords:
    """Return the lines after the first `skip`, the longest waiting first, as many as `limit` UTF-16 units take.

    `words` are those with which the tickets began, as they may be shown.
    """
    if not overdue:
        return OverdueWords(text=texts.say(language, "overdue-nothing"))
    head = texts.say(language, "overdue-head", count=len(overdue))
    crowds = Counter(ticket.incident.number for ticket in overdue if ticket.incident is not None)
    alone = _first_of_each(overdue)
    page = alone[skip : skip + SHOWN]
    lines = [
        _line(ticket, crowds, words.get(ticket.number, ""), texts=texts, language=language, now=now) for ticket in page
    ]
    more = texts.say(language, "open-more", count=len(alone))
    shown = fitting([head, more], lines, limit=limit)
    left = max(len(alone) - skip - shown, 0)
    said = [head, *lines[:shown]]
    if left:
        said.append(texts.say(language, "open-more", count=left))
    numbers = tuple(ticket.number for ticket in page[:shown] if ticket.incident is None)
    return OverdueWords(text="\n".join(said), numbers=numbers, shown=shown, left=left)


def _line(
    ticket: OverdueTicket, crowds: Counter[int], words: str, *, texts: Texts, language: str, now: datetime
) -> str:
    waits = say_duration(texts, language, now - ticket.waiting_since)
    if ticket.incident is not None:
        return texts.say(
            language,
            "overdue-incident",
            number=ticket.incident.number,
            institution=ticket.institution.title,
            matter=ticket.incident.matter,
            count=crowds[ticket.incident.number],
            waits=waits,
        )
    line = texts.say(language, "overdue-line", number=ticket.number, institution=ticket.institution.title, waits=waits)
    quoted = texts.say(language, "first-words", words=words) if words else ""
    return "\n".join(part for part in (line, quoted, ticket.way) if part)


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
