"""A mass event: many tickets on one matter, one message in the work chat, one answer for all.

Its tickets have no cards of their own, but stay tickets: each has its number, its times and its answer. Whoever writes
once more, or whose words speak of an emergency, is shown on a card like anybody else.
"""

import re
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.incident import Incident, Members
from bot.domain.matter import matter_of, speaks_of
from bot.domain.message import Button
from bot.domain.own_event import IncidentGrown, WorkChatBound
from bot.domain.ticket import Ticket, TicketEventKind
from handlers.buttons import Press
from handlers.desk import Desk
from handlers.lost import supervisors_of
from handlers.urgent import find_emergency
from storage.outbox_row import OutboxKind

SIGN = "📢"
"""With this the words about a mass event begin in every language: by it replies to them are known."""
_NUMBER = re.compile(rf"{SIGN}[^\n№]*№\s?(\d{{1,9}})\b")
_TOLD_EVERY = timedelta(seconds=20)
"""The message is edited at most this often: a group takes twenty messages and edits a minute."""


def incident_in(text: str) -> int | None:
    """Return the number of the mass event that our own words are about."""
    found = _NUMBER.match(text)
    return int(found.group(1)) if found else None


def open_incident(desk: Desk, institution: str, matter: str, administrator: int | None) -> Incident:
    """Open a mass event; the waiting tickets of the institution that speak of the matter join it."""
    incident = Incident(
        number=desk.next_incident_number(),
        institution=institution,
        matter=matter,
        opened_at=desk.now,
        opened_by=administrator,
    )
    desk.keep_incident(incident)
    words = matter_of(matter)
    joining = [
        ticket
        for ticket in desk.waiting_in(institution)
        if ticket.incident is None and ticket.taken_by is None and speaks_of(words, ticket.first_words)
    ]
    for ticket in joining:
        _join(desk, ticket, incident)
    shown = _show(desk, incident, Members(all=len(joining), waiting=len(joining)))
    _tell_supervisors(desk, shown, "incident-opened", count=len(joining))
    return shown


def incident_for(desk: Desk, ticket: Ticket, text: str) -> Incident | None:
    """Return the mass event that a new ticket belongs to by its words; emergencies belong to none."""
    for incident in desk.incidents_of(ticket.institution):
        if speaks_of(matter_of(incident.matter), text) and find_emergency(desk, text) is None:
            return incident
    return None


