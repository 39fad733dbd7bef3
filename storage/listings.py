"""What an operator looks at: tickets in a list, and one of them with its whole time line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.citizen import Citizen
from bot.domain.errors import NotFoundError
from bot.domain.measures import FACT_OF_EVENT, Fact, FactKind
from bot.domain.ticket import (
    DeliveryState,
    MessageKind,
    TicketEvent,
    TicketMessage,
    TicketOrigin,
    TicketState,
)
from storage import people_rows, ticket_rows
from storage.queues import OutboxLine, read_deliveries
from storage.tables import administrators, citizens, inbox, institutions, messages, ticket_events, tickets
from storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketLine:
    """One ticket without its words and people."""

    number: int
    institution: str
    institution_name: str
    state: TicketState
    channel: str
    origin: TicketOrigin
    routed_by: str
    opened_at: datetime
    waiting_since: datetime | None
    deadline_at: datetime | None
    first_deadline_at: datetime
    first_answered_at: datetime | None
    closed_at: datetime | None
    reopened: int
    topic: str
    """The topic's key, empty for unknown."""
    topic_confidence: float | None
    grade: int | None
    is_solved: bool | None
    came_to: str
    """The institution that held it first, if it is another one now."""
    transfers: int
    hard_limit_at: datetime | None
    resolve_by_at: datetime | None
    interim_at: datetime | None
    duplicate_of: int | None
    link: str

    def is_overdue(self, now: datetime) -> bool:
        """Tell whether somebody waits longer than the norm allows."""
        is_waiting = self.waiting_since is not None and self.state not in (TicketState.CLOSED, TicketState.SPAM)
        return is_waiting and self.deadline_at is not None and self.deadline_at < now


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLine:
    """Everything that is known of one ticket."""

    ticket: TicketLine
    citizen: Citizen
    taken_by: str
    """The administrator's name, empty when nobody took it."""
    taken_by_id: int | None
    """Our own number of that administrator."""
    messages: Sequence[TicketMessage]
    events: Sequence[TicketEvent]
    deliveries: Sequence[OutboxLine]
    administrators: dict[int, str]
    """Names by id."""
    served: dict[int, str]
    """For which institution each of them answers, by id."""

    @property
    def facts(self) -> list[Fact]:
        """What the times are measured from."""
        asked = [
            Fact(kind=FactKind.ASKED, at=m.moved_at or m.said_at, since=m.said_at if m.moved_at else None)
            for m in self.messages
            if m.kind is MessageKind.QUESTION
        ]
        answered = [
            Fact(kind=FactKind.ANSWERED, at=m.delivered_at, administrator=m.administrator, is_interim=m.is_interim)
            for m in self.messages
            if m.kind is MessageKind.ANSWER and m.delivery is DeliveryState.DELIVERED and m.delivered_at is not None
        ]
        happened = [
            Fact(kind=FACT_OF_EVENT[event.kind], at=event.at, institution=event.detail)
            for event in self.events
            if event.kind in FACT_OF_EVENT
        ]
        return [*asked, *answered, *happened]


async def list_tickets(
    connection: AsyncConnection,
    *,
    institution: str | None = None,
    state: TicketState | None = None,
    overdue_at: datetime | None = None,
) -> list[TicketLine]:
    """Return tickets by number; `overdue_at` leaves those whose citizen waits longer than the norm at that moment.

    Raises NotFoundError for an institution that is not in the directory.
    """
    if institution is not None:
        await _require_institution(connection, institution)
    query = _lines().order_by(tickets.c.number)
    if institution is not None:
        query = query.where(tickets.c.institution == institution)
    if state is not None:
        query = query.where(tickets.c.state == state.value)
    if overdue_at is not None:
        query = query.where(tickets.c.waiting_since.is_not(None), tickets.c.deadline_at < overdue_at)
    found = [_line(row) for row in await connection.execute(query)]
    return found if overdue_at is None else [line for line in found if line.is_overdue(overdue_at)]


async def read_open_numbers(connection: AsyncConnection, institution: str) -> list[int]:
    """Return the numbers of the tickets that an institution holds and that have not ended."""
    ended = (TicketState.CLOSED.value, TicketState.SPAM.value)
    query = select(tickets.c.number).where(tickets.c.institution == institution, tickets.c.state.not_in(ended))
    return list((await connection.execute(query.order_by(tickets.c.number))).scalars())


async def read_lines(connection: AsyncConnection, numbers: Sequence[int]) -> dict[int, TicketLine]:
    """Return these tickets by number."""
    found = await connection.execute(_lines().where(tickets.c.number.in_(numbers)))
    return {row.number: _line(row) for row in found}


