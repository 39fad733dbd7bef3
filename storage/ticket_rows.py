"""Tickets as rows, with their messages, answers and facts."""

from typing import Any

from bot.domain.ticket import (
    Answer,
    Author,
    DeliveryState,
    MessageKind,
    Ring,
    RoutedBy,
    Ticket,
    TicketEvent,
    TicketEventKind,
    TicketMessage,
    TicketOrigin,
    TicketState,
)
from storage.codec import Body, decode_body, encode_body
from storage.place_rows import read_place, read_work_place
from storage.vault import Vault


def read_ticket(row: Any, vault: Vault) -> Ticket:
    """Read a ticket."""
    return Ticket(
        number=row.number,
        institution=row.institution,
        citizen=row.citizen,
        place=read_place(row),
        origin=TicketOrigin(row.origin),
        state=TicketState(row.state),
        routed_by=RoutedBy(row.routed_by),
        opened_at=row.opened_at,
        first_deadline_at=row.first_deadline_at,
        waiting_since=row.waiting_since,
        deadline_at=row.deadline_at,
        taken_by=row.taken_by,
        taken_at=row.taken_at,
        first_answered_at=row.first_answered_at,
        closed_at=row.closed_at,
        reopened=row.reopened,
        ring_at=row.ring_at,
        ring=Ring(row.ring) if row.ring else None,
        card=row.card,
        work_place=read_work_place(row),
        first_words=vault.open_text(row.first_words),
        post=vault.open_text(row.post),
        link=row.link,
        reply_to=row.reply_to,
        last_citizen_at=row.last_citizen_at,
        last_answer_at=row.last_answer_at,
        language=row.language,
        topic=row.topic,
        topic_confidence=row.topic_confidence,
        transfers=row.transfers,
        came_to=row.came_to,
        given_at=row.given_at,
        follows=row.follows,
        incident=row.incident,
        work_thread=row.work_thread,
        thread_shows=row.thread_shows,
        grade=row.grade,
        is_solved=row.is_solved,
        grade_asked_at=row.grade_asked_at,
        minute_full_at=row.minute_full_at,
        hour_full_at=row.hour_full_at,
        gathered_from=row.gathered_from,
        hard_limit_at=row.hard_limit_at,
        resolve_by_at=row.resolve_by_at,
        interim_at=row.interim_at,
        warned=row.warned,
        solve_warned=row.solve_warned,
        is_urgent=row.is_urgent,
        duplicate_of=row.duplicate_of,
        repeats=row.repeats,
        is_asking=row.is_asking,
        put_off_until=row.put_off_until,
        told_of_notes=tuple(int(number) for number in row.told_of_notes.split()),
        left_since=row.left_since,
        left_at=row.left_at,
        withdrawn_at=row.withdrawn_at,
        accepted_at=row.accepted_at,
        is_touched=row.is_touched,
        menu_until=row.menu_until,
    )


