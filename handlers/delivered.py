"""The messenger took an answer: that moment stops the clock."""

from bot.domain.copying import replace
from bot.domain.own_event import Delivered
from bot.domain.ticket import DeliveryState
from handlers.card import refresh_card
from handlers.desk import Desk
from handlers.meant import show_ticket
from handlers.waits import end_wait


def delivered(event: Delivered, desk: Desk) -> None:
    """Mark the answer as delivered and end the wait."""
    ticket, answer = desk.ticket(event.ticket), desk.answer(event.message)
    if ticket is None or answer is None or answer.delivery is DeliveryState.DELIVERED:
        return
    if answer.delivery is DeliveryState.TAKEN_BACK:
        # It was on its way when it was taken back, and is taken away next.
        desk.keep_answer(replace(answer, delivered_at=event.delivered_at))
        return
    desk.keep_answer(replace(answer, delivery=DeliveryState.DELIVERED, delivered_at=event.delivered_at))
    show_ticket(desk, ticket.citizen, ticket.place, ticket)
    refresh_card(desk, desk.keep_ticket(end_wait(desk, ticket, event.delivered_at, is_interim=answer.is_interim)))
