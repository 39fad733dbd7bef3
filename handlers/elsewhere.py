"""«Это к другому»: a citizen moves words to the ticket that they mean, or begins a new one with them.

The words wait there since they were said. In the ticket where they had come it is as if they had never been said; only
words of emergency stay in every work chat that has read them.
"""

from collections.abc import Collection, Sequence

from bot.domain.citizen import Citizen, CitizenStage
from bot.domain.copying import replace
from bot.domain.edits import as_read_now
from bot.domain.errors import NotYetError
from bot.domain.event import ButtonPressed
from bot.domain.measures import FACT_OF_EVENT, FactKind
from bot.domain.message import Button, Place
from bot.domain.ticket import Author, MessageKind, RoutedBy, Ticket, TicketEventKind, TicketMessage
from handlers.buttons import Press
from handlers.card import first_words, is_shown, refresh_card, show_follow_up, tell_work_chat
from handlers.choosing import ask_institution, label_of
from handlers.desk import Desk
from handlers.framed import framed
from handlers.meant import confirmation, is_open, new_question, open_here, own_institution, show_ticket
from handlers.question import go_on, open_ticket
from handlers.urgent import find_emergency
from handlers.waits import recount
from storage.outbox_row import Copy, OutboxKind

_OFFERED = 4
"""Other tickets with a button: with two more they fill VK's six rows."""


def elsewhere_pressed(event: ButtonPressed, desk: Desk, citizen: Citizen) -> None:
    """Handle `e:NUMBER:WORDS` and what is chosen then; of others' tickets nothing is told."""
    _, number, since, chosen, *_ = (*event.action.split(":"), "", "", "")
    ticket = desk.ticket(int(number)) if number.isdecimal() else None
    language = desk.language_of(citizen)
    if ticket is None or ticket.citizen != citizen.id or not since.isdecimal():
        desk.end_press(event.place, event.press_id, desk.say(language, "press-void"))
        return
    if not desk.is_whole(ticket.number):
        raise NotYetError("the ticket came just now, and its earlier words do not lie here")
    desk.end_press(event.place, event.press_id)
    words = _words_since(desk, event, ticket, int(since))
    target = desk.ticket(int(chosen)) if chosen.isdecimal() else None
    if not words:
        _show(desk, event, desk.say(language, "words-not-there"))
    elif chosen == "leave":
        told = confirmation(desk, citizen, ticket, event.place, since=int(since))
        _show(desk, event, told.text, told.buttons)
    elif chosen == "new":
        _begin_anew(desk, event, citizen, ticket, words)
    elif target is not None and target.citizen == citizen.id and target != ticket and is_open(desk, target):
        _move(desk, event, ticket, words, target)
    else:
        _offer(desk, event, citizen, ticket, int(since))


def _words_since(desk: Desk, event: ButtonPressed, ticket: Ticket, since: int) -> list[TicketMessage]:
    """Return what the citizen has said in a ticket here since our id of some words; presses are no words."""
    return [
        message
        for message in as_read_now(desk.time_line(ticket.number))
        if message.kind is MessageKind.QUESTION
        and message.author is Author.CITIZEN
        and message.id >= since
        and message.message_id
        and message.place == event.place
    ]


def _offer(desk: Desk, event: ButtonPressed, citizen: Citizen, ticket: Ticket, since: int) -> None:
    language = desk.language_of(citizen)
    begins = Press.ELSEWHERE.of(ticket.number, since)
    others = [each for each in open_here(desk, citizen, event.place) if each.number != ticket.number]
    rows = [
        [Button(text=label_of(desk.holder(each).title, f"№ {each.number}"), action=f"{begins}:{each.number}")]
        for each in others[:_OFFERED]
    ]
    own = own_institution(desk, citizen, event.place, ticket)
    rows.append([Button(text=new_question(desk, language, own), action=f"{begins}:new")])
    rows.append([Button(text=desk.say(language, "button-leave-there"), action=f"{begins}:leave")])
    _show(desk, event, desk.say(language, "choose-where"), rows)


