"""What an event needs on the desk: its handler finds there what was asked for here, and nothing else."""

from bot.domain.errors import RefusalReason
from bot.domain.event import (
    AnsweredElsewhere,
    ButtonPressed,
    ChatKind,
    CommentReceived,
    Event,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    ReactionChanged,
    ReactionsCounted,
    WritingAllowed,
)
from bot.domain.ladder import LADDER
from bot.domain.message import Person
from bot.domain.own_event import (
    AbsenceDue,
    AnswerDelayed,
    AnswerRepeated,
    CardMenuDue,
    CardsDue,
    DeadlineDue,
    Delivered,
    DeliveryFailed,
    EmergencyHeard,
    FloodCalmed,
    HeldDue,
    IncidentAnswered,
    IncidentGrown,
    PersonErased,
    SilenceOver,
    TicketInherited,
    TopicMade,
    WordsDue,
    WorkChatBound,
)
from bot.domain.ticket import Ring
from handlers.absence import absent_codes, deputies
from handlers.albums import album_key, may_be_album
from handlers.buttons import Press, kept_tokens
from handlers.closing import number_closing
from handlers.commands import read_command
from handlers.incident import incident_in
from handlers.reacted import is_of_words, post_key
from handlers.staff_words import listed_numbers
from handlers.transfer_choice import first_word, number_asked_about
from storage.invites import normalise_code
from storage.keys import identity, link_key, transfer_key
from storage.needs import Needs
from storage.outbox_row import OutboxKind
from storage.registry import Registry


def needs_of(event: Event, registry: Registry) -> Needs:
    """Return what the event's handler will look for."""
    needs = _needs_of(event, registry)
    if registry.absences:
        needs.colleagues |= absent_codes(registry.absences.values())
    needs.colleagues = registry.sharing(needs.colleagues)
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
            known |= {link_key(event.place, event.reply_to)} if event.reply_to else set()
            needs = Needs(identities={_identity(event.sender)}, links=known, held={album_key(event)}, put_off=True)
            needs.commented = {event.place.lane}
            return needs
        case AnsweredElsewhere():
            return _needs_of_answer(event, registry)
        case ButtonPressed():
            return _needs_of_press(event, registry)
        case DeadlineDue(ring=Ring.GRADE) | TopicMade() | TicketInherited():
            return Needs(tickets={event.ticket}, time_lines={event.ticket})
        case DeadlineDue(ring=ring) if ring in LADDER:
            chat = registry.work_chats.get(event.institution)
            codes = set(registry.served_by(chat.place)) if chat is not None else {event.institution} - {""}
            named = deputies(registry.absences.values())
            is_for_supervisors = ring in (Ring.ESCALATION, Ring.RESOLUTION)
            return Needs(
                tickets={event.ticket},
                due_in=codes,
                due_with_words=is_for_supervisors,
                colleagues=codes,
                administrators=named,
            )
        case Delivered() | DeadlineDue() | CardMenuDue() | EmergencyHeard() | FloodCalmed() | PersonErased():
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
            needs.put_off = not event.place.is_group
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
        case AnswerDelayed():
            return Needs(tickets={event.ticket}, time_lines={event.ticket})
        case AnswerRepeated():
            return Needs(time_lines={event.ticket}, repeating={event.ticket})
        case IncidentAnswered():
            return Needs(members={(event.incident, event.after)}, counted={event.incident})
        case SilenceOver():
            return _needs_of_lifting(event.silence, registry)
        case WordsDue():
            lanes = {event.place.lane} if event.place.is_comments else set()
            return Needs(identities={_identity(event.sender)}, put_off=True, commented=lanes)
        case IncidentGrown():
            return Needs(counted={event.incident})
        case WorkChatBound():
            return Needs(waiting_in={event.institution}, waiting_with_words=True)
        case _:
            return Needs()


def _needs_of_ticket(
    event: Delivered | DeadlineDue | CardMenuDue | EmergencyHeard | FloodCalmed | PersonErased,
) -> Needs:
    match event:
        case EmergencyHeard():
            return Needs(tickets={event.ticket}, same_citizen={event.ticket})
        case PersonErased():
            return Needs(tickets=set(event.tickets), copies=set(event.tickets))
        case FloodCalmed():
            return Needs(time_lines={event.ticket})
    return Needs(tickets={event.ticket})


