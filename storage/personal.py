"""Everything kept about one citizen: handed out whole, or erased so that only measured times are left."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.channel import Incoming
from bot.domain.citizen import erased_user_id
from bot.domain.edits import without_notes
from bot.domain.message import Attachment
from bot.domain.own_event import PersonErased
from storage import inbox as inbox_room
from storage import people_rows, ticket_rows
from storage.audit import write_audit
from storage.codec import INTERNAL, decode_held, encode_event
from storage.keys import consent_key, identity
from storage.set_aside import forget_set_aside
from storage.tables import citizens, guesses, held_events, inbox, links, messages, outbox, tickets
from storage.vault import Vault

_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """Whom a batch erases."""

    channel: str
    user_id: str
    citizen: int | None
    """None when nothing but held words is kept."""


async def export_person(
    connection: AsyncConnection, vault: Vault, channel: str, user_id: str, *, for_citizen: bool = False
) -> dict[str, Any] | None:
    """Return everything kept about a person as plain values for JSON; None when nothing is.

    `for_citizen`: without what administrators noted among themselves.
    """
    person = identity(channel, user_id)
    held = await connection.execute(
        select(held_events).where(held_events.c.key == consent_key(person)).order_by(held_events.c.id)
    )
    waiting = [decode_held(vault.open(row.payload)) for row in held]
    found = (await connection.execute(select(citizens).where(citizens.c.identity == person))).one_or_none()
    if found is None and not waiting:
        return None
    value: dict[str, Any] = {
        "channel": channel,
        "user_id": user_id,
        "before_consent": [
            _said(event.sent_at, "question", event.text, event.attachments)
            for event in waiting
            if event.text or event.attachments
        ],
    }
    if found is None:
        return value
    citizen = people_rows.read_citizen(found, vault)
    value |= {
        "name": citizen.name,
        "language": citizen.language,
        "institution": citizen.institution,
        "known_since": _moment(citizen.created_at),
        "consented_at": _moment(citizen.consented_at),
    }
    pending = select(messages).where(messages.c.citizen == citizen.id, messages.c.ticket.is_(None))
    value["without_institution"] = await _messages(connection, vault, pending)
    value["tickets"] = []
    of_person = select(tickets).where(tickets.c.citizen == citizen.id).order_by(tickets.c.number)
    for row in (await connection.execute(of_person)).all():
        ticket = ticket_rows.read_ticket(row, vault)
        value["tickets"].append(
            {
                "number": ticket.number,
                "institution": ticket.institution,
                "origin": ticket.origin.value,
                "state": ticket.state.value,
                "opened_at": _moment(ticket.opened_at),
                "first_answered_at": _moment(ticket.first_answered_at),
                "closed_at": _moment(ticket.closed_at),
                "grade": ticket.grade,
                "messages": await _messages(
                    connection,
                    vault,
                    select(messages).where(messages.c.ticket == row.number),
                    for_citizen=for_citizen,
                ),
            }
        )
    return value


async def erase_person(
    connection: AsyncConnection, vault: Vault, channel: str, user_id: str, *, actor: str, now: datetime
) -> bool:
    """Erase a person outside the desk; False when nothing is kept."""
    person = identity(channel, user_id)
    held = select(held_events.c.id).where(held_events.c.key == consent_key(person))
    citizen = (
        await connection.execute(select(citizens.c.id).where(citizens.c.identity == person))
    ).scalar_one_or_none()
    if citizen is None and (await connection.execute(held)).first() is None:
        return False
    erasure = Erasure(channel=channel, user_id=user_id, citizen=citizen)
    await erase(connection, vault, [erasure], actor=actor, now=now)
    return True


async def erase(
    connection: AsyncConnection,
    vault: Vault,
    erasures: Iterable[Erasure],
    *,
    actor: str = "citizen",
    keep: Collection[int] = (),
    now: datetime,
) -> None:
    """Erase words, files, name and identity; tickets and their times stay without the person.

    `keep` are outbox rows that must still go out. What work chats show is taken away afterwards (`PersonErased`).
    """
    for erasure in erasures:
        person = identity(erasure.channel, erasure.user_id)
        await connection.execute(delete(held_events).where(held_events.c.key == consent_key(person)))
        await connection.execute(delete(guesses).where(guesses.c.identity == person))
        numbers: list[int] = []
        if erasure.citizen is not None:
            of_person = select(tickets.c.number).where(tickets.c.citizen == erasure.citizen)
            numbers = list((await connection.execute(of_person)).scalars())
            await _tell_work_chats(connection, vault, erasure.citizen, numbers, now=now)
        for start in range(0, len(numbers), _AT_ONCE):
            await _erase_tickets(connection, vault, erasure, numbers[start : start + _AT_ONCE])
        await _erase_dialogue(connection, vault, erasure, keep)
        if erasure.citizen is not None:
            await _erase_citizen(connection, erasure.citizen, erasure.channel)
        subject = f"citizen {erasure.citizen}" if erasure.citizen is not None else "words before consent"
        await write_audit(connection, actor=actor, action="data-erase", subject=subject, at=now)


async def _tell_work_chats(
    connection: AsyncConnection, vault: Vault, citizen: int, numbers: list[int], *, now: datetime
) -> None:
    """Let the desk close what is open and take away what work chats show of the person's words."""
    if not numbers:
        return
    shown = (
        select(outbox.c.ticket, outbox.c.id)
        .where(outbox.c.ticket.in_(numbers), outbox.c.kind.in_(("follow-up", "history")), outbox.c.state == "sent")
        .order_by(outbox.c.id)
    )
    follow_ups = tuple((row.ticket, row.id) for row in await connection.execute(shown))
    event = PersonErased(citizen=citizen, tickets=tuple(numbers), follow_ups=follow_ups)
    incoming = Incoming(
        channel=INTERNAL,
        community="",
        key=f"erased:{citizen}",
        lane=f"{INTERNAL}:erased:{citizen}",
        payload=encode_event(event),
    )
    await inbox_room.store(connection, vault, [incoming], now=now)


