"""What reports are made of: the plain facts of tickets, without any words, read on a connection that never writes."""

from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.institution import Institution, Scope, ScopeKind
from bot.domain.measures import FACT_OF_EVENT, Fact, FactKind
from bot.domain.ticket import DeliveryState, MessageKind, TicketOrigin, TicketState
from storage.tables import administrators, institutions, messages, ticket_events, tickets
from storage.vault import Vault

CHUNK = 250
"""Tickets read at once: messages that come meanwhile wait some hundredths of a second for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFacts:
    """One ticket as a report sees it."""

    number: int
    institution: str
    channel: str
    origin: TicketOrigin
    state: TicketState
    opened_at: datetime
    first_deadline_at: datetime
    hard_limit_at: datetime | None = None
    """The policy's limit in wall time for the first answer; None without one."""
    resolve_by_at: datetime | None = None
    """Until when the policy wanted a final answer or an end; None without such a norm."""
    topic: str = ""
    """The topic's key, empty for unknown."""
    grade: int | None = None
    """1 to 5, from the citizen."""
    came_to: str = ""
    """The institution that held it first, if it is another one now."""
    transfers: int = 0
    facts: tuple[Fact, ...] = ()
    """In no particular order: `bot.domain.measures.measure` puts them in order."""


async def read_places(connection: AsyncConnection) -> list[Institution]:
    """Return every institution with what a report shows of it, in the order of the sheet: no contacts, no tokens."""
    shown = ("code", "name", "short_name", "branch", "municipality", "time_zone", "closed_on")
    query = select(*(institutions.c[name] for name in shown)).order_by(institutions.c.position, institutions.c.code)
    return [Institution(**row) for row in (await connection.execute(query)).mappings()]


async def read_facts(
    connection: AsyncConnection, *, scope: Scope, start: datetime, end: datetime, chunk: int = CHUNK
) -> AsyncIterator[list[TicketFacts]]:
    """Yield the tickets of a scope that opened from `start` (included) to `end` (not included), `chunk` at a time.

    Pending words, whose institution is still being chosen, belong to no ticket and so to no scope.
    """
    async for found in _read(connection, _tickets_of(scope), start=start, end=end, chunk=chunk):
        yield found


async def read_facts_of(connection: AsyncConnection, numbers: Sequence[int]) -> list[TicketFacts]:
    """Return these tickets, as far as they exist."""
    found = (await connection.execute(_COLUMNS.where(tickets.c.number.in_(numbers)))).all()
    facts = await _facts_of(connection, [row.number for row in found])
    return [_with_facts(row, facts.get(row.number, [])) for row in found]


async def read_given_away(
    connection: AsyncConnection, *, codes: Collection[str], start: datetime, end: datetime, chunk: int = CHUNK
) -> AsyncIterator[list[TicketFacts]]:
    """Yield the tickets that were given from one institution to another and that none of `codes` holds any more."""
    query = _COLUMNS.where(tickets.c.transfers > literal_column("0"))
    async for found in _read(connection, query, start=start, end=end, chunk=chunk):
        yield [ticket for ticket in found if ticket.institution not in codes]


async def _read(
    connection: AsyncConnection, tickets_wanted: "Select[Any]", *, start: datetime, end: datetime, chunk: int
) -> AsyncIterator[list[TicketFacts]]:
    query = tickets_wanted.order_by(tickets.c.opened_at, tickets.c.number).limit(chunk)
    after = tickets.c.opened_at >= start
    while found := (await connection.execute(query.where(after, tickets.c.opened_at < end))).all():
        facts = await _facts_of(connection, [row.number for row in found])
        yield [_with_facts(row, facts.get(row.number, [])) for row in found]
        if len(found) < chunk:
            return
        last = found[-1]
        same_moment = and_(tickets.c.opened_at == last.opened_at, tickets.c.number > last.number)
        after = and_(tickets.c.opened_at >= last.opened_at, or_(tickets.c.opened_at > last.opened_at, same_moment))


