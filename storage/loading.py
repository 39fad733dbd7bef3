"""Loading the desk: a few statements for a whole batch, everything by key."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ticket import MessageKind
from storage import rows
from storage.codec import decode_held
from storage.database import insert_new
from storage.incidents import count_members
from storage.outbox import CARDS, OutboxKind, as_sent_part, read_row, sent_ids
from storage.reactions import read_posts
from storage.tables import (
    administrators,
    citizens,
    counters,
    guesses,
    held_events,
    invites,
    links,
    messages,
    outbox,
    ticket_events,
    tickets,
)
from storage.vault import Vault
from storage.working_set import COUNTERS, MEMBERS_AT_ONCE, Guesses, Needs, WorkingSet

REOPEN_WINDOW = timedelta(hours=72)
_CARDS_LISTED = 100
_TRANSFERS_LOOKED_AT = 200
_SHOWN_IN_TURN = 50
"""Gathered tickets of one institution that a batch loads whole: more than any slow messenger takes at once."""
_MOST_WAITING = 1000
"""Waiting tickets of one institution that a batch loads."""


async def make_counters(connection: AsyncConnection) -> None:
    """Make the counters that are missing, in a unit of their own.

    Made while others are locked already, they would let two desks that start at once wait for each other.
    """
    await connection.execute(insert_new(counters, connection), [{"name": name, "value": 0} for name in COUNTERS])


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
    await _load_busy_lanes(connection, loaded, needs.lanes)
    await _load_crowds(connection, loaded, needs)
    await _load_people(connection, vault, loaded, needs.identities)
    await _load_colleagues(connection, vault, loaded, needs.colleagues)
    await _load_links(connection, vault, loaded, needs)
    loaded.posts = await read_posts(connection, needs.posts)
    await load_held(connection, vault, loaded, needs.held | _unasked(loaded, needs.consents))
    await _load_tickets(connection, vault, loaded, needs, now=now)
    await _load_pending(connection, vault, loaded)
    await _load_answers(connection, loaded, needs.tickets | needs.time_lines)
    await _load_given(connection, loaded, needs.given_by)
    await _load_time_lines(connection, vault, loaded, needs)
    await _load_known_people(connection, vault, loaded, needs.administrators | needs.in_hands)
    await _load_codes(connection, vault, loaded, needs)
    return loaded


async def _load_time_lines(connection: AsyncConnection, vault: Vault, loaded: WorkingSet, needs: Needs) -> None:
    """Load everything said in the tickets that are shown whole; for all but the waiting ones also what befell them."""
    named = needs.time_lines | {loaded.links[key] for key in needs.whole if key in loaded.links}
    shown_whole = set(named)
    if needs.waiting_with_words:
        shown_whole.update(number for numbers in loaded.waiting.values() for number in numbers)
    if shown_whole:
        query = select(messages).where(messages.c.ticket.in_(shown_whole)).order_by(messages.c.id)
        for row in await connection.execute(query):
            loaded.time_lines.setdefault(row.ticket, []).append(rows.read_message(row, vault))
    if named:
        happened = select(ticket_events).where(ticket_events.c.ticket.in_(named)).order_by(ticket_events.c.id)
        for row in await connection.execute(happened):
            loaded.happened.setdefault(row.ticket, []).append(rows.read_event(row))


async def _load_crowds(connection: AsyncConnection, loaded: WorkingSet, needs: Needs) -> None:
    """Count the cards on their way, and load whose turn comes next."""
    if needs.crowds:
        is_unfinished = outbox.c.state.in_([literal_column("'todo'"), literal_column("'sending'")])
        query = (
            select(outbox.c.lane, func.count().label("cards"))
            .where(is_unfinished, outbox.c.lane.in_(needs.crowds), outbox.c.kind.in_([kind.value for kind in CARDS]))
            .group_by(outbox.c.lane)
        )
        loaded.crowds = dict.fromkeys(needs.crowds, 0)
        loaded.crowds |= {row.lane: row.cards for row in await connection.execute(query)}
    if needs.gathered:
        waits = (tickets.c.card.is_(None), tickets.c.work_chat.is_not(None), tickets.c.thread_shows == "")
        query = (
            select(tickets.c.number, tickets.c.institution)
            .where(tickets.c.institution.in_(needs.gathered), *waits)
            .order_by(tickets.c.number)
        )
        for row in await connection.execute(query):
            loaded.gathered.setdefault(row.institution, []).append(row.number)
        for numbers in loaded.gathered.values():
            needs.time_lines.update(numbers[:_SHOWN_IN_TURN])


async def _load_busy_lanes(connection: AsyncConnection, loaded: WorkingSet, lanes: set[str]) -> None:
    """Load into which conversations words of ours are on their way; a row that was tried may have arrived all the same.

    Before the links: where each statement sees the newest rows (PostgreSQL), words that are no longer on their way are
    then found by their link.
    """
    if lanes:
        is_under_way = or_(outbox.c.state == "sending", (outbox.c.state == "todo") & (outbox.c.attempts > 0))
        query = select(outbox.c.lane).where(outbox.c.lane.in_(lanes), is_under_way).distinct()
        loaded.busy_lanes = set((await connection.execute(query)).scalars())


async def _load_links(connection: AsyncConnection, vault: Vault, loaded: WorkingSet, needs: Needs) -> None:
    """Load whose messages these are; of those in `needs.said` also the words and, for answers, where they went."""
    keys = needs.links | needs.said | needs.whole
    if not keys:
        return
    said: dict[int, list[str]] = {}
    for row in await connection.execute(select(links).where(links.c.key.in_(keys))):
        loaded.links[row.key] = row.ticket
        if row.key in needs.said and row.message is not None:
            said.setdefault(row.message, []).append(row.key)
    if not said:
        return
    is_wanted = or_(messages.c.id.in_(said), messages.c.edit_of.in_(said))
    in_tickets = messages.c.ticket.in_({loaded.links[key] for keys in said.values() for key in keys})
    query = select(messages).where(in_tickets, is_wanted).order_by(messages.c.id)
    for row in await connection.execute(query):
        message = rows.read_message(row, vault)
        for key in said[message.edit_of or message.id]:
            if message.edit_of is None:
                loaded.said[key] = message
            elif (known := loaded.said.get(key)) is not None:
                loaded.said[key] = replace(known, text=message.text, attachments=message.attachments)
    await _load_sent_parts(connection, vault, loaded)


async def _load_sent_parts(connection: AsyncConnection, vault: Vault, loaded: WorkingSet) -> None:
    answers = {message.id: message.ticket for message in loaded.said.values() if message.kind is MessageKind.ANSWER}
    if not answers:
        return
    query = (
        select(outbox)
        .where(
            outbox.c.ticket.in_(set(answers.values())),
            outbox.c.message.in_(answers),
            outbox.c.kind.in_((OutboxKind.ANSWER.value, OutboxKind.ANSWER_DELETE.value)),
            outbox.c.state != "dead",
        )
        .order_by(outbox.c.id)
    )
    gone = set()
    for row in await connection.execute(query):
        if row.kind == OutboxKind.ANSWER_DELETE:
            gone.add(row.refers_to)
            continue
        part = as_sent_part(read_row(row, vault), row.sent_id)
        loaded.sent_parts.setdefault(row.message, []).append(part)
    for answer, parts in loaded.sent_parts.items():
        loaded.sent_parts[answer] = [part for part in parts if part.row not in gone]


async def load_held(connection: AsyncConnection, vault: Vault, loaded: WorkingSet, keys: set[str]) -> None:
    """Load what is held under these keys."""
    if keys:
        query = select(held_events).where(held_events.c.key.in_(keys)).order_by(held_events.c.id)
        for row in await connection.execute(query):
            loaded.held.setdefault(row.key, []).append(decode_held(vault.open(row.payload)))
            loaded.held_since.setdefault(row.key, row.held_at)


def _unasked(loaded: WorkingSet, people: set[str]) -> set[str]:
    """Return the keys of what is held for those who have not agreed; everybody else costs no statement."""
    return {rows.consent_key(person) for person in people if not _has_consented(loaded, person)}


def _has_consented(loaded: WorkingSet, person: str) -> bool:
    number = loaded.citizen_ids.get(person)
    return number is not None and loaded.citizens[number].consented_at is not None


async def _load_people(
    connection: AsyncConnection, vault: Vault, loaded: WorkingSet, identities: Iterable[str]
) -> None:
    if not identities:
        return
    for row in await connection.execute(select(citizens).where(citizens.c.identity.in_(identities))):
        _keep_citizen(loaded, row, vault)
    for row in await connection.execute(select(administrators).where(administrators.c.identity.in_(identities))):
        _keep_administrator(loaded, row, vault)


async def _load_colleagues(connection: AsyncConnection, vault: Vault, loaded: WorkingSet, codes: set[str]) -> None:
    """Load who answers for institutions."""
    if codes:
        query = select(administrators).where(administrators.c.institution.in_(codes)).order_by(administrators.c.id)
        for row in await connection.execute(query):
            _keep_administrator(loaded, row, vault)
            loaded.colleagues.setdefault(row.institution, []).append(row.id)


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
    if needs.in_hands:
        conditions.append(
            tickets.c.institution.in_(needs.colleagues)
            & tickets.c.taken_by.in_(needs.in_hands)
            & tickets.c.state.not_in(("closed", "spam"))
        )
    if conditions:
        for row in await connection.execute(select(tickets).where(or_(*conditions))):
            loaded.tickets[row.number] = rows.read_ticket(row, vault)
    if needs.counted:
        loaded.counted = await count_members(connection, needs.counted)
    for incident, after in sorted(needs.members):
        query = (
            select(tickets)
            .where(tickets.c.incident == incident, tickets.c.number > after, tickets.c.waiting_since.is_not(None))
            .order_by(tickets.c.number)
            .limit(MEMBERS_AT_ONCE)
        )
        found = [rows.read_ticket(row, vault) for row in await connection.execute(query)]
        loaded.tickets |= {ticket.number: ticket for ticket in found}
        loaded.members[incident] = [ticket.number for ticket in found]
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
        if needs.card_ids:
            cards = [ticket.card for ticket in found[:_CARDS_LISTED] if ticket.card is not None]
            loaded.card_ids |= await sent_ids(connection, cards)


async def _load_given(connection: AsyncConnection, loaded: WorkingSet, givers: set[str]) -> None:
    if not givers:
        return
    query = (
        select(tickets.c.came_to, tickets.c.institution)
        .where(tickets.c.came_to.in_(givers), tickets.c.came_to != literal_column("''"))
        .order_by(tickets.c.number.desc())
        .limit(_TRANSFERS_LOOKED_AT)
    )
    for row in await connection.execute(query):
        known = loaded.given_by.setdefault(row.came_to, [])
        if row.institution not in known:
            known.append(row.institution)


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


async def _load_answers(connection: AsyncConnection, loaded: WorkingSet, asked: set[int]) -> None:
    """Load how the answers fare of tickets with a card, which shows them, and of those that were `asked` for."""
    answered = [number for number, ticket in loaded.tickets.items() if ticket.card is not None or number in asked]
    if answered:
        query = (
            select(
                messages.c.id,
                messages.c.ticket,
                messages.c.administrator,
                messages.c.delivery,
                messages.c.said_at,
                messages.c.delivered_at,
                messages.c.refused_reason,
            )
            .where(messages.c.ticket.in_(answered), messages.c.kind == "answer")
            .order_by(messages.c.id)
        )
        for row in await connection.execute(query):
            loaded.answers[row.id] = rows.read_answer(row)


async def _load_known_people(connection: AsyncConnection, vault: Vault, loaded: WorkingSet, wanted: set[int]) -> None:
    """Load the citizens and administrators that the loaded tickets name, and the administrators that are wanted."""
    asking = {ticket.citizen for ticket in loaded.tickets.values()} - loaded.citizens.keys()
    if asking:
        for row in await connection.execute(select(citizens).where(citizens.c.id.in_(asking))):
            _keep_citizen(loaded, row, vault)
    named = {*wanted, *(ticket.taken_by for ticket in loaded.tickets.values())}
    named |= {message.administrator for message in loaded.said.values()}
    named |= {answer.administrator for answer in loaded.answers.values()}
    named |= {message.administrator for said in loaded.time_lines.values() for message in said}
    named |= {event.administrator for events in loaded.happened.values() for event in events}
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
