"""Is it solved? The citizen is asked once after an answer, says yes or no, and gives a grade; `no` goes on with it."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.citizen import Citizen
from bot.domain.event import ButtonPressed
from bot.domain.message import Button
from bot.domain.ticket import Author, MessageKind, Ring, Ticket, TicketEventKind, TicketMessage, TicketState
from bot.domain.waking import not_at_night
from bot.safety.courtesy import is_thanks
from handlers.buttons import Press
from handlers.card import refresh_card
from handlers.choosing import ask_where_instead
from handlers.desk import Desk
from handlers.meant import show_ticket
from handlers.own_tickets import look_at
from handlers.question import go_on
from handlers.withdrawing import show_instead, withdraw
from storage.outbox_row import OutboxKind

EXPIRES = timedelta(days=7)
"""After which nobody's yes, no or grade is taken any more."""
_GRADES = ("1", "2", "3", "4", "5")


def ask_whether_solved(desk: Desk, ticket: Ticket) -> None:
    """Ask the citizen, by day and never after a mere thank-you; from then on the silence is awaited."""
    institution = desk.holder(ticket)
    awake = not_at_night(desk.now, desk.zone(institution))
    if awake > desk.now:
        desk.keep_ticket(replace(ticket, ring_at=awake))
        return
    answered_at = ticket.last_answer_at or desk.now
    silence = desk.policy_of(ticket).silence_ends_at(desk.calendar(institution), answered_at)
    waits = replace(ticket, ring=Ring.SILENCE, ring_at=silence)
    if ticket.is_ended:
        waits = replace(ticket, ring=None, ring_at=None)
    heard = (MessageKind.QUESTION, MessageKind.COURTESY)
    words = [message.text for message in desk.time_line(ticket.number) if message.kind in heard]
    if ticket.last_answer_at is None or (words and is_thanks(words[-1])):
        desk.keep_ticket(waits)
        return
    asked = desk.keep_ticket(replace(waits, grade_asked_at=desk.now))
    desk.note_event(asked, TicketEventKind.GRADE_ASKED)
    language = desk.language_of(desk.citizen_by_id(ticket.citizen))
    row = [
        Button(text=desk.say(language, "button-yes"), action=Press.OWN.of(ticket.number, "yes")),
        Button(text=desk.say(language, "button-no"), action=Press.OWN.of(ticket.number, "no")),
    ]
    text = desk.say(language, "ask-solved", number=ticket.number, institution=institution.title)
    desk.send(ticket.place, OutboxKind.NOTICE, text, buttons=[row], ticket=asked)


def own_ticket_pressed(event: ButtonPressed, desk: Desk, citizen: Citizen) -> None:
    """Handle `m:NUMBER` and `m:NUMBER:WORD` under a citizen's own ticket; of others' tickets nothing is told."""
    _, number, *rest = event.action.split(":")
    ticket = desk.ticket(int(number)) if number.isdecimal() else None
    word = rest[0] if rest else ""
    language = desk.language_of(citizen)
    if ticket is None or ticket.citizen != citizen.id:
        desk.end_press(event.place, event.press_id, desk.say(language, "press-void"))
        return
    if word in ("away", "withdraw"):
        desk.end_press(event.place, event.press_id)
        (ask_where_instead if word == "away" else withdraw)(desk, event, citizen, ticket)
        return
    if word and (ticket.withdrawn_at is not None or _is_too_late(desk, ticket)):
        desk.end_press(event.place, event.press_id)
        show_instead(desk, event, desk.say(language, "solved-too-late", number=ticket.number))
        return
    desk.end_press(event.place, event.press_id)
    match word:
        case "":
            look_at(desk, citizen, ticket, event.place)
        case "yes":
            _solved(desk, event, citizen, ticket)
        case "no":
            _not_solved(desk, event, citizen, ticket)
        case "reopen":
            _opened_again(desk, event, citizen, ticket)
        case _ if word in _GRADES:
            _graded(desk, event, citizen, ticket, int(word))


def _is_too_late(desk: Desk, ticket: Ticket) -> bool:
    """Tell whether a ticket ended, and was answered or asked about, too long ago."""
    if (
        not ticket.is_ended
        or ticket.closed_at is None
        or desk.now - ticket.closed_at <= desk.policy_of(ticket).reopen_within
    ):
        return False
    return desk.now - (ticket.grade_asked_at or ticket.last_answer_at or ticket.closed_at) > EXPIRES


