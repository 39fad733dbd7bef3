"""A citizen's words find their ticket: the open one, one closed lately, or a new one."""

from collections.abc import Sequence

from bot.domain.citizen import Citizen
from bot.domain.copying import replace
from bot.domain.event import CommentReceived, MessageReceived
from bot.domain.institution import Institution
from bot.domain.own_event import WorkChatBound
from bot.domain.set_aside import SetAside
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
from handlers.admission import free_at, is_emergency, open_one, put_off
from handlers.card import first_words, is_coming, is_shown, refresh_card, show_card
from handlers.card_words import post_begins
from handlers.desk import Desk
from handlers.duty import call_duty
from handlers.flood import show_words
from handlers.incident import incident_for, join_incident
from handlers.language import language_of_words
from handlers.legal import is_closed, show_way
from handlers.meant import Confirmation, confirm, confirmation, current_ticket, is_open, show_ticket
from handlers.promise import acknowledge
from handlers.rings import with_next_ring
from handlers.silence import is_silenced, keep_silenced
from handlers.topics import ask_topic, likely_topic, with_topic
from handlers.urgent import find_emergency
from handlers.waits import begin_wait, due_of, waits_since
from handlers.withdrawing import offer_to_take_back
from storage.outbox_row import OutboxKind

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


def add_words(
    desk: Desk,
    event: MessageReceived | CommentReceived,
    citizen: Citizen,
    institution: Institution,
    routed_by: RoutedBy,
) -> Ticket | None:
    """Put a citizen's words into their ticket; opens one if there is none and they may."""
    ticket = current_ticket(desk, citizen, event.place, institution.code)
    if ticket is None:
        words = [as_message(desk, event, citizen, None)]
        return admit(desk, citizen, institution, words, routed_by, post=_post_of(event))
    return append_words(desk, event, citizen, ticket)


def own_ticket_replied_to(desk: Desk, event: MessageReceived | CommentReceived, citizen: Citizen) -> Ticket | None:
    """Return the citizen's own ticket to a message of which they reply, None for anything else."""
    ticket = desk.linked_ticket(event.place, event.reply_to) if event.reply_to else None
    return ticket if ticket is not None and ticket.citizen == citizen.id else None


def answer_own_ticket(desk: Desk, event: MessageReceived | CommentReceived, citizen: Citizen) -> Ticket | None:
    """Take a reply to a message of one's own ticket: it goes on there, or in a new ticket of its last holder."""
    ticket = own_ticket_replied_to(desk, event, citizen)
    if ticket is None:
        return None
    if is_open(desk, ticket):
        return append_words(desk, event, citizen, ticket)
    holder = desk.holder(ticket)
    if is_closed(desk, event.place, holder):
        show_way(desk, event.place, holder, language=desk.language_of(citizen))
        return None
    words = [as_message(desk, event, citizen, None)]
    return admit(desk, citizen, holder, words, RoutedBy.EARLIER, follows=ticket.number, post=_post_of(event))


def _post_of(event: MessageReceived | CommentReceived) -> str:
    return event.post if isinstance(event, CommentReceived) else ""


def append_words(desk: Desk, event: MessageReceived | CommentReceived, citizen: Citizen, ticket: Ticket) -> Ticket:
    """Add words to a ticket; they may begin a new wait, or open it again."""
    message = as_message(desk, event, citizen, ticket.number)
    desk.keep_message(message)
    confirmation = confirm(desk, citizen.id, ticket, event.place, since=message.id)
    said = go_on(desk, citizen, ticket, [message], confirmation=confirmation)
    offer_to_take_back(desk, event, citizen, said)
    return said


def append_words_waiting(desk: Desk, citizen: Citizen, ticket: Ticket, words: Sequence[TicketMessage]) -> None:
    """Add words that waited for the choice of the institution to the ticket that is open there, and say so."""
    desk.assign(citizen.id, ticket.number)
    place = words[0].place
    show_ticket(desk, citizen.id, place, ticket, is_confirmed=True)
    told = confirmation(desk, desk.citizen_by_id(citizen.id), ticket, place, since=words[0].id)
    go_on(desk, citizen, ticket, words, confirmation=told)


