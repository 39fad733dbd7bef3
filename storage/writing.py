"""Writing the desk back: every changed thing once, in its last state, in bulk."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import inbox as inbox_room
from storage import outbox as outbox_room
from storage import people_rows, ticket_rows
from storage.absences import write_absences
from storage.audit import write_audit
from storage.bulk import Bulk
from storage.closed_days import write_closed_days
from storage.codec import encode_event
from storage.database import insert_new, upsert
from storage.incidents import write_incident
from storage.keys import link_key
from storage.measured import make_due
from storage.outbox_row import write_outbox_row
from storage.page_keys import write_page_keys
from storage.personal import erase
from storage.presses import write_presses
from storage.reactions import write_posts
from storage.set_aside import write_put_off, write_set_aside, write_silences
from storage.subscriptions import write_subscriptions
from storage.tables import (
    acting,
    administrators,
    citizens,
    counters,
    guesses,
    held_events,
    incidents,
    invites,
    links,
    messages,
    outbox,
    supervisors,
    ticket_events,
    tickets,
    work_chats,
)
from storage.templates import write_templates
from storage.vault import Vault
from storage.working_set import Changes


async def write(connection: AsyncConnection, vault: Vault, changes: Changes, *, now: datetime) -> None:
    """Write a batch's changes; the caller commits them together with the inbox marks."""
    if changes.citizens:
        written = [people_rows.write_citizen(citizen, vault) for citizen in changes.citizens.values()]
        await _CITIZENS.write(connection, written)
    if changes.administrators:
        written = [people_rows.write_administrator(person, vault) for person in changes.administrators.values()]
        await connection.execute(upsert(administrators, connection), written)
        if rows := [row for person in changes.administrators.values() for row in people_rows.write_acting(person)]:
            await connection.execute(upsert(acting, connection), rows)
    if changes.tickets:
        written = [ticket_rows.write_ticket(ticket, vault) for ticket in changes.tickets.values()]
        await _TICKETS.write(connection, written)
    if touched := _touched(changes):
        await make_due(connection, sorted(touched))
    await _write_messages(connection, vault, changes)
    await write_put_off(connection, changes.put_off)
    await write_set_aside(connection, changes.silenced)
    await write_silences(connection, vault, changes.silences.values())
    if changes.undone_events:
        await connection.execute(delete(ticket_events).where(ticket_events.c.id.in_(changes.undone_events)))
    if changes.events:
        await _EVENTS.write(connection, [ticket_rows.write_event(event) for event in changes.events])
    await _write_outbox(connection, vault, changes)
    if changes.links:
        await _write_links(connection, changes)
    await _write_people(connection, vault, changes, now=now)
    if changes.incidents:
        written = [write_incident(incident, vault) for incident in changes.incidents.values()]
        await connection.execute(upsert(incidents, connection), written)
    await _write_rest(connection, vault, changes, now=now)
    if changes.counters:
        await connection.execute(
            _SET_COUNTER, [{"counter": name, "now_at": value} for name, value in changes.counters.items()]
        )


async def _write_outbox(connection: AsyncConnection, vault: Vault, changes: Changes) -> None:
    for place, new_chat in changes.moved_chats:
        await outbox_room.move_lane(connection, place, new_chat)
    if changes.outbox:
        await _OUTBOX.write(connection, [write_outbox_row(row, vault) for row in changes.outbox])
    if changes.stopped_answers:
        await outbox_room.stop_answers(connection, changes.stopped_answers)


def _touched(changes: Changes) -> set[int]:
    """Return the tickets about which there are new facts, but which are not written themselves."""
    numbers: set[int | None] = {message.ticket for message in changes.new_messages.values()}
    numbers |= {event.ticket for event in changes.events} | {answer.ticket for answer in changes.answers.values()}
    numbers |= set(changes.assigned_messages.values())
    numbers |= {message.ticket for message in changes.moved_messages.values()}
    return {number for number in numbers if number is not None} - changes.tickets.keys()


async def _write_links(connection: AsyncConnection, changes: Changes) -> None:
    """Link messages to tickets; one that turns out to be a person's words is linked to them as well."""
    plain: list[dict[str, Any]] = []
    said: list[dict[str, Any]] = []
    for link in changes.links:
        row = {
            "key": link_key(link.place, link.message_id),
            "ticket": link.ticket,
            "message": link.message,
            "kind": None,
        }
        (plain if link.message is None and not link.is_moved else said).append(row)
    await _LINKS.write(connection, plain)
    await _SAID_LINKS.write(connection, said)


