"""The card's button «Шаблон»: a list, then the filled words to look at, and only then they go to the citizen."""

from bot.domain.event import ButtonPressed
from bot.domain.message import Button
from bot.domain.template import Template, filled
from bot.domain.ticket import Author, DeliveryState, MessageKind, Ticket, TicketMessage
from handlers.buttons import Press
from handlers.card import is_shown
from handlers.desk import Desk
from handlers.interim import as_marked
from handlers.sending import send_answer
from storage.outbox_row import OutboxKind

PAGE = 8
"""Templates on a page; with the two buttons for turning it VK's ten are full."""

Rows = list[list[Button]]


def offer_templates(desk: Desk, ticket: Ticket) -> str:
    """Show the list as a reply to the card; returns the key of the press's own word."""
    text, rows = _page(desk, ticket, 0)
    if not rows:
        return "press-no-templates"
    chat = desk.work_chat(ticket.institution)
    if chat is not None:
        card = ticket.card if is_shown(desk, ticket) else None
        desk.send(chat.place, OutboxKind.NOTICE, text, buttons=rows, ticket=ticket, refers_to=card)
    return "press-templates"


def template_chosen(event: ButtonPressed, desk: Desk, ticket: Ticket, deed: str, number: int) -> None:
    """Handle `p:TICKET:DEED:NUMBER`: turn the page, look at a template, send it, or leave it."""
    language = desk.rules.language
    template = desk.registry.templates.get(number)
    match deed:
        case "list":
            text, rows = _page(desk, ticket, number)
            _show(event, desk, text, rows)
        case "look" if template is not None and template.scope.covers(desk.holder(ticket)):
            _look(event, desk, ticket, template)
        case "send" if template is not None and template.scope.covers(desk.holder(ticket)):
            _send(event, desk, ticket, template)
            return
        case "leave":
            _show(event, desk, desk.say(language, "template-left", number=ticket.number), [])
        case _:
            desk.end_press(event.place, event.press_id, desk.say(language, "press-template-gone"))
            return
    desk.end_press(event.place, event.press_id)


def _page(desk: Desk, ticket: Ticket, page: int) -> tuple[str, Rows]:
    language = desk.rules.language
    known = desk.registry.templates_for(desk.holder(ticket))
    page = min(max(page, 0), max((len(known) - 1) // PAGE, 0))
    rows = [[_button(ticket, each.title, "look", each.id)] for each in known[page * PAGE : (page + 1) * PAGE]]
    turning = []
    if page:
        turning.append(_button(ticket, desk.say(language, "button-back"), "list", page - 1))
    if (page + 1) * PAGE < len(known):
        turning.append(_button(ticket, desk.say(language, "button-more"), "list", page + 1))
    return desk.say(language, "template-choose", number=ticket.number), [*rows, *([turning] if turning else [])]


def _look(event: ButtonPressed, desk: Desk, ticket: Ticket, template: Template) -> None:
    language = desk.rules.language
    head = desk.say(language, "template-look", number=ticket.number, title=template.title)
    rows = [
        [_button(ticket, desk.say(language, "button-template-send"), "send", template.id)],
        [
            _button(ticket, desk.say(language, "button-back"), "list", 0),
            _button(ticket, desk.say(language, "button-template-leave"), "leave", 0),
        ],
    ]
    _show(event, desk, f"{head}\n\n{_filled(desk, ticket, template)}", rows)


def _send(event: ButtonPressed, desk: Desk, ticket: Ticket, template: Template) -> None:
    """Send the words as an answer of whoever pressed; a second press on the same message sends nothing."""
    language = desk.rules.language
    if event.message_id and desk.said(event.place, event.message_id) is not None:
        desk.end_press(event.place, event.press_id, desk.say(language, "press-template-sent", number=ticket.number))
        return
    administrator = desk.administrator(event.sender, ticket.institution)
    words = _filled(desk, ticket, template)
    said = TicketMessage(
        id=desk.next_message_id(),
        ticket=ticket.number,
        citizen=None,
        kind=MessageKind.ANSWER,
        author=Author.ADMINISTRATOR,
        administrator=administrator.id,
        text=words,
        place=event.place,
        message_id=event.message_id,
        said_at=event.pressed_at,
        received_at=desk.now,
    )
    send_answer(desk, ticket, as_marked(said))
    answer = desk.answer(said.id)
    is_held = answer is not None and answer.delivery is DeliveryState.HELD
    head = desk.say(
        language,
        "template-held" if is_held else "template-sent",
        number=ticket.number,
        title=template.title,
        name=desk.administrator_name(administrator.id),
    )
    _show(event, desk, f"{head}\n\n{words}", [])
    desk.end_press(event.place, event.press_id)


def _filled(desk: Desk, ticket: Ticket, template: Template) -> str:
    citizen = desk.citizen_by_id(ticket.citizen)
    language = desk.language_of(citizen)
    institution = desk.holder(ticket)
    deadline = ticket.deadline_at
    if deadline is None or deadline <= desk.now:
        deadline = desk.policy_of(ticket).deadline(desk.calendar(institution), desk.now)
    values = {
        "имя": citizen.name,
        "номер": str(ticket.number),
        "учреждение": institution.title,
        "срок": desk.until(language, deadline, desk.zone(institution)),
    }
    return filled(template.words_in(language), values)


def _show(event: ButtonPressed, desk: Desk, text: str, rows: Rows) -> None:
    if event.message_id:
        desk.edit_sent(event.place, event.message_id, text, buttons=rows)
    else:
        desk.send(event.place, OutboxKind.NOTICE, text, buttons=rows, thread=event.thread)


def _button(ticket: Ticket, text: str, deed: str, number: int) -> Button:
    return Button(text=text, action=Press.TEMPLATE.of(ticket.number, deed, number))
