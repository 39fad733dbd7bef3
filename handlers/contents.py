"""The table of contents: which handler an event goes to, and what it needs on the desk."""

from collections.abc import Callable
from typing import Any

from bot.domain.errors import RefusalReason
from bot.domain.event import (
    AbsenceDue,
    AnsweredElsewhere,
    ButtonPressed,
    CardsDue,
    ChatJoined,
    ChatKind,
    ChatLeft,
    ChatMigrated,
    CommentReceived,
    DeadlineDue,
    Delivered,
    DeliveryFailed,
    EmergencyHeard,
    Event,
    FloodCalmed,
    HeldDue,
    IncidentAnswered,
    IncidentGrown,
    IncidentSuspected,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    PersonErased,
    ReactionChanged,
    ReactionsCounted,
    TopicMade,
    WorkChatBound,
    WritingAllowed,
)
from bot.domain.message import Person
from bot.domain.ticket import Ring
from handlers.absence import absence_due, absent_codes, deputies
from handlers.administrator_reply import number_in
from handlers.albums import album_key, in_whole, may_be_album
from handlers.answered_elsewhere import answered_elsewhere
from handlers.cards_due import cards_due
from handlers.chat_joined import chat_joined, chat_left, chat_migrated, work_chat_bound
from handlers.citizen_comment import citizen_comment
from handlers.consent import CONSENT
from handlers.deadline_due import deadline_due
from handlers.delivered import delivered
from handlers.delivery_failed import delivery_failed
from handlers.desk import Desk
from handlers.duty import emergency_heard
from handlers.erasing import ERASING, person_erased
from handlers.flood import flood_calmed
from handlers.held import held_due
from handlers.incident import incident_grown, incident_in
from handlers.incident_work import incident_answered, incident_suspected
from handlers.message_edited import message_deleted, message_edited
from handlers.reacted import is_of_words, post_key, reaction_changed, reactions_counted
from handlers.reception import button_pressed, message_received, read_command
from handlers.ticket_topic import topic_made
from handlers.topic_title import refresh_topics
from handlers.transfer_choice import first_word, number_asked_about
from handlers.writing_allowed import writing_allowed
from storage.invites import normalise_code
from storage.outbox import OutboxKind, link_key
from storage.registry import Registry
from storage.rows import identity, transfer_key
from storage.working_set import Needs

HANDLERS: dict[type[Event], Callable[[Any, Desk], None]] = {
    MessageReceived: message_received,
    CommentReceived: citizen_comment,
    AnsweredElsewhere: answered_elsewhere,
    MessageEdited: message_edited,
    MessageDeleted: message_deleted,
    ReactionChanged: reaction_changed,
    ReactionsCounted: reactions_counted,
    WritingAllowed: writing_allowed,
    ButtonPressed: button_pressed,
    ChatJoined: chat_joined,
    ChatLeft: chat_left,
    ChatMigrated: chat_migrated,
    TopicMade: topic_made,
    CardsDue: cards_due,
    HeldDue: held_due,
    AbsenceDue: absence_due,
    EmergencyHeard: emergency_heard,
    FloodCalmed: flood_calmed,
    PersonErased: person_erased,
    IncidentAnswered: incident_answered,
    IncidentGrown: incident_grown,
    IncidentSuspected: incident_suspected,
    WorkChatBound: work_chat_bound,
    Delivered: delivered,
    DeliveryFailed: delivery_failed,
    DeadlineDue: deadline_due,
}
"""`ReportDue` is not here: it takes long and is done aside from the desk (`bot.delivery.reporter`)."""


def handle(event: Event, desk: Desk) -> None:
    """Let the event's handler change the desk."""
    for each in in_whole(event, desk):
        if isinstance(each, MessageReceived | ButtonPressed) and (each.thread or each.place.is_group):
            desk.stands_in(each.place, each.message_id, each.thread)
        HANDLERS[type(each)](each, desk)
    refresh_topics(desk)


