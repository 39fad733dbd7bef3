"""What lies on the desk for one batch of events: loaded in bulk by key, written back in bulk (docs/architecture.md)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.channel import Incoming
from bot.domain.citizen import Citizen
from bot.domain.institution import Invite, Supervisor, WorkChat
from bot.domain.message import Place
from bot.domain.ticket import Administrator, Answer, Link, Ticket, TicketEvent, TicketMessage
from storage import inbox as inbox_room
from storage import outbox as outbox_room
from storage import rows
from storage.bulk import Bulk
from storage.codec import encode_outgoing
from storage.database import insert_new, upsert
from storage.outbox import OutboxRow, link_key
from storage.tables import (
    administrators,
    citizens,
    counters,
    guesses,
    invites,
    links,
    messages,
    outbox,
    supervisors,
    ticket_events,
    tickets,
    work_chats,
)
from storage.vault import Vault

REOPEN_WINDOW = timedelta(hours=72)
DIRECTORY = "directory"
"""The counter that grows when institutions, work chats or supervisors change, so that every process reads them anew."""
COUNTERS = ("administrator", "citizen", DIRECTORY, "message", "outbox", "ticket", "ticket_event")
_MOST_WAITING = 1000
"""Waiting tickets of one institution that a batch loads."""


@dataclass(slots=True, kw_only=True)
class Needs:
    """What a batch of events needs, by key."""

    identities: set[str] = field(default_factory=set)
    """`channel:user id` of everyone who speaks."""
    links: set[str] = field(default_factory=set)
    """Keys of messages that somebody replied to (`outbox.link_key`)."""
    tickets: set[int] = field(default_factory=set)
    time_lines: set[int] = field(default_factory=set)
    """Tickets that are shown whole."""
    waiting_in: set[str] = field(default_factory=set)
    """Institutions whose waiting tickets are listed."""
    waiting_with_words: bool = False
    """Whether the waiting tickets are shown whole."""
    codes: set[str] = field(default_factory=set)
    """Invitation codes that somebody typed, normalised."""

    def add(self, other: "Needs") -> None:
        """Join another event's needs."""
        self.identities |= other.identities
        self.links |= other.links
        self.tickets |= other.tickets
        self.time_lines |= other.time_lines
        self.waiting_in |= other.waiting_in
        self.waiting_with_words |= other.waiting_with_words
        self.codes |= other.codes


@dataclass(frozen=True, slots=True, kw_only=True)
class Guesses:
    """How often somebody typed a wrong code lately."""

    identity: str
    failures: int
    blocked_until: datetime


@dataclass(slots=True, kw_only=True)
class WorkingSet:
    """Everything loaded, by key. The handlers' desk lays its changes over it."""

    counters: dict[str, int] = field(default_factory=dict)
    citizens: dict[int, Citizen] = field(default_factory=dict)
    citizen_ids: dict[str, int] = field(default_factory=dict)
    administrators: dict[int, Administrator] = field(default_factory=dict)
    administrator_ids: dict[str, int] = field(default_factory=dict)
    links: dict[str, int] = field(default_factory=dict)
    tickets: dict[int, Ticket] = field(default_factory=dict)
    answers: dict[int, Answer] = field(default_factory=dict)
    """By message id."""
    pending: dict[int, list[TicketMessage]] = field(default_factory=dict)
    """By citizen: words that wait for the choice of an institution."""
    time_lines: dict[int, list[TicketMessage]] = field(default_factory=dict)
    waiting: dict[str, list[int]] = field(default_factory=dict)
    """By institution: numbers of its waiting tickets, the longest waiting first."""
    invites: dict[str, Invite] = field(default_factory=dict)
    """By normalised code."""
    guesses: dict[str, Guesses] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Changes:
    """Everything to write, each thing once, in its last state."""

    counters: dict[str, int] = field(default_factory=dict)
    citizens: dict[int, Citizen] = field(default_factory=dict)
    administrators: dict[int, Administrator] = field(default_factory=dict)
    tickets: dict[int, Ticket] = field(default_factory=dict)
    new_messages: dict[int, TicketMessage] = field(default_factory=dict)
    assigned_messages: dict[int, int] = field(default_factory=dict)
    """Pending words that got their ticket: message id → number."""
    answers: dict[int, Answer] = field(default_factory=dict)
    """Answers that were delivered or refused."""
    events: list[TicketEvent] = field(default_factory=list)
    outbox: list[OutboxRow] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    work_chats: dict[str, WorkChat] = field(default_factory=dict)
    supervisors: list[Supervisor] = field(default_factory=list)
    used_invites: dict[str, Invite] = field(default_factory=dict)
    guesses: dict[str, Guesses] = field(default_factory=dict)
    aside: list[Incoming] = field(default_factory=list)
    """Work for another time or place: events of our own."""
    moved_chats: list[tuple[Place, str]] = field(default_factory=list)
    """Chats that got another id: what waits for the old one goes to the new one."""


