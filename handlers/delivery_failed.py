"""A messenger will never take a message: a person is told, in words."""

from dataclasses import replace

from bot.domain.errors import RefusalReason
from bot.domain.event import DeliveryFailed
from bot.domain.ticket import DeliveryState
from handlers.card import refresh_card, tell_work_chat
from handlers.desk import Desk
from handlers.lost import lose_work_chat
from storage.outbox import OutboxKind

_CHAT_IS_LOST = {RefusalReason.CHAT_GONE, RefusalReason.FORBIDDEN, RefusalReason.BLOCKED}


def delivery_failed(event: DeliveryFailed, desk: Desk) -> None:
    """Tell the work chat of an answer that did not arrive; tell the supervisors of a work chat that is lost."""
    if event.kind == OutboxKind.ANSWER:
        _answer_refused(event, desk)
    elif event.reason in _CHAT_IS_LOST:
        for code in list(desk.registry.served_by(event.place)):
            lose_work_chat(desk, code)


def _answer_refused(event: DeliveryFailed, desk: Desk) -> None:
    ticket = desk.ticket(event.ticket) if event.ticket is not None else None
    answer = desk.answer(event.message) if event.message is not None else None
    if ticket is None or answer is None or answer.delivery is not DeliveryState.ON_THE_WAY:
        return
    desk.keep_answer(replace(answer, delivery=DeliveryState.REFUSED, refused_reason=event.reason.value))
    language = desk.rules.language
    reason = desk.say(language, f"refused-{event.reason.value}")
    text = desk.say(language, "answer-not-delivered", number=ticket.number, reason=reason)
    tell_work_chat(desk, ticket, text)
    refresh_card(desk, ticket)