def needs_of(event: Event, registry: Registry) -> Needs:
    """Return what the event's handler will look for."""
    needs = _needs_of(event, registry)
    if registry.absences:
        needs.colleagues |= absent_codes(registry.absences.values())
    return needs


def _needs_of(event: Event, registry: Registry) -> Needs:
    match event:
        case AbsenceDue():
            away = {event.administrator} if event.administrator is not None else set()
            named = deputies(registry.absences.values())
            return Needs(colleagues={event.institution}, in_hands=away, administrators=named)
        case MessageReceived():
            return _needs_of_message(event, registry)
        case CommentReceived():
            known = {link_key(event.place, event.message_id)} if event.is_restored else set()
            return Needs(identities={_identity(event.sender)}, links=known, held={album_key(event)})
        case AnsweredElsewhere():
            return _needs_of_answer(event, registry)
        case ButtonPressed():
            return _needs_of_press(event, registry)
        case DeadlineDue(ring=Ring.GRADE) | TopicMade():
            return Needs(tickets={event.ticket}, time_lines={event.ticket})
        case Delivered() | DeadlineDue() | EmergencyHeard() | FloodCalmed() | PersonErased():
            return _needs_of_ticket(event)
        case DeliveryFailed():
            return _needs_of_failure(event)
        case _:
            return _needs_of_change(event, registry)


def _needs_of_change(event: Event, registry: Registry) -> Needs:
    """Return what is needed when nobody says anything new, but something said or published changes."""
    match event:
        case MessageEdited():
            needs = Needs(said={link_key(event.place, event.message_id)}, held={album_key(event)})
            needs.identities, needs.consents = {_identity(event.sender)}, {_identity(event.sender)}
            return needs
        case MessageDeleted():
            return Needs(said={link_key(event.place, event.message_id)})
        case ReactionChanged() if is_of_words(event):
            return Needs(said={link_key(event.place, event.message_id)})
        case ReactionChanged() | ReactionsCounted():
            key = post_key(event, registry)
            return Needs(posts={key} if key is not None else set())
        case WritingAllowed():
            return Needs(identities={_identity(event.sender)})
        case HeldDue():
            return Needs(held={event.key})
        case _:
            return _needs_of_own(event, registry)


def _needs_of_own(event: Event, registry: Registry) -> Needs:
    """Return what an event needs that we sent to ourselves."""
    match event:
        case CardsDue():
            return Needs(gathered=set(registry.served_by(event.place)), crowds={event.place.lane})
        case IncidentAnswered():
            return Needs(members={(event.incident, event.after)}, counted={event.incident})
        case IncidentGrown():
            return Needs(counted={event.incident})
        case WorkChatBound():
            return Needs(waiting_in={event.institution}, waiting_with_words=True)
        case _:
            return Needs()


def _needs_of_ticket(event: Delivered | DeadlineDue | EmergencyHeard | FloodCalmed | PersonErased) -> Needs:
    match event:
        case PersonErased():
            return Needs(tickets=set(event.tickets))
        case FloodCalmed():
            return Needs(time_lines={event.ticket})
    return Needs(tickets={event.ticket})


def _needs_of_press(event: ButtonPressed, registry: Registry) -> Needs:
    needs = Needs(identities={_identity(event.sender)})
    match event.action.split(":"):
        case ["m" | "q" | "t", number, *action]:
            needs.tickets |= {_number(number)} - {0}
            if action == ["transfer"]:
                needs.given_by |= set(registry.served_by(event.place))
        case ["x", number, *_]:
            needs.time_lines |= {_number(number)} - {0}
            needs.held.add(transfer_key(_number(number)))
        case ["p", number, "send", _]:
            needs.tickets |= {_number(number)} - {0}
            needs.said.add(link_key(event.place, event.message_id))
        case ["p", number, _, _]:
            needs.tickets |= {_number(number)} - {0}
        case ["n", number, _]:
            needs.counted |= {_number(number)}
            needs.members |= {(_number(number), 0)}
        case ["s", code, *_]:
            needs.waiting_in |= {code} & set(registry.served_by(event.place))
        case ["a", number, _, _]:
            needs.time_lines |= {_number(number)} - {0}
        case [str(begins), *_] if begins in (CONSENT, ERASING):
            needs.consents = {_identity(event.sender)}
    return needs


