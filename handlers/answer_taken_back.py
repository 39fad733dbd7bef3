"""An administrator takes an answer back with `/undo`: it goes away at the citizen's, and the wait goes on."""

from dataclasses import replace

from bot.domain.errors import NotYetError, RefusalReason, RuleError
from bot.domain.event import MessageReceived
from bot.domain.own_event import DeliveryFailed
from bot.domain.ticket import Answer, DeliveryState, MessageKind, Ticket, TicketEventKind
from handlers.card import refresh_card, tell_work_chat
from handlers.desk import Desk
from handlers.waits import recount
from storage.outbox_row import OutboxKind


def take_answer_back(event: MessageReceived, desk: Desk) -> None:
    """Handle `/undo`, a reply to the administrator's own message with the answer."""
    said = desk.said(event.place, event.reply_to) if event.reply_to else None
    ticket = desk.ticket(said.ticket) if said is not None and said.ticket is not None else None
    answer = desk.answer(said.id) if said is not None else None
    if said is None or ticket is None or said.kind is not MessageKind.ANSWER or answer is None:
        raise RuleError("undo-what")
    if ticket.institution not in desk.registry.served_by(event.place):
        raise RuleError("undo-what")
    if answer.delivery not in (DeliveryState.ON_THE_WAY, DeliveryState.DELIVERED):
        raise RuleError("undo-not-there", number=ticket.number)
    parts = desk.sent_parts(said.id)
    if not parts:
        raise RuleError("undo-too-old", number=ticket.number)
    if not desk.is_whole(ticket.number):
        raise NotYetError("the answer came just now, and the earlier words do not lie here")
    for part in parts:
        desk.delete_answer(part.place, row=part.row, ticket=ticket, answer=said.id)
    administrator = desk.administrator(event.sender, ticket.institution)
    desk.note_event(ticket, TicketEventKind.DELETED, administrator.id, detail=str(said.id))
    left = _count_again(desk, ticket, replace(answer, delivery=DeliveryState.TAKEN_BACK))
    desk.send(event.place, OutboxKind.TICKET_NOTICE, _told(desk, left), reply_to=event.message_id, ticket=left)


def taking_back_refused(event: DeliveryFailed, desk: Desk) -> None:
    """The citizen still sees the answer: it counts again, and the work chat reads why."""
    ticket = desk.ticket(event.ticket) if event.ticket is not None else None
    answer = desk.answer(event.message) if event.message is not None else None
    if ticket is None or answer is None or event.reason is RefusalReason.MESSAGE_GONE:
        return  # what is gone needs no taking away
    language = desk.rules.language
    reason = desk.say(language, f"refused-{event.reason.value}")
    if answer.delivery is DeliveryState.TAKEN_BACK:
        there = replace(answer, delivery=DeliveryState.DELIVERED, delivered_at=answer.delivered_at or event.failed_at)
        ticket = _count_again(desk, ticket, there)
        tell_work_chat(desk, ticket, desk.say(language, "undo-refused", number=ticket.number, reason=reason))
    else:
        tell_work_chat(desk, ticket, desk.say(language, "answer-edit-refused", number=ticket.number, reason=reason))


def _count_again(desk: Desk, ticket: Ticket, answer: Answer) -> Ticket:
    desk.keep_answer(answer)
    counted = desk.keep_ticket(recount(desk, ticket))
    refresh_card(desk, counted)
    return counted


def _told(desk: Desk, ticket: Ticket) -> str:
    language = desk.rules.language
    if ticket.deadline_at is None:
        return desk.say(language, "undo-done", number=ticket.number)
    until = desk.until(language, ticket.deadline_at, desk.zone(desk.holder(ticket)))
    return desk.say(language, "undo-done-waits", number=ticket.number, until=until)