def go_on(
    desk: Desk,
    citizen: Citizen,
    ticket: Ticket,
    words: Sequence[TicketMessage],
    *,
    is_told: bool = True,
    confirmation: Confirmation | None = None,
) -> Ticket:
    """Go on with a ticket after further words, stored already; without `is_told` the caller tells the citizen.

    A `confirmation` is told in any case, together with what else there is to say.
    """
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
        reply_to=_latest_comment(ticket, last),
        link=(last.link if last.place == ticket.place else "") or ticket.link,
    )
    if ticket.is_ended:
        said = replace(said, state=TicketState.OPEN, closed_at=None, duplicate_of=None, reopened=ticket.reopened + 1)
        desk.note_event(ticket, TicketEventKind.REOPENED)
    institution = desk.institution(ticket.institution)
    if institution is not None:
        said = with_topic(desk, said, words, institution)
    if ticket.waiting_since is None:
        since = waits_since(desk, ticket, first.said_at)
        if since < first.said_at and ticket.closed_at != ticket.left_at:
            desk.note_event(ticket, TicketEventKind.PRESS_VOIDED)
        said = desk.keep_ticket(begin_wait(desk, said, since, goes_on=since < first.said_at))
        if is_told:
            acknowledge(desk, said, citizen, "ticket-goes-on", confirmation=confirmation)
            show_ticket(desk, citizen.id, confirmation.place if confirmation is not None else ticket.place, said)
            confirmation = None
        refresh_card(desk, said)
    if confirmation is not None:
        desk.send(confirmation.place, OutboxKind.NOTICE, confirmation.text, buttons=confirmation.buttons, ticket=said)
    said = desk.keep_ticket(said)
    call_duty(desk, said, words)
    if is_shown(desk, said):
        said = show_words(desk, said, words, after=ticket.last_citizen_at)
    elif not is_coming(desk, said) or (not said.thread_shows and is_urgent):
        _show_whole(desk, said, last)
    return said


def _latest_comment(ticket: Ticket, said: TicketMessage) -> str:
    """Return under which comment an answer goes; words that were said elsewhere do not change it."""
    if not ticket.place.is_comments:
        return ""
    return said.message_id if said.message_id and said.place == ticket.place else ticket.reply_to


def _show_whole(desk: Desk, ticket: Ticket, last: TicketMessage) -> None:
    """Let the next batch, which loads everything said so far, show a ticket that its work chat does not know."""
    desk.keep_ticket(replace(ticket, card=None, work_place=None, work_thread="", thread_shows=""))
    if desk.work_chat(ticket.institution) is not None:
        key = f"bound:{ticket.institution}:words:{last.id}"
        desk.do_aside(WorkChatBound(institution=ticket.institution), key=key)


def admit(
    desk: Desk,
    citizen: Citizen,
    institution: Institution,
    words: Sequence[TicketMessage],
    routed_by: RoutedBy,
    *,
    follows: int | None = None,
    post: str = "",
) -> Ticket | None:
    """Open a ticket, unless its writer is silenced here (None), or has opened as many as an hour allows.

    Then the words go to their open ticket of the same institution, or are put off (None). Emergencies always pass.
    """
    is_urgent = is_emergency(desk, words)
    if not is_urgent and is_silenced(desk, citizen, institution):
        keep_silenced(desk, institution, words, routed_by)
        return None
    until = None if is_urgent else free_at(desk, citizen, words[0].said_at)
    if until is None:
        return open_ticket(desk, citizen, institution, words, routed_by, follows=follows, post=post)
    ticket = open_one(desk, citizen, institution, words)
    if ticket is None:
        put_off(desk, citizen, institution, words, routed_by, until=until)
        return None
    if words[0] in desk.pending(citizen.id):
        desk.assign(citizen.id, ticket.number)
    else:
        words = [replace(message, ticket=ticket.number) for message in words]
        for message in words:
            desk.keep_message(message)
    place = words[0].place
    told = None if place.is_comments else confirmation(desk, citizen, ticket, place, since=words[0].id)
    return go_on(desk, citizen, ticket, words, confirmation=told)


