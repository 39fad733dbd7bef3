"""An administrator presses a button of a card."""

from dataclasses import replace

from bot.domain.event import ButtonPressed
from bot.domain.ticket import Ticket, TicketEventKind, TicketState
from handlers.buttons import Press
from handlers.card import refresh_card, tell_work_chat
from handlers.card_menu import ask_about_spam, ask_to_close, close_menu, open_menu
from handlers.closed_days import closed_choice
from handlers.closing import close_pressed, lacks_answer, reason_pressed
from handlers.confirming import answer_confirmed
from handlers.courtesies import asked_after_all
from handlers.desk import Desk
from handlers.duplicates import offer_originals, original_chosen
from handlers.incident_work import incident_choice
from handlers.interim import mark_final, mark_interim
from handlers.notes import note_pressed
from handlers.rings import with_next_ring
from handlers.silence import offer_silence
from handlers.template_choice import offer_templates, template_chosen
from handlers.topics import administrator_topic
from handlers.transfer_choice import ask_target, target_chosen
from handlers.waits import begin_wait


def administrator_choice(event: ButtonPressed, desk: Desk) -> None:
    """Handle a press in a work chat; of what is not its own, and of buttons that are not ours, it learns nothing."""
    if event.action.startswith((f"{Press.INCIDENT}:", f"{Press.SUSPICION}:")):
        incident_choice(event, desk)
        return
    if event.action.startswith(f"{Press.CLOSED}:"):
        closed_choice(event, desk)
        return
    ticket = pressed_ticket(event, desk)
    if ticket is None or ticket.institution not in desk.registry.served_by(event.place):
        desk.end_press(event.place, event.press_id, _why_not(event, desk, ticket))
        return
    if desk.citizen_by_id(ticket.citizen).is_erased:
        text = desk.say(desk.rules.language, "erased-no-answer", number=ticket.number)
        desk.end_press(event.place, event.press_id, text)
        return
    if not _chosen_below_card(event, desk, ticket):
        _press_on_card(event, desk, ticket)


def _chosen_below_card(event: ButtonPressed, desk: Desk, ticket: Ticket) -> bool:
    """Take a choice that was offered in a message of its own; False for a button of the card."""
    match event.action.split(":"):
        case [Press.CONFIRM, _, answered, choice]:
            answer_confirmed(event, desk, ticket, int(answered), is_wanted=choice == "send")
        case [Press.TRANSFER, _, transfers, *target]:
            target_chosen(event, desk, ticket, transfers=int(transfers), code=":".join(target))
        case [Press.CLOSING, _, reason]:
            reason_pressed(event, desk, ticket, reason)
        case [Press.DUPLICATE, _, *other]:
            original_chosen(event, desk, ticket, int(other[0]) if other else None)
        case [Press.QUESTION, _, said]:
            answer = asked_after_all(event, desk, ticket, int(said))
            desk.end_press(event.place, event.press_id, desk.say(desk.rules.language, answer, number=ticket.number))
        case [Press.NOTE, _, message]:
            note_pressed(event, desk, ticket, int(message))
        case [Press.TEMPLATE, _, deed, chosen]:
            template_chosen(event, desk, ticket, deed, int(chosen))
        case _:
            return False
    return True


def _press_on_card(event: ButtonPressed, desk: Desk, ticket: Ticket) -> None:
    if not ticket.is_touched:
        ticket = desk.keep_ticket(replace(ticket, is_touched=True))
    administrator = desk.administrator(event.sender, ticket.institution)
    action = event.action.rpartition(":")[2]
    if action.startswith("topic"):
        answer = administrator_topic(desk, ticket, administrator.id, action)
    else:
        answer = _ACTIONS[action](desk, ticket, administrator.id) if action in _ACTIONS else "press-void"
        is_menu_open = action in _MENUS and answer != "press-closing-why"
        if not is_menu_open and (now := desk.ticket(ticket.number)) is not None and now.menu_until is not None:
            refresh_card(desk, now)
    language = desk.rules.language
    name = desk.administrator_name(ticket.taken_by) if ticket.taken_by else ""
    topic = desk.rules.topics.name(ticket.topic, language) if ticket.topic else ""
    text = desk.say(language, answer, number=ticket.number, name=name, topic=topic) if answer else ""
    desk.end_press(event.place, event.press_id, text)


def pressed_ticket(event: ButtonPressed, desk: Desk) -> Ticket | None:
    """Return the ticket that a button names."""
    match event.action.split(":"):
        case [Press.TICKET | Press.CLOSING, number, _] if number.isdecimal():
            return desk.ticket(int(number))
        case [Press.TRANSFER, number, transfers, *_] if number.isdecimal() and transfers.isdecimal():
            return desk.ticket(int(number))
        case [Press.CONFIRM, number, answer, "send" | "drop"] if number.isdecimal() and answer.isdecimal():
            return desk.ticket(int(number))
        case [Press.DUPLICATE, number, *other] if all(map(str.isdecimal, (number, *other))) and len(other) < 2:
            return desk.ticket(int(number))
        case [Press.QUESTION, number, said] if number.isdecimal() and said.isdecimal():
            return desk.ticket(int(number))
        case [Press.NOTE, number, message] if number.isdecimal() and message.isdecimal():
            return desk.ticket(int(number))
        case [Press.TEMPLATE, number, _, chosen] if number.isdecimal() and chosen.isdecimal():
            return desk.ticket(int(number))
    return None


