"""Administrators and a mass event: opening it, answering all at once, listing and ending it."""

from dataclasses import replace

from bot.domain.event import ButtonPressed, MessageReceived
from bot.domain.incident import Incident
from bot.domain.institution import Institution
from bot.domain.matter import matter_of, speaks_of
from bot.domain.message import Button
from bot.domain.own_event import IncidentAnswered, IncidentSuspected
from bot.domain.ticket import Author, MessageKind, TicketMessage
from bot.safety.links import defang
from handlers.asking import ask_which
from handlers.buttons import Press
from handlers.desk import Desk
from handlers.incident import (
    SIGN,
    close_incident,
    incident_in,
    open_incident,
    refresh_incident,
)
from handlers.legal import is_closed
from handlers.sending import doubts_in_words, put_answer
from storage.outbox_row import OutboxKind

LONGEST_MATTER = 60
_LISTED = 15
_WORDS_SHOWN = 60


def begin_incident(event: MessageReceived, desk: Desk, matter: str) -> None:
    """Handle `/incident нет воды` in a work chat; without words say how it is done."""
    codes = desk.registry.served_by(event.place)
    words = " ".join(matter.split())
    if not words:
        _tell(event, desk, "incident-how")
    elif len(words) > LONGEST_MATTER:
        _tell(event, desk, "incident-too-long", most=LONGEST_MATTER)
    else:
        # In a chat of several institutions the one to which most have written of it is meant, if there is one.
        matter_words = matter_of(words)
        speak = {code: sum(speaks_of(matter_words, t.first_words) for t in desk.waiting_in(code)) for code in codes}
        most = [code for code in codes if speak[code] == max(speak.values())]
        institution = desk.institution(most[0])
        if len(most) > 1 or institution is None:
            ask_which(event, desk, most, "incident", words)
            return
        incident_of(event, desk, institution, words)


def incident_of(event: MessageReceived | ButtonPressed, desk: Desk, institution: Institution, words: str) -> None:
    """Open a mass event of one institution, unless it is known."""
    code = institution.code
    same = [known for known in desk.incidents_of(code) if known.matter.lower() == words.lower()]
    if same:
        text = desk.say(desk.rules.language, "incident-known", number=same[0].number, matter=same[0].matter)
        desk.send(event.place, OutboxKind.NOTICE, text, reply_to=event.message_id)
        return
    open_incident(desk, code, words, desk.administrator(event.sender, code).id)


def incident_replied_to(event: MessageReceived, desk: Desk) -> Incident | None:
    """Return the mass event whose message was replied to, if it goes on and this chat answers for it."""
    incident = desk.incident(incident_in(event.reply_text)) if event.reply_text.startswith(SIGN) else None
    return incident if incident is not None and incident.institution in desk.registry.served_by(event.place) else None


def draft_answer(event: MessageReceived, desk: Desk, incident: Incident) -> None:
    """Show once more what would go to everybody, and to how many; nothing goes without a press."""
    if not event.text.strip():
        _tell(event, desk, "incident-words-only")
        return
    administrator = desk.administrator(event.sender, incident.institution)
    desk.keep_incident(replace(incident, draft=event.text, drafted_by=administrator.id))
    language = desk.rules.language
    reasons = doubts_in_words(desk, incident.institution, event.text, language)
    members = desk.count_members(incident.number)
    text = desk.say(language, "incident-draft", number=incident.number, count=members.waiting, words=event.text)
    buttons = [
        [
            Button(
                text=desk.say(language, f"button-incident-{action}"),
                action=Press.INCIDENT.of(incident.number, action),
            )
        ]
        for action in ("send", "drop")
    ]
    desk.send(
        event.place,
        OutboxKind.NOTICE,
        "\n\n".join([text, *reasons]),
        buttons=buttons,
        reply_to=event.message_id,
    )


def incident_choice(event: ButtonPressed, desk: Desk) -> None:
    """Handle `n:NUMBER:ACTION` under the message of a mass event; `s:…` under the suggestion of one."""
    language = desk.rules.language
    match event.action.split(":"):
        case [Press.INCIDENT, number, action] if number.isdecimal():
            incident = desk.incident(int(number))
            if incident is None or incident.institution not in desk.registry.served_by(event.place):
                desk.end_press(event.place, event.press_id, desk.say(language, "press-void"))
                return
            _ACTIONS.get(action, _nothing)(event, desk, incident)
        case [Press.SUSPICION, code, *matter] if code in desk.registry.served_by(event.place):
            desk.end_press(event.place, event.press_id)
            words = ":".join(matter)
            if not any(known.matter == words for known in desk.incidents_of(code)):
                open_incident(desk, code, words, desk.administrator(event.sender, code).id)
            if event.message_id:
                text = desk.say(language, "incident-suspicion-taken", matter=words)
                desk.edit_sent(event.place, event.message_id, text, buttons=())
        case _:
            desk.end_press(event.place, event.press_id, desk.say(language, "press-void"))


