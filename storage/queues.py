"""What has not been sent or handled, as an operator sees it, and another try for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Table, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import NotFoundError, StorageError
from storage.tables import inbox, outbox, tickets
from storage.vault import Vault

_UNFINISHED = ("todo", "sending", "dead")
_RETRIED = ("todo", "dead")
_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxLine:
    """One call to a messenger, without its words."""

    id: int
    channel: str
    community: str
    chat: str
    kind: str
    ticket: int | None
    message: int | None
    state: str
    attempts: int
    not_before: datetime | None
    created_at: datetime
    sent_at: datetime | None
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxLine:
    """One event that came in."""

    id: int
    channel: str
    community: str
    key: str
    lane: str
    received_at: datetime
    state: str
    attempts: int
    not_before: datetime | None
    error: str
    payload: str = field(repr=False)
    """As the messenger sent it; bytes that are no UTF-8 are shown as U+FFFD."""


async def list_outbox(connection: AsyncConnection, *, is_dead: bool = False) -> list[OutboxLine]:
    """Return what is not sent yet, oldest first, or only what has been given up."""
    return await _read_outbox(connection, outbox.c.state.in_(("dead",) if is_dead else _UNFINISHED))


async def read_deliveries(connection: AsyncConnection, ticket: int) -> list[OutboxLine]:
    """Return every call to a messenger that a ticket caused, oldest first."""
    return await _read_outbox(connection, outbox.c.ticket == ticket)


async def list_inbox(connection: AsyncConnection, vault: Vault, *, is_dead: bool = False) -> list[InboxLine]:
    """Return what is not handled yet, oldest first, or only what cannot be understood or handled."""
    names = [name for name in InboxLine.__dataclass_fields__ if name != "payload"]
    query = (
        select(*(inbox.c[name] for name in names), inbox.c.payload)
        .where(inbox.c.state.in_(("dead",) if is_dead else _UNFINISHED))
        .order_by(inbox.c.id)
    )
    return [
        InboxLine(**{**row, "payload": vault.open(row["payload"]).decode(errors="replace")})
        for row in (await connection.execute(query)).mappings()
    ]


async def retry_outbox(connection: AsyncConnection, ids: Sequence[int], *, now: datetime) -> int:
    """Let these rows be sent again at once, with three new days before they are given up; returns how many.

    All or nothing: raises NotFoundError for an unknown id, StorageError for a row that is sent or on its way.
    """
    # Giving up counts from `created_at`: with the old one the first failure would be the last.
    return await _retry(connection, outbox, ids, created_at=now)


async def retry_inbox(connection: AsyncConnection, ids: Sequence[int]) -> int:
    """Let these events be handled again at once; returns how many.

    All or nothing: raises NotFoundError for an unknown id, StorageError for an event that is handled.
    """
    return await _retry(connection, inbox, ids)


async def _read_outbox(connection: AsyncConnection, condition: Any) -> list[OutboxLine]:
    names = OutboxLine.__dataclass_fields__
    query = select(*(outbox.c[name] for name in names)).where(condition).order_by(outbox.c.id)
    return [OutboxLine(**row) for row in (await connection.execute(query)).mappings()]


async def _retry(connection: AsyncConnection, queue: Table, ids: Sequence[int], **values: Any) -> int:
    wanted = sorted(set(ids))
    states: dict[int, str] = {}
    for chosen in _batches(wanted):
        found = await connection.execute(select(queue.c.id, queue.c.state).where(queue.c.id.in_(chosen)))
        states |= {row.id: row.state for row in found}
    if unknown := [row for row in wanted if row not in states]:
        raise NotFoundError(f"нет таких номеров: {_listed(unknown)}; список: otklik {queue.name} list --dead")
    if finished := [row for row in wanted if states[row] not in _RETRIED]:
        raise StorageError(f"уже сделано или делается: {_listed(finished)}; повторять нечего")
    again = update(queue).values(state="todo", attempts=0, not_before=None, error="", **values)
    for chosen in _batches(wanted):
        await connection.execute(again.where(queue.c.id.in_(chosen)))
    return len(wanted)


def _batches(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH)]


def _listed(ids: Sequence[int]) -> str:
    return ", ".join(map(str, ids[:10])) + (" …" if len(ids) > 10 else "")


async def open_tickets_in(
    connection: AsyncConnection, communities: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], int]:
    """Return how many tickets have not ended in each of these communities (channel and number), where there are any."""
    wanted = set(communities)
    query = (
        select(tickets.c.channel, tickets.c.community, func.count().label("tickets"))
        .where(tickets.c.state.in_(("open", "answered")), tickets.c.community.in_({each[1] for each in wanted}))
        .group_by(tickets.c.channel, tickets.c.community)
    )
    found = {(row.channel, row.community): row.tickets for row in await connection.execute(query)}
    return {place: number for place, number in found.items() if place in wanted}