def _needs_of_answer(event: AnsweredElsewhere, registry: Registry) -> Needs:
    needs = Needs(identities={identity(event.place.channel, event.place.person)}, lanes={event.place.lane})
    if event.administrator is not None:
        needs.identities.add(_identity(event.administrator))
    needs.links |= {link_key(event.place, number) for number in (event.message_id, event.reply_to) if number}
    institution = registry.institution_of(event.place)
    if institution is not None and not event.place.is_answerable and not event.reply_to:
        needs.waiting_in.add(institution.code)
    return needs


_SHOWN_WHOLE = {OutboxKind.TOPIC, OutboxKind.ANSWER_DELETE}
"""What asks for the whole ticket when it is refused."""


def _needs_of_failure(event: DeliveryFailed) -> Needs:
    numbers = {event.ticket} if event.ticket is not None else set()
    is_shown_whole = event.kind in _SHOWN_WHOLE or event.reason is RefusalReason.TOPIC_GONE
    return Needs(tickets=numbers, time_lines=numbers if is_shown_whole else set())


def _needs_of_message(event: MessageReceived, registry: Registry) -> Needs:
    needs = Needs(identities={_identity(event.sender)})
    if event.chat_kind is ChatKind.PRIVATE:
        needs.consents = {_identity(event.sender)}
    if may_be_album(event, registry):
        needs.held.add(album_key(event))
    _add_what_it_replies_to(needs, event)
    command = read_command(event.text)
    match command.name if command else "":
        case "bind" | "join":
            needs.codes.add(normalise_code(command.argument if command else ""))
        case "open" | "incident":
            needs.waiting_in |= set(registry.served_by(event.place))
            needs.card_ids = True
        case "undo" if event.reply_to:
            needs.said.add(link_key(event.place, event.reply_to))
            needs.whole.add(link_key(event.place, event.reply_to))
        case "transfer":
            number = _number(first_word(command.argument if command else ""))
            needs.tickets |= {number} - {0}
            needs.held.add(transfer_key(number))
            needs.given_by |= set(registry.served_by(event.place))
        case "away" | "duty":
            needs.colleagues |= set(registry.served_by(event.place))
            needs.administrators |= deputies(registry.absences.values())
            if event.reply_to:
                needs.said.add(link_key(event.place, event.reply_to))
        case "template" if event.reply_to:
            needs.said.add(link_key(event.place, event.reply_to))
        case "ticket":
            needs.whole |= needs.links
            needs.time_lines |= {_number(command.argument.removeprefix("№").strip() if command else "")} - {0}
    if event.deep_link.lower().startswith("join_"):
        needs.codes.add(normalise_code(event.deep_link[len("join_") :]))
    return needs


def _add_what_it_replies_to(needs: Needs, event: MessageReceived) -> None:
    needs.links |= {link_key(event.place, named) for named in (event.reply_to, event.thread) if named}
    if event.reply_to and event.chat_kind is ChatKind.PRIVATE:
        # A citizen's reply is shown with the answer to which it was made.
        needs.said.add(link_key(event.place, event.reply_to))
    if (number := number_in(event.reply_text)) is not None:
        needs.tickets.add(number)
    if (incident := incident_in(event.reply_text)) is not None:
        needs.counted.add(incident)
    if (number := number_asked_about(event.reply_text)) is not None:
        needs.tickets.add(number)
        needs.held.add(transfer_key(number))


def _identity(person: Person) -> str:
    return identity(person.channel, person.user_id)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 13 else 0
