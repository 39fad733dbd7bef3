"""A flood from one person: nothing is lost, but what comes too quickly is shown in the work chat together."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.edits import as_read_now
from bot.domain.own_event import FloodCalmed
from bot.domain.parts import LOOKED_AT
from bot.domain.ticket import MessageKind, Ticket, TicketMessage, TicketOrigin, TicketState
from bot.safety.flood import RATES, Bucket
from handlers.card import add_to_card, is_shown, show_follow_up
from handlers.desk import Desk
from handlers.urgent import find_emergency
from storage.outbox_row import OutboxKind

_CALM = timedelta(seconds=30)
"""After so long a silence the words are shown."""
_LONGEST = timedelta(minutes=5)
"""Nothing waits longer, however long the flood goes on."""


def show_words(desk: Desk, ticket: Ticket, words: Sequence[TicketMessage], *, after: datetime) -> Ticket:
    """Show a citizen's further words on the card or below it, or gather them; emergencies never wait.

    `after` is when the citizen spoke last before them.
    """
    for message in words:
        since, after = after, message.said_at
        if find_emergency(desk, message.text) is not None or not desk.rules.gathers_flood:
            ticket = _show(desk, ticket, message, since)
            continue
        buckets = _buckets(ticket)
        is_calm = all(bucket.free_at(message.said_at) <= message.said_at for bucket in buckets)
        if ticket.gathered_from is None and is_calm:
            minute, hour = (bucket.taken(message.said_at).full_at for bucket in buckets)
            ticket = desk.keep_ticket(replace(ticket, minute_full_at=minute, hour_full_at=hour))
            ticket = _show(desk, ticket, message, since)
        elif ticket.gathered_from is None:
            ticket = desk.keep_ticket(replace(ticket, gathered_from=message.id))
            _look_again(desk, ticket, message)
            _tell(desk, ticket)
    return ticket


def _show(desk: Desk, ticket: Ticket, message: TicketMessage, since: datetime) -> Ticket:
    grown = add_to_card(desk, ticket, message, after=since)
    if grown is None:
        show_follow_up(desk, ticket, message)
    return grown or ticket


def flood_calmed(event: FloodCalmed, desk: Desk) -> None:
    """Show what was gathered in one piece once the person is silent, or has gone on for long."""
    ticket = desk.ticket(event.ticket)
    if ticket is None or ticket.gathered_from is None:
        return
    said = [
        message
        for message in as_read_now(desk.time_line(ticket.number))
        if message.kind in (MessageKind.QUESTION, MessageKind.COURTESY)
        and message.id >= ticket.gathered_from
        and find_emergency(desk, message.text) is None
    ]
    is_silent = not said or desk.now - said[-1].received_at >= _CALM
    if not is_silent and desk.now - said[0].received_at < _LONGEST:
        _look_again(desk, ticket, said[-1])
        return
    ticket = desk.keep_ticket(replace(ticket, gathered_from=None))
    if said and is_shown(desk, ticket) and ticket.state is not TicketState.SPAM:
        text = "\n".join(message.text for message in said if message.text)
        if len(text) > LOOKED_AT:
            for message in said:
                show_follow_up(desk, ticket, message)
            return
        attachments = tuple(attachment for message in said for attachment in message.attachments)
        words = [message for message in said if message.kind is MessageKind.QUESTION] or said
        show_follow_up(desk, ticket, replace(words[-1], text=text, attachments=attachments))


def _buckets(ticket: Ticket) -> list[Bucket]:
    return [
        Bucket(rate=rate, full_at=full_at)
        for rate, full_at in zip(RATES, (ticket.minute_full_at, ticket.hour_full_at), strict=True)
    ]


def _look_again(desk: Desk, ticket: Ticket, last: TicketMessage) -> None:
    event = FloodCalmed(ticket=ticket.number)
    desk.do_aside(event, key=f"calm:{ticket.number}:{last.id}", not_before=desk.now + _CALM)


def _tell(desk: Desk, ticket: Ticket) -> None:
    """Say it once a flood, and never in public."""
    if ticket.origin is TicketOrigin.PRIVATE:
        language = desk.language_of(desk.citizen_by_id(ticket.citizen))
        desk.send(ticket.place, OutboxKind.NOTICE, desk.say(language, "flood-gathered", number=ticket.number))
