"""What a ticket is about: guessed when it opens, asked where that is wished, corrected by administrators."""

from collections.abc import Iterable

from bot.directory.topics import OTHER, SURE, Topic
from bot.domain.citizen import Citizen
from bot.domain.copying import replace
from bot.domain.event import ButtonPressed
from bot.domain.institution import Institution
from bot.domain.message import Button
from bot.domain.ticket import Ticket, TicketEventKind, TicketMessage, TicketOrigin
from handlers.buttons import Press
from handlers.card import refresh_card
from handlers.card_menu import show_menu
from handlers.desk import Desk
from storage.outbox_row import OutboxKind

_PAGE = 8
"""Topics on a page; with the two buttons for turning it VK's ten are full."""
_BUTTONS = 10


def with_topic(desk: Desk, ticket: Ticket, words: Iterable[TicketMessage], institution: Institution) -> Ticket:
    """Return the ticket with what its words seem to be about, unless a person or surer words have said it."""
    is_chosen = bool(ticket.topic) and ticket.topic_confidence is None
    if is_chosen or (ticket.topic_confidence or 0.0) >= SURE:
        return ticket
    topic, confidence = likely_topic(desk, words, institution)
    if confidence <= (ticket.topic_confidence or 0.0):
        return ticket
    return replace(ticket, topic=topic, topic_confidence=confidence)


def likely_topic(desk: Desk, words: Iterable[TicketMessage], institution: Institution) -> tuple[str, float]:
    """Return what words seem to be about and how sure that is; ("", 0.0) when nothing tells."""
    text = "\n".join(message.text for message in words)
    return desk.rules.topics.topic_of(text, institution.branch)


def ask_topic(desk: Desk, ticket: Ticket, citizen: Citizen) -> None:
    """Show the topics to a citizen whose words do not tell it; nothing waits for their choice."""
    is_known = bool(ticket.topic) and (ticket.topic_confidence or 0.0) >= SURE
    if not desk.rules.asks_topic or is_known or ticket.origin is not TicketOrigin.PRIVATE:
        return
    language = desk.language_of(citizen)
    offered = [topic for topic in desk.rules.topics.all if topic.key != OTHER][:_BUTTONS]
    rows = _rows(desk, language, offered, Press.TOPIC.of(ticket.number, ""))
    text = desk.say(language, "ask-topic", number=ticket.number)
    desk.send(ticket.place, OutboxKind.NOTICE, text, buttons=rows, ticket=ticket)


def topic_pressed(event: ButtonPressed, desk: Desk, citizen: Citizen) -> None:
    """Handle `q:NUMBER:TOPIC` under the citizen's own ticket."""
    language = desk.language_of(citizen)
    match event.action.split(":"):
        case [_, number, key] if number.isdecimal():
            ticket, topic = desk.ticket(int(number)), desk.rules.topics.get(key)
            if ticket is not None and topic is not None and ticket.citizen == citizen.id:
                _choose(desk, ticket, topic, administrator=None)
                name = desk.rules.topics.name(key, language)
                text = desk.say(language, "topic-heard", number=ticket.number, topic=name)
                desk.edit_sent(event.place, event.message_id, text, buttons=())


def administrator_topic(desk: Desk, ticket: Ticket, administrator: int, action: str) -> str:
    """Handle `topic` (shows the topics on the card), `topic.PAGE`, `topic=TOPIC`, `topic-back`; returns what to say."""
    if action.startswith("topic="):
        topic = desk.rules.topics.get(action.removeprefix("topic="))
        if topic is None:
            return "press-void"
        _choose(desk, ticket, topic, administrator=administrator)
        return "press-topic"
    if action == "topic-back":
        refresh_card(desk, ticket)
        return "press-topic-back"
    page = action.removeprefix("topic").removeprefix(".") or "0"
    if not page.isdecimal():
        return "press-void"
    show_menu(desk, ticket, _topic_page(desk, ticket, int(page)))
    return "press-topic-choose"


def _choose(desk: Desk, ticket: Ticket, topic: Topic, *, administrator: int | None) -> None:
    chosen = desk.keep_ticket(replace(ticket, topic=topic.key, topic_confidence=None))
    if (ticket.topic, ticket.topic_confidence) != (chosen.topic, None):
        desk.note_event(chosen, TicketEventKind.TOPIC_SET, administrator, detail=topic.key)
    refresh_card(desk, chosen)


def _topic_page(desk: Desk, ticket: Ticket, page: int) -> list[list[Button]]:
    language = desk.rules.language
    topics = desk.rules.topics.all
    rows = _rows(desk, language, topics[page * _PAGE : (page + 1) * _PAGE], Press.TICKET.of(ticket.number, "topic="))
    turning = [
        Button(
            text=desk.say(language, "button-back"),
            action=Press.TICKET.of(ticket.number, f"topic.{page - 1}")
            if page
            else Press.TICKET.of(ticket.number, "topic-back"),
        )
    ]
    if (page + 1) * _PAGE < len(topics):
        turning.append(
            Button(text=desk.say(language, "button-more"), action=Press.TICKET.of(ticket.number, f"topic.{page + 1}"))
        )
    return [*rows, turning]


def _rows(desk: Desk, language: str, topics: Iterable[Topic], action: str) -> list[list[Button]]:
    buttons = [
        Button(text=desk.rules.topics.name(topic.key, language), action=f"{action}{topic.key}") for topic in topics
    ]
    return [buttons[index : index + 2] for index in range(0, len(buttons), 2)]
