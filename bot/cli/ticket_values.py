"""Tickets as JSON for a program: a line of a list, and one ticket with its whole time line."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.domain.calendars import Calendars
    from bot.domain.holders import Holding
    from bot.domain.ticket import TicketMessage
    from storage.listings import TicketLine, TimeLine

Topics = Mapping[str, tuple[str, str]]
"""Names and the classifier's codes by key."""


def ticket_line(line: "TicketLine", now: datetime, topics: Topics) -> dict[str, Any]:
    """Return a ticket of a list."""
    topic, code = topics.get(line.topic, (line.topic, ""))
    return {**asdict(line), "topic": topic or None, "topic_code": code or None, "overdue": line.is_overdue(now)}


def whole_ticket(line: "TimeLine", now: datetime, topics: Topics, calendars: "Calendars") -> dict[str, Any]:
    """Return a ticket with all that happened to it, in order."""
    return {
        **ticket_line(line.ticket, now, topics),
        "citizen": {"channel": line.citizen.channel, "user_id": line.citizen.user_id, "name": line.citizen.name},
        "taken_by": line.taken_by or None,
        "holders": [_holder(each) for each in holders(line, calendars)],
        "timeline": sorted(time_line_entries(line), key=itemgetter("at")),
    }


def holders(line: "TimeLine", calendars: "Calendars") -> "tuple[Holding, ...]":
    """Return who had a ticket and for how long, by the calendars as they were known."""
    from bot.domain.holders import holdings

    ticket = line.ticket

    def due(since: datetime) -> datetime:
        if since <= ticket.opened_at:
            return ticket.first_deadline_at
        calendar = calendars.of(ticket.institution, since)
        return calendar.add(since, calendar.working_between(ticket.opened_at, ticket.first_deadline_at))

    return holdings(line.facts, ticket.came_to or ticket.institution, calendars.as_known, due=due)


def _holder(holding: "Holding") -> dict[str, Any]:
    return {
        "institution": holding.institution,
        "since": holding.since,
        "until": holding.until,
        "answered": holding.is_answered,
        "wall_seconds": None if holding.wall is None else holding.wall.total_seconds(),
        "working_seconds": None if holding.working is None else holding.working.total_seconds(),
    }


def time_line_entries(line: "TimeLine") -> Iterator[dict[str, Any]]:
    """Return everything that was done, said and sent, in no order."""

    def name(administrator: int | None) -> str | None:
        return line.administrators.get(administrator) if administrator is not None else None

    for event in line.events:
        yield {"at": event.at, "kind": event.kind, "administrator": name(event.administrator)}
    for message in line.messages:
        yield {**_message(message), "administrator": name(message.administrator)}
    for row in line.deliveries:
        yield {
            "at": row.created_at,
            "kind": "delivery",
            "outbox_id": row.id,
            "carries": row.kind,
            "message_id": row.message,
            "channel": row.channel,
            "state": row.state,
            "attempts": row.attempts,
            "sent_at": row.sent_at,
            "error": row.error,
        }


def _message(message: "TicketMessage") -> dict[str, Any]:
    return {
        "at": message.said_at,
        "kind": message.kind,
        "id": message.id,
        "author": message.author,
        "text": message.text,
        "attachments": [
            {"kind": each.kind, "name": each.name, "title": each.title, "url": each.url} for each in message.attachments
        ],
        "received_at": message.received_at,
        "delivery": message.delivery,
        "delivered_at": message.delivered_at,
        "refused_reason": message.refused_reason,
        "link": message.link,
    }