async def lock(connection: AsyncConnection) -> dict[str, int]:
    """Take the desk's lock until the unit ends and return the counters.

    SQLite has one writer anyway; in PostgreSQL the rows are locked, so that of several desks one works at a time and
    numbers have no gaps.
    """
    query = select(counters.c.name, counters.c.value).order_by(counters.c.name).with_for_update()
    found = {row.name: row.value for row in await connection.execute(query)}
    if len(found) < len(COUNTERS):
        missing = [{"name": name, "value": 0} for name in COUNTERS if name not in found]
        await connection.execute(insert_new(counters, connection), missing)
        return await lock(connection)
    return found


async def load(connection: AsyncConnection, vault: Vault, needs: Needs, *, now: datetime) -> WorkingSet:
    """Load what a batch needs, in a few statements for the whole batch. The counters are left to the caller."""
    loaded = WorkingSet()
    await _load_people(connection, vault, loaded, needs.identities)
    if needs.links:
        found = await connection.execute(select(links).where(links.c.key.in_(needs.links)))
        loaded.links = {row.key: row.ticket for row in found}
    await _load_tickets(connection, vault, loaded, needs, now=now)
    await _load_pending(connection, vault, loaded)
    await _load_answers(connection, loaded)
    await _load_known_people(connection, vault, loaded)
    shown_whole = set(needs.time_lines)
    if needs.waiting_with_words:
        shown_whole.update(number for numbers in loaded.waiting.values() for number in numbers)
    if shown_whole:
        query = select(messages).where(messages.c.ticket.in_(shown_whole)).order_by(messages.c.id)
        for row in await connection.execute(query):
            loaded.time_lines.setdefault(row.ticket, []).append(rows.read_message(row, vault))
    await _load_codes(connection, vault, loaded, needs)
    return loaded


async def write(connection: AsyncConnection, vault: Vault, changes: Changes, *, now: datetime) -> None:
    """Write a batch's changes; the caller commits them together with the inbox marks."""
    if changes.citizens:
        written = [rows.write_citizen(citizen, vault) for citizen in changes.citizens.values()]
        await _CITIZENS.write(connection, written)
    if changes.administrators:
        written = [rows.write_administrator(person, vault) for person in changes.administrators.values()]
        await connection.execute(upsert(administrators, connection), written)
    if changes.tickets:
        written = [rows.write_ticket(ticket, vault) for ticket in changes.tickets.values()]
        await _TICKETS.write(connection, written)
    await _write_messages(connection, vault, changes)
    if changes.events:
        await _EVENTS.write(connection, [rows.write_event(event) for event in changes.events])
    for place, new_chat in changes.moved_chats:
        await outbox_room.move_lane(connection, place, new_chat)
    if changes.outbox:
        await _OUTBOX.write(connection, [_write_outbox(row, vault) for row in changes.outbox])
    if changes.links:
        linked = [{"key": link_key(link.place, link.message_id), "ticket": link.ticket} for link in changes.links]
        await _LINKS.write(connection, linked)
    await _write_people(connection, vault, changes, now=now)
    if changes.aside:
        await inbox_room.store(connection, vault, changes.aside, now=now)
    if changes.counters:
        await connection.execute(
            _SET_COUNTER, [{"counter": name, "now_at": value} for name, value in changes.counters.items()]
        )


