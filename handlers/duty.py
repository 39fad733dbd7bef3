"""Words of emergency reach whoever is on duty: the supervisors nearest to the institution, at once, also at night."""

from collections.abc import Iterable

from bot.domain.institution import ScopeKind, Supervisor
from bot.domain.own_event import EmergencyHeard
from bot.domain.ticket import Ticket, TicketMessage
from handlers.desk import Desk
from handlers.lost import supervisors_of
from handlers.urgent import find_emergency
from storage.outbox_row import OutboxKind

_NEAREST = (
    {ScopeKind.INSTITUTION},
    {ScopeKind.MUNICIPALITY, ScopeKind.BRANCH},
    {ScopeKind.REGION},
)


def call_duty(desk: Desk, ticket: Ticket, words: Iterable[TicketMessage]) -> None:
    """Let the duty person be told once of each kind of emergency that a ticket speaks of."""
    for message in words:
        found = find_emergency(desk, message.text)
        if found is not None:
            event = EmergencyHeard(ticket=ticket.number, emergency=found.value)
            desk.do_aside(event, key=f"emergency:{ticket.number}:{found.value}")


def emergency_heard(event: EmergencyHeard, desk: Desk) -> None:
    """Tell number, institution and kind; the citizen's words stay in the work chat."""
    ticket = desk.ticket(event.ticket)
    if ticket is None:
        return
    institution = desk.holder(ticket)
    language = desk.rules.language
    key = "duty-alert" if desk.work_chat(institution.code) is not None else "duty-alert-without-chat"
    text = desk.say(
        language,
        key,
        number=ticket.number,
        institution=institution.title,
        kind=desk.say(language, f"emergency-kind-{event.emergency}"),
    )
    for supervisor in _nearest(supervisors_of(desk, institution)):
        desk.send(supervisor.place, OutboxKind.NOTICE, text)


def _nearest(people: list[Supervisor]) -> list[Supervisor]:
    for kinds in _NEAREST:
        found = [person for person in people if person.scope.kind in kinds]
        if found:
            return found
    return []
