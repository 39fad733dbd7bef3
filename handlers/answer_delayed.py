"""An answer that cannot go: the work chat reads why, and after a day says whether it still should."""

from datetime import datetime, timedelta

from bot.domain.copying import replace
from bot.domain.institution import Institution
from bot.domain.message import Button
from bot.domain.own_event import AnswerDelayed
from bot.domain.parts import split_text
from bot.domain.ticket import DeliveryState, Ticket
from handlers.buttons import Press
from handlers.card import is_shown, refresh_card, tell_work_chat
from handlers.desk import Desk
from storage.outbox_row import OutboxKind

_WORDS_SHOWN = 300


def answer_delayed(event: AnswerDelayed, desk: Desk) -> None:
    """Tell the work chat what is wrong; after a day ask, each working day again until somebody decides."""
    ticket, answer = desk.ticket(event.ticket), desk.answer(event.message)
    if ticket is None or answer is None:
        return
    if event.why != "day":
        if answer.delivery is DeliveryState.ON_THE_WAY:
            key = "answer-waits-token" if event.why == "token" else "answer-waits-community"
            tell_work_chat(desk, ticket, desk.say(desk.rules.language, key, number=ticket.number))
        return
    expected = DeliveryState.HELD if event.asked else DeliveryState.ON_THE_WAY
    if answer.delivery is not expected:
        return
    desk.keep_answer(replace(answer, delivery=DeliveryState.HELD))
    _ask(desk, ticket, event.message)
    refresh_card(desk, ticket)
    again = replace(event, asked=event.asked + 1)
    at = _next_working_day(desk, desk.holder(ticket))
    desk.do_aside(again, key=f"delayed:{event.message}:{desk.now.isoformat()}", not_before=at)


def _ask(desk: Desk, ticket: Ticket, number: int) -> None:
    chat = desk.work_chat(ticket.institution)
    if chat is None:
        return
    language = desk.rules.language
    said = next((each for each in desk.time_line(ticket.number) if each.id == number), None)
    words = split_text(said.text, _WORDS_SHOWN)[0] if said is not None else ""
    buttons = [
        [Button(text=desk.say(language, key), action=Press.CONFIRM.of(ticket.number, number, what))]
        for key, what in (("button-send-now", "send"), ("button-do-not-send", "drop"))
    ]
    text = desk.say(language, "answer-waited-a-day", number=ticket.number, words=words)
    card = ticket.card if is_shown(desk, ticket) else None
    desk.send(chat.place, OutboxKind.REMINDER, text, buttons=buttons, ticket=ticket, refers_to=card)


def _next_working_day(desk: Desk, institution: Institution) -> datetime:
    """Return when the institution opens on the next day on which it works."""
    zone = desk.zone(institution)
    tomorrow = (desk.now.astimezone(zone) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return desk.calendar(institution).next_opening(tomorrow)
