"""Loading what was said: by the messages that somebody points at, by ticket, and what waits to be said."""

from dataclasses import replace

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ticket import MessageKind, Ring
from storage import ticket_rows
from storage.codec import decode_held
from storage.needs import Needs
from storage.outbox_row import Copy, OutboxKind, as_sent_part, read_outbox_row
from storage.place_rows import read_place
from storage.tables import (
    held_events,
    links,
    messages,
    outbox,
    ticket_events,
)
from storage.vault import Vault
from storage.working_set import WorkingSet

_TOLD_ABOVE = (Ring.ESCALATION, Ring.RESOLUTION)
_MOST_TOLD = 5


async def load_links(connection: AsyncConnection, vault: Vault, loaded: WorkingSet, needs: Needs) -> None:
    """Load whose messages these are; of those in `needs.said` also the words and, for answers, where they went."""
    keys = needs.links | needs.said | needs.whole
    if not keys:
        return
    said: dict[int, list[str]] = {}
    for row in await connection.execute(select(links).where(links.c.key.in_(keys))):
        loaded.links[row.key] = row.ticket
        if row.kind is not None:
            loaded.link_kinds[row.key] = row.kind
        if row.key in needs.said and row.message is not None:
            said.setdefault(row.message, []).append(row.key)
    if not said:
        return
    is_wanted = or_(messages.c.id.in_(said), messages.c.edit_of.in_(said))
    in_tickets = messages.c.ticket.in_({loaded.links[key] for keys in said.values() for key in keys})
    query = select(messages).where(in_tickets, is_wanted).order_by(messages.c.id)
    for row in await connection.execute(query):
        message = ticket_rows.read_message(row, vault)
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
        part = as_sent_part(read_outbox_row(row, vault), row.sent_id)
        loaded.sent_parts.setdefault(row.message, []).append(part)
    for answer, parts in loaded.sent_parts.items():
        loaded.sent_parts[answer] = [part for part in parts if part.row not in gone]


async def load_time_lines(connection: AsyncConnection, vault: Vault, loaded: WorkingSet, needs: Needs) -> None:
    """Load everything said in the tickets that are shown whole; for all but the waiting ones also what befell them."""
    named = needs.time_lines | {loaded.links[key] for key in needs.whole if key in loaded.links}
    shown_whole = set(named)
    if needs.waiting_with_words:
        shown_whole.update(number for numbers in loaded.waiting.values() for number in numbers)
    if needs.due_with_words:
        for numbers in loaded.due.values():
            told = [number for number in numbers if loaded.tickets[number].ring in _TOLD_ABOVE]
            shown_whole.update(told[:_MOST_TOLD])
    if shown_whole:
        query = select(messages).where(messages.c.ticket.in_(shown_whole)).order_by(messages.c.id)
        for row in await connection.execute(query):
            loaded.time_lines.setdefault(row.ticket, []).append(ticket_rows.read_message(row, vault))
    if named:
        happened = select(ticket_events).where(ticket_events.c.ticket.in_(named)).order_by(ticket_events.c.id)
        for row in await connection.execute(happened):
            loaded.happened.setdefault(row.ticket, []).append(ticket_rows.read_event(row))


async def load_pending(connection: AsyncConnection, vault: Vault, loaded: WorkingSet) -> None:
    """Load what citizens said who are still choosing an institution."""
    choosing = [citizen.id for citizen in loaded.citizens.values() if citizen.stage == "choosing"]
    if choosing:
        query = (
            select(messages)
            .where(messages.c.citizen.in_(choosing), messages.c.ticket.is_(None), messages.c.kind == "question")
            .order_by(messages.c.id)
        )
        for row in await connection.execute(query):
            loaded.pending.setdefault(row.citizen, []).append(ticket_rows.read_message(row, vault))


async def load_answers(connection: AsyncConnection, loaded: WorkingSet, asked: set[int]) -> None:
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
                messages.c.is_interim,
            )
            .where(messages.c.ticket.in_(answered), messages.c.kind == "answer")
            .order_by(messages.c.id)
        )
        for row in await connection.execute(query):
            loaded.answers[row.id] = ticket_rows.read_answer(row)


async def load_held(connection: AsyncConnection, vault: Vault, loaded: WorkingSet, keys: set[str]) -> None:
    """Load what is held under these keys."""
    if keys:
        query = select(held_events).where(held_events.c.key.in_(keys)).order_by(held_events.c.id)
        for row in await connection.execute(query):
            loaded.held.setdefault(row.key, []).append(decode_held(vault.open(row.payload)))
            loaded.held_since.setdefault(row.key, row.held_at)


async def load_copies(connection: AsyncConnection, loaded: WorkingSet, numbers: set[int]) -> None:
    """Load which messages show the further words of these tickets in work chats."""
    if not numbers:
        return
    query = (
        select(outbox.c.id, outbox.c.channel, outbox.c.community, outbox.c.chat, outbox.c.ticket, outbox.c.message)
        .where(outbox.c.ticket.in_(numbers), outbox.c.kind == OutboxKind.FOLLOW_UP.value, outbox.c.state != "dead")
        .order_by(outbox.c.id)
    )
    for row in await connection.execute(query):
        copy = Copy(row=row.id, place=read_place(row), ticket=row.ticket, message=row.message)
        loaded.copies.setdefault(row.ticket, []).append(copy)
