"""What must go out: taken lane by lane in order, urgent lanes first, with the outcome of every try."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, case, delete, func, literal_column, not_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.message import Place
from storage.bulk import Bulk
from storage.database import insert_new
from storage.keys import link_key
from storage.outbox_row import OutboxKind, OutboxRow, Priority, read_outbox_row
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Shut:
    """Rooms that take nothing more for the moment: what leads there is left in the outbox."""

    rooms: set[str] = field(default_factory=set)
    """For messages of any kind."""
    patient: set[str] = field(default_factory=set)
    """For cards and what is even less urgent."""

    def add(self, room: str, priority: int) -> None:
        """Shut a room for what is as urgent as `priority`, or less."""
        (self.patient if priority >= Priority.CARD else self.rooms).add(room)


Takes = Callable[[str, int], int]
"""Says how many more lanes may lead into a room now, each with something of this priority."""


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
    shut: Shut | None = None,
    takes: Takes | None = None,
) -> list[OutboxRow]:
    """Mark and return rows to send: of the `lanes` most urgent free lanes, the first `rows_per_lane` of each, in order.

    A lane in which a row waits for another try, or is on its way already, is left alone, and so are lanes into a room
    that takes no more: however many wait for it, they cost nothing and stand in nobody's way.
    """
    chosen = await _choose(connection, now=now, lanes=lanes, shut=shut or Shut(), takes=takes)
    if not chosen:
        return []
    ranked = (
        select(
            outbox.c.id,
            func.row_number().over(partition_by=outbox.c.lane, order_by=outbox.c.id).label("place_in_lane"),
        )
        .where(IS_UNFINISHED, _IS_TODO, outbox.c.lane.in_(chosen))
        .subquery()
    )
    wanted = select(ranked.c.id).where(ranked.c.place_in_lane <= rows_per_lane)
    result = await connection.execute(
        update(outbox).where(outbox.c.id.in_(wanted)).values(state="sending").returning(*_COLUMNS)
    )
    return sorted((read_outbox_row(row, vault) for row in result), key=lambda row: row.id)


async def _choose(
    connection: AsyncConnection, *, now: datetime, lanes: int, shut: Shut, takes: Takes | None
) -> list[str]:
    """Return the most urgent free lanes, and of those that lead into one room only as many as it takes."""
    held = select(outbox.c.lane).where(_IS_TODO, outbox.c.not_before.is_not(None), outbox.c.not_before > now)
    in_hand = select(outbox.c.lane).where(_IS_SENDING)
    most = lanes * _ROWS_LOOKED_AT
    chosen: dict[str, None] = {}
    taken: Counter[str] = Counter()
    for _ in range(_LOOKS):
        first = select(outbox.c.lane, outbox.c.room, outbox.c.priority).where(
            _IS_TODO, outbox.c.lane.not_in(held), outbox.c.lane.not_in(in_hand)
        )
        if shut.rooms:
            first = first.where(outbox.c.room.not_in(shut.rooms))
        if shut.patient:
            is_patient = outbox.c.priority >= int(Priority.CARD)
            first = first.where(not_(is_patient & outbox.c.room.in_(shut.patient)))
        found = (await connection.execute(first.order_by(outbox.c.priority, outbox.c.id).limit(most))).all()
        is_shut = False
        for lane, room, priority in found:
            if lane in chosen:
                continue
            if takes is not None and room and takes(room, priority) <= taken[room]:
                shut.add(room, priority)
                is_shut = True
                continue
            chosen[lane] = None
            taken[room] += 1
            if len(chosen) == lanes:
                return list(chosen)
        if not is_shut or len(found) < most:
            break  # nothing further stands behind what was looked at
    return list(chosen)


async def sent_ids(connection: AsyncConnection, rows: Sequence[int]) -> dict[int, str]:
    """Return the messenger's ids of rows that were sent (cards, for their edits and replies)."""
    if not rows:
        return {}
    query = select(outbox.c.id, outbox.c.sent_id).where(outbox.c.id.in_(rows), outbox.c.state == "sent")
    return {row.id: row.sent_id for row in await connection.execute(query)}


async def unfinished(connection: AsyncConnection, rows: Sequence[int]) -> set[int]:
    """Return which of these rows have still to be sent."""
    if not rows:
        return set()
    query = select(outbox.c.id).where(IS_UNFINISHED, outbox.c.id.in_(rows))
    return set((await connection.execute(query)).scalars())


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
            "kind": outcome.row.kind.value,
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


async def stop_answers(connection: AsyncConnection, messages: Sequence[int]) -> None:
    """Let answers that still wait to be sent never go out; what is in a sender's hands already goes."""
    await connection.execute(
        update(outbox)
        .where(_IS_TODO, outbox.c.message.in_(messages), outbox.c.kind == OutboxKind.ANSWER.value)
        .values(state="sent", error="the citizen took the question back")
    )


async def move_lane(connection: AsyncConnection, place: Place, new_chat: str) -> None:
    """Send everything unfinished of a chat to the chat that it became."""
    moved = Place(channel=place.channel, community=place.community, chat=new_chat)
    is_there = (outbox.c.channel == place.channel, outbox.c.community == place.community, outbox.c.chat == place.chat)
    rest_of_lane = func.substr(outbox.c.lane, len(place.lane) + 1)
    await connection.execute(
        update(outbox)
        .where(IS_UNFINISHED, outbox.c.room.in_((place.room_lane, "")), *is_there)
        .values(
            chat=new_chat, room=case((outbox.c.room == "", ""), else_=moved.room_lane), lane=moved.lane + rest_of_lane
        )
    )


# Written out, because only then a database recognises its index over just these rows.
_IS_TODO = outbox.c.state == literal_column("'todo'")
_IS_SENDING = outbox.c.state == literal_column("'sending'")
IS_UNFINISHED = outbox.c.state.in_([literal_column("'todo'"), literal_column("'sending'")])
_ROWS_LOOKED_AT = 4
"""For each free lane: rows of one lane stand behind each other."""
_LOOKS = 4
"""How often a claim looks past rooms that turned out to be full; what is left comes with the next claim."""

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
    outbox.c.priority,
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
