"""A greeting, thanks, praise or a lone emoji: it opens no ticket and starts no clock, and nobody is owed an answer.

Where a ticket is open, or was answered within three days, the work chat sees it there with a button that makes it a
question after all, from the moment at which it was said. Anywhere else it is answered and not kept.
"""

from datetime import timedelta

from bot.domain.citizen import Citizen
from bot.domain.copying import replace
from bot.domain.event import ButtonPressed, CommentReceived, MessageReceived
from bot.domain.institution import Institution
from bot.domain.message import AttachmentKind
from bot.domain.ticket import MessageKind, Ticket, TicketEventKind, TicketState
from bot.safety.courtesy import asks_nothing, is_farewell, is_greeting
from handlers.card import follow_up_words, is_shown, refresh_card
from handlers.desk import Desk
from handlers.flood import show_words
from handlers.language import language_of_words
from handlers.meant import dialogue_ticket, institution_in_view, is_open
from handlers.question import as_message, own_ticket_replied_to
from handlers.succession import acting
from handlers.waits import recount
from storage.outbox_row import OutboxKind

HEART = "❤"
_ANSWERED_LATELY = timedelta(hours=72)


def is_courtesy(event: MessageReceived | CommentReceived) -> bool:
    """Tell whether a message asks for nothing; a sticker is an emoji, anything else attached is a file."""
    if any(each.kind is not AttachmentKind.STICKER for each in event.attachments):
        return False
    if isinstance(event, MessageReceived) and event.forwarded_from:
        return False
    return asks_nothing(event.text) if event.text.strip() else bool(event.attachments)


def hear_courtesy(event: MessageReceived | CommentReceived, desk: Desk, own: Institution | None) -> bool:
    """Take a message that asks for nothing; False for words like any others.

    `own` is the institution in whose community it was said. Such words are an answer, and so like any others, when
    they are the first after an administrator's answer with a question mark.
    """
    if not is_courtesy(event):
        return False
    citizen = desk.known_citizen(event.sender)
    ticket = _ticket_of(desk, event, citizen, own) if citizen is not None else None
    if ticket is None or citizen is None:
        _answer(desk, event, citizen, own)
        desk.forget_event()
        return True
    if ticket.is_asking:
        return False
    message = replace(as_message(desk, event, citizen, ticket.number), kind=MessageKind.COURTESY)
    desk.keep_message(message)
    desk.link_said(ticket, message)
    if is_shown(desk, ticket):
        show_words(desk, ticket, [message], after=ticket.last_citizen_at)
    instead = desk.say(desk.language_of(citizen), "courtesy-shown", number=ticket.number)
    desk.react(event.place, event.message_id, HEART, instead="" if event.place.is_comments else instead)
    return True


def asked_after_all(event: ButtonPressed, desk: Desk, ticket: Ticket, number: int) -> str:
    """Make words that asked for nothing a question, as of when they were said; returns what the press is told."""
    said = next((each for each in desk.time_line(ticket.number) if each.id == number), None)
    if said is None or said.kind not in (MessageKind.COURTESY, MessageKind.QUESTION):
        return "press-void"
    if said.kind is MessageKind.QUESTION:
        return "press-question-already"
    asked = replace(said, kind=MessageKind.QUESTION)
    desk.change_said(asked)
    waits = replace(ticket, last_citizen_at=max(ticket.last_citizen_at, said.said_at))
    if ticket.waiting_since is None:
        waits = replace(waits, warned=0)
    if ticket.is_ended:
        administrator = desk.administrator(event.sender, ticket.institution)
        desk.note_event(ticket, TicketEventKind.REOPENED, administrator.id)
        waits = replace(waits, state=TicketState.OPEN, closed_at=None, duplicate_of=None, reopened=ticket.reopened + 1)
    waits = desk.keep_ticket(recount(desk, waits))
    refresh_card(desk, waits)
    if event.message_id:
        text, _ = follow_up_words(desk, waits, asked)
        desk.edit_sent(event.place, event.message_id, text, buttons=(), thread=event.thread)
    return "press-question" if waits.waiting_since is not None else "press-question-answered"


def _ticket_of(
    desk: Desk, event: MessageReceived | CommentReceived, citizen: Citizen, own: Institution | None
) -> Ticket | None:
    """Return the ticket to which words like these would go, else one of this conversation that was answered lately."""
    replied = own_ticket_replied_to(desk, event, citizen)
    if replied is not None and is_open(desk, replied):
        return replied
    asked = own or institution_in_view(desk, citizen, event.place)
    current = dialogue_ticket(desk, citizen, event.place, own)
    if current is not None:
        return current
    lately = [
        ticket
        for ticket in desk.tickets_of(citizen)
        if ticket.place == event.place
        and ticket.state is not TicketState.SPAM
        and (asked is None or asked.code in (ticket.institution, ticket.came_to))
        and ticket.last_answer_at is not None
        and desk.now - ticket.last_answer_at <= _ANSWERED_LATELY
    ]
    return next(iter(lately), None)


def _answer(
    desk: Desk, event: MessageReceived | CommentReceived, citizen: Citizen | None, own: Institution | None
) -> None:
    """Answer what belongs to no ticket; under a post a sign is enough."""
    if event.place.is_comments:
        desk.react(event.place, event.message_id, HEART)
        return
    known = desk.language_of(citizen) if citizen is not None and citizen.language else ""
    phone = desk.rules.texts.choose_language(event.sender.language) if event.sender.language else ""
    language = known or language_of_words(desk, event.text) or phone or desk.rules.language
    waits = citizen is not None and any(each.place == event.place for each in desk.pending(citizen.id))
    if waits or not is_greeting(event.text) or is_farewell(event.text):
        desk.react(event.place, event.message_id, HEART, instead=desk.say(language, "courtesy-heard"))
        return
    answers = acting(desk, own) if own is not None else None
    text = (
        desk.say(language, "courtesy-greeting-of", institution=answers.title)
        if answers is not None
        else desk.say(language, "courtesy-greeting")
    )
    desk.react(event.place, event.message_id, HEART)
    desk.send(event.place, OutboxKind.NOTICE, text)
