"""An administrator's answer goes to the citizen, or waits until somebody says that it really should."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.domain.errors import RuleError
from bot.domain.message import Button
from bot.domain.own_event import AnswerRepeated
from bot.domain.ticket import Answer, DeliveryState, MessageKind, Ticket, TicketEventKind, TicketMessage, TicketOrigin
from bot.safety.guard import doubts
from handlers.answer_words import as_citizen_reads
from handlers.buttons import Press
from handlers.card import is_shown, refresh_card
from handlers.commands import keys_of
from handlers.desk import Desk
from handlers.legal import is_closed
from storage.outbox_row import OutboxKind

TAKEN_FOR = timedelta(minutes=10)
"""So long after somebody took a ticket the others are asked whether they answer all the same."""
_ON_ITS_WAY = (DeliveryState.ON_THE_WAY, DeliveryState.DELIVERED)


def send_answer(desk: Desk, ticket: Ticket, said: TicketMessage) -> Ticket:
    """Store an administrator's answer and send it; the work chat is asked first when something speaks against it.

    `said` is new and is kept here, with its link, or it is a note that becomes an answer. Every answer goes this way,
    whoever composed it. Where the messenger lets nobody but people answer, nothing is kept and the work chat reads
    where to answer.
    """
    if not ticket.place.is_answerable:
        _send_there(desk, ticket, said)
        return ticket
    if ticket.withdrawn_at is not None:
        text = desk.say(desk.rules.language, "withdrawn-not-sent", number=ticket.number)
        desk.send(
            said.place, OutboxKind.NOTICE, text, reply_to=said.message_id, ticket=ticket, thread=ticket.work_thread
        )
        return ticket
    reasons = questions_about(desk, ticket, said)
    if not reasons:
        return put_answer(desk, ticket, said)
    said = _keep(desk, ticket, said, DeliveryState.HELD)
    _ask(desk, ticket, said, reasons)
    refresh_card(desk, ticket)
    return ticket


def put_answer(desk: Desk, ticket: Ticket, said: TicketMessage) -> Ticket:
    """Store an answer and send it without any question."""
    return carry_answer(desk, ticket, _keep(desk, ticket, said, DeliveryState.ON_THE_WAY))


def carry_answer(desk: Desk, ticket: Ticket, said: TicketMessage) -> Ticket:
    """Put an answer that is stored into the outbox; whoever answers first has the ticket.

    RuleError when the law has closed the dialogue since.
    """
    if is_closed(desk, ticket.place, desk.institution(ticket.institution)):
        raise RuleError("answer-closed")
    if ticket.taken_by is None or ticket.taken_by == said.administrator:
        ticket = desk.keep_ticket(replace(ticket, taken_by=said.administrator, taken_at=None))
    if "?" in said.text and not ticket.is_asking:
        ticket = desk.keep_ticket(replace(ticket, is_asking=True))
    words, carried = as_citizen_reads(desk, ticket, said)
    if ticket.repeats:
        desk.do_aside(AnswerRepeated(ticket=ticket.number, message=said.id), key=f"repeated:{said.id}")
    if said.is_interim:
        desk.note_event(ticket, TicketEventKind.INTERIM, said.administrator, detail=str(said.id))
    desk.send(
        ticket.place,
        OutboxKind.ANSWER,
        words,
        attachments=carried,
        reply_to=ticket.reply_to,
        ticket=ticket,
        answer=said.id,
        keys=_keys_with(desk, ticket),
    )
    return ticket


def _keys_with(desk: Desk, ticket: Ticket) -> list[list[Button]]:
    """Return the keys that come with a ticket's first answer: an acceptance has buttons of its own in their place."""
    if ticket.first_answered_at is not None or ticket.origin is not TicketOrigin.PRIVATE:
        return []
    return keys_of(desk.rules.texts, desk.language_of(desk.citizen_by_id(ticket.citizen)))


