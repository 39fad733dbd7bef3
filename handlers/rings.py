"""When the clock looks at a ticket next, by its own norm and its holder's working time."""

from datetime import datetime

from bot.domain.copying import replace
from bot.domain.ladder import next_ring
from bot.domain.ticket import Ticket
from handlers.desk import Desk


def with_next_ring(desk: Desk, ticket: Ticket, *, quiet_since: datetime | None = None) -> Ticket:
    """Return the ticket with its next moment; `quiet_since` as in `bot.domain.ladder.next_ring`."""
    institution = desk.holder(ticket)
    ring, ring_at = next_ring(
        ticket,
        policy=desk.policy_of(ticket),
        calendar=desk.calendar(institution),
        zone=desk.zone(institution),
        quiet_since=quiet_since,
    )
    return replace(ticket, ring=ring, ring_at=ring_at)
