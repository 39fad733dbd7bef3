"""What must go out: taken lane by lane in order, urgent lanes first, with the outcome of every try."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, literal_column, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.message import Place
from storage.bulk import Bulk
from storage.database import insert_new
from storage.keys import link_key
from storage.outbox_row import OutboxKind, OutboxRow, gathered_lane, read_outbox_row, urgent_lane
from storage.tables import links, outbox
from storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one row: sent, to be tried again at `not_before`, or dead."""

    row: OutboxRow
    state: str
    """`sent`, `todo` or `dead`."""
    sent_ids: tuple[str, ...] = ()
    sent_at: datetime | None = None
    not_before: datetime | None = None
    attempts: int = 0
    error: str = ""


async def take_back(connection: AsyncConnection) -> Counter[str]:
    """Make what an ended process had in its hands ready to be sent again; returns how many rows, by channel."""
    statement = update(outbox).where(_IS_SENDING).values(state="todo").returning(outbox.c.channel)
    return Counter((await connection.execute(statement)).scalars())


async def claim(
    connection: AsyncConnection,
    vault: Vault,
    *,
    now: datetime,
    lanes: int,
    rows_per_lane: int,
) -> list[OutboxRow]:
    """Mark and return rows to send: of the `lanes` most urgent free lanes, the first `rows_per_lane` of each, in order.

    A lane in which a row waits for another try, or is on its way already, is left alone.
    """
    held = select(outbox.c.lane).where(_IS_TODO, outbox.c.not_before.is_not(None), outbox.c.not_before > now)
    in_hand = select(outbox.c.lane).where(_IS_SENDING)
    first = (
        select(outbox.c.lane)
        .where(_IS_TODO, outbox.c.lane.not_in(held), outbox.c.lane.not_in(in_hand))
        .order_by(outbox.c.priority, outbox.c.id)
        .limit(lanes * _ROWS_LOOKED_AT)
    )
    found = (await connection.execute(first)).scalars()
    chosen = list(dict.fromkeys(found))[:lanes]
    if not chosen:
        return []
    ranked = (
        select(
            outbox.c.id,
            func.row_number().over(partition_by=outbox.c.lane, order_by=outbox.c.id).label("place_in_lane"),
        )
        .where(_IS_UNFINISHED, _IS_TODO, outbox.c.lane.in_(chosen))
        .subquery()
    )
    wanted = select(ranked.c.id).where(ranked.c.place_in_lane <= rows_per_lane)
    result = await connection.execute(
        update(outbox).where(outbox.c.id.in_(wanted)).values(state="sending").returning(*_COLUMNS)
    )
    return sorted((read_outbox_row(row, vault) for row in result), key=lambda row: row.id)


async def sent_ids(connection: AsyncConnection, rows: Sequence[int]) -> dict[int, str]:
    """Return the messenger's ids of rows that were sent (cards, for their edits and replies)."""
    if not rows:
        return {}
    query = select(outbox.c.id, outbox.c.sent_id).where(outbox.c.id.in_(rows), outbox.c.state == "sent")
    return {row.id: row.sent_id for row in await connection.execute(query)}


async def record(connection: AsyncConnection, outcomes: Sequence[Outcome]) -> None:
    """Write what became of rows, and link the sent messages to their tickets so that replies find them."""
    if not outcomes:
        return
    await _RECORD.write(
        connection,
        [
            {
                "row": outcome.row.id,
                "new_state": outcome.state,
                "first_id": outcome.sent_ids[0] if outcome.sent_ids else "",
                "at": outcome.sent_at,
                "again_at": outcome.not_before,
                "tries": outcome.attempts,
                "why": outcome.error,
            }
            for outcome in outcomes
        ],
    )
    linked = [
        {
            "key": link_key(outcome.row.place, message_id),
            "ticket": outcome.row.ticket,
            "message": outcome.row.answer if outcome.row.kind is not OutboxKind.FOLLOW_UP else None,
        }
        for outcome in outcomes
        if outcome.row.ticket is not None
        for message_id in outcome.sent_ids
    ]
    if linked:
        await _LINKS.write(connection, linked)
    finished = [o.row.id for o in outcomes if o.row.kind is OutboxKind.REDIRECT and o.state != "todo"]
    if finished:
        await connection.execute(delete(outbox).where(outbox.c.id.in_(finished)))


async def move_lane(connection: AsyncConnection, place: Place, new_chat: str) -> None:
    """Send everything unfinished of a chat to the chat that it became."""
    moved = Place(channel=place.channel, community=place.community, chat=new_chat)
    for lane_of in (lambda where: where.lane, urgent_lane, gathered_lane):
        old_lane, new_lane = lane_of(place), lane_of(moved)
        await connection.execute(
            update(outbox)
            .where(outbox.c.lane == old_lane, outbox.c.state.in_(("todo", "sending")))
            .values(chat=new_chat, lane=new_lane)
        )


# Written out, because only then a database recognises its index over just these rows.
_IS_TODO = outbox.c.state == literal_column("'todo'")
_IS_SENDING = outbox.c.state == literal_column("'sending'")
_IS_UNFINISHED = outbox.c.state.in_([literal_column("'todo'"), literal_column("'sending'")])
_ROWS_LOOKED_AT = 4
"""For each free lane: rows of one lane stand behind each other."""

_COLUMNS = (
    outbox.c.id,
    outbox.c.channel,
    outbox.c.community,
    outbox.c.chat,
    outbox.c.lane,
    outbox.c.kind,
    outbox.c.payload,
    outbox.c.ticket,
    outbox.c.message,
    outbox.c.is_last,
    outbox.c.refers_to,
    outbox.c.attempts,
    outbox.c.created_at,
)

_LINKS = Bulk(lambda connection: insert_new(links, connection))
_RECORD = Bulk(
    lambda _: (
        update(outbox)
        .where(outbox.c.id == bindparam("row"))
        .values(
            state=bindparam("new_state"),
            sent_id=bindparam("first_id"),
            sent_at=bindparam("at"),
            not_before=bindparam("again_at"),
            attempts=bindparam("tries"),
            error=bindparam("why"),
        )
    )
)
