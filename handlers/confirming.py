"""An administrator says whether an answer that was asked about goes to the citizen."""

from dataclasses import replace

from bot.domain.edits import as_read_now
from bot.domain.event import ButtonPressed
from bot.domain.ticket import Answer, DeliveryState, Ticket, TicketEventKind, TicketMessage
from handlers.card import refresh_card
from handlers.desk import Desk
from handlers.sending import carry_answer


def answer_confirmed(event: ButtonPressed, desk: Desk, ticket: Ticket, number: int, *, is_wanted: bool) -> None:
    """Send the answer that is held, or drop it; the first press decides, whoever of the work chat it is."""
    language = desk.rules.language
    said = next((message for message in as_read_now(desk.time_line(ticket.number)) if message.id == number), None)
    answer = _answer(desk, said) if said is not None else None
    if said is None or answer is None or answer.delivery is not DeliveryState.HELD:
        desk.end_press(event.place, event.press_id, desk.say(language, "press-answer-decided"))
        return
    administrator = desk.administrator(event.sender, ticket.institution)
    state = DeliveryState.ON_THE_WAY if is_wanted else DeliveryState.DROPPED
    desk.keep_answer(replace(answer, delivery=state))
    if is_wanted:
        desk.note_event(ticket, TicketEventKind.CONFIRMED, administrator.id, detail=str(said.id))
        ticket = carry_answer(desk, ticket, said)
    refresh_card(desk, ticket)
    key, press = ("answer-confirmed", "press-answer-sent") if is_wanted else ("answer-dropped", "press-answer-dropped")
    desk.end_press(event.place, event.press_id, desk.say(language, press, number=ticket.number))
    if event.message_id:
        name = desk.administrator_name(administrator.id)
        desk.edit_sent(
            event.place, event.message_id, desk.say(language, key, number=ticket.number, name=name), buttons=()
        )


def _answer(desk: Desk, said: TicketMessage) -> Answer | None:
    """Return how an answer fares; the desk knows it, unless the ticket's card lies nowhere."""
    known = desk.answer(said.id)
    if known is not None or said.ticket is None or said.delivery is None:
        return known
    return Answer(
        message=said.id,
        ticket=said.ticket,
        administrator=said.administrator,
        delivery=said.delivery,
        said_at=said.said_at,
        is_interim=said.is_interim,
    )
