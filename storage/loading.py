"""Loading the desk: a few statements for a whole batch, everything by key."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import ticket_rows
from storage.database import insert_new
from storage.incidents import count_members
from storage.keys import consent_key
from storage.loading_people import load_codes, load_colleagues, load_known_people, load_people
from storage.loading_words import (
    load_answers,
    load_copies,
    load_held,
    load_links,
    load_pending,
    load_time_lines,
)
from storage.needs import Needs
from storage.outbox import IS_UNFINISHED, sent_ids
from storage.outbox_row import CARDS
from storage.presses import read_presses
from storage.reactions import read_posts
from storage.set_aside import read_put_off, read_silenced, read_silences, read_spam_presses
from storage.tables import (
    counters,
    messages,
    outbox,
    tickets,
)
from storage.vault import Vault
from storage.working_set import COUNTERS, MEMBERS_AT_ONCE, WorkingSet

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


async def load(
    connection: AsyncConnection, vault: Vault, needs: Needs, *, now: datetime, reopen_within: timedelta
) -> WorkingSet:
    """Load what a batch needs, in a few statements for the whole batch. The counters are left to the caller.

    `reopen_within` is how long ago a ticket may have ended, by any policy, that words could open it again.
    """
    loaded = WorkingSet()
    await _load_busy_rooms(connection, loaded, needs.rooms)
    loaded.presses = await read_presses(connection, vault, needs.presses)
    await _load_crowds(connection, loaded, needs)
    await load_people(connection, vault, loaded, needs.identities)
    await load_colleagues(connection, vault, loaded, needs.colleagues)
    await load_links(connection, vault, loaded, needs)
    loaded.posts = await read_posts(connection, needs.posts)
    await load_held(connection, vault, loaded, needs.held | _unasked(loaded, needs.consents))
    await _load_tickets(connection, vault, loaded, needs, ended_since=now - reopen_within)
    await _load_due(connection, vault, loaded, needs, now=now)
    await load_pending(connection, vault, loaded)
    if needs.put_off and loaded.citizens:
        loaded.put_off = await read_put_off(connection, vault, loaded.citizens)
    await _load_commented(connection, loaded, needs)
    if needs.silences:
        for silence in await read_silences(connection, vault):
            if silence.id in needs.silences:
                loaded.silenced[silence.id] = await read_silenced(connection, vault, silence)
    if needs.spam_presses:
        loaded.spam_presses = await read_spam_presses(connection, needs.spam_presses)
    await load_answers(connection, loaded, needs.tickets | needs.time_lines)
    await _load_given(connection, loaded, needs.given_by)
    await load_time_lines(connection, vault, loaded, needs)
    await load_copies(connection, loaded, needs.copies)
    await load_known_people(connection, vault, loaded, needs.administrators | needs.in_hands)
    await load_codes(connection, vault, loaded, needs)
    return loaded


async def _load_crowds(connection: AsyncConnection, loaded: WorkingSet, needs: Needs) -> None:
    """Count the cards on their way, and load whose turn comes next."""
    if needs.crowds:
        query = (
            select(outbox.c.room, func.count().label("cards"))
            .where(IS_UNFINISHED, outbox.c.room.in_(needs.crowds), outbox.c.kind.in_([kind.value for kind in CARDS]))
            .group_by(outbox.c.room)
        )
        loaded.crowds = dict.fromkeys(needs.crowds, 0)
        loaded.crowds |= {row.room: row.cards for row in await connection.execute(query)}
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


async def _load_busy_rooms(connection: AsyncConnection, loaded: WorkingSet, rooms: set[str]) -> None:
    """Load into which conversations words of ours are on their way; a row that was tried may have arrived all the same.

    Before the links: where each statement sees the newest rows (PostgreSQL), words that are no longer on their way are
    then found by their link.
    """
    if rooms:
        is_under_way = or_(outbox.c.state == "sending", outbox.c.attempts > 0)
        query = select(outbox.c.room).where(IS_UNFINISHED, outbox.c.room.in_(rooms), is_under_way).distinct()
        loaded.busy_rooms = set((await connection.execute(query)).scalars())


def _unasked(loaded: WorkingSet, people: set[str]) -> set[str]:
    """Return the keys of what is held for those who have not agreed; everybody else costs no statement."""
    return {consent_key(person) for person in people if not _has_consented(loaded, person)}


def _has_consented(loaded: WorkingSet, person: str) -> bool:
    number = loaded.citizen_ids.get(person)
    return number is not None and loaded.citizens[number].consented_at is not None


async def _load_tickets(
    connection: AsyncConnection, vault: Vault, loaded: WorkingSet, needs: Needs, *, ended_since: datetime
) -> None:
    numbers = needs.tickets | needs.time_lines | set(loaded.links.values())
    conditions: list[ColumnElement[bool]] = []
    if numbers:
        conditions.append(tickets.c.number.in_(numbers))
    if loaded.citizens:
        still_theirs = or_(tickets.c.state.not_in(("closed", "spam")), tickets.c.closed_at > ended_since)
        conditions.append(tickets.c.citizen.in_(loaded.citizens) & still_theirs)
    conditions += _repeats(needs, ended_since=ended_since)
    if needs.in_hands:
        conditions.append(
            tickets.c.institution.in_(needs.colleagues)
            & tickets.c.taken_by.in_(needs.in_hands)
            & tickets.c.state.not_in(("closed", "spam"))
        )
    if conditions:
        for row in await connection.execute(select(tickets).where(or_(*conditions))):
            loaded.tickets[row.number] = ticket_rows.read_ticket(row, vault)
    if needs.counted:
        loaded.counted = await count_members(connection, needs.counted)
    for incident, after in sorted(needs.members):
        query = (
            select(tickets)
            .where(tickets.c.incident == incident, tickets.c.number > after, tickets.c.waiting_since.is_not(None))
            .order_by(tickets.c.number)
            .limit(MEMBERS_AT_ONCE)
        )
        found = [ticket_rows.read_ticket(row, vault) for row in await connection.execute(query)]
        loaded.tickets |= {ticket.number: ticket for ticket in found}
        loaded.members[incident] = [ticket.number for ticket in found]
    for institution in needs.waiting_in:
        query = (
            select(tickets)
            .where(
                tickets.c.institution == institution,
                or_(tickets.c.waiting_since.is_not(None), tickets.c.interim_at.is_not(None)),
            )
            .order_by(tickets.c.waiting_since.is_(None), tickets.c.waiting_since, tickets.c.number)
            .limit(_MOST_WAITING)
        )
        found = [ticket_rows.read_ticket(row, vault) for row in await connection.execute(query)]
        loaded.tickets |= {ticket.number: ticket for ticket in found}
        loaded.waiting[institution] = [ticket.number for ticket in found]
        if needs.card_ids:
            cards = [ticket.card for ticket in found[:_CARDS_LISTED] if ticket.card is not None]
            loaded.card_ids |= await sent_ids(connection, cards)
    if needs.waiting_in and needs.card_ids:
        undecided = (
            select(messages.c.ticket, tickets.c.institution)
            .join(tickets, tickets.c.number == messages.c.ticket)
            .where(messages.c.delivery == literal_column("'held'"), tickets.c.institution.in_(needs.waiting_in))
            .distinct()
            .order_by(messages.c.ticket)
            .limit(_MOST_WAITING)
        )
        for row in await connection.execute(undecided):
            loaded.undecided.setdefault(row.institution, []).append(row.ticket)


def _repeats(needs: Needs, *, ended_since: datetime) -> Iterator[ColumnElement[bool]]:
    if needs.repeated:
        original = select(tickets.c.duplicate_of).where(tickets.c.number.in_(needs.repeated))
        yield tickets.c.number.in_(needs.repeated) | tickets.c.number.in_(original)
    if needs.repeating:
        yield tickets.c.duplicate_of.in_(needs.repeating)
    if needs.same_citizen:
        theirs = select(tickets.c.citizen).where(tickets.c.number.in_(needs.same_citizen))
        is_recent = or_(tickets.c.state.not_in(("closed", "spam")), tickets.c.closed_at > ended_since)
        yield tickets.c.citizen.in_(theirs) & is_recent


async def _load_due(
    connection: AsyncConnection, vault: Vault, loaded: WorkingSet, needs: Needs, *, now: datetime
) -> None:
    for institution in needs.due_in:
        query = (
            select(tickets)
            .where(tickets.c.institution == institution, tickets.c.ring_at <= now)
            .order_by(tickets.c.ring_at, tickets.c.number)
            .limit(_MOST_WAITING)
        )
        found = [ticket_rows.read_ticket(row, vault) for row in await connection.execute(query)]
        loaded.tickets |= {ticket.number: ticket for ticket in found}
        loaded.due[institution] = [ticket.number for ticket in found]
        cards = [ticket.card for ticket in found[:_CARDS_LISTED] if ticket.card is not None]
        loaded.card_ids |= await sent_ids(connection, cards)


async def _load_commented(connection: AsyncConnection, loaded: WorkingSet, needs: Needs) -> None:
    """Load under which of these posts those who speak have written before, however long ago."""
    if not (needs.commented and loaded.citizens):
        return
    place = (tickets.c.channel, tickets.c.community, tickets.c.chat)
    query = (
        select(tickets.c.citizen, *place)
        .where(
            tickets.c.citizen.in_(loaded.citizens),
            tickets.c.chat.in_({lane.split(":", 2)[2] for lane in needs.commented}),
        )
        .distinct()
    )
    loaded.commented = {
        (row.citizen, f"{row.channel}:{row.community}:{row.chat}") for row in await connection.execute(query)
    }


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