def _begin_anew(
    desk: Desk, event: ButtonPressed, citizen: Citizen, ticket: Ticket, words: Sequence[TicketMessage]
) -> None:
    """Begin a new ticket with the words; where nobody's community is, the citizen chooses for whom they are."""
    language = desk.language_of(citizen)
    own = own_institution(desk, citizen, event.place, ticket)
    staying = _staying(desk, ticket, words)
    leaving = _leaving(desk, words, staying, _known_elsewhere(desk, citizen, ticket))
    if not leaving:
        _show(desk, event, desk.say(language, "words-not-there"))
        return
    if own is not None:
        _show(desk, event, desk.say(language, "words-moved-to-new"))
        opened = open_ticket(desk, citizen, own, leaving, RoutedBy.COMMUNITY)
        if event.message_id:
            desk.link_anew(event.place, event.message_id, opened)
        _forget(desk, ticket, words, staying, number=opened.number)
        return
    _show(desk, event, desk.say(language, "words-moved-to-choose"))
    for message in leaving:
        if message.ticket is None:
            desk.keep_message(message)
        else:
            desk.move_message(replace(message, ticket=None))
    _forget(desk, ticket, words, staying, number=None)
    known = desk.citizen_by_id(citizen.id)
    desk.keep_citizen(replace(known, stage=CitizenStage.CHOOSING, place=event.place))
    ask_institution(desk, known, event.place, about=words[0].text)


def _move(desk: Desk, event: ButtonPressed, ticket: Ticket, words: Sequence[TicketMessage], target: Ticket) -> None:
    """Move words to another open ticket, where they wait since they were said, whatever was answered there since."""
    citizen = desk.citizen_by_id(ticket.citizen)
    language = desk.language_of(citizen)
    staying = _staying(desk, ticket, words)
    known = {(message.place, message.message_id) for message in desk.time_line(target.number)}
    coming = [replace(message, moved_at=desk.now) for message in _leaving(desk, words, staying, known)]
    if not coming:
        _show(desk, event, desk.say(language, "words-not-there"))
        return
    for message in coming:
        now = replace(message, ticket=target.number)
        if message.ticket is None:
            desk.keep_message(now)
        else:
            desk.move_message(now)
    target = go_on(desk, citizen, target, coming, is_told=False)
    _forget(desk, ticket, words, staying, number=target.number)
    target = desk.keep_ticket(recount(desk, target))
    refresh_card(desk, target)
    show_ticket(desk, citizen.id, event.place, target, is_confirmed=True)
    if event.message_id:
        desk.link_anew(event.place, event.message_id, target)
    title = desk.holder(target).title
    _show(desk, event, desk.say(language, "words-moved-to", number=target.number, institution=title))


def _staying(desk: Desk, ticket: Ticket, words: Sequence[TicketMessage]) -> set[int]:
    """Return our ids of the words that no work chat may lose: they speak of an emergency, or did before an edit."""
    ids = {message.id for message in words}
    return {
        message.edit_of or message.id
        for message in desk.time_line(ticket.number)
        if (message.edit_of or message.id) in ids and find_emergency(desk, message.text) is not None
    }


def _leaving(
    desk: Desk, words: Sequence[TicketMessage], staying: Collection[int], known: Collection[tuple[Place, str]]
) -> list[TicketMessage]:
    """Return the words as they leave a ticket: of what stays there a copy, unless it went there before."""
    return [
        message if message.id not in staying else replace(message, id=desk.next_message_id(), ticket=None)
        for message in words
        if message.id not in staying or (message.place, message.message_id) not in known
    ]


def _known_elsewhere(desk: Desk, citizen: Citizen, ticket: Ticket) -> set[tuple[Place, str]]:
    """Return which words began another ticket of the citizen, or wait for a choice: a press may come a second time."""
    waiting = {(message.place, message.message_id) for message in desk.pending(citizen.id)}
    begun = {each.opened_at for each in desk.tickets_of(citizen) if each.number != ticket.number}
    said = desk.time_line(ticket.number)
    return waiting | {(message.place, message.message_id) for message in said if message.said_at in begun}


def _forget(
    desk: Desk, ticket: Ticket, words: Sequence[TicketMessage], staying: Collection[int], *, number: int | None
) -> None:
    """Let a ticket be as if words that went to `number` had never come, in its times and in the work chats."""
    gone = [message for message in words if message.id not in staying]
    if not gone:
        return
    ids = {message.id for message in gone}
    edits = [each for each in desk.time_line(ticket.number) if each.edit_of in ids]
    for edit in edits:
        desk.move_message(replace(edit, ticket=number))
    _cover_copies(desk, ticket, gone)
    left = [message for message in desk.time_line(ticket.number) if message.kind is MessageKind.QUESTION]
    now = replace(ticket, last_citizen_at=max((message.said_at for message in left), default=ticket.last_citizen_at))
    now = replace(now, first_words=_first_words(desk, ticket, gone, edits))
    if not staying:
        now = _closed_again(desk, now, gone)
    now = desk.keep_ticket(recount(desk, now))
    refresh_card(desk, now)


