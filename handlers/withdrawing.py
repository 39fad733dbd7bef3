"""A citizen takes a message back, or says that it went to the wrong place: for an hour, and until somebody answers."""

import re
from dataclasses import replace
from datetime import timedelta

from bot.domain.citizen import Citizen
from bot.domain.event import ButtonPressed, CommentReceived, MessageReceived
from bot.domain.message import Button
from bot.domain.ticket import DeliveryState, Ticket, TicketEventKind, TicketOrigin
from handlers.buttons import Press
from handlers.card import refresh_card, tell_work_chat
from handlers.desk import Desk
from storage.outbox_row import OutboxKind

_LASTS = timedelta(hours=1)
_SECOND_THOUGHTS = timedelta(minutes=10)
"""So long after the acceptance words like «ой» show its buttons once more."""
_MISTAKEN = re.compile(
    r"\W*(?:ой|нет|не туда|не сюда|юк|анда түгел|монда түгел|бирегә түгел|ялгыш)(?!\w)", re.IGNORECASE
)
_UNDELIVERED = (DeliveryState.ON_THE_WAY, DeliveryState.HELD)


def acceptance_buttons(desk: Desk, ticket: Ticket, language: str) -> list[list[Button]]:
    """Return what stands under an acceptance in private: the way to another institution, and back."""
    if ticket.origin is not TicketOrigin.PRIVATE:
        return []
    return [
        [
            Button(text=desk.say(language, "button-misdirected"), action=Press.OWN.of(ticket.number, "away")),
            Button(text=desk.say(language, "button-withdraw"), action=Press.OWN.of(ticket.number, "withdraw")),
        ]
    ]


def why_not(desk: Desk, ticket: Ticket, *, is_moved: bool) -> str:
    """Return the key of what is said when a ticket can be taken back no more, empty while it can."""
    if ticket.withdrawn_at is not None:
        return "withdrawn-already"
    if ticket.first_answered_at is not None or (is_moved and _is_answer_under_way(desk, ticket)):
        return "withdraw-answered"
    if ticket.is_ended or ticket.accepted_at is None or desk.now - ticket.accepted_at > _LASTS:
        return "withdraw-too-late"
    return ""


def withdraw(desk: Desk, event: ButtonPressed, citizen: Citizen, ticket: Ticket) -> None:
    """Close a ticket because its citizen wants it no more; an answer that is not delivered yet is not sent."""
    language = desk.language_of(citizen)
    refusal = why_not(desk, ticket, is_moved=False)
    if refusal:
        show_instead(desk, event, desk.say(language, refusal, number=ticket.number))
        return
    unsent = [answer for answer in desk.answers(ticket.number) if answer.delivery in _UNDELIVERED]
    for answer in unsent:
        desk.keep_answer(replace(answer, delivery=DeliveryState.DROPPED))
        desk.stop_answer(answer.message)
    withdrawn = desk.keep_ticket(replace(ticket.ended(desk.now), withdrawn_at=desk.now))
    desk.note_event(withdrawn, TicketEventKind.WITHDRAWN)
    refresh_card(desk, withdrawn)
    if unsent:
        text = desk.say(desk.rules.language, "withdrawn-not-sent", number=ticket.number)
        tell_work_chat(desk, withdrawn, text)
    show_instead(desk, event, desk.say(language, "withdrawn-heard", number=ticket.number))


def offer_to_take_back(desk: Desk, event: MessageReceived | CommentReceived, citizen: Citizen, ticket: Ticket) -> None:
    """Show the buttons of the acceptance again when the next words say that it was a mistake."""
    if ticket.origin is not TicketOrigin.PRIVATE or ticket.accepted_at is None:
        return
    is_soon = desk.now - ticket.accepted_at <= _SECOND_THOUGHTS
    if is_soon and _MISTAKEN.match(event.text[:100]) and not why_not(desk, ticket, is_moved=True):
        language = desk.language_of(citizen)
        text = desk.say(language, "misdirected-perhaps", number=ticket.number, institution=desk.holder(ticket).title)
        buttons = acceptance_buttons(desk, ticket, language)
        desk.send(event.place, OutboxKind.NOTICE, text, buttons=buttons, ticket=ticket)


def show_instead(desk: Desk, event: ButtonPressed, text: str, buttons: list[list[Button]] | None = None) -> None:
    """Say it in the place of the pressed buttons, so that they cannot be pressed again."""
    if event.message_id:
        desk.edit_sent(event.place, event.message_id, text, buttons=buttons or ())
    else:
        desk.send(event.place, OutboxKind.NOTICE, text, buttons=buttons or ())


def _is_answer_under_way(desk: Desk, ticket: Ticket) -> bool:
    return any(answer.delivery is DeliveryState.ON_THE_WAY for answer in desk.answers(ticket.number))
