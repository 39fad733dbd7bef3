"""A citizen's words find their ticket: the open one, one closed lately, or a new one."""

from collections.abc import Sequence

from bot.domain.citizen import Citizen
from bot.domain.copying import replace
from bot.domain.event import CommentReceived, MessageReceived
from bot.domain.institution import Institution
from bot.domain.message import Place
from bot.domain.own_event import WorkChatBound
from bot.domain.ticket import (
    Author,
    MessageKind,
    RoutedBy,
    Ticket,
    TicketEventKind,
    TicketMessage,
    TicketOrigin,
    TicketState,
)
from handlers.card import first_words, is_coming, is_shown, refresh_card, show_card
from handlers.desk import Desk
from handlers.duty import call_duty
from handlers.flood import show_words
from handlers.incident import incident_for, join_incident
from handlers.language import language_of_words
from handlers.promise import acknowledge
from handlers.rings import with_next_ring
from handlers.topics import ask_topic, likely_topic, with_topic
from handlers.urgent import find_emergency
from handlers.waits import begin_wait

_RECENT = 5
"""Institutions that a citizen is offered first the next time."""


def as_message(
    desk: Desk, event: MessageReceived | CommentReceived, citizen: Citizen, ticket: int | None
) -> TicketMessage:
    """Make what a citizen said a message of a ticket, or of none yet."""
    return TicketMessage(
        id=desk.next_message_id(),
        ticket=ticket,
        citizen=citizen.id,
        kind=MessageKind.QUESTION,
        author=Author.CITIZEN,
        text=event.text,
        attachments=event.attachments,
        parts=event.parts,
        quote=event.quote or _pointed_at(desk, event),
        forwarded_from=event.forwarded_from if isinstance(event, MessageReceived) else "",
        place=event.place,
        message_id=event.message_id,
        link=event.link,
        said_at=event.sent_at,
        received_at=desk.now,
    )


def _pointed_at(desk: Desk, event: MessageReceived | CommentReceived) -> str:
    """Return the words of the answer to which a citizen replies; what the bot says by itself needs no repeating."""
    said = desk.said(event.place, event.reply_to) if event.reply_to else None
    return said.text if said is not None and said.kind is MessageKind.ANSWER else ""


def current_ticket(desk: Desk, citizen: Citizen, place: Place, institution: str) -> Ticket | None:
    """Return the ticket that new words belong to: same citizen, same conversation, same institution.

    A ticket that this institution has given to another one goes on there.
    An ended one is taken up again within the policy's time.
    """
    for ticket in desk.tickets_of(citizen):
        if ticket.place != place or institution not in (ticket.institution, ticket.came_to):
            continue
        if (not ticket.is_ended or _ended_lately(desk, ticket)) and not _goes_on_elsewhere(desk, ticket):
            return ticket
    return None


def _goes_on_elsewhere(desk: Desk, ticket: Ticket) -> bool:
    """Tell whether a ticket repeats one of the same conversation that goes on: further words belong there."""
    other = desk.ticket(ticket.duplicate_of) if ticket.duplicate_of is not None else None
    is_same = other is not None and other.citizen == ticket.citizen and other.place == ticket.place
    return is_same and other is not None and not other.is_ended


def add_words(
    desk: Desk,
    event: MessageReceived | CommentReceived,
    citizen: Citizen,
    institution: Institution,
    routed_by: RoutedBy,
) -> None:
    """Put a citizen's words into their ticket; opens one if there is none."""
    ticket = current_ticket(desk, citizen, event.place, institution.code)
    if ticket is None:
        open_ticket(desk, citizen, institution, [as_message(desk, event, citizen, None)], routed_by)
    else:
        append_words(desk, event, citizen, ticket)


def append_words(desk: Desk, event: MessageReceived | CommentReceived, citizen: Citizen, ticket: Ticket) -> None:
    """Add words to a ticket; they may begin a new wait, or open it again."""
    message = as_message(desk, event, citizen, ticket.number)
    desk.keep_message(message)
    go_on(desk, citizen, ticket, [message])


def append_words_waiting(desk: Desk, citizen: Citizen, ticket: Ticket, words: Sequence[TicketMessage]) -> None:
    """Add words that waited for the choice of the institution to the ticket that is open there."""
    desk.assign(citizen.id, ticket.number)
    go_on(desk, citizen, ticket, words)