def incident_answered(event: IncidentAnswered, desk: Desk) -> None:
    """Send the answer to the next tickets of a mass event, each as an answer of its own; then go on."""
    incident = desk.incident(event.incident)
    waiting = desk.members_waiting(event.incident)
    for ticket in waiting:
        if is_closed(desk, ticket.place, desk.institution(ticket.institution)):
            continue
        said = TicketMessage(
            id=desk.next_message_id(),
            ticket=ticket.number,
            citizen=None,
            kind=MessageKind.ANSWER,
            author=Author.ADMINISTRATOR,
            administrator=event.administrator,
            text=event.text,
            place=ticket.work_place or ticket.place,
            message_id="",
            said_at=desk.now,
            received_at=desk.now,
        )
        put_answer(desk, ticket, said)
    if waiting:
        after = waiting[-1].number
        key = f"incident-answer:{event.incident}:{event.administrator}:{after}:{desk.now.isoformat()}"
        desk.do_aside(replace(event, after=after), key=key)
    elif incident is not None:
        refresh_incident(desk, incident, desk.count_members(incident.number))


def incident_suspected(event: IncidentSuspected, desk: Desk) -> None:
    """Ask the work chat whether many tickets on one matter are a mass event."""
    chat = desk.work_chat(event.institution)
    if chat is None or any(known.matter == event.matter for known in desk.incidents_of(event.institution)):
        return
    language = desk.rules.language
    text = desk.say(language, "incident-suspicion", count=event.count, matter=event.matter)
    action = Press.SUSPICION.of(event.institution, event.matter)
    button = Button(text=desk.say(language, "button-incident-join"), action=action)
    desk.send(chat.place, OutboxKind.REMINDER, text, buttons=[[button]])


def _send(event: ButtonPressed, desk: Desk, incident: Incident) -> None:
    language = desk.rules.language
    if not incident.draft or incident.drafted_by is None:
        desk.end_press(event.place, event.press_id, desk.say(language, "press-answer-decided"))
        return
    desk.keep_incident(replace(incident, answer=incident.draft, draft="", drafted_by=None))
    answered = IncidentAnswered(
        incident=incident.number, administrator=incident.drafted_by, text=incident.draft, after=0
    )
    desk.do_aside(answered, key=f"incident-answer:{incident.number}:{event.press_id or desk.now.isoformat()}")
    desk.end_press(event.place, event.press_id, desk.say(language, "press-answer-sent", number=incident.number))
    _end_question(event, desk, desk.say(language, "incident-sent", number=incident.number))


def _drop(event: ButtonPressed, desk: Desk, incident: Incident) -> None:
    language = desk.rules.language
    desk.keep_incident(replace(incident, draft="", drafted_by=None))
    desk.end_press(event.place, event.press_id)
    _end_question(event, desk, desk.say(language, "incident-dropped", number=incident.number))


def _list(event: ButtonPressed, desk: Desk, incident: Incident) -> None:
    language = desk.rules.language
    desk.end_press(event.place, event.press_id)
    waiting = desk.members_waiting(incident.number)
    lines = [desk.say(language, "incident-list", number=incident.number)]
    for ticket in waiting[:_LISTED]:
        words = " ".join(defang(ticket.first_words).split())
        shown = words if len(words) <= _WORDS_SHOWN else words[: _WORDS_SHOWN - 1] + "…"
        waits = desk.how_long(language, ticket.waiting_since or desk.now)
        lines.append(desk.say(language, "open-line", number=ticket.number, waits=waits, words=shown))
    if len(waiting) > _LISTED:
        lines.append(desk.say(language, "open-more", count=len(waiting) - _LISTED))
    text = "\n".join(lines) if waiting else desk.say(language, "incident-nobody-waits", number=incident.number)
    desk.send(event.place, OutboxKind.NOTICE, text, refers_to=incident.card)


def _close(event: ButtonPressed, desk: Desk, incident: Incident) -> None:
    close_incident(desk, incident)
    desk.end_press(event.place, event.press_id, desk.say(desk.rules.language, "press-incident-closed"))


def _nothing(event: ButtonPressed, desk: Desk, _: Incident) -> None:
    desk.end_press(event.place, event.press_id, desk.say(desk.rules.language, "press-void"))


def _end_question(event: ButtonPressed, desk: Desk, text: str) -> None:
    if event.message_id:
        desk.edit_sent(event.place, event.message_id, text, buttons=())


def _tell(event: MessageReceived, desk: Desk, key: str, **arguments: int) -> None:
    text = desk.say(desk.rules.language, key, **arguments)
    desk.send(event.place, OutboxKind.NOTICE, text, reply_to=event.message_id)


_ACTIONS = {"send": _send, "drop": _drop, "list": _list, "close": _close}