async def _load_people(
    connection: AsyncConnection, vault: Vault, loaded: WorkingSet, identities: Iterable[str]
) -> None:
    if not identities:
        return
    for row in await connection.execute(select(citizens).where(citizens.c.identity.in_(identities))):
        _keep_citizen(loaded, row, vault)
    for row in await connection.execute(select(administrators).where(administrators.c.identity.in_(identities))):
        _keep_administrator(loaded, row, vault)


async def _load_tickets(
    connection: AsyncConnection, vault: Vault, loaded: WorkingSet, needs: Needs, *, now: datetime
) -> None:
    numbers = needs.tickets | needs.time_lines | set(loaded.links.values())
    conditions: list[ColumnElement[bool]] = []
    if numbers:
        conditions.append(tickets.c.number.in_(numbers))
    if loaded.citizens:
        still_theirs = or_(tickets.c.state.not_in(("closed", "spam")), tickets.c.closed_at > now - REOPEN_WINDOW)
        conditions.append(tickets.c.citizen.in_(loaded.citizens) & still_theirs)
    if conditions:
        for row in await connection.execute(select(tickets).where(or_(*conditions))):
            loaded.tickets[row.number] = rows.read_ticket(row, vault)
    for institution in needs.waiting_in:
        query = (
            select(tickets)
            .where(tickets.c.institution == institution, tickets.c.waiting_since.is_not(None))
            .order_by(tickets.c.waiting_since)
            .limit(_MOST_WAITING)
        )
        found = [rows.read_ticket(row, vault) for row in await connection.execute(query)]
        loaded.tickets |= {ticket.number: ticket for ticket in found}
        loaded.waiting[institution] = [ticket.number for ticket in found]


async def _load_pending(connection: AsyncConnection, vault: Vault, loaded: WorkingSet) -> None:
    choosing = [citizen.id for citizen in loaded.citizens.values() if citizen.stage == "choosing"]
    if choosing:
        query = (
            select(messages)
            .where(messages.c.citizen.in_(choosing), messages.c.ticket.is_(None))
            .order_by(messages.c.id)
        )
        for row in await connection.execute(query):
            loaded.pending.setdefault(row.citizen, []).append(rows.read_message(row, vault))


async def _load_answers(connection: AsyncConnection, loaded: WorkingSet) -> None:
    answered = [number for number, ticket in loaded.tickets.items() if ticket.card is not None]
    if answered:
        query = (
            select(
                messages.c.id,
                messages.c.ticket,
                messages.c.administrator,
                messages.c.delivery,
                messages.c.delivered_at,
                messages.c.refused_reason,
            )
            .where(messages.c.ticket.in_(answered), messages.c.kind == "answer")
            .order_by(messages.c.id)
        )
        for row in await connection.execute(query):
            loaded.answers[row.id] = rows.read_answer(row)


async def _load_known_people(connection: AsyncConnection, vault: Vault, loaded: WorkingSet) -> None:
    """Load the citizens and administrators that the loaded tickets name."""
    asking = {ticket.citizen for ticket in loaded.tickets.values()} - loaded.citizens.keys()
    if asking:
        for row in await connection.execute(select(citizens).where(citizens.c.id.in_(asking))):
            _keep_citizen(loaded, row, vault)
    named = {ticket.taken_by for ticket in loaded.tickets.values()}
    named |= {answer.administrator for answer in loaded.answers.values()}
    acting = {person for person in named if person is not None} - loaded.administrators.keys()
    if acting:
        for row in await connection.execute(select(administrators).where(administrators.c.id.in_(acting))):
            _keep_administrator(loaded, row, vault)