def questions_about(desk: Desk, ticket: Ticket, said: TicketMessage) -> list[str]:
    """Return what speaks against sending an answer at once, in words for the work chat; nothing for most answers."""
    language = desk.rules.language
    return [*_collisions(desk, ticket, said), *doubts_in_words(desk, ticket.institution, said.text, language)]


def doubts_in_words(desk: Desk, institution: str, text: str, language: str) -> list[str]:
    """Return the doubts about the words of an answer (`bot.safety.guard`)."""
    own = desk.institution(institution)
    channel = own.telegram_channel.removeprefix("@") if own is not None else ""
    allowed = [*desk.rules.allowed_sites, *([f"t.me/{channel}"] if channel and not channel.startswith("-") else [])]
    return [desk.say(language, doubt.text_key, **doubt.arguments) for doubt in doubts(text, allowed)]


def _collisions(desk: Desk, ticket: Ticket, said: TicketMessage) -> Iterator[str]:
    """Somebody else has just answered, or said that they would. Nobody is asked about their own answers.

    What the citizen has said since needs an answer anyway, and so does a ticket that was given away since.
    """
    language = desk.rules.language
    earlier = [answer for answer in desk.answers(ticket.number) if _is_just_before(desk, ticket, answer, said)]
    if earlier:
        yield desk.say(
            language,
            "doubt-just-answered",
            name=desk.administrator_name(earlier[-1].administrator),
            seconds=max(int((said.said_at - earlier[-1].said_at).total_seconds()), 0),
        )
    elif (
        ticket.taken_at is not None
        and ticket.taken_by != said.administrator
        and said.said_at - ticket.taken_at <= TAKEN_FOR
        and desk.rules.collision
    ):
        yield desk.say(language, "doubt-taken", name=desk.administrator_name(ticket.taken_by))


def _is_just_before(desk: Desk, ticket: Ticket, answer: Answer, said: TicketMessage) -> bool:
    return (
        answer.said_at >= ticket.last_citizen_at
        and answer.delivery in _ON_ITS_WAY
        and answer.administrator != said.administrator
        and said.said_at - answer.said_at < desk.rules.collision
        and not _is_of_another_institution(desk, ticket, answer)
    )


def _is_of_another_institution(desk: Desk, ticket: Ticket, answer: Answer) -> bool:
    if not ticket.transfers or answer.administrator is None:
        return False
    return desk.administrator_by_id(answer.administrator).institution != ticket.institution


def _send_there(desk: Desk, ticket: Ticket, said: TicketMessage) -> None:
    desk.send(
        said.place,
        OutboxKind.NOTICE,
        desk.say(desk.rules.language, "reply-only-there", number=ticket.number, link=ticket.link),
        reply_to=said.message_id,
        ticket=ticket,
        thread=ticket.work_thread,
    )


def _ask(desk: Desk, ticket: Ticket, said: TicketMessage, reasons: list[str]) -> None:
    language = desk.rules.language
    buttons = [
        Button(text=desk.say(language, "button-send-anyway"), action=Press.CONFIRM.of(ticket.number, said.id, "send")),
        Button(text=desk.say(language, "button-do-not-send"), action=Press.CONFIRM.of(ticket.number, said.id, "drop")),
    ]
    desk.send(
        said.place,
        OutboxKind.NOTICE,
        desk.say(language, "answer-held", number=ticket.number, reasons="\n".join(reasons)),
        buttons=[[button] for button in buttons],
        reply_to=said.message_id,
        ticket=ticket,
        refers_to=ticket.card if not said.message_id and is_shown(desk, ticket) else None,
        thread=ticket.work_thread,
    )


def _keep(desk: Desk, ticket: Ticket, said: TicketMessage, delivery: DeliveryState) -> TicketMessage:
    if said.kind is MessageKind.NOTE:
        answer = replace(said, kind=MessageKind.ANSWER, delivery=delivery)
        desk.make_answer(answer)
        return answer
    answer = replace(said, delivery=delivery)
    desk.keep_message(answer)
    if said.message_id:
        desk.link_said(ticket, answer)
    return answer
