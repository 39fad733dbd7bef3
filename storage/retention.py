"""What the post room has done with is cleared away after a while; tickets, messages and facts stay."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.keys import consent_key, transfer_key
from storage.made_files import clear_old_files
from storage.tables import held_events, inbox, outbox, tickets

INBOX_DAYS = timedelta(days=7)
"""Longer than any messenger repeats an event (Telegram keeps updates for a day)."""
OUTBOX_DAYS = timedelta(days=30)
CONSENT_WAITS = timedelta(hours=24)
"""Words of somebody who neither agreed nor refused are kept no longer."""
_AT_ONCE = 2_000


async def clear_done(connection: AsyncConnection, *, now: datetime) -> int:
    """Delete old handled events and old sent messages, a portion at a time; returns how many rows went.

    Cards of tickets that have not ended, or so lately that new words may open them again, stay: edits and replies refer
    to them. What is dead stays for the operator.
    """
    old_events = (
        select(inbox.c.id).where(inbox.c.state == "done", inbox.c.received_at < now - INBOX_DAYS).limit(_AT_ONCE)
    )
    may_go_on = or_(tickets.c.closed_at.is_(None), tickets.c.closed_at > now - OUTBOX_DAYS)
    cards = select(tickets.c.card).where(tickets.c.card.is_not(None), may_go_on)
    # What turned out to be needless was never sent.
    ended_at = func.coalesce(outbox.c.sent_at, outbox.c.created_at)
    old_messages = (
        select(outbox.c.id)
        .where(outbox.c.state == "sent", ended_at < now - OUTBOX_DAYS, outbox.c.id.not_in(cards))
        .limit(_AT_ONCE)
    )
    unanswered = select(held_events.c.id).where(
        or_(
            held_events.c.key.startswith(consent_key("")) & (held_events.c.held_at < now - CONSENT_WAITS),
            held_events.c.key.startswith(transfer_key("")) & (held_events.c.held_at < now - INBOX_DAYS),
        )
    )
    words = await connection.execute(delete(held_events).where(held_events.c.id.in_(unanswered.limit(_AT_ONCE))))
    events = await connection.execute(delete(inbox).where(inbox.c.id.in_(old_events)))
    messages = await connection.execute(delete(outbox).where(outbox.c.id.in_(old_messages)))
    files = await clear_old_files(connection, now=now)
    return words.rowcount + events.rowcount + messages.rowcount + files