async def _erase_tickets(connection: AsyncConnection, vault: Vault, erasure: Erasure, numbers: list[int]) -> None:
    is_theirs = tickets.c.number.in_(numbers)
    walls = (
        select(tickets.c.channel, tickets.c.community, tickets.c.chat).where(is_theirs, tickets.c.origin == "comment")
    ).distinct()
    lanes = [f"{row.channel}:{row.community}:{row.chat}" for row in await connection.execute(walls)]
    chats = (
        select(tickets.c.work_channel, tickets.c.work_community, tickets.c.work_chat)
        .where(is_theirs, tickets.c.work_chat.is_not(None))
        .distinct()
    )
    lanes += [f"{row.work_channel}:{row.work_community}:{row.work_chat}" for row in await connection.execute(chats)]
    await connection.execute(update(tickets).where(is_theirs).values(first_words=None, post=None, link="", reply_to=""))
    await connection.execute(update(tickets).where(is_theirs, tickets.c.origin == "private").values(chat=""))
    said = messages.c.ticket.in_(numbers)
    await connection.execute(update(messages).where(said).values(body=None, link="", message_id=""))
    of_person = said & (messages.c.chat == erasure.user_id)
    await connection.execute(update(messages).where(of_person).values(chat=""))
    await connection.execute(delete(links).where(links.c.ticket.in_(numbers)))
    shown = outbox.alias()
    # An edit of a card names the card's row alone.
    edits = outbox.c.refers_to.in_(select(shown.c.id).where(shown.c.ticket.in_(numbers)))
    of_tickets = or_(outbox.c.ticket.in_(numbers), edits)
    is_sent = of_tickets & (outbox.c.state == "sent")
    await connection.execute(update(outbox).where(is_sent).values(payload=vault.seal(b"{}")))
    await connection.execute(delete(outbox).where(of_tickets, outbox.c.state.in_(("todo", "dead"))))
    if lanes:
        await _wipe_inbox(connection, vault, inbox.c.lane.in_(lanes))


async def _erase_dialogue(connection: AsyncConnection, vault: Vault, erasure: Erasure, keep: Collection[int]) -> None:
    """Clear away the person's private dialogues from both queues."""
    spoken = (outbox.c.channel == erasure.channel) & (outbox.c.chat == erasure.user_id)
    await connection.execute(delete(outbox).where(spoken, outbox.c.id.not_in(keep), outbox.c.state != "sending"))
    heard = (inbox.c.channel == erasure.channel) & inbox.c.lane.endswith(f":{erasure.user_id}", autoescape=True)
    await _wipe_inbox(connection, vault, heard)
    await connection.execute(update(inbox).where(heard, inbox.c.state == "done").values(lane=""))
    private = links.c.key.startswith(f"{erasure.channel}:", autoescape=True) & links.c.key.contains(
        f":{erasure.user_id}/", autoescape=True
    )
    await connection.execute(delete(links).where(private))


async def _wipe_inbox(connection: AsyncConnection, vault: Vault, condition: ColumnElement[bool]) -> None:
    """Wipe what was handled; the key stays, so that the messenger's second try is known."""
    is_over = or_(inbox.c.state == "done", inbox.c.state == "dead")
    wiped = update(inbox).where(condition, is_over).values(payload=vault.seal(b"{}"), error="", state="done")
    await connection.execute(wiped)


async def _erase_citizen(connection: AsyncConnection, citizen: int, channel: str) -> None:
    await forget_set_aside(connection, citizen)
    await connection.execute(delete(messages).where(messages.c.citizen == citizen, messages.c.ticket.is_(None)))
    nobody = erased_user_id(citizen)
    await connection.execute(
        update(citizens)
        .where(citizens.c.id == citizen)
        .values(
            identity=identity(channel, nobody),
            user_id=nobody,
            name=None,
            institution=None,
            stage="writing",
            chat="",
            consented_at=None,
            greeted_at=None,
            recent="",
            shown="",
        )
    )


async def _messages(
    connection: AsyncConnection, vault: Vault, query: Any, *, for_citizen: bool = True
) -> list[dict[str, Any]]:
    found = [ticket_rows.read_message(row, vault) for row in await connection.execute(query.order_by(messages.c.id))]
    return [
        _said(message.said_at, message.kind.value, message.text, message.attachments)
        for message in (without_notes(found) if for_citizen else found)
    ]


def _said(at: datetime, kind: str, text: str, attachments: tuple[Attachment, ...]) -> dict[str, Any]:
    files = [{"kind": file.kind.value, "name": file.name, "title": file.title, "url": file.url} for file in attachments]
    return {"at": _moment(at), "kind": kind, "text": text, "attachments": files}


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None
