"""Who is speaking: a work chat, a supervisor, or a citizen; and which command it is."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.domain.citizen import CitizenStage
from bot.domain.event import ButtonPressed, ChatKind, MessageReceived
from bot.domain.names import is_only_command
from handlers.absence import away_command, back_command, duty_command
from handlers.administrator_choice import administrator_choice
from handlers.administrator_command import administrator_help
from handlers.administrator_reply import NOTE_MARK, administrator_reply
from handlers.answer_taken_back import take_answer_back
from handlers.asking import read_which
from handlers.buttons import Press
from handlers.chat_joined import revive
from handlers.citizen_choice import citizen_choice
from handlers.citizen_message import citizen_message
from handlers.citizen_start import citizen_help, citizen_language, citizen_start
from handlers.closed_days import closed_choice, closed_command, closed_for_scope, closed_of
from handlers.codes import bind_chat, join_scope
from handlers.commands import Command, Reader, read_bare_name, read_command
from handlers.consent import (
    choose_consent,
    hear_before_consent,
    lacks_consent,
    press_before_consent,
)
from handlers.desk import Desk
from handlers.duplicates import duplicate_command
from handlers.erasing import ask_to_erase, choose_to_erase
from handlers.incident_work import begin_incident, draft_answer, incident_of, incident_replied_to
from handlers.language import hear_language
from handlers.legal import turned_away
from handlers.meant import show_start
from handlers.notes import send_command
from handlers.own_tickets import citizen_tickets
from handlers.pages import hand_out_link, sign_out
from handlers.report_choice import report_pressed
from handlers.silence import silence_pressed, silenced_command
from handlers.subscribing import subscribe_command, unsubscribe_command
from handlers.supervisor_command import (
    ask_overdue,
    ask_rating,
    ask_report,
    is_dates_of_supervisor,
    supervisor_help,
    supervisor_start,
)
from handlers.supervisor_ticket import show_asked_ticket
from handlers.template_command import show_templates, template_command, template_of, templates_of
from handlers.thread import follow_forum, try_threads
from handlers.time_line import show_ticket
from handlers.transfer_choice import transfer_command
from handlers.waiting_list import show_waiting
from storage.outbox_row import OutboxKind

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What a link carries behind `/start` (core.telegram.org/bots/features#deep-linking)."""
_UNDER_AN_ANSWER = timedelta(hours=1)
"""Within this time after an answer, words without `/` are words: «удалить» may be what was asked for."""


def _private_command(event: MessageReceived, desk: Desk) -> Command | None:
    """Read a command of a private dialogue: a citizen's with words or files along is words, codes and links apart."""
    command = read_command(event.text)
    if event.for_another_bot:
        return None
    if command is None:
        return _bare_command(event, desk)
    if command.name in ("bind", "join"):
        return command
    if not command.argument:
        return command if not event.attachments or command.name == "start" else None
    if command.name == "start":
        return command if _PAYLOAD.fullmatch(command.argument) else None
    return command if command.name in _FROM_SUPERVISORS and desk.supervises(event.sender) else None


def _bare_command(event: MessageReceived, desk: Desk) -> Command | None:
    """Read a name that is the whole message, without `/`, as far as it can mean nothing else.

    Another role's command without `/` is words. So is a name while an institution's name is awaited that contains it.
    """
    known = read_bare_name(event.text)
    if known is None or event.reply_to or event.replies_elsewhere or event.quote or event.forwarded_from:
        return None
    if event.deep_link and known.name != "start":
        return None
    readers = {Reader.CITIZEN, Reader.SUPERVISOR} if desk.supervises(event.sender) else {Reader.CITIZEN}
    if event.attachments or not (known.readers & readers or known.name == "join"):
        return None
    citizen = desk.known_citizen(event.sender)
    if citizen is not None:
        answered = (ticket.last_answer_at for ticket in desk.tickets_of(citizen) if ticket.place == event.place)
        if any(at is not None and event.sent_at - at < _UNDER_AN_ANSWER for at in answered):
            return None
        is_choosing = citizen.stage is CitizenStage.CHOOSING or citizen.moving is not None
        if is_choosing and desk.search.find(event.text, limit=1):
            return None
    return Command(name=known.name)