def _needs_of_press(event: ButtonPressed, registry: Registry) -> Needs:
    needs = _needs_of_moving(event)
    needs.presses = kept_tokens(event.action)
    match event.action.split(":"):
        case [Press.OWN | Press.TOPIC | Press.TICKET | Press.CLOSING, number, *action]:
            needs.add(_needs_on_card({_number(number)} - {0}, action, event, registry))
        case [Press.TRANSFER, number, *_]:
            needs.time_lines |= {_number(number)} - {0}
            needs.held.add(transfer_key(_number(number)))
        case [Press.DUPLICATE, number, *other]:
            needs.same_citizen |= {_number(number)} - {0}
            needs.tickets |= {_number(number)} - {0}
            needs.repeated |= {_number(each) for each in other} - {0}
        case [Press.TEMPLATE, number, act, _]:
            needs.tickets |= {_number(number)} - {0}
            if act == "send":
                needs.said.add(link_key(event.place, event.message_id))
        case [Press.INCIDENT, number, _]:
            needs.counted |= {_number(number)}
            needs.members |= {(_number(number), 0)}
        case [Press.KEPT, _] | [Press.WHICH, _, "incident", *_] if event.chat_kind is ChatKind.GROUP:
            # What a token stands for is known only later; the longest of it is a mass event for one institution.
            needs.waiting_in |= set(registry.served_by(event.place))
            needs.card_ids = True
        case [Press.SUSPICION, code, *_]:
            needs.waiting_in |= {code} & set(registry.served_by(event.place))
        case (
            [Press.QUESTION | Press.NOTE, number, _]
            | [Press.CONFIRM, number, _, _]
            | [Press.REPORT, _, _, "ticket" | "remind", number]
        ):
            needs.time_lines |= {_number(number)} - {0}
        case [Press.SILENCE, wish, number]:
            is_lifted = wish == "off"
            needs.add(_needs_of_lifting(_number(number), registry) if is_lifted else Needs(tickets={_number(number)}))
        case [Press.CONSENT | Press.ERASING, *_]:
            needs.consents = {_identity(event.sender)}
    return needs


def _needs_on_card(numbers: set[int], action: list[str], event: ButtonPressed, registry: Registry) -> Needs:
    """Return what a press on a ticket needs, most often just the ticket."""
    needs = Needs(tickets=numbers)
    match action:
        case ["duplicate"]:
            needs.same_citizen = set(numbers)
        case ["spam-yes"]:
            needs.spam_presses = set(numbers)
        case ["transfer"]:
            needs.given_by = set(registry.served_by(event.place))
    return needs


def _needs_of_lifting(number: int, registry: Registry) -> Needs:
    """Return what is shown when a silence is lifted."""
    silence = registry.silences.get(number)
    return Needs(tickets={silence.ticket}, silences={number}) if silence is not None else Needs()


def _needs_of_moving(event: ButtonPressed) -> Needs:
    """Return what a press needs by which a citizen moves words, of any other only who presses."""
    needs = Needs(identities={_identity(event.sender)}, put_off=event.chat_kind is ChatKind.PRIVATE)
    if event.action.startswith(f"{Press.ELSEWHERE}:"):
        _, number, _, *other = (*event.action.split(":"), "")
        needs.copies = {_number(number)} - {0}
        needs.time_lines = {_number(named) for named in (number, *other)} - {0}
    return needs


def _needs_of_answer(event: AnsweredElsewhere, registry: Registry) -> Needs:
    needs = Needs(identities={identity(event.place.channel, event.place.person)}, rooms={event.place.room_lane})
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
    gone = (RefusalReason.TOPIC_GONE, RefusalReason.MESSAGE_GONE)
    is_shown_whole = event.kind in _SHOWN_WHOLE or event.reason in gone
    return Needs(tickets=numbers, time_lines=numbers if is_shown_whole else set())


def _needs_of_message(event: MessageReceived, registry: Registry) -> Needs:
    needs = Needs(identities={_identity(event.sender)}, put_off=event.chat_kind is ChatKind.PRIVATE)
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
            needs.whole.add(link_key(event.place, event.reply_to))
        case "transfer":
            number = _number(first_word(command.argument if command else ""))
            needs.tickets |= {number} - {0}
            needs.held.add(transfer_key(number))
            needs.given_by |= set(registry.served_by(event.place))
        case "away" | "duty":
            needs.colleagues |= set(registry.served_by(event.place))
            needs.administrators |= deputies(registry.absences.values())
        case "ticket":
            needs.whole |= needs.links
            needs.time_lines |= {_number(command.argument.removeprefix("№").strip() if command else "")} - {0}
    _add_what_it_names(needs, event)
    return needs


def _add_what_it_replies_to(needs: Needs, event: MessageReceived) -> None:
    needs.links |= {link_key(event.place, named) for named in (event.reply_to, event.thread) if named}
    if event.reply_to:
        # A citizen's reply is shown with the answer to which it was made; whose words an administrator answers, and
        # how they fare, says who reads the reply.
        needs.said.add(link_key(event.place, event.reply_to))
    needs.tickets.update(listed_numbers(event.reply_text))
    if (number := number_closing(event.reply_text)) is not None:
        needs.tickets.add(number)
    if (incident := incident_in(event.reply_text)) is not None:
        needs.counted.add(incident)
    if (number := number_asked_about(event.reply_text)) is not None:
        needs.tickets.add(number)
        needs.held.add(transfer_key(number))


def _add_what_it_names(needs: Needs, event: MessageReceived) -> None:
    command = read_command(event.text)
    if command is not None and command.name == "duplicate":
        needs.repeated |= {_number(command.argument.removeprefix("№").strip())} - {0}
    if event.deep_link.lower().startswith("join_"):
        needs.codes.add(normalise_code(event.deep_link[len("join_") :]))


def _identity(person: Person) -> str:
    return identity(person.channel, person.user_id)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 13 else 0
