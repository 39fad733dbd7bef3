"""A citizen wants to be forgotten: asked once more, then everything but the measured times is erased."""

from bot.domain.copying import replace
from bot.domain.event import ButtonPressed, MessageReceived
from bot.domain.message import Button
from bot.domain.own_event import PersonErased
from bot.domain.ticket import TicketEventKind
from handlers.buttons import Press
from handlers.card import refresh_card, tell_work_chat
from handlers.desk import Desk
from storage.keys import consent_key, identity
from storage.outbox_row import OutboxKind


def ask_to_erase(event: MessageReceived, desk: Desk) -> None:
    """Ask once more, with a button; say so where nothing is kept."""
    citizen = desk.known_citizen(event.sender)
    language = _language(desk, event)
    if citizen is None and not desk.held(consent_key(identity(event.sender.channel, event.sender.user_id))):
        desk.send(event.place, OutboxKind.REDIRECT, desk.say(language, "erase-nothing"))
        desk.forget_event()
        return
    buttons = [
        [Button(text=desk.say(language, "button-erase"), action=Press.ERASING.of("yes"))],
        [Button(text=desk.say(language, "button-erase-not"), action=Press.ERASING.of("no"))],
    ]
    desk.send(event.place, OutboxKind.NOTICE, desk.say(language, "erase-ask"), buttons=buttons)


def choose_to_erase(event: ButtonPressed, desk: Desk) -> None:
    """Erase, or leave everything as it is. The confirmation itself is not kept once it is sent."""
    language = _language(desk, event)
    desk.end_press(event.place, event.press_id, kind=OutboxKind.REDIRECT)
    if event.action != Press.ERASING.of("yes"):
        desk.send(event.place, OutboxKind.NOTICE, desk.say(language, "erase-not-done"))
        return
    desk.erase(event.sender)
    desk.send(
        event.place,
        OutboxKind.REDIRECT,
        desk.say(language, "erase-done-asking" if desk.rules.asks_consent else "erase-done"),
    )
    desk.forget_event()


def person_erased(event: PersonErased, desk: Desk) -> None:
    """Close what was open and take the words away from the work chats."""
    language = desk.rules.language
    for silence in desk.silences():
        if silence.citizen == event.citizen:
            desk.keep_silence(replace(silence, name="", lifted_at=desk.now))
    for number in event.tickets:
        ticket = desk.ticket(number)
        if ticket is None:
            continue
        if not ticket.is_ended:
            ticket = desk.keep_ticket(ticket.ended(desk.now))
            desk.note_event(ticket, TicketEventKind.CLOSED, detail="erased")
            tell_work_chat(desk, ticket, desk.say(language, "erased-in-work-chat", number=ticket.number))
        refresh_card(desk, ticket)
        # The words may lie in the chats of several institutions: each is taken away where it was shown.
        told = {row for of, row in event.follow_ups if of == number}
        for copy in desk.copies(number):
            if copy.row in told:
                desk.delete(copy.place, OutboxKind.CARD_EDIT, row=copy.row)


def _language(desk: Desk, event: MessageReceived | ButtonPressed) -> str:
    citizen = desk.known_citizen(event.sender)
    if citizen is not None and citizen.language:
        return citizen.language
    phone = event.sender.language
    return desk.rules.texts.choose_language(phone) if phone else desk.rules.language