def message_received(event: MessageReceived, desk: Desk) -> None:
    """Lead a message to whom it belongs; commands for another bot belong to nobody here."""
    if event.for_another_bot and (event.chat_kind is ChatKind.GROUP or is_only_command(event.text)):
        return
    if event.chat_kind is ChatKind.GROUP:
        _in_group(event, desk, read_command(event.text))
        return
    command = _private_command(event, desk)
    if not _is_always_heard(event, desk, command) and turned_away(
        event, desk, payload=command.argument if command is not None and command.name == "start" else ""
    ):
        return
    # VK carries the link with whatever its button says: «Начать» is a command by itself.
    if event.deep_link.lower().startswith("join_") and (command is None or command == Command(name="start")):
        join_scope(event, desk, event.deep_link[len("join_") :])
    elif lacks_consent(desk, event.sender) and not (command is not None and command.name in ("join", "bind", "delete")):
        for held in hear_before_consent(event, desk):
            _hear(held, desk, _private_command(held, desk))
    else:
        _hear(event, desk, command)


def _is_always_heard(event: MessageReceived, desk: Desk, command: Command | None) -> bool:
    """Tell whether words are no citizen's dialogue: a supervisor's, a code, or the wish to be forgotten."""
    if command is not None and command.name in ("join", "delete"):
        return True
    return event.deep_link.lower().startswith("join_") or bool(desk.supervises(event.sender))


def button_pressed(event: ButtonPressed, desk: Desk) -> None:
    """Lead a press to whom it belongs: cards stand in groups, choices in private dialogues."""
    if event.action.startswith(f"{Press.REPORT}:"):
        report_pressed(event, desk)
    elif event.action.startswith(f"{Press.SILENCE}:"):
        silence_pressed(event, desk)
    elif event.action.startswith(f"{Press.WHICH}:"):
        _of_one_institution(event, desk)
    elif event.chat_kind is ChatKind.GROUP:
        revive(desk, event.place, event.press_id)
        administrator_choice(event, desk)
    elif event.action.startswith(f"{Press.CLOSED}:"):
        closed_choice(event, desk)
    elif event.action.startswith(f"{Press.CONSENT}:"):
        for held in choose_consent(event, desk):
            _hear(held, desk, _private_command(held, desk))
    elif event.action.startswith(f"{Press.ERASING}:"):
        choose_to_erase(event, desk)
    elif lacks_consent(desk, event.sender) and desk.known_citizen(event.sender) is None:
        press_before_consent(event, desk)
    else:
        citizen_choice(event, desk)


def _of_one_institution(event: ButtonPressed, desk: Desk) -> None:
    """Carry out a command whose institution was asked for, in place of the question."""
    meant = read_which(event, desk)
    if meant is None:
        desk.end_press(event.place, event.press_id, desk.say(desk.rules.language, "press-void"))
        return
    institution, command, argument = meant
    desk.end_press(event.place, event.press_id)
    if event.message_id:
        text = desk.say(desk.rules.language, "which-chosen", institution=institution.title)
        desk.edit_sent(event.place, event.message_id, text, buttons=())
    match command:
        case "closed":
            closed_of(event, desk, institution, argument)
        case "template":
            template_of(event, desk, institution, argument)
        case "templates":
            templates_of(event, desk, institution)
        case "incident":
            incident_of(event, desk, institution, argument)


def _hear(event: MessageReceived, desk: Desk, command: Command | None) -> None:
    """Somebody speaks in private, and may be known."""
    if command is None and is_dates_of_supervisor(event, desk):
        ask_report(event, desk, event.text)
    elif command is None:
        _take_link(event, desk)
        citizen_message(event, desk)
    else:
        _in_private(event, desk, command)


def _in_group(event: MessageReceived, desk: Desk, command: Command | None) -> None:
    """In a group that is no work chat only `/bind` is heard; nobody there learns anything."""
    if command is not None and command.name == "bind":
        bind_chat(event, desk, command.argument)
        return
    if not desk.registry.served_by(event.place):
        return
    revive(desk, event.place, event.message_id)
    follow_forum(event, desk)
    incident = incident_replied_to(event, desk)
    if command is None and incident is not None and not event.text.startswith(NOTE_MARK):
        draft_answer(event, desk, incident)
    elif command is not None and command.name in _IN_WORK_CHATS:
        _IN_WORK_CHATS[command.name](event, desk, command.argument)
    else:
        administrator_reply(event, desk, is_command=command is not None)


