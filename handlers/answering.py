"""An answer has reached the citizen: the wait ends, the ticket is answered."""

from dataclasses import replace
from datetime import datetime

from bot.domain.ticket import Ring, Ticket, TicketState
from handlers.card import institution_of
from handlers.desk import Desk
from handlers.question import begin_wait


def end_wait(desk: Desk, ticket: Ticket, at: datetime) -> Ticket:
    """Return the ticket as an answer at this moment leaves it; words that came after the answer go on waiting."""
    answered = replace(ticket, first_answered_at=ticket.first_answered_at or at, last_answer_at=at)
    if ticket.is_ended:
        return answered
    if ticket.waiting_since is not None and ticket.last_citizen_at > at:
        return begin_wait(desk, answered, ticket.last_citizen_at)
    silence = desk.rules.policy.silence_ends_at(desk.calendar(institution_of(desk, ticket)), at)
    return replace(
        answered,
        state=TicketState.ANSWERED,
        waiting_since=None,
        deadline_at=None,
        ring=Ring.SILENCE,
        ring_at=silence,
    )