async def _load_codes(connection: AsyncConnection, vault: Vault, loaded: WorkingSet, needs: Needs) -> None:
    if not needs.codes:
        return
    by_hash = {vault.fingerprint(code): code for code in needs.codes}
    for row in await connection.execute(select(invites).where(invites.c.code_hash.in_(by_hash)).with_for_update()):
        loaded.invites[by_hash[row.code_hash]] = rows.read_invite(row)
    for row in await connection.execute(select(guesses).where(guesses.c.identity.in_(needs.identities))):
        loaded.guesses[row.identity] = Guesses(
            identity=row.identity, failures=row.failures, blocked_until=row.blocked_until
        )


def _keep_citizen(loaded: WorkingSet, row: Any, vault: Vault) -> None:
    loaded.citizens[row.id] = rows.read_citizen(row, vault)
    loaded.citizen_ids[row.identity] = row.id


def _keep_administrator(loaded: WorkingSet, row: Any, vault: Vault) -> None:
    loaded.administrators[row.id] = rows.read_administrator(row, vault)
    loaded.administrator_ids[row.identity] = row.id


async def _write_messages(connection: AsyncConnection, vault: Vault, changes: Changes) -> None:
    if changes.new_messages:
        written = [rows.write_message(message, vault) for message in changes.new_messages.values()]
        await _MESSAGES.write(connection, written)
    if changes.assigned_messages:
        assigned = [{"row": row, "number": number} for row, number in changes.assigned_messages.items()]
        await connection.execute(_ASSIGN, assigned)
    if changes.answers:
        await connection.execute(
            _SET_DELIVERY,
            [
                {
                    "row": answer.message,
                    "fares": answer.delivery.value,
                    "at": answer.delivered_at,
                    "why": answer.refused_reason,
                }
                for answer in changes.answers.values()
            ],
        )


async def _write_people(connection: AsyncConnection, vault: Vault, changes: Changes, *, now: datetime) -> None:
    if changes.work_chats:
        written = [rows.write_work_chat(chat, vault) for chat in changes.work_chats.values()]
        await connection.execute(upsert(work_chats, connection), written)
    if changes.supervisors:
        written = [rows.write_supervisor(person) for person in changes.supervisors]
        await connection.execute(upsert(supervisors, connection), written)
    if changes.used_invites:
        used = [{"row": invite.code_hash, "at": now} for invite in changes.used_invites.values()]
        await connection.execute(_USE_INVITE, used)
    if changes.guesses:
        guessed: Sequence[Mapping[str, Any]] = [
            {"identity": guess.identity, "failures": guess.failures, "blocked_until": guess.blocked_until}
            for guess in changes.guesses.values()
        ]
        await connection.execute(upsert(guesses, connection), guessed)


def _write_outbox(row: OutboxRow, vault: Vault) -> dict[str, Any]:
    return {
        "id": row.id,
        "channel": row.place.channel,
        "community": row.place.community,
        "chat": row.place.chat,
        "lane": row.lane,
        "kind": row.kind.value,
        "priority": int(row.priority),
        "payload": vault.seal(encode_outgoing(row.message)),
        "ticket": row.ticket,
        "message": row.answer,
        "is_last": row.is_last,
        "refers_to": row.refers_to,
        "created_at": row.created_at,
    }


_CITIZENS = Bulk(lambda connection: upsert(citizens, connection))
_TICKETS = Bulk(lambda connection: upsert(tickets, connection))
_MESSAGES = Bulk(lambda _: insert(messages))
_EVENTS = Bulk(lambda _: insert(ticket_events))
_OUTBOX = Bulk(lambda _: insert(outbox))
_LINKS = Bulk(lambda connection: insert_new(links, connection))

_ASSIGN = update(messages).where(messages.c.id == bindparam("row")).values(ticket=bindparam("number"))
_SET_DELIVERY = (
    update(messages)
    .where(messages.c.id == bindparam("row"))
    .values(delivery=bindparam("fares"), delivered_at=bindparam("at"), refused_reason=bindparam("why"))
)
_USE_INVITE = update(invites).where(invites.c.code_hash == bindparam("row")).values(used_at=bindparam("at"))
_SET_COUNTER = update(counters).where(counters.c.name == bindparam("counter")).values(value=bindparam("now_at"))
