"""A ticket is given to another institution: who may get it, and what changes when they do."""

from dataclasses import replace

from bot.domain.event import MessageReceived
from bot.domain.institution import Institution
from bot.domain.own_event import TicketInherited
from bot.domain.quotation import quoted
from bot.domain.ticket import (
    Author,
    DeliveryState,
    MessageKind,
    Ticket,
    TicketEventKind,
    TicketMessage,
    TicketOrigin,
)
from bot.safety.masks import mask
from handlers.card import is_shown, show_card
from handlers.desk import Desk
from handlers.legal import is_closed
from handlers.rings import with_next_ring
from handlers.succession import today
from handlers.thread_title import LONGEST_TITLE
from handlers.urgent import flag_lines
from storage.outbox_row import OutboxKind

MOVED_ICON = "📁"
TARGETS_SHOWN = 5
"""Together with the button that takes it back they fill VK's six rows."""


def targets(desk: Desk, ticket: Ticket) -> list[Institution]:
    """Return to whom a ticket is likely to go: parent, recent targets, those of the same name; only where one answers.

    After the most transfers that are allowed it is the parent alone, or nobody.
    """
    holder = desk.holder(ticket)
    parent = answering_parent(desk, holder)
    parent = parent if parent is not None and can_get(desk, ticket, parent) else None
    found = {parent.code: parent} if parent is not None else {}
    if not is_at_limit(desk, ticket):
        recent = [desk.institution(code) for code in desk.given_by(holder.code)]
        same_name = [offer.institution for offer in desk.search.find(holder.title) if offer.institution != holder]
        namesakes = [other for other in same_name if other.title == holder.title]
        for known in (*recent, *namesakes):
            if known is not None and can_get(desk, ticket, known):
                found.setdefault(known.code, known)
    return list(found.values())[:TARGETS_SHOWN]


def is_at_limit(desk: Desk, ticket: Ticket) -> bool:
    """Tell whether a ticket has wandered so often that only the parent may get it."""
    return ticket.transfers >= desk.rules.most_transfers


def can_get(desk: Desk, ticket: Ticket, target: Institution) -> bool:
    """Tell whether somebody there would see the ticket and may answer it, and it is not there already."""
    is_elsewhere = target.code != ticket.institution
    return is_elsewhere and desk.work_chat(target.code) is not None and not is_closed(desk, ticket.place, target)


def answering_parent(desk: Desk, institution: Institution) -> Institution | None:
    """Return the nearest institution above this one that has a work chat."""
    seen = {institution.code}
    while (above := desk.institution(institution.parent)) is not None and above.code not in seen:
        if desk.work_chat(above.code) is not None:
            return above
        seen.add(above.code)
        institution = above
    return None


def transfer(
    desk: Desk,
    ticket: Ticket,
    target: Institution,
    *,
    administrator: int | None,
    reason: MessageReceived | None = None,
    why: str = "",
) -> Ticket:
    """Give a ticket to another institution. The clock runs on; the new work chat reads everything said so far.

    `administrator` is None when the citizen says that it went to the wrong place, or the institution has ended.
    `reason` is the message in which an administrator wrote `why`, a note for the new work chat.
    """
    _close_card(desk, ticket, target, administrator)
    desk.note_event(ticket, TicketEventKind.TRANSFERRED, administrator, detail=target.code)
    if reason is not None and why:
        desk.keep_message(_note(desk, ticket, reason, why))
    for answer in desk.answers(ticket.number):
        if answer.delivery is DeliveryState.HELD:  # who was asked about it no longer has the ticket
            desk.keep_answer(replace(answer, delivery=DeliveryState.DROPPED))
    came_to = ticket.came_to or ticket.institution
    given = replace(
        ticket,
        institution=target.code,
        came_to=came_to if came_to != target.code else "",
        transfers=ticket.transfers + 1,
        given_at=desk.now,
        taken_by=None,
        taken_at=None,
        card=None,
        work_place=None,
        work_thread="",
        thread_shows="",
    )
    # The new holder hears of what is still ahead, in its own working time.
    given = desk.keep_ticket(with_next_ring(desk, given))
    shown = show_card(desk, given, desk.time_line(ticket.number))
    _tell_citizen(desk, shown, target)
    return shown


def ticket_inherited(event: TicketInherited, desk: Desk) -> None:
    """Give an open ticket of an institution that has ended to its successor."""
    ticket, target = desk.ticket(event.ticket), desk.institution(event.successor)
    if ticket is not None and target is not None and ticket.institution == event.holder and not ticket.is_ended:
        transfer(desk, ticket, target, administrator=None)


def _close_card(desk: Desk, ticket: Ticket, target: Institution, administrator: int | None) -> None:
    if ticket.work_place is None or ticket.card is None or not is_shown(desk, ticket):
        return
    language = desk.rules.language
    holder = desk.holder(ticket)
    lines = [
        desk.say(language, "card-head", number=ticket.number, institution=holder.title),
        desk.say(
            language,
            _moved_key(desk, holder, administrator),
            at=desk.shortly(language, desk.now, desk.zone(holder)),
            institution=target.title,
            name=desk.administrator_name(administrator),
        ),
        # What speaks of an emergency is never taken back from a chat.
        *(flag_lines(desk, ticket.first_words) if ticket.is_urgent else ()),
        "",
        quoted(ticket.first_words if ticket.is_urgent else mask(ticket.first_words))
        or desk.say(language, "card-no-words"),
    ]
    desk.edit(ticket.work_place, OutboxKind.CARD_EDIT, "\n".join(lines), buttons=(), row=ticket.card)
    if ticket.work_thread:
        title = desk.say(language, "topic-moved", number=ticket.number, institution=target.title)
        desk.edit_topic(
            ticket.work_place, title[:LONGEST_TITLE], icon=MOVED_ICON, thread=ticket.work_thread, ticket=ticket
        )


def _moved_key(desk: Desk, holder: Institution, administrator: int | None) -> str:
    if administrator is not None:
        return "card-moved"
    return "card-inherited" if holder.is_closed(today(desk)) else "card-moved-by-citizen"


def _note(desk: Desk, ticket: Ticket, reason: MessageReceived, why: str) -> TicketMessage:
    return TicketMessage(
        id=desk.next_message_id(),
        ticket=ticket.number,
        citizen=None,
        kind=MessageKind.NOTE,
        author=Author.ADMINISTRATOR,
        administrator=desk.administrator(reason.sender, ticket.institution).id,
        text=why,
        place=reason.place,
        message_id=reason.message_id,
        said_at=reason.sent_at,
        received_at=desk.now,
    )


def _tell_citizen(desk: Desk, ticket: Ticket, target: Institution) -> None:
    """Tell the citizen once. Under a post nothing is said: the answer there names who answers."""
    if ticket.origin is TicketOrigin.COMMENT:
        return
    language = desk.language_of(desk.citizen_by_id(ticket.citizen))
    if ticket.deadline_at is not None and ticket.deadline_at > desk.now:
        by = desk.by(language, ticket.deadline_at, desk.zone(target))
        text = desk.say(language, "ticket-transferred", number=ticket.number, institution=target.title, by=by)
    else:
        text = desk.say(language, "ticket-transferred-late", number=ticket.number, institution=target.title)
    desk.send(ticket.place, OutboxKind.NOTICE, text, ticket=ticket)