async def read_numbers(
    connection: AsyncConnection, *, state: TicketState, start: datetime, end: datetime
) -> Sequence[int]:
    """Return the numbers of tickets in a state that opened from `start` (included) to `end` (not included)."""
    query = select(tickets.c.number).where(
        tickets.c.state == state.value, tickets.c.opened_at >= start, tickets.c.opened_at < end
    )
    return (await connection.execute(query)).scalars().all()


async def read_time_line(connection: AsyncConnection, vault: Vault, number: int) -> TimeLine:
    """Return one ticket with its words, facts and deliveries, each in order. Raises NotFoundError."""
    row = (await connection.execute(_lines().where(tickets.c.number == number))).one_or_none()
    if row is None:
        raise NotFoundError(f"сообщения № {number} нет; список: otklik tickets list")
    citizen = (await connection.execute(select(citizens).where(citizens.c.id == row.citizen))).one()
    said = await connection.execute(select(messages).where(messages.c.ticket == number).order_by(messages.c.id))
    happened = await connection.execute(
        select(ticket_events).where(ticket_events.c.ticket == number).order_by(ticket_events.c.id)
    )
    found_messages = [ticket_rows.read_message(message, vault) for message in said]
    found_events = [ticket_rows.read_event(event) for event in happened]
    acting = set(_acting(found_messages, found_events)) | ({row.taken_by} if row.taken_by is not None else set())
    names = await _names(connection, vault, acting)
    return TimeLine(
        ticket=_line(row),
        citizen=people_rows.read_citizen(citizen, vault),
        taken_by=names.get(row.taken_by, ""),
        taken_by_id=row.taken_by,
        messages=found_messages,
        events=found_events,
        deliveries=await read_deliveries(connection, number),
        administrators=names,
        served=await _served(connection, acting),
    )


async def _require_institution(connection: AsyncConnection, code: str) -> None:
    if (await connection.execute(select(institutions.c.code).where(institutions.c.code == code))).first() is None:
        raise NotFoundError(f"учреждения с кодом «{code}» нет; найти код: otklik institutions search НАЗВАНИЕ")


def _lines() -> Select[Any]:
    columns = [column for column in tickets.columns if column.name not in ("first_words", "post")]
    return select(*columns, institutions.c.name.label("institution_name")).join_from(
        tickets, institutions, institutions.c.code == tickets.c.institution
    )


def _line(row: Any) -> TicketLine:
    return TicketLine(
        number=row.number,
        institution=row.institution,
        institution_name=row.institution_name,
        state=TicketState(row.state),
        channel=row.channel,
        origin=TicketOrigin(row.origin),
        routed_by=row.routed_by,
        opened_at=row.opened_at,
        waiting_since=row.waiting_since,
        deadline_at=row.deadline_at,
        first_deadline_at=row.first_deadline_at,
        first_answered_at=row.first_answered_at,
        closed_at=row.closed_at,
        reopened=row.reopened,
        topic=row.topic,
        topic_confidence=row.topic_confidence,
        grade=row.grade,
        is_solved=row.is_solved,
        came_to=row.came_to,
        transfers=row.transfers,
        hard_limit_at=row.hard_limit_at,
        resolve_by_at=row.resolve_by_at,
        interim_at=row.interim_at,
        duplicate_of=row.duplicate_of,
        link=row.link,
    )


def _acting(said: Sequence[TicketMessage], happened: Sequence[TicketEvent]) -> Iterator[int]:
    yield from (message.administrator for message in said if message.administrator is not None)
    yield from (event.administrator for event in happened if event.administrator is not None)


async def _names(connection: AsyncConnection, vault: Vault, ids: set[int]) -> dict[int, str]:
    if not ids:
        return {}
    found = await connection.execute(
        select(administrators.c.id, administrators.c.name).where(administrators.c.id.in_(ids))
    )
    return {row.id: vault.open_text(row.name) for row in found}


async def _served(connection: AsyncConnection, ids: set[int]) -> dict[int, str]:
    query = select(administrators.c.id, administrators.c.institution).where(administrators.c.id.in_(ids))
    return {row.id: row.institution for row in await connection.execute(query)}


async def read_latest_moment(connection: AsyncConnection) -> datetime | None:
    """Return when the newest event was received, None when there is none; a right clock is not before it."""
    query = select(inbox.c.received_at).order_by(inbox.c.id.desc()).limit(1)
    return (await connection.execute(query)).scalar_one_or_none()
