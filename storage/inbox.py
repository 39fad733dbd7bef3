"""What came in: stored once per key before the messenger is told, taken by the desk in the order of its lane."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, literal_column, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.channel import Incoming
from storage.bulk import Bulk
from storage.codec import REPORTS
from storage.database import insert_new, upsert_columns
from storage.tables import cursors, inbox
from storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """One event on the desk."""

    id: int
    channel: str
    community: str
    lane: str
    payload: bytes
    received_at: datetime
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An event that could not be handled: tried again at `not_before`, or dead when that is None."""

    id: int
    attempts: int
    error: str
    not_before: datetime | None


async def store(connection: AsyncConnection, vault: Vault, events: Iterable[Incoming], *, now: datetime) -> None:
    """Store events, each once per channel, community and key."""
    rows = [
        {
            "channel": event.channel,
            "community": event.community,
            "key": _storable(event.key),
            "lane": _storable(event.lane),
            "payload": vault.seal(event.payload),
            "received_at": now,
            "not_before": event.not_before,
        }
        for event in events
    ]
    if rows:
        await _STORE.write(connection, rows)


async def store_position(connection: AsyncConnection, channel: str, community: str, position: str) -> None:
    """Remember how far a listener has come."""
    statement = upsert_columns(cursors, connection, ["position"])
    await connection.execute(statement, {"channel": channel, "community": community, "position": position})


async def store_profile(connection: AsyncConnection, channel: str, community: str, *, title: str, address: str) -> None:
    """Remember what the messenger calls an account and where citizens find it."""
    statement = upsert_columns(cursors, connection, ["title", "address"])
    row = {"channel": channel, "community": community, "position": "", "title": title, "address": address}
    await connection.execute(statement, row)


async def read_position(connection: AsyncConnection, channel: str, community: str) -> str | None:
    """Return how far a listener had come, None at the first start."""
    query = select(cursors.c.position).where(cursors.c.channel == channel, cursors.c.community == community)
    return (await connection.execute(query)).scalar_one_or_none() or None


async def claim(
    connection: AsyncConnection, vault: Vault, *, now: datetime, limit: int, aside: str | None = None
) -> list[InboxRow]:
    """Return the oldest events that may be handled now, in order; a lane whose first event waits is left out.

    `aside` names the community of our own events that are worked out aside from the desk (`codec.REPORTS`); None
    returns everything else. The caller holds the desk's lock (`loading.lock`), so no two desks see the same event.
    """
    waiting = select(inbox.c.lane).where(_IS_TODO, inbox.c.not_before.is_not(None), inbox.c.not_before > now)
    query = (
        select(
            inbox.c.id,
            inbox.c.channel,
            inbox.c.community,
            inbox.c.lane,
            inbox.c.payload,
            inbox.c.received_at,
            inbox.c.attempts,
        )
        .where(_IS_TODO, inbox.c.lane.not_in(waiting))
        .order_by(inbox.c.id)
        .limit(limit)
    )
    query = query.where(inbox.c.community == aside) if aside else query.where(inbox.c.community != REPORTS)
    rows = await connection.execute(query)
    return [
        InboxRow(
            id=row.id,
            channel=row.channel,
            community=row.community,
            lane=row.lane,
            payload=vault.open(row.payload),
            received_at=row.received_at,
            attempts=row.attempts,
        )
        for row in rows
    ]


async def is_waiting(connection: AsyncConnection, row: int) -> bool:
    """Tell whether an event is still to be handled: another process may have been quicker."""
    query = select(inbox.c.id).where(inbox.c.id == row, _IS_TODO)
    return (await connection.execute(query)).first() is not None


async def finish(connection: AsyncConnection, done: Sequence[int], failed: Sequence[Failure]) -> None:
    """Mark events as handled, as waiting for another try, or as dead."""
    if done:
        await _FINISH.write(connection, [{"row": row} for row in done])
    if failed:
        await connection.execute(
            _FAIL,
            [
                {
                    "row": failure.id,
                    "new_state": "dead" if failure.not_before is None else "todo",
                    "tries": failure.attempts,
                    "again_at": failure.not_before,
                    "why": _storable(failure.error),
                }
                for failure in failed
            ],
        )


async def forget(connection: AsyncConnection, events: Sequence[int]) -> None:
    """Wipe what was said and by whom; the key stays, so that the messenger's second try is known."""
    if events:
        await connection.execute(update(inbox).where(inbox.c.id.in_(events)).values(payload=b"", lane=""))


_IS_TODO = inbox.c.state == literal_column("'todo'")
"""Written out, because only then a database recognises its index over just these rows."""
_STORE = Bulk(lambda connection: insert_new(inbox, connection))
_FINISH = Bulk(
    lambda _: update(inbox).where(inbox.c.id == bindparam("row")).values(state="done", not_before=None, error="")
)
_FAIL = (
    update(inbox)
    .where(inbox.c.id == bindparam("row"))
    .values(
        state=bindparam("new_state"),
        attempts=bindparam("tries"),
        not_before=bindparam("again_at"),
        error=bindparam("why"),
    )
)


def _storable(text: str) -> str:
    """Return words that came with a stranger's event as both databases keep them: PostgreSQL knows no NUL."""
    if text.isprintable():
        return text
    return text.replace("\x00", "").encode(errors="replace").decode()