def go_on(
    desk: Desk, citizen: Citizen, ticket: Ticket, words: Sequence[TicketMessage], *, is_told: bool = True
) -> Ticket:
    """Go on with a ticket after further words, stored already; without `is_told` the caller tells the citizen."""
    first, last = words[0], words[-1]
    _remember(desk, ticket, citizen)
    for message in words:
        if message.message_id:
            desk.link_said(ticket, message)
    is_urgent = any(find_emergency(desk, message.text) for message in words)
    said = replace(
        ticket,
        is_urgent=ticket.is_urgent or is_urgent,
        is_asking=False,
        last_citizen_at=max(ticket.last_citizen_at, last.said_at),
        reply_to=(last.message_id or ticket.reply_to) if ticket.place.is_comments else "",
        link=last.link or ticket.link,
    )
    if ticket.state is TicketState.SPAM:
        return desk.keep_ticket(said)
    if ticket.is_ended:
        said = replace(said, state=TicketState.OPEN, closed_at=None, duplicate_of=None, reopened=ticket.reopened + 1)
        desk.note_event(ticket, TicketEventKind.REOPENED)
    institution = desk.institution(ticket.institution)
    if institution is not None:
        said = with_topic(desk, said, words, institution)
    if ticket.waiting_since is None:
        said = desk.keep_ticket(begin_wait(desk, said, first.said_at))
        if is_told:
            acknowledge(desk, said, citizen, "ticket-goes-on")
        refresh_card(desk, said)
    said = desk.keep_ticket(said)
    call_duty(desk, said, words)
    if is_shown(desk, said):
        said = show_words(desk, said, words)
    elif not is_coming(desk, said) or (not said.thread_shows and is_urgent):
        _show_whole(desk, said, last)
    return said


def _show_whole(desk: Desk, ticket: Ticket, last: TicketMessage) -> None:
    """Let the next batch, which loads everything said so far, show a ticket that its work chat does not know."""
    desk.keep_ticket(replace(ticket, card=None, work_place=None, work_thread="", thread_shows=""))
    if desk.work_chat(ticket.institution) is not None:
        key = f"bound:{ticket.institution}:words:{last.id}"
        desk.do_aside(WorkChatBound(institution=ticket.institution), key=key)


def open_ticket(
    desk: Desk, citizen: Citizen, institution: Institution, words: Sequence[TicketMessage], routed_by: RoutedBy
) -> None:
    """Open a ticket with its first words, stored here or waiting already; tells the citizen and the work chat."""
    first, last = words[0], words[-1]
    topic, confidence = likely_topic(desk, words, institution)
    policy = desk.policy(institution, topic, opened_at=first.said_at)
    deadline = policy.deadline(desk.calendar(institution), first.said_at)
    ticket = Ticket(
        number=desk.next_ticket_number(),
        institution=institution.code,
        citizen=citizen.id,
        place=first.place,
        origin=TicketOrigin.COMMENT if first.place.is_comments else TicketOrigin.PRIVATE,
        routed_by=routed_by,
        opened_at=first.said_at,
        first_deadline_at=deadline,
        hard_limit_at=policy.hard_limit_at(first.said_at),
        resolve_by_at=policy.resolve_by_at(first.said_at),
        waiting_since=first.said_at,
        deadline_at=deadline,
        link=last.link,
        reply_to=last.message_id if first.place.is_comments else "",
        last_citizen_at=last.said_at,
        language=language_of_words(desk, first.text) or citizen.language,
        topic=topic,
        topic_confidence=confidence or None,
        is_urgent=any(find_emergency(desk, message.text) for message in words),
    )
    ticket = desk.keep_ticket(with_next_ring(desk, ticket))
    desk.note_event(ticket, TicketEventKind.OPENED, detail=institution.code)
    have_waited = first in desk.pending(citizen.id)
    for message in words:
        desk.link_said(ticket, message)
        if not have_waited:
            desk.keep_message(replace(message, ticket=ticket.number))
    if have_waited:
        desk.assign(citizen.id, ticket.number)
    _remember(desk, ticket, citizen)
    incident = incident_for(desk, ticket, "\n".join(message.text for message in words))
    if incident is not None:
        # Its message in the work chat stands for the card.
        ticket = join_incident(desk, replace(ticket, first_words=first_words(first.text)), incident)
    acknowledge(desk, ticket, citizen, "ticket-accepted", known=incident.answer if incident is not None else "")
    if incident is None:
        ask_topic(desk, ticket, citizen)
        show_card(desk, ticket, words)
    call_duty(desk, ticket, words)


def _remember(desk: Desk, ticket: Ticket, citizen: Citizen) -> None:
    """Keep whom a citizen wrote to, where they must say it; in a community of one institution nobody asks them."""
    if desk.registry.institution_of(ticket.place) is None and citizen.recent[:1] != (ticket.institution,):
        earlier = [code for code in citizen.recent if code != ticket.institution]
        desk.keep_citizen(replace(citizen, recent=(ticket.institution, *earlier)[:_RECENT]))


def _ended_lately(desk: Desk, ticket: Ticket) -> bool:
    return ticket.closed_at is not None and desk.now - ticket.closed_at <= desk.policy_of(ticket).reopen_within