def _first_words(desk: Desk, ticket: Ticket, gone: Sequence[TicketMessage], edits: Sequence[TicketMessage]) -> str:
    """Return what the card shows without further words that stood there, and not in a message of their own."""
    copied = {copy.message for copy in desk.copies(ticket.number)}
    lines = f"\n{ticket.first_words}\n"
    edited = {edit.edit_of for edit in edits}
    for message in reversed(as_read_now([*gone, *edits])):
        words = first_words(framed(desk, desk.rules.language, message))
        if words and (message.id not in copied or message.id in edited) and f"\n{words}\n" in lines:
            before, _, after = lines.rpartition(f"\n{words}\n")
            lines = f"{before}\n{after}"
    return lines.strip("\n") or ticket.first_words


def _closed_again(desk: Desk, ticket: Ticket, gone: Sequence[TicketMessage]) -> Ticket:
    """Return a ticket that only these words had opened again as it was before."""
    came = {message.received_at for message in gone}
    happened = desk.happened(ticket.number)
    undone = [each for each in happened if each.kind in _BY_WORDS and each.at in came]
    for event in undone:
        desk.undo_event(event)
    reopened = [event for event in undone if event.kind is TicketEventKind.REOPENED]
    ended = {FactKind.ENDED, FactKind.DUPLICATE}
    if ticket.first_answered_at is None:
        # «Ответ не нужен» ends what nobody has answered.
        ended.add(FactKind.EXCUSED)
    facts = [each for each in desk.happened(ticket.number) if each.kind in FACT_OF_EVENT]
    ends = [each for each in facts if FACT_OF_EVENT[each.kind] in {*ended, FactKind.REOPENED}]
    now = replace(ticket, reopened=max(ticket.reopened - len(reopened), 0))
    if not reopened or now.is_ended or not ends or FACT_OF_EVENT[ends[-1].kind] not in ended:
        return now
    other = ends[-1].detail if ends[-1].kind is TicketEventKind.DUPLICATE else ""
    return replace(now.ended(ends[-1].at), duplicate_of=int(other) if other.isdecimal() else None)


_BY_WORDS = (TicketEventKind.REOPENED, TicketEventKind.PRESS_VOIDED)
"""What a citizen's words do to a ticket by coming: it is undone when they go."""


def _cover_copies(desk: Desk, ticket: Ticket, gone: Sequence[TicketMessage]) -> None:
    """Let what the work chats show of the words say only that they were moved; a file is taken away with its words."""
    text = desk.say(desk.rules.language, "words-moved-away", number=ticket.number)
    copies = desk.copies(ticket.number)
    is_told = False
    for message in gone:
        shown = [copy for copy in copies if copy.message == message.id]
        for index, copy in enumerate(shown):
            if index == 0 and not message.attachments:
                desk.edit_copy(copy, text, ticket=ticket)
                is_told = is_told or copy.place == ticket.work_place
            else:
                desk.delete(copy.place, OutboxKind.CARD_EDIT, row=copy.row, ticket=ticket)
    if not is_told and is_shown(desk, ticket):
        tell_work_chat(desk, ticket, text)
    _show_again(desk, ticket, copies, {message.id for message in gone})


def _show_again(desk: Desk, ticket: Ticket, copies: Sequence[Copy], gone: Collection[int]) -> None:
    """Show what stays of words that were shown together with words that are gone: a flood comes in one piece."""
    pieces = sorted(copy.message for copy in copies if copy.message is not None)
    left = [message for message in as_read_now(desk.time_line(ticket.number)) if message.kind is MessageKind.QUESTION]
    for message in left[1:]:
        piece = next((number for number in pieces if number >= message.id), None)
        on_card = first_words(framed(desk, desk.rules.language, message))
        if piece in gone and on_card not in ticket.first_words:
            show_follow_up(desk, ticket, message)


def _show(desk: Desk, event: ButtonPressed, text: str, buttons: Sequence[Sequence[Button]] = ()) -> None:
    """Say it in the place of the pressed buttons."""
    if event.message_id:
        desk.edit_sent(event.place, event.message_id, text, buttons=buttons)
    else:
        desk.send(event.place, OutboxKind.NOTICE, text, buttons=buttons)