def write_ticket(ticket: Ticket, vault: Vault) -> dict[str, Any]:
    """Write a ticket."""
    work_place = ticket.work_place
    return {
        "number": ticket.number,
        "institution": ticket.institution,
        "citizen": ticket.citizen,
        "channel": ticket.place.channel,
        "community": ticket.place.community,
        "chat": ticket.place.chat,
        "origin": ticket.origin.value,
        "state": ticket.state.value,
        "routed_by": ticket.routed_by.value,
        "opened_at": ticket.opened_at,
        "first_deadline_at": ticket.first_deadline_at,
        "waiting_since": ticket.waiting_since,
        "deadline_at": ticket.deadline_at,
        "taken_by": ticket.taken_by,
        "taken_at": ticket.taken_at,
        "first_answered_at": ticket.first_answered_at,
        "closed_at": ticket.closed_at,
        "reopened": ticket.reopened,
        "ring_at": ticket.ring_at,
        "ring": ticket.ring.value if ticket.ring else None,
        "card": ticket.card,
        "work_channel": work_place.channel if work_place else None,
        "work_community": work_place.community if work_place else None,
        "work_chat": work_place.chat if work_place else None,
        "first_words": vault.seal_text(ticket.first_words),
        "post": vault.seal_text(ticket.post),
        "link": ticket.link,
        "reply_to": ticket.reply_to,
        "last_citizen_at": ticket.last_citizen_at,
        "last_answer_at": ticket.last_answer_at,
        "language": ticket.language,
        "topic": ticket.topic,
        "topic_confidence": ticket.topic_confidence,
        "transfers": ticket.transfers,
        "came_to": ticket.came_to,
        "given_at": ticket.given_at,
        "follows": ticket.follows,
        "incident": ticket.incident,
        "work_thread": ticket.work_thread,
        "thread_shows": ticket.thread_shows,
        "grade": ticket.grade,
        "is_solved": ticket.is_solved,
        "grade_asked_at": ticket.grade_asked_at,
        "minute_full_at": ticket.minute_full_at,
        "hour_full_at": ticket.hour_full_at,
        "gathered_from": ticket.gathered_from,
        "hard_limit_at": ticket.hard_limit_at,
        "resolve_by_at": ticket.resolve_by_at,
        "interim_at": ticket.interim_at,
        "warned": ticket.warned,
        "solve_warned": ticket.solve_warned,
        "is_urgent": ticket.is_urgent,
        "duplicate_of": ticket.duplicate_of,
        "repeats": ticket.repeats,
        "is_asking": ticket.is_asking,
        "put_off_until": ticket.put_off_until,
        "told_of_notes": " ".join(map(str, ticket.told_of_notes)),
        "left_since": ticket.left_since,
        "left_at": ticket.left_at,
        "withdrawn_at": ticket.withdrawn_at,
        "accepted_at": ticket.accepted_at,
        "is_touched": ticket.is_touched,
        "menu_until": ticket.menu_until,
        "is_measured": False,
    }


def read_message(row: Any, vault: Vault) -> TicketMessage:
    """Read a ticket's message with its words."""
    body = decode_body(vault.open(row.body)) if row.body else Body()
    return TicketMessage(
        id=row.id,
        ticket=row.ticket,
        citizen=row.citizen,
        kind=MessageKind(row.kind),
        author=Author(row.author),
        administrator=row.administrator,
        text=body.text,
        attachments=body.attachments,
        quote=body.quote,
        forwarded_from=body.forwarded_from,
        parts=body.parts,
        place=read_place(row),
        message_id=row.message_id,
        link=row.link,
        said_at=row.said_at,
        received_at=row.received_at,
        delivery=DeliveryState(row.delivery) if row.delivery else None,
        delivered_at=row.delivered_at,
        refused_reason=row.refused_reason,
        edit_of=row.edit_of,
        moved_at=row.moved_at,
        is_interim=row.is_interim,
    )


def write_message(message: TicketMessage, vault: Vault) -> dict[str, Any]:
    """Write a ticket's message."""
    return {
        "id": message.id,
        "ticket": message.ticket,
        "citizen": message.citizen,
        "kind": message.kind.value,
        "author": message.author.value,
        "administrator": message.administrator,
        "body": vault.seal(
            encode_body(Body(message.text, message.attachments, message.quote, message.forwarded_from, message.parts))
        ),
        "channel": message.place.channel,
        "community": message.place.community,
        "chat": message.place.chat,
        "message_id": message.message_id,
        "link": message.link,
        "said_at": message.said_at,
        "received_at": message.received_at,
        "delivery": message.delivery.value if message.delivery else None,
        "delivered_at": message.delivered_at,
        "refused_reason": message.refused_reason,
        "edit_of": message.edit_of,
        "moved_at": message.moved_at,
        "is_interim": message.is_interim,
    }


def read_answer(row: Any) -> Answer:
    """Read how an answer fares."""
    return Answer(
        message=row.id,
        ticket=row.ticket,
        administrator=row.administrator,
        delivery=DeliveryState(row.delivery),
        said_at=row.said_at,
        delivered_at=row.delivered_at,
        refused_reason=row.refused_reason,
        is_interim=row.is_interim,
    )


def read_event(row: Any) -> TicketEvent:
    """Read a fact of a ticket."""
    return TicketEvent(
        id=row.id,
        ticket=row.ticket,
        kind=TicketEventKind(row.kind),
        at=row.at,
        administrator=row.administrator,
        detail=row.detail,
    )


def write_event(event: TicketEvent) -> dict[str, Any]:
    """Write a fact of a ticket."""
    return {
        "id": event.id,
        "ticket": event.ticket,
        "kind": event.kind.value,
        "at": event.at,
        "administrator": event.administrator,
        "detail": event.detail,
    }