_IN_WORK_CHATS: dict[str, Callable[[MessageReceived, Desk, str], None]] = {
    "away": away_command,
    "back": lambda event, desk, _: back_command(event, desk),
    "closed": closed_command,
    "duplicate": duplicate_command,
    "duty": lambda event, desk, _: duty_command(event, desk),
    "help": lambda event, desk, _: administrator_help(event, desk),
    "incident": begin_incident,
    "open": show_waiting,
    "overdue": lambda event, desk, _: ask_overdue(event, desk),
    "rating": ask_rating,
    "report": ask_report,
    "send": lambda event, desk, _: send_command(event, desk),
    "silenced": lambda event, desk, _: silenced_command(event, desk),
    "start": lambda event, desk, _: administrator_help(event, desk),
    "subscribe": subscribe_command,
    "template": template_command,
    "templates": lambda event, desk, _: show_templates(event, desk),
    "ticket": show_ticket,
    "topics": lambda event, desk, _: try_threads(event, desk),
    "transfer": transfer_command,
    "unsubscribe": lambda event, desk, _: unsubscribe_command(event, desk),
    "undo": lambda event, desk, _: take_answer_back(event, desk),
}
"""What administrators type; an unknown command is no answer, and its writer is told so."""


def _in_private(event: MessageReceived, desk: Desk, command: Command) -> None:
    if command.name in _FROM_SUPERVISORS and desk.supervises(event.sender):
        _FROM_SUPERVISORS[command.name](event, desk, command.argument)
        return
    link = command.argument or event.deep_link
    if command.name == "start" and not link and desk.supervises(event.sender):
        supervisor_start(event, desk)
        return
    if command.name in ("start", "my", "language", "help"):
        hear_language(desk, desk.citizen(event.sender, event.place), event)
    match command:
        case Command(name="join"):
            join_scope(event, desk, command.argument)
        case Command(name="bind"):
            desk.send(event.place, OutboxKind.NOTICE, desk.say(desk.rules.language, "bind-in-group"))
        case Command(name="start"):
            citizen_start(event, desk, link)
        case Command(name="my"):
            citizen_tickets(event, desk)
        case Command(name="language"):
            citizen_language(event, desk)
        case Command(name="delete"):
            ask_to_erase(event, desk)
        case Command(name="help" | "open" | "templates"):
            citizen_help(event, desk)
        case _ if command.name in _FROM_SUPERVISORS:
            citizen_help(event, desk)
        case _:
            # Words that only look like a command are a citizen's words: nothing is lost.
            citizen_message(event, desk)


_FROM_SUPERVISORS: dict[str, Callable[[MessageReceived, Desk, str], None]] = {
    "closed": closed_for_scope,
    "help": lambda event, desk, _: supervisor_help(event, desk),
    "overdue": lambda event, desk, _: ask_overdue(event, desk),
    "pages": lambda event, desk, _: hand_out_link(event.place, event.sender, desk),
    "rating": ask_rating,
    "report": ask_report,
    "silenced": lambda event, desk, _: silenced_command(event, desk),
    "signout": lambda event, desk, _: sign_out(event.place, event.sender, desk),
    "subscribe": subscribe_command,
    "ticket": show_asked_ticket,
    "unsubscribe": lambda event, desk, _: unsubscribe_command(event, desk),
}
"""What supervisors type in private; from anybody else it gets the citizen's answers."""


def _take_link(event: MessageReceived, desk: Desk) -> None:
    """VK carries the link's payload with the first message itself."""
    linked = desk.institution(event.deep_link.lower()) if event.deep_link else None
    if linked is not None:
        citizen = desk.citizen(event.sender, event.place)
        desk.keep_citizen(replace(citizen, institution=linked.code))
        if desk.registry.institution_of(event.place) is None:
            show_start(desk, citizen.id, event.place, linked.code, is_linked=True)
