"""The tickets without a first answer, waiting or closed, for whoever must see to them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.institution import Institution
from bot.reports.counting.gathering import Asked, Gathered, Source
from storage.database import Connection
from storage.waiting import WaitingTicket, read_endings, read_links, read_waiting

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
    found = await _read(connection, asked, gathered, is_closed=False)
    found.sort(key=lambda each: (each.waiting_since, each.number))
    waiting = {each.number: round((asked.now - each.waiting_since).total_seconds()) for each in found[:MOST]}
    return [{**_shown(each, asked, places, topics), "waiting_seconds": waiting[each.number]} for each in found[:MOST]]


async def read_closed_silently(
    connection: Connection,
    asked: Asked,
    gathered: Gathered,
    *,
    places: Mapping[str, Institution],
    topics: Mapping[str, tuple[str, str]],
) -> list[dict[str, Any]]:
    """Return the tickets of a report that ended without an answer: they are in `unanswered` as well."""
    found = await _read(connection, asked, gathered, is_closed=True)
    found.sort(key=lambda each: (each.opened_at, each.number))
    endings = await read_endings(connection, [each.number for each in found[:MOST]])
    shown = []
    for each in found[:MOST]:
        ending = endings[each.number]
        told = {"closed_at": ending.at and _local(ending.at, asked), "closed_by": ending.kind, "reason": ending.reason}
        shown.append({**_shown(each, asked, places, topics), **told})
    return shown


async def _read(connection: Connection, asked: Asked, gathered: Gathered, *, is_closed: bool) -> list[WaitingTicket]:
    start, end = gathered.period.bounds(asked.zone)
    # Narrowed to fewer institutions, those of the others must not use up the room.
    limit = MOST if asked.is_whole else 20 * MOST
    kept: list[WaitingTicket] = []
    if asked.source in (Source.KEPT, Source.ROWS):
        kept = await read_waiting(connection, scope=asked.scope, start=start, end=end, limit=limit, is_closed=is_closed)
    judged = [
        row for row in gathered.judged if row.deadline_at is not None and (row.waiting_since is None) == is_closed
    ]
    links = await read_links(connection, [row.ticket for row in judged])
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
        for row in judged
    ]
    return [each for each in found if each.institution in asked.codes]


def _shown(
    ticket: WaitingTicket, asked: Asked, places: Mapping[str, Institution], topics: Mapping[str, tuple[str, str]]
) -> dict[str, Any]:
    name, _ = topics.get(ticket.topic, (ticket.topic, ""))
    return {
        "number": ticket.number,
        "institution": ticket.institution,
        "name": places[ticket.institution].name,
        "opened_at": _local(ticket.opened_at, asked),
        "is_overdue": ticket.deadline_at is not None and ticket.deadline_at < asked.now,
        "topic": name or None,
        "link": ticket.link,
    }


def _local(moment: datetime, asked: Asked) -> str:
    return moment.astimezone(asked.zone).isoformat(timespec="seconds")
