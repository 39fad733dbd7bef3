"""The tickets that wait for a first answer, for whoever must see to them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.institution import Institution
from bot.reports.counting.gathering import Asked, Gathered, Source
from storage.database import Connection
from storage.waiting import WaitingTicket, read_links, read_waiting

MOST = 5_000


async def read_unanswered(
    connection: Connection,
    asked: Asked,
    gathered: Gathered,
    *,
    places: Mapping[str, Institution],
    topics: Mapping[str, tuple[str, str]],
) -> list[dict[str, Any]]:
    """Return the tickets of a report in which somebody waits for the first answer, the longest waiting first."""
    start, end = gathered.period.bounds(asked.zone)
    # Narrowed to fewer institutions, those of the others must not use up the room.
    limit = MOST if asked.is_whole else 20 * MOST
    kept: list[WaitingTicket] = []
    if asked.source in (Source.KEPT, Source.ROWS):
        kept = await read_waiting(connection, scope=asked.scope, start=start, end=end, limit=limit)
    waiting = [row for row in gathered.judged if row.waiting_since is not None]
    links = await read_links(connection, [row.ticket for row in waiting])
    found = kept + [
        WaitingTicket(
            number=row.ticket,
            institution=row.institution,
            opened_at=row.opened_at,
            waiting_since=row.waiting_since or row.opened_at,
            deadline_at=row.deadline_at,
            topic=row.topic,
            link=links[row.ticket],
        )
        for row in waiting
    ]
    shown = sorted(
        (each for each in found if each.institution in asked.codes), key=lambda each: (each.waiting_since, each.number)
    )
    return [_shown(each, asked, places, topics) for each in shown[:MOST]]


def _shown(
    ticket: WaitingTicket, asked: Asked, places: Mapping[str, Institution], topics: Mapping[str, tuple[str, str]]
) -> dict[str, Any]:
    name, _ = topics.get(ticket.topic, (ticket.topic, ""))
    return {
        "number": ticket.number,
        "institution": ticket.institution,
        "name": places[ticket.institution].name,
        "opened_at": _local(ticket.opened_at, asked),
        "waiting_seconds": round((asked.now - ticket.waiting_since).total_seconds()),
        "is_overdue": ticket.deadline_at is not None and ticket.deadline_at < asked.now,
        "topic": name or None,
        "link": ticket.link,
    }


def _local(moment: datetime, asked: Asked) -> str:
    return moment.astimezone(asked.zone).isoformat(timespec="seconds")