def join_incident(desk: Desk, ticket: Ticket, incident: Incident) -> Ticket:
    """Let a ticket belong to a mass event instead of having a card."""
    joined = _join(desk, ticket, incident)
    # Whatever comes within the same stretch shares one edit.
    stretch = int(desk.now.timestamp() // _TOLD_EVERY.total_seconds())
    due = datetime.fromtimestamp((stretch + 1) * _TOLD_EVERY.total_seconds(), desk.now.tzinfo)
    key = f"incident:{incident.number}:{stretch}"
    desk.do_aside(IncidentGrown(incident=incident.number), key=key, not_before=due)
    return joined


def is_gathered(desk: Desk, ticket: Ticket) -> bool:
    """Tell whether a ticket is shown only by its mass event, which goes on."""
    return ticket.incident is not None and ticket.card is None and desk.incident(ticket.incident) is not None


def incident_grown(event: IncidentGrown, desk: Desk) -> None:
    """Bring the numbers on the message up to date."""
    incident = desk.incident(event.incident)
    if incident is not None:
        refresh_incident(desk, incident, desk.count_members(incident.number))


def refresh_incident(desk: Desk, incident: Incident, members: Members) -> None:
    """Show the present state of a mass event on its message."""
    chat = desk.work_chat(incident.institution)
    if chat is not None and incident.card is not None:
        words = incident_words(desk, incident, members)
        desk.edit(chat.place, OutboxKind.CARD_EDIT, words, buttons=incident_buttons(desk, incident), row=incident.card)


def close_incident(desk: Desk, incident: Incident) -> Incident:
    """End a mass event; who still waits is shown on a card of their own."""
    members = desk.count_members(incident.number)
    closed = desk.keep_incident(replace(incident, closed_at=desk.now, draft="", drafted_by=None))
    refresh_incident(desk, closed, members)
    key = f"bound:{closed.institution}:incident:{closed.number}"
    desk.do_aside(WorkChatBound(institution=closed.institution), key=key)
    _tell_supervisors(desk, closed, "incident-closed", count=members.all)
    return closed


def incident_words(desk: Desk, incident: Incident, members: Members) -> str:
    """Return what the message of a mass event says."""
    language = desk.rules.language
    institution = desk.institution(incident.institution)
    lines = [
        desk.say(language, "incident-head", number=incident.number, matter=incident.matter),
        institution.title if institution is not None else incident.institution,
        "",
        desk.say(language, "incident-numbers", count=members.all, waiting=members.waiting),
    ]
    if incident.answer:
        lines += ["", desk.say(language, "incident-answer", words=incident.answer)]
    lines += ["", desk.say(language, "incident-ended" if incident.closed_at else "incident-hint")]
    return "\n".join(lines)


def incident_buttons(desk: Desk, incident: Incident) -> list[list[Button]]:
    """Return the buttons under the message: none once it has ended."""
    if incident.closed_at is not None:
        return []
    return [
        [
            Button(
                text=desk.say(desk.rules.language, f"button-incident-{action}"),
                action=Press.INCIDENT.of(incident.number, action),
            )
            for action in ("list", "close")
        ]
    ]


def _join(desk: Desk, ticket: Ticket, incident: Incident) -> Ticket:
    joined = desk.keep_ticket(replace(ticket, incident=incident.number))
    desk.note_event(joined, TicketEventKind.INCIDENT_JOINED, detail=str(incident.number))
    return joined


def _show(desk: Desk, incident: Incident, members: Members) -> Incident:
    chat = desk.work_chat(incident.institution)
    if chat is None:
        return incident
    words = incident_words(desk, incident, members)
    card = desk.send(chat.place, OutboxKind.CARD, words, buttons=incident_buttons(desk, incident))
    return desk.keep_incident(replace(incident, card=card))


def _tell_supervisors(desk: Desk, incident: Incident, key: str, *, count: int) -> None:
    institution = desk.institution(incident.institution)
    if institution is None:
        return
    text = desk.say(
        desk.rules.language,
        key,
        number=incident.number,
        institution=institution.title,
        matter=incident.matter,
        count=count,
    )
    for supervisor in supervisors_of(desk, institution):
        desk.send(supervisor.place, OutboxKind.REMINDER, text)


def remind_of_incident(desk: Desk, ticket: Ticket, incident: Incident) -> None:
    """Remind the work chat of a whole mass event when its first ticket is late; the others ring silently."""
    chat = desk.work_chat(incident.institution)
    if incident.reminded_at is None and chat is not None:
        reminded = desk.keep_incident(replace(incident, reminded_at=desk.now))
        desk.send(chat.place, OutboxKind.REMINDER, _late_words(desk, ticket, reminded), refers_to=incident.card)


def escalate_incident(desk: Desk, ticket: Ticket, incident: Incident) -> None:
    """Tell the supervisors once of a whole mass event that goes on unanswered."""
    institution = desk.institution(incident.institution)
    if incident.escalated_at is None and institution is not None:
        escalated = desk.keep_incident(replace(incident, escalated_at=desk.now))
        text = f"{institution.title}\n{_late_words(desk, ticket, escalated)}"
        for supervisor in supervisors_of(desk, institution):
            desk.send(supervisor.place, OutboxKind.REMINDER, text)


def _late_words(desk: Desk, ticket: Ticket, incident: Incident) -> str:
    language = desk.rules.language
    waits = desk.how_long(language, ticket.waiting_since or desk.now)
    return desk.say(language, "incident-late", number=incident.number, matter=incident.matter, waits=waits)
