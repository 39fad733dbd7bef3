"""A messenger will never take a message: a person is told, in words."""

from dataclasses import replace

from bot.domain.errors import RefusalReason
from bot.domain.own_event import DeliveryFailed
from bot.domain.ticket import DeliveryState
from handlers.answer_edited import edit_refused
from handlers.answer_taken_back import taking_back_refused
from handlers.card import refresh_card, show_card, tell_work_chat
from handlers.desk import Desk
from handlers.lost import lose_work_chat
from handlers.subscribing import end_subscriptions
from handlers.thread import thread_gone, thread_not_made
from storage.outbox_row import OutboxKind

_ONE_MESSAGE_ONLY = {
    RefusalReason.BAD_MESSAGE,
    RefusalReason.MESSAGE_GONE,
    RefusalReason.TOO_LATE,
    RefusalReason.TOPIC_GONE,
}
"""Refusals that say nothing of the chat itself."""
_NO_TOPICS = {RefusalReason.FORBIDDEN, RefusalReason.BAD_MESSAGE}
"""Refusals of a topic where words may be welcome."""
_OUT_OF_CHAT = {
    RefusalReason.BLOCKED,
    RefusalReason.CHAT_GONE,
    RefusalReason.NOT_STARTED,
    RefusalReason.PERSON_GONE,
}
_CITIZENS_WORDS = {OutboxKind.TOPIC, OutboxKind.CARD, OutboxKind.FOLLOW_UP, OutboxKind.HISTORY}


def delivery_failed(event: DeliveryFailed, desk: Desk) -> None:
    """Tell the work chat of what did not arrive; tell the supervisors of a work chat that is lost."""
    match event.kind:
        case OutboxKind.ANSWER:
            _answer_refused(event, desk)
        case OutboxKind.ANSWER_EDIT:
            edit_refused(event, desk)
        case OutboxKind.ANSWER_DELETE:
            taking_back_refused(event, desk)
        case OutboxKind.WORDS_MOVED if event.reason in _ONE_MESSAGE_ONLY or event.reason is RefusalReason.FORBIDDEN:
            _words_stay_shown(event, desk)
        case OutboxKind.CARD_EDIT if event.reason is RefusalReason.MESSAGE_GONE:
            _card_gone(event, desk)
        case _ if event.reason is RefusalReason.TOPIC_GONE:
            thread_gone(event, desk)
        case OutboxKind.TOPIC if event.reason in _NO_TOPICS:
            thread_not_made(event, desk)
        case _:
            _own_words_refused(event, desk)


def _own_words_refused(event: DeliveryFailed, desk: Desk) -> None:
    """A chat is lost when we are out of it, or may not write there at all; a messenger that was down says nothing."""
    may_not_write = event.reason is RefusalReason.FORBIDDEN and event.is_new and event.kind != OutboxKind.PRESS
    if event.reason in _OUT_OF_CHAT or may_not_write:
        end_subscriptions(desk, event.place)
        for code in list(desk.registry.served_by(event.place)):
            lose_work_chat(desk, code)
    if event.kind in _CITIZENS_WORDS or (
        event.kind == OutboxKind.CARD_EDIT and event.reason is RefusalReason.BAD_MESSAGE
    ):
        _words_not_shown(event, desk)


def _card_gone(event: DeliveryFailed, desk: Desk) -> None:
    """Show the card anew while somebody waits: its change may have been their further words."""
    ticket = desk.ticket(event.ticket) if event.ticket is not None else None
    if ticket is None or ticket.waiting_since is None or ticket.card is None or ticket.card > event.outbox_id:
        return
    gone = replace(ticket, card=None, work_place=None, work_thread="", thread_shows="")
    show_card(desk, gone, desk.time_line(ticket.number))


def _words_not_shown(event: DeliveryFailed, desk: Desk) -> None:
    """Let the next card show everything anew; if the chat lives, say where the words can be read."""
    ticket = desk.ticket(event.ticket) if event.ticket is not None else None
    if ticket is None:
        return
    if event.reason is RefusalReason.BAD_MESSAGE:
        text = desk.say(desk.rules.language, "words-not-shown", number=ticket.number)
        tell_work_chat(desk, ticket, f"{text}\n{ticket.link}".strip())
    elif ticket.work_place is None or ticket.work_place == event.place:
        desk.keep_ticket(replace(ticket, card=None, work_place=None, work_thread="", thread_shows=""))


def _words_stay_shown(event: DeliveryFailed, desk: Desk) -> None:
    """A copy of words that the citizen has moved cannot be changed: whoever reads it is told below the card."""
    ticket = desk.ticket(event.ticket) if event.ticket is not None else None
    if ticket is not None:
        text = desk.say(desk.rules.language, "words-moved-away", number=ticket.number)
        desk.send(event.place, OutboxKind.NOTICE, text, ticket=ticket)


def _answer_refused(event: DeliveryFailed, desk: Desk) -> None:
    ticket = desk.ticket(event.ticket) if event.ticket is not None else None
    answer = desk.answer(event.message) if event.message is not None else None
    if ticket is None or answer is None:
        return
    if answer.delivery is DeliveryState.DELIVERED:
        edit_refused(event, desk)  # a part that the corrected answer has more
        return
    if answer.delivery is not DeliveryState.ON_THE_WAY:
        return
    desk.keep_answer(replace(answer, delivery=DeliveryState.REFUSED, refused_reason=event.reason.value))
    language = desk.rules.language
    reason = desk.say(language, f"refused-{event.reason.value}")
    text = desk.say(language, "answer-not-delivered", number=ticket.number, reason=reason)
    tell_work_chat(desk, ticket, text)
    refresh_card(desk, ticket)