async def _write_rest(connection: AsyncConnection, vault: Vault, changes: Changes, *, now: datetime) -> None:
    """Write what few batches have; what is erased goes last, so that nothing of this batch comes after it."""
    if changes.presses:
        await write_presses(connection, vault, changes.presses, now=now)
    if changes.held:
        await _write_held(connection, vault, changes, now=now)
    if changes.closed:
        await write_closed_days(connection, changes.closed)
    if changes.posts:
        await write_posts(connection, changes.posts.values())
    if changes.page_keys:
        await write_page_keys(connection, vault, changes.page_keys, now=now)
    for line in changes.audited:
        await write_audit(connection, actor=line.actor, action=line.action, subject=line.subject, at=now)
    if changes.aside:
        await inbox_room.store(connection, vault, changes.aside, now=now)
    if changes.erased:
        laid = [row.id for row in changes.outbox]
        await erase(connection, vault, changes.erased, keep=laid, now=now)


async def _write_held(connection: AsyncConnection, vault: Vault, changes: Changes, *, now: datetime) -> None:
    await connection.execute(delete(held_events).where(held_events.c.key.in_(changes.held)))
    held = [
        {"key": key, "payload": vault.seal(encode_event(event)), "held_at": changes.held_since.get(key, now)}
        for key, events in changes.held.items()
        for event in events
    ]
    if held:
        await connection.execute(insert(held_events), held)


async def _write_messages(connection: AsyncConnection, vault: Vault, changes: Changes) -> None:
    if changes.new_messages:
        written = [ticket_rows.write_message(message, vault) for message in changes.new_messages.values()]
        await _MESSAGES.write(connection, written)
    if changes.reworded:
        written = [
            {
                "row": message.id,
                "words": ticket_rows.write_message(message, vault)["body"],
                "is_now": message.kind.value,
                "at": message.said_at,
            }
            for message in changes.reworded.values()
        ]
        await connection.execute(_REWORD, written)
    if changes.dropped_messages:
        await connection.execute(delete(messages).where(messages.c.id.in_(changes.dropped_messages)))
    if changes.moved_messages:
        moved = [
            {"row": message.id, "number": message.ticket, "at": message.moved_at}
            for message in changes.moved_messages.values()
        ]
        await connection.execute(_MOVE, moved)
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
                    "is_not_final": answer.is_interim,
                }
                for answer in changes.answers.values()
            ],
        )


async def _write_people(connection: AsyncConnection, vault: Vault, changes: Changes, *, now: datetime) -> None:
    if changes.work_chats:
        written = [people_rows.write_work_chat(chat, vault) for chat in changes.work_chats.values()]
        await connection.execute(upsert(work_chats, connection), written)
    if changes.supervisors:
        written = [people_rows.write_supervisor(person) for person in changes.supervisors]
        await connection.execute(upsert(supervisors, connection), written)
    if changes.absences:
        await write_absences(connection, changes.absences)
    if changes.subscriptions:
        await write_subscriptions(connection, changes.subscriptions.values())
    if changes.templates:
        await write_templates(connection, vault, changes.templates)
    if changes.used_invites:
        used = [{"row": invite.code_hash, "at": now} for invite in changes.used_invites.values()]
        await connection.execute(_USE_INVITE, used)
    if changes.guesses:
        guessed: Sequence[Mapping[str, Any]] = [
            {"identity": guess.identity, "failures": guess.failures, "blocked_until": guess.blocked_until}
            for guess in changes.guesses.values()
        ]
        await connection.execute(upsert(guesses, connection), guessed)


_CITIZENS = Bulk(lambda connection: upsert(citizens, connection))
_TICKETS = Bulk(lambda connection: upsert(tickets, connection))
_MESSAGES = Bulk(lambda _: insert(messages))
_EVENTS = Bulk(lambda _: insert(ticket_events))
_OUTBOX = Bulk(lambda _: insert(outbox))
_LINKS = Bulk(lambda connection: insert_new(links, connection))
_SAID_LINKS = Bulk(lambda connection: upsert(links, connection))

_REWORD = (
    update(messages)
    .where(messages.c.id == bindparam("row"))
    .values(body=bindparam("words"), kind=bindparam("is_now"), said_at=bindparam("at"))
)
_ASSIGN = update(messages).where(messages.c.id == bindparam("row")).values(ticket=bindparam("number"))
_MOVE = (
    update(messages)
    .where(messages.c.id == bindparam("row"))
    .values(ticket=bindparam("number"), moved_at=bindparam("at"))
)
_SET_DELIVERY = (
    update(messages)
    .where(messages.c.id == bindparam("row"))
    .values(
        delivery=bindparam("fares"),
        delivered_at=bindparam("at"),
        refused_reason=bindparam("why"),
        is_interim=bindparam("is_not_final"),
    )
)
_USE_INVITE = update(invites).where(invites.c.code_hash == bindparam("row")).values(used_at=bindparam("at"))
_SET_COUNTER = update(counters).where(counters.c.name == bindparam("counter")).values(value=bindparam("now_at"))
