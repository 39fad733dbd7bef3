"""Words outside any ticket at rest: what opens one later, and what came from people who were silenced."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.set_aside import SetAside, Silence, Why
from bot.domain.ticket import RoutedBy, TicketEvent, TicketEventKind
from storage import ticket_rows
from storage.database import upsert
from storage.tables import messages, set_aside, silences, ticket_events, tickets
from storage.vault import Vault

SilencedCount = tuple[str, str, str, int]
"""Institution, channel, day (`YYYY-MM-DD`) and how many messages came there."""


async def read_put_off(
    connection: AsyncConnection, vault: Vault, citizens: Collection[int]
) -> dict[int, list[SetAside]]:
    """Return what opens its ticket later, by citizen, in the order in which it was said."""
    found: dict[int, list[SetAside]] = {}
    for aside in await _read(connection, vault, set_aside.c.citizen.in_(citizens), Why.LATER):
        if aside.message.citizen is not None:
            found.setdefault(aside.message.citizen, []).append(aside)
    return found


async def _read(connection: AsyncConnection, vault: Vault, condition: Any, why: Why) -> list[SetAside]:
    columns = (set_aside.c.institution.label("meant_for"), set_aside.c.routed_by, set_aside.c.day, set_aside.c.due_at)
    query = (
        select(messages, *columns)
        .join_from(set_aside, messages, messages.c.id == set_aside.c.message)
        .where(condition, set_aside.c.why == why.value)
        .order_by(messages.c.id)
    )
    return [
        SetAside(
            message=ticket_rows.read_message(row, vault),
            institution=row.meant_for,
            why=why,
            routed_by=RoutedBy(row.routed_by),
            day=row.day,
            due_at=row.due_at,
        )
        for row in await connection.execute(query)
    ]


async def write_put_off(connection: AsyncConnection, changed: Mapping[int, Sequence[SetAside]]) -> None:
    """Write what opens its ticket later, everything of each citizen anew; the words are written with the messages."""
    if not changed:
        return
    theirs = set_aside.c.citizen.in_(changed) & (set_aside.c.why == Why.LATER.value)
    await connection.execute(delete(set_aside).where(theirs))
    await write_set_aside(connection, [each for several in changed.values() for each in several])


async def write_set_aside(connection: AsyncConnection, new: Iterable[SetAside]) -> None:
    """Write where words lie aside."""
    rows = [
        {
            "message": each.message.id,
            "citizen": each.message.citizen,
            "institution": each.institution,
            "channel": each.message.place.channel,
            "why": each.why.value,
            "routed_by": each.routed_by.value,
            "day": each.day,
            "due_at": each.due_at,
        }
        for each in new
    ]
    if rows:
        await connection.execute(insert(set_aside), rows)


async def read_silences(connection: AsyncConnection, vault: Vault) -> list[Silence]:
    """Return who is silenced, for which institution and until when."""
    query = select(silences).where(silences.c.lifted_at.is_(None)).order_by(silences.c.id)
    return [
        Silence(
            id=row.id,
            citizen=row.citizen,
            institution=row.institution,
            ticket=row.ticket,
            name=vault.open_text(row.name),
            by=vault.open_text(row.by),
            began_at=row.began_at,
            ends_at=row.ends_at,
        )
        for row in await connection.execute(query)
    ]


async def write_silences(connection: AsyncConnection, vault: Vault, changed: Collection[Silence]) -> None:
    """Write new silences, and those that were lifted."""
    rows = [
        {
            "id": each.id,
            "citizen": each.citizen,
            "institution": each.institution,
            "ticket": each.ticket,
            "name": vault.seal_text(each.name),
            "by": vault.seal_text(each.by),
            "began_at": each.began_at,
            "ends_at": each.ends_at,
            "lifted_at": each.lifted_at,
        }
        for each in changed
    ]
    if rows:
        await connection.execute(upsert(silences, connection), rows)


async def read_silenced(connection: AsyncConnection, vault: Vault, silence: Silence) -> list[SetAside]:
    """Return what came while somebody was silenced, in the order in which it came."""
    theirs = (set_aside.c.citizen == silence.citizen) & (set_aside.c.institution == silence.institution)
    since = messages.c.received_at >= silence.began_at
    return await _read(connection, vault, theirs & since, Why.SILENCED)


async def read_spam_presses(connection: AsyncConnection, numbers: Collection[int]) -> dict[int, list[TicketEvent]]:
    """Return, by ticket, when its citizen's tickets of the same institution were marked as spam or opened again."""
    pressed, other = tickets.alias("pressed"), tickets.alias("other")
    kinds = (TicketEventKind.SPAM.value, TicketEventKind.REOPENED.value)
    query = (
        select(ticket_events, pressed.c.number.label("pressed"))
        .join_from(
            pressed, other, (other.c.citizen == pressed.c.citizen) & (other.c.institution == pressed.c.institution)
        )
        .join(ticket_events, ticket_events.c.ticket == other.c.number)
        .where(pressed.c.number.in_(numbers), ticket_events.c.kind.in_(kinds))
        .order_by(ticket_events.c.id)
    )
    found: dict[int, list[TicketEvent]] = {}
    for row in await connection.execute(query):
        found.setdefault(row.pressed, []).append(ticket_rows.read_event(row))
    return found


async def count_silenced(connection: AsyncConnection, *, first: date, last: date) -> list[SilencedCount]:
    """Count the messages that came from silenced people from `first` to `last`, both included, by day."""
    keys = (set_aside.c.institution, set_aside.c.channel, set_aside.c.day)
    query = (
        select(*keys, func.count().label("messages"))
        .where(
            set_aside.c.why == Why.SILENCED.value,
            set_aside.c.day >= first.isoformat(),
            set_aside.c.day <= last.isoformat(),
        )
        .group_by(*keys)
        .order_by(*keys)
    )
    return [(row.institution, row.channel, row.day, row.messages) for row in await connection.execute(query)]


async def forget_set_aside(connection: AsyncConnection, citizen: int) -> None:
    """Let nothing of a citizen's words open a ticket any more; how many came while they were silenced stays counted."""
    theirs = (set_aside.c.citizen == citizen) & (set_aside.c.why == Why.LATER.value)
    await connection.execute(delete(set_aside).where(theirs))
    await connection.execute(delete(silences).where(silences.c.citizen == citizen))