def institutions_in(scope: Scope) -> Select[tuple[str]] | None:
    """Return the query for the codes of a scope's institutions, None for all."""
    match scope.kind:
        case ScopeKind.REGION:
            return None
        case ScopeKind.INSTITUTION:
            return _CODES.where(institutions.c.code == scope.name)
        case ScopeKind.BRANCH:
            return _CODES.where(institutions.c.branch == scope.name)
        case ScopeKind.MUNICIPALITY:
            return _CODES.where(institutions.c.municipality == scope.name)


async def read_administrator_names(
    connection: AsyncConnection, vault: Vault, wanted: Collection[int]
) -> dict[int, str]:
    """Return the names of administrators by id, empty for those whose messenger told none."""
    query = select(administrators.c.id, administrators.c.name)
    rows = (await connection.execute(query)).all() if wanted else []
    return {row.id: vault.open_text(row.name) for row in rows if row.id in wanted}


def _tickets_of(scope: Scope) -> "Select[Any]":
    codes = institutions_in(scope)
    return _COLUMNS if codes is None else _COLUMNS.where(tickets.c.institution.in_(codes))


async def _facts_of(connection: AsyncConnection, numbers: Sequence[int]) -> dict[int, list[Fact]]:
    facts: dict[int, list[Fact]] = defaultdict(list)
    wanted = {"numbers": numbers}
    for number, said_at, moved_at in (await connection.execute(_QUESTIONS, wanted)).all():
        facts[number].append(Fact(kind=FactKind.ASKED, at=moved_at or said_at, since=said_at if moved_at else None))
    for number, delivered_at, administrator, is_interim in (await connection.execute(_ANSWERS, wanted)).all():
        facts[number].append(
            Fact(kind=FactKind.ANSWERED, at=delivered_at, administrator=administrator, is_interim=is_interim)
        )
    for number, kind, at, administrator, detail in (await connection.execute(_EVENTS, wanted)).all():
        fact = _FACT_KINDS[kind]
        institution = detail if fact is FactKind.TRANSFERRED else ""
        facts[number].append(Fact(kind=fact, at=at, administrator=administrator, institution=institution))
    return facts


def _with_facts(row: "Row[Any]", facts: list[Fact]) -> TicketFacts:
    return TicketFacts(
        number=row.number,
        institution=row.institution,
        channel=row.channel,
        origin=TicketOrigin(row.origin),
        state=TicketState(row.state),
        opened_at=row.opened_at,
        first_deadline_at=row.first_deadline_at,
        hard_limit_at=row.hard_limit_at,
        resolve_by_at=row.resolve_by_at,
        topic=row.topic,
        grade=row.grade,
        came_to=row.came_to,
        transfers=row.transfers,
        facts=tuple(facts),
    )


_COLUMNS: "Select[Any]" = select(
    tickets.c.number,
    tickets.c.institution,
    tickets.c.channel,
    tickets.c.origin,
    tickets.c.state,
    tickets.c.opened_at,
    tickets.c.first_deadline_at,
    tickets.c.hard_limit_at,
    tickets.c.resolve_by_at,
    tickets.c.topic,
    tickets.c.grade,
    tickets.c.came_to,
    tickets.c.transfers,
)
_CODES = select(institutions.c.code)
_FACT_KINDS = {str(kind): fact for kind, fact in FACT_OF_EVENT.items()}
_QUESTIONS = select(messages.c.ticket, messages.c.said_at, messages.c.moved_at).where(
    messages.c.ticket.in_(bindparam("numbers", expanding=True)), messages.c.kind == MessageKind.QUESTION.value
)
_ANSWERS = select(messages.c.ticket, messages.c.delivered_at, messages.c.administrator, messages.c.is_interim).where(
    messages.c.ticket.in_(bindparam("numbers", expanding=True)),
    messages.c.kind == MessageKind.ANSWER.value,
    messages.c.delivery == DeliveryState.DELIVERED.value,
    messages.c.delivered_at.is_not(None),
)
_EVENTS = select(
    ticket_events.c.ticket,
    ticket_events.c.kind,
    ticket_events.c.at,
    ticket_events.c.administrator,
    ticket_events.c.detail,
).where(ticket_events.c.ticket.in_(bindparam("numbers", expanding=True)), ticket_events.c.kind.in_(_FACT_KINDS))
