"""An administrator answered in the messenger's own interface: that counts like an answer from the work chat."""

import re

from bot.domain.copying import replace
from bot.domain.errors import NotYetError
from bot.domain.event import AnsweredElsewhere
from bot.domain.ticket import Author, DeliveryState, MessageKind, Ticket, TicketMessage
from handlers.attachments import named_for_reader
from handlers.card import refresh_card, tell_work_chat
from handlers.desk import Desk
from handlers.meant import show_ticket
from handlers.waits import end_wait
from storage.outbox_row import OutboxKind

_COMMAND = re.compile(r"/[A-Za-z]\w*(?:@\w+)?(?:\s|$)")
"""A command, for a moderating bot in most cases, is nobody's answer."""


def answered_elsewhere(event: AnsweredElsewhere, desk: Desk) -> None:
    """End the citizen's wait and show the words in the work chat.

    Our own words come back from VK in the same way: they are known by their link, and while some are still on their
    way into the conversation nothing is judged.
    """
    if desk.linked_ticket(event.place, event.message_id) is not None or _COMMAND.match(event.text):
        return
    if desk.is_busy(event.place):
        raise NotYetError("our own words are on their way there")
    ticket = _ticket_answered(event, desk)
    if ticket is None:
        return
    administrator = desk.administrator(event.administrator, ticket.institution).id if event.administrator else None
    said = TicketMessage(
        id=desk.next_message_id(),
        ticket=ticket.number,
        citizen=None,
        kind=MessageKind.ANSWER,
        author=Author.ADMINISTRATOR,
        administrator=administrator,
        text=event.text,
        attachments=event.attachments,
        place=event.place,
        message_id=event.message_id,
        link=event.link,
        said_at=event.sent_at,
        received_at=desk.now,
        delivery=DeliveryState.DELIVERED,
        delivered_at=event.sent_at,
    )
    desk.keep_message(said)
    desk.link(event.place, event.message_id, ticket, said)
    asking = replace(ticket, is_asking=ticket.is_asking or "?" in event.text)
    answered = desk.keep_ticket(end_wait(desk, asking, event.sent_at))
    show_ticket(desk, ticket.citizen, ticket.place, answered)
    language = desk.rules.language
    carried, lines = named_for_reader(desk, language, event.attachments, link=event.link)
    name = desk.administrator_name(administrator)
    head = desk.say(language, "answered-elsewhere", number=ticket.number, name=name, channel=event.place.channel)
    shown = "\n".join(part for part in (head, event.text, *lines) if part)
    tell_work_chat(desk, answered, shown, OutboxKind.NOTICE, attachments=carried)
    refresh_card(desk, answered)


def _ticket_answered(event: AnsweredElsewhere, desk: Desk) -> Ticket | None:
    """Return the ticket that the words answer: the comment's, or in a dialogue the one that waits, else the latest."""
    if event.place.is_comments:
        return desk.linked_ticket(event.place, event.reply_to) if event.reply_to else _only_one_waiting(event, desk)
    citizen = desk.citizen_of(event.place)
    here = [ticket for ticket in desk.tickets_of(citizen) if ticket.place == event.place] if citizen else []
    waiting = [ticket for ticket in here if ticket.waiting_since is not None]
    return next(iter([*waiting, *(ticket for ticket in here if not ticket.is_ended)]), None)


def _only_one_waiting(event: AnsweredElsewhere, desk: Desk) -> Ticket | None:
    """Return who is answered where only people can answer and nobody is named: the only one who waits there.

    Under posts, where answers come from the work chat, words to nobody in particular answer nobody.
    """
    institution = desk.registry.institution_of(event.place)
    if event.place.is_answerable or institution is None:
        return None
    waiting = [ticket for ticket in desk.waiting_in(institution.code) if ticket.place == event.place]
    return waiting[0] if len(waiting) == 1 and waiting[0].last_citizen_at <= event.sent_at else None