def open_ticket(
    desk: Desk,
    citizen: Citizen,
    institution: Institution,
    words: Sequence[TicketMessage],
    routed_by: RoutedBy,
    *,
    follows: int | None = None,
    kept: Sequence[SetAside] = (),
    post: str = "",
) -> Ticket:
    """Open a ticket with its first words, stored here or waiting already; tells the citizen and the work chat.

    `follows` is the number of the ended ticket whose words they answer; `kept` are the words themselves, where they
    were kept until now; `post` is what stands above their comment.
    """
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
        accepted_at=desk.now,
        language=language_of_words(desk, first.text) or citizen.language,
        topic=topic,
        topic_confidence=confidence or None,
        is_urgent=any(find_emergency(desk, message.text) for message in words),
        follows=follows,
        post=post_begins(post),
        put_off_until=desk.now if kept else None,
    )
    desk.note_event(ticket, TicketEventKind.OPENED, detail=institution.code)
    ticket = desk.keep_ticket(with_next_ring(desk, _with_the_wait_of_spam(desk, citizen, ticket)))
    have_waited = first in desk.pending(citizen.id)
    for message in words:
        desk.link_said(ticket, message)
        if message.ticket is not None:
            desk.move_message(replace(message, ticket=ticket.number))
        elif not have_waited and not kept:
            desk.keep_message(replace(message, ticket=ticket.number))
    if have_waited:
        desk.assign(citizen.id, ticket.number)
    desk.take_up(citizen.id, kept, ticket.number)
    _remember(desk, ticket, citizen)
    incident = incident_for(desk, ticket, "\n".join(message.text for message in words))
    if incident is not None:
        # Its message in the work chat stands for the card.
        ticket = join_incident(desk, replace(ticket, first_words=first_words(first.text)), incident)
    acknowledge(desk, ticket, citizen, "ticket-accepted", known=incident.answer if incident is not None else "")
    show_ticket(desk, citizen.id, ticket.place, ticket)
    if incident is None:
        ask_topic(desk, ticket, citizen)
        ticket = show_card(desk, ticket, words)
    call_duty(desk, ticket, words)
    return ticket


def _with_the_wait_of_spam(desk: Desk, citizen: Citizen, ticket: Ticket) -> Ticket:
    """Return a new ticket with the wait that «spam» had ended lately: whoever writes again has waited since then."""
    for other in desk.tickets_of(citizen):
        is_same = other.place == ticket.place and ticket.institution in (other.institution, other.came_to)
        if not is_same or other.state is not TicketState.SPAM or other.left_since is None:
            continue
        since = other.left_since
        if other.left_at is None or ticket.opened_at - other.left_at > desk.policy_of(other).reopen_within:
            continue
        desk.note_event(ticket, TicketEventKind.TOOK_OVER, detail=str(other.number), at=since)
        desk.note_event(other, TicketEventKind.TAKEN_OVER, detail=str(ticket.number))
        deadline = due_of(desk, other)(since)
        desk.keep_ticket(replace(other, left_since=None, left_at=None))
        return replace(ticket, waiting_since=since, first_deadline_at=deadline, deadline_at=deadline)
    return ticket


def _remember(desk: Desk, ticket: Ticket, citizen: Citizen) -> None:
    """Keep whom a citizen wrote to, where they must say it; in a community of one institution nobody asks them."""
    citizen = desk.citizen_by_id(citizen.id)
    if desk.registry.institution_of(ticket.place) is None and citizen.recent[:1] != (ticket.institution,):
        earlier = [code for code in citizen.recent if code != ticket.institution]
        desk.keep_citizen(replace(citizen, recent=(ticket.institution, *earlier)[:_RECENT]))
