"""Words of emergency reach whoever must hear of them, at once, also at night: chats, supervisors, other holders."""

from collections.abc import Iterable

from bot.domain.event import MessageEdited, MessageReceived
from bot.domain.institution import Institution, ScopeKind, Supervisor
from bot.domain.own_event import EmergencyHeard
from bot.domain.ticket import RoutedBy, Ticket, TicketMessage
from bot.safety.emergency import Emergency
from handlers.card import follow_up_words, tell_work_chat
from handlers.desk import Desk
from handlers.lost import supervisors_of
from handlers.meant import is_open
from handlers.urgent import find_emergency
from storage.outbox_row import OutboxKind

_NEAREST = (
    {ScopeKind.INSTITUTION},
    {ScopeKind.MUNICIPALITY, ScopeKind.BRANCH},
    {ScopeKind.REGION},
)
_CONCERNS_ALL = {Emergency.FIRE, Emergency.GAS, Emergency.EXPLOSION, Emergency.MISSING_CHILD}
"""Of these everybody hears who holds a ticket of the person; of illness, violence and suicide nobody else."""


def call_duty(desk: Desk, ticket: Ticket, words: Iterable[TicketMessage]) -> None:
    """Let everybody be told once of each kind of emergency that a ticket speaks of.

    The institution in whose community the words were said reads them as well when another one holds the ticket.
    """
    for message in words:
        found = find_emergency(desk, message.text)
        if found is None:
            continue
        own = _asked(desk, ticket, message)
        also = own.code if own is not None and own.code != ticket.institution else ""
        event = EmergencyHeard(ticket=ticket.number, emergency=found.value, also=also)
        desk.do_aside(event, key=f"emergency:{ticket.number}:{found.value}" + (f":{also}" if also else ""))
        if own is not None and also:
            _show_to_own(desk, ticket, own, message, found)


def emergency_heard(event: EmergencyHeard, desk: Desk) -> None:
    """Tell number, institutions and kind; the citizen's words stay in the work chats that have them."""
    ticket = desk.ticket(event.ticket)
    if ticket is None:
        return
    also = desk.institution(event.also) if event.also else None
    reading = [desk.holder(ticket), *([also] if also is not None else [])]
    language = desk.rules.language
    is_read = any(desk.work_chat(each.code) is not None for each in reading)
    text = desk.say(
        language,
        "duty-alert" if is_read else "duty-alert-without-chat",
        number=ticket.number,
        institution=", ".join(each.title for each in reading),
        kind=desk.say(language, f"emergency-kind-{event.emergency}"),
    )
    told = {person.place: person for each in reading for person in _nearest(supervisors_of(desk, each))}
    for supervisor in told.values():
        desk.send(supervisor.place, OutboxKind.NOTICE, text)
    if event.emergency in _CONCERNS_ALL:
        _tell_other_holders(desk, ticket, reading, event.emergency)


def tell_of_draft(desk: Desk, event: MessageReceived | MessageEdited, before: Iterable[str]) -> None:
    """Tell the region's supervisors the kind of an emergency in words that no institution has yet.

    `before` are the words of this person that wait already: each kind is told once.
    """
    found = find_emergency(desk, event.text)
    if (
        found is None
        or (event.place.lane, event.message_id) in desk.released
        or any(find_emergency(desk, text) is found for text in before)
    ):
        return
    language = desk.rules.language
    text = desk.say(language, "duty-alert-draft", kind=desk.say(language, f"emergency-kind-{found.value}"))
    people = [person for known in desk.registry.supervisors.values() for person in known]
    for place in dict.fromkeys(each.place for each in people if each.scope.kind is ScopeKind.REGION):
        desk.send(place, OutboxKind.NOTICE, text)


def _asked(desk: Desk, ticket: Ticket, message: TicketMessage) -> Institution | None:
    """Return the institution in whose community or channel words were said, None in a bot of many institutions."""
    own = desk.registry.institution_of(message.place)
    if own is None and ticket.routed_by is RoutedBy.COMMUNITY and message.place == ticket.place:
        return desk.institution(ticket.came_to or ticket.institution)
    return own


def _show_to_own(desk: Desk, ticket: Ticket, own: Institution, message: TicketMessage, found: Emergency) -> None:
    """Show the words in the work chat of the community's own institution, beside those of the ticket's holder."""
    chat, holder = desk.work_chat(own.code), desk.work_chat(ticket.institution)
    if chat is None or (holder is not None and holder.place == chat.place):
        return
    language = desk.rules.language
    words, carried = follow_up_words(desk, ticket, message)
    head = desk.say(
        language,
        "emergency-also",
        number=ticket.number,
        institution=_with_phone(desk.holder(ticket)),
        kind=desk.say(language, f"emergency-kind-{found.value}"),
    )
    desk.send(
        chat.place,
        OutboxKind.FOLLOW_UP,
        f"{head}\n\n{words}",
        attachments=carried,
        ticket=ticket,
        is_urgent=True,
    )


def _tell_other_holders(desk: Desk, ticket: Ticket, reading: list[Institution], emergency: str) -> None:
    """Tell whoever else holds an open ticket of the person the kind and who has the words, one line each."""
    chats = {chat.place for each in reading if (chat := desk.work_chat(each.code)) is not None}
    language = desk.rules.language
    for other in desk.tickets_of(desk.citizen_by_id(ticket.citizen)):
        chat = desk.work_chat(other.institution)
        if chat is None or chat.place in chats or other.number == ticket.number or not is_open(desk, other):
            continue
        chats.add(chat.place)
        text = desk.say(
            language,
            "emergency-elsewhere",
            number=other.number,
            kind=desk.say(language, f"emergency-kind-{emergency}"),
            institution="; ".join(_with_phone(each) for each in reading),
        )
        tell_work_chat(desk, other, text)


def _with_phone(institution: Institution) -> str:
    return f"{institution.title}, {institution.phone}" if institution.phone else institution.title


def _nearest(people: list[Supervisor]) -> list[Supervisor]:
    for kinds in _NEAREST:
        found = [person for person in people if person.scope.kind in kinds]
        if found:
            return found
    return []
