"""Notes among administrators: kept, told of when somebody may have meant the citizen, and sent after all.

Whoever replied to a colleague's words reads once in each ticket that this stayed here; later only a sign. Only the
writer lets such words go to the citizen, with the button or with `/send`.
"""

from bot.domain.copying import replace
from bot.domain.edits import as_read_now
from bot.domain.event import ButtonPressed, MessageReceived
from bot.domain.message import Button, Person, Place
from bot.domain.ticket import MessageKind, Ticket, TicketMessage
from handlers.buttons import Press
from handlers.desk import Desk
from handlers.interim import as_marked
from handlers.sending import send_answer
from handlers.transfer_choice import tell_moved
from storage.outbox_row import OutboxKind

WRITTEN = "✍"
"""Under words that stayed in the work chat, where their writer knows already what that means."""


def keep_note(desk: Desk, ticket: Ticket, said: TicketMessage) -> None:
    """Store words that stay in the work chat."""
    desk.keep_message(said)
    desk.link_said(ticket, said)


def tell_of_note(desk: Desk, ticket: Ticket, said: TicketMessage) -> None:
    """Say that words went to nobody: once a person and ticket in words, later with a sign where there are any."""
    if said.administrator in ticket.told_of_notes:
        text, buttons = desk.say(desk.rules.language, "note-not-sent", number=ticket.number), _way(desk, ticket, said)
        desk.react(said.place, said.message_id, WRITTEN, instead=text, buttons=buttons, thread=ticket.work_thread)
        return
    if said.administrator is not None:
        desk.keep_ticket(replace(ticket, told_of_notes=(*ticket.told_of_notes, said.administrator)))
    tell_not_sent(desk, ticket, said, "note-not-sent")


def tell_not_sent(desk: Desk, ticket: Ticket, said: TicketMessage, key: str) -> None:
    """Say under words that they went to nobody, with the button that sends them."""
    desk.send(
        said.place,
        OutboxKind.NOTICE,
        desk.say(desk.rules.language, key, number=ticket.number),
        buttons=_way(desk, ticket, said),
        reply_to=said.message_id,
        ticket=ticket,
    )


def _way(desk: Desk, ticket: Ticket, said: TicketMessage) -> list[list[Button]]:
    text = desk.say(desk.rules.language, "button-note-send")
    return [[Button(text=text, action=Press.NOTE.of(ticket.number, said.id))]]


def send_command(event: MessageReceived, desk: Desk) -> None:
    """Handle `/send`, a reply to one's own words that stayed in the work chat."""
    said = desk.said(event.place, event.reply_to) if event.reply_to else None
    ticket = desk.ticket(said.ticket) if said is not None and said.ticket is not None else None
    if ticket is not None and ticket.institution not in desk.registry.served_by(event.place):
        tell_moved(event, desk, ticket)
        return
    refusal = _send(desk, ticket, said, event.sender)
    if refusal:
        text = desk.say(desk.rules.language, refusal, number=ticket.number if ticket is not None else 0)
        desk.send(event.place, OutboxKind.NOTICE, text, reply_to=event.message_id, thread=event.thread)


def note_pressed(event: ButtonPressed, desk: Desk, ticket: Ticket, message: int) -> None:
    """Handle `j:NUMBER:MESSAGE`, «Отправить жителю»."""
    language = desk.rules.language
    said = next((each for each in as_read_now(desk.time_line(ticket.number)) if each.id == message), None)
    refusal = _send(desk, ticket, said, event.sender)
    desk.end_press(event.place, event.press_id, desk.say(language, refusal, number=ticket.number) if refusal else "")
    if not refusal and said is not None:
        _end(desk, event.place, event.message_id, desk.say(language, "note-sent", number=ticket.number))


def _send(desk: Desk, ticket: Ticket | None, said: TicketMessage | None, sender: Person) -> str:
    """Let a note be an answer, which is given now; returns the key of the words that say why not, else nothing."""
    if ticket is None or said is None:
        return "send-what"
    acting = desk.acting(sender)
    if acting is None or acting.id != said.administrator:
        return "note-not-yours"
    if said.kind is not MessageKind.NOTE:
        return "note-sent-already" if said.kind is MessageKind.ANSWER else "send-what"
    if desk.citizen_by_id(ticket.citizen).is_erased:
        return "erased-no-answer"
    if not said.text.strip() and not said.attachments:
        return "send-what"
    send_answer(desk, ticket, as_marked(replace(said, said_at=desk.now)))
    return ""


def _end(desk: Desk, place: Place, message_id: str, text: str) -> None:
    if message_id:
        desk.edit_sent(place, message_id, text, buttons=())
