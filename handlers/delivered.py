"""The messenger took an answer: that moment stops the clock."""

from dataclasses import replace

from bot.domain.event import Delivered
from bot.domain.ticket import DeliveryState, Ring, TicketState
from handlers.card import institution_of, refresh_card
from handlers.desk import Desk
from handlers.question import begin_wait


def delivered(event: Delivered, desk: Desk) -> None:
    """Mark the answer as delivered and end the wait; words that came after it go on waiting."""
    ticket, answer = desk.ticket(event.ticket), desk.answer(event.message)
    if ticket is None or answer is None or answer.delivery is DeliveryState.DELIVERED:
        return
    desk.keep_answer(replace(answer, delivery=DeliveryState.DELIVERED, delivered_at=event.delivered_at))
    answered = replace(
        ticket,
        first_answered_at=ticket.first_answered_at or event.delivered_at,
        last_answer_at=event.delivered_at,
    )
    if not ticket.is_ended:
        if ticket.waiting_since is not None and ticket.last_citizen_at > event.delivered_at:
            answered = begin_wait(desk, answered, ticket.last_citizen_at)
        else:
            silence = desk.rules.policy.silence_ends_at(desk.calendar(institution_of(desk, ticket)), event.delivered_at)
            answered = replace(
                answered,
                state=TicketState.ANSWERED,
                waiting_since=None,
                deadline_at=None,
                ring=Ring.SILENCE,
                ring_at=silence,
            )
    desk.keep_ticket(answered)
    refresh_card(desk, answered)