def _why_not(event: ButtonPressed, desk: Desk, ticket: Ticket | None) -> str:
    """Whoever has given a ticket away is told where it is; nobody else learns anything."""
    language = desk.rules.language
    is_theirs = ticket is not None and ticket.came_to in desk.registry.served_by(event.place)
    if ticket is None or not is_theirs:
        return desk.say(language, "press-void")
    institution = desk.holder(ticket).title
    return desk.say(language, "press-transferred-already", number=ticket.number, institution=institution)


def _take(desk: Desk, ticket: Ticket, administrator: int) -> str:
    if ticket.taken_by is not None:
        return "press-taken-by-you" if ticket.taken_by == administrator else "press-taken-already"
    taken = replace(ticket, taken_by=administrator, taken_at=desk.now)
    _keep(desk, taken, TicketEventKind.TAKEN, administrator)
    return "press-taken"


def _skip(desk: Desk, ticket: Ticket, administrator: int) -> str:
    """No answer is needed: the wait is taken out of the times."""
    if ticket.waiting_since is None:
        return "press-nobody-waits"
    if ticket.first_answered_at is None:
        excused = ticket.ended(desk.now)
    else:
        quiet = replace(ticket.unanswered(desk.now), state=TicketState.ANSWERED)
        excused = with_next_ring(desk, quiet, quiet_since=desk.now)
    _keep(desk, excused, TicketEventKind.NO_ANSWER_NEEDED, administrator)
    return "press-excused"


def _close(desk: Desk, ticket: Ticket, administrator: int) -> str:
    """Ask once more: for the reason where nobody has answered, else whether it is meant."""
    is_asked_why = ticket.is_ended or lacks_answer(desk, ticket)
    return (close_pressed if is_asked_why else ask_to_close)(desk, ticket, administrator)


def _spam(desk: Desk, ticket: Ticket, administrator: int) -> str:
    if ticket.state is TicketState.SPAM:
        return "press-closed-already"
    _keep(desk, ticket.ended(desk.now, state=TicketState.SPAM), TicketEventKind.SPAM, administrator)
    offer_silence(desk, ticket)
    return "press-spam"


def _reopen(desk: Desk, ticket: Ticket, administrator: int) -> str:
    if not ticket.is_ended:
        return "press-open-already"
    if ticket.withdrawn_at is not None:
        return "press-withdrawn"
    opened = replace(ticket, state=TicketState.OPEN, closed_at=None, duplicate_of=None, reopened=ticket.reopened + 1)
    is_answered = ticket.last_answer_at is not None and ticket.last_answer_at >= ticket.last_citizen_at
    if is_answered:
        opened = replace(opened, state=TicketState.ANSWERED)
    else:
        goes_on = ticket.left_since is not None
        opened = begin_wait(desk, opened, ticket.left_since or ticket.last_citizen_at, goes_on=goes_on)
    _keep(desk, opened, TicketEventKind.REOPENED, administrator)
    return "press-reopened"


def _keep(desk: Desk, ticket: Ticket, kind: TicketEventKind, administrator: int) -> None:
    desk.keep_ticket(ticket)
    desk.note_event(ticket, kind, administrator)
    refresh_card(desk, ticket)


def _templates(desk: Desk, ticket: Ticket, _administrator: int) -> str:
    return offer_templates(desk, ticket)


def _show(desk: Desk, ticket: Ticket, _administrator: int) -> str:
    """Lead somebody from a list to the card: a reply to it is one press away from it."""
    tell_work_chat(desk, ticket, desk.say(desk.rules.language, "open-here", number=ticket.number))
    return "press-shown"


def _transfer(desk: Desk, ticket: Ticket, administrator: int) -> str:
    if ticket.is_ended:
        return "press-closed-already"
    ask_target(desk, ticket)
    return "press-choose-target"


_ACTIONS = {
    "show": _show,
    "templates": _templates,
    "take": _take,
    "transfer": _transfer,
    "skip": _skip,
    "close": _close,
    "close-yes": close_pressed,
    "close-no": open_menu,
    "spam": ask_about_spam,
    "spam-yes": _spam,
    "spam-no": open_menu,
    "menu": open_menu,
    "menu-back": close_menu,
    "reopen": _reopen,
    "duplicate": offer_originals,
    "interim": mark_interim,
    "final": mark_final,
}
_MENUS = {"close", "close-no", "spam", "spam-no", "menu"}
"""After these the card shows other buttons than its own."""
