"""What citizens are promised: the number of their message, until when it is answered or solved, when work begins."""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.citizen import Citizen
from bot.domain.institution import Institution
from bot.domain.message import Button
from bot.domain.ticket import Ticket, TicketOrigin
from handlers.desk import Desk
from handlers.meant import Confirmation
from handlers.withdrawing import acceptance_buttons
from storage.outbox_row import OutboxKind

_HOUR = timedelta(hours=1)
_IN_PUBLIC_AN_HOUR = 3


def acknowledge(
    desk: Desk,
    ticket: Ticket,
    citizen: Citizen,
    key: str,
    *,
    known: str = "",
    confirmation: Confirmation | None = None,
) -> None:
    """Say the number and the due time; of a mass event also what is known already (`known`): no answer by a person.

    A `confirmation` of where the words go stands above it.
    """
    institution = desk.institution(ticket.institution)
    if institution is None or ticket.deadline_at is None:
        return
    language = desk.language_of(citizen)
    if ticket.origin is TicketOrigin.COMMENT:
        if key != "ticket-accepted" or not _may_speak_in_public(desk, ticket, citizen):
            return
        key, language = "comment-accepted", ticket.language or language
    kind = "incident-accepted" if known else key
    head = desk.say(language, kind, number=ticket.number, institution=institution.title, words=known)
    text = f"{head}{_promise(desk, language, ticket, institution)}"
    if ticket.origin is not TicketOrigin.COMMENT and not desk.is_greeted(citizen):
        text = f"{text}\n{desk.say(language, 'essentials')}"
        desk.note_greeted(citizen)
    if confirmation is not None:
        text = f"{confirmation.text}\n\n{text}"
    desk.send(
        confirmation.place if confirmation is not None else ticket.place,
        OutboxKind.NOTICE,
        text,
        buttons=_buttons(desk, ticket, language, key, confirmation),
        ticket=ticket,
        reply_to=ticket.reply_to,
    )


def _buttons(
    desk: Desk, ticket: Ticket, language: str, key: str, confirmation: Confirmation | None
) -> Sequence[Sequence[Button]]:
    if confirmation is not None:
        return confirmation.buttons
    return acceptance_buttons(desk, ticket, language) if key == "ticket-accepted" else []


def _promise(desk: Desk, language: str, ticket: Ticket, institution: Institution) -> str:
    """Return until when an answer comes, and out of hours, on a line of its own, when they open."""
    zone = desk.zone(institution)
    if ticket.deadline_at is None or ticket.deadline_at <= desk.now:
        # Words that reached us days later: a moment that has passed is promised to nobody.
        return f" {desk.say(language, 'promise-late')}"
    by = desk.by(language, ticket.deadline_at, zone)
    opening = desk.next_opening(institution)
    if desk.now < opening < ticket.deadline_at:
        opens = desk.at(language, opening, zone)
        return f"\n{desk.say(language, 'promise-closed', opens=opens, by=by)}"
    return f" {desk.say(language, 'promise', by=by)}"


def _may_speak_in_public(desk: Desk, ticket: Ticket, citizen: Citizen) -> bool:
    """Tell whether an acceptance may stand under a post: once a person and post, three times an hour a person."""
    others = [each for each in desk.tickets_of(citizen) if each.number != ticket.number]
    if desk.has_commented(citizen.id, ticket.place) or any(each.place == ticket.place for each in others):
        return False
    lately = {
        each.place
        for each in others
        if each.origin is TicketOrigin.COMMENT and ticket.opened_at - each.opened_at < _HOUR
    }
    return len(lately) < _IN_PUBLIC_AN_HOUR


def promise_of_final(desk: Desk, ticket: Ticket) -> str:
    """Return what a citizen reads of the answer that is still to come."""
    language = desk.language_of(desk.citizen_by_id(ticket.citizen))
    due = ticket.resolve_by_at
    if due is None or due <= desk.now:
        return desk.say(language, "interim-promise-open", number=ticket.number)
    by = desk.by(language, due, desk.zone(desk.holder(ticket)))
    return desk.say(language, "interim-promise", number=ticket.number, by=by)
