"""An answer that is not the final one: the first wait is over, but the citizen is still owed a solution until a day.

Written with three dots before it, or marked with the card's button; the next answer without them is the final one.
"""

import re

from bot.domain.copying import replace
from bot.domain.ticket import Answer, DeliveryState, Ticket, TicketEventKind, TicketMessage
from handlers.card import refresh_card
from handlers.desk import Desk
from handlers.promise import promise_of_final
from handlers.rings import with_next_ring
from storage.outbox_row import OutboxKind

_MARK = re.compile(r"\s*(?:\.{3,}|…)\s*")
_GIVEN = (DeliveryState.DELIVERED, DeliveryState.ON_THE_WAY)


def read_mark(text: str) -> tuple[bool, str]:
    """Tell whether words begin with three dots, and return them without."""
    found = _MARK.match(text)
    return (True, text[found.end() :]) if found else (False, text)


def as_marked(said: TicketMessage) -> TicketMessage:
    """Return an answer as interim, without its dots, when it begins with them."""
    is_interim, text = read_mark(said.text)
    return replace(said, text=text, is_interim=True) if is_interim else said


def mark_interim(desk: Desk, ticket: Ticket, administrator: int) -> str:
    """Let the latest answer be an interim one; the citizen reads until when the final one comes."""
    answer = _latest(desk, ticket)
    if answer is None or ticket.is_ended:
        return "press-no-answer"
    if answer.is_interim:
        return "press-interim-already"
    desk.keep_answer(replace(answer, is_interim=True))
    marked = ticket
    if answer.delivered_at is not None:
        marked = with_next_ring(desk, replace(ticket, interim_at=answer.delivered_at))
    desk.note_event(marked, TicketEventKind.INTERIM, administrator, detail=str(answer.message))
    refresh_card(desk, desk.keep_ticket(marked))
    desk.send(ticket.place, OutboxKind.NOTICE, promise_of_final(desk, marked), ticket=marked, reply_to=ticket.reply_to)
    return "press-interim"


def mark_final(desk: Desk, ticket: Ticket, administrator: int) -> str:
    """Let the latest answer be the final one after all."""
    answer = _latest(desk, ticket)
    if answer is None or not answer.is_interim or ticket.is_ended:
        return "press-final-already"
    desk.keep_answer(replace(answer, is_interim=False))
    marked = desk.keep_ticket(with_next_ring(desk, replace(ticket, interim_at=None)))
    desk.note_event(marked, TicketEventKind.FINAL, administrator, detail=str(answer.message))
    refresh_card(desk, marked)
    return "press-final"


def _latest(desk: Desk, ticket: Ticket) -> Answer | None:
    given = [answer for answer in desk.answers(ticket.number) if answer.delivery in _GIVEN]
    return given[-1] if given else None