def _solved(desk: Desk, event: ButtonPressed, citizen: Citizen, ticket: Ticket) -> None:
    language = desk.language_of(citizen)
    if ticket.state is TicketState.SPAM or ticket.first_answered_at is None:
        return
    solved = replace(ticket, is_solved=True, grade_asked_at=ticket.grade_asked_at or desk.now)
    if ticket.grade_asked_at is None:
        desk.note_event(ticket, TicketEventKind.GRADE_ASKED)
    if not ticket.is_ended:
        solved = solved.ended(desk.now)
        desk.note_event(ticket, TicketEventKind.CLOSED)
    if ticket.is_solved is not True:
        desk.note_event(ticket, TicketEventKind.SOLVED, detail="yes")
    desk.keep_ticket(solved)
    refresh_card(desk, solved)
    if ticket.grade is not None:
        show_instead(desk, event, desk.say(language, "solved-noted", number=ticket.number))
        return
    show_instead(desk, event, desk.say(language, "ask-grade", number=ticket.number), _grade_buttons(ticket))


def _not_solved(desk: Desk, event: ButtonPressed, citizen: Citizen, ticket: Ticket) -> None:
    """Take `no` like words of the citizen: a wait begins, the work chat reads it, a closed ticket is open again."""
    language = desk.language_of(citizen)
    if ticket.state is TicketState.SPAM:
        return
    now = ticket
    if ticket.waiting_since is None:
        if not ticket.is_ended:
            # Words reopen what has ended by themselves.
            desk.note_event(ticket, TicketEventKind.REOPENED)
            now = replace(ticket, reopened=ticket.reopened + 1)
        desk.note_event(ticket, TicketEventKind.SOLVED, detail="no")
        said = _said_by_press(desk, event, citizen, ticket, "button-not-solved")
        asked_at = ticket.grade_asked_at or desk.now
        now = go_on(desk, citizen, replace(now, is_solved=False, grade_asked_at=asked_at), [said], is_told=False)
    institution = desk.holder(now)
    if now.deadline_at is not None and now.deadline_at > desk.now:
        by = desk.by(language, now.deadline_at, desk.zone(institution))
        text = desk.say(language, "not-solved-heard", number=now.number, institution=institution.title, by=by)
    else:
        text = desk.say(language, "not-solved-heard-late", number=now.number, institution=institution.title)
    show_ticket(desk, citizen.id, event.place, now, is_looked_at=True)
    if now.grade is not None or now.last_answer_at is None:
        show_instead(desk, event, text)
        return
    show_instead(desk, event, f"{text}\n\n{desk.say(language, 'ask-grade-too')}", _grade_buttons(now))


def _opened_again(desk: Desk, event: ButtonPressed, citizen: Citizen, ticket: Ticket) -> None:
    """Take «Открыть снова» under a closing like words of the citizen: the wait goes on from where it had ended."""
    if ticket.state is TicketState.SPAM:
        return
    now = ticket
    if ticket.is_ended:
        said = _said_by_press(desk, event, citizen, ticket, "button-reopen")
        now = go_on(desk, citizen, ticket, [said], is_told=False)
    language = desk.language_of(citizen)
    institution = desk.holder(now)
    show_instead(desk, event, desk.say(language, "opened-again", number=now.number, institution=institution.title))


def _said_by_press(desk: Desk, event: ButtonPressed, citizen: Citizen, ticket: Ticket, key: str) -> TicketMessage:
    """Keep what a citizen says by a button as words of the ticket."""
    said = TicketMessage(
        id=desk.next_message_id(),
        ticket=ticket.number,
        citizen=citizen.id,
        kind=MessageKind.QUESTION,
        author=Author.CITIZEN,
        text=desk.say(desk.language_of(citizen), key),
        place=event.place,
        message_id="",
        said_at=event.pressed_at,
        received_at=desk.now,
    )
    desk.keep_message(said)
    return said


def _graded(desk: Desk, event: ButtonPressed, citizen: Citizen, ticket: Ticket, grade: int) -> None:
    """Keep the first grade."""
    language = desk.language_of(citizen)
    if ticket.grade is None:
        graded = desk.keep_ticket(replace(ticket, grade=grade))
        desk.note_event(graded, TicketEventKind.GRADED, detail=str(grade))
        refresh_card(desk, graded)
    kept = ticket.grade or grade
    show_instead(desk, event, desk.say(language, "grade-heard", number=ticket.number, grade=kept))


def _grade_buttons(ticket: Ticket) -> list[list[Button]]:
    return [[Button(text=grade, action=Press.OWN.of(ticket.number, grade)) for grade in _GRADES]]
