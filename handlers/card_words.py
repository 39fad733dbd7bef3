"""What a ticket's card says, and its buttons, worked out anew from the rows."""

import re

from bot.directory.topics import SURE
from bot.domain.institution import Institution
from bot.domain.message import Button
from bot.domain.quotation import quoted
from bot.domain.ticket import Answer, DeliveryState, Ticket, TicketOrigin, TicketState
from bot.safety.links import defang
from handlers.buttons import Press
from handlers.desk import Desk
from handlers.framed import without_quote
from handlers.urgent import flag_lines

_ANSWERS_SHOWN = 5
_NUMBER = re.compile(r"№\s?(\d{1,12}) · ")
_CARD_HEAD = re.compile(r"№\s?\d{1,12} · .+ · .+, (?:ВКонтакте|Telegram|MAX)(?:, [^:]+)?")
"""The first line of a card, which says who wrote and through which messenger."""
_OLD_CARD_WHO = re.compile(r".+, \d\d\.\d\d \d\d:\d\d · .+")
"""The second line of cards that were sent before, but for warnings: who wrote, when, and through which messenger."""
_WARNINGS = ("🚨", "⚠")


def number_on_card(text: str) -> int | None:
    """Return the ticket number when our own words have the form of a card, None for all our other words.

    By it the ticket of a card is found whose link was lost. What begins with a number as well (`/ticket`, notices,
    a citizen's further words) is no card.
    """
    head, *more = text.split("\n", 4)[:4]
    number = _NUMBER.match(head)
    if number is None:
        return None
    who = next((line for line in more if not line.startswith(_WARNINGS)), "")
    return int(number.group(1)) if _CARD_HEAD.fullmatch(head) or _OLD_CARD_WHO.fullmatch(who) else None


def card_words(desk: Desk, ticket: Ticket) -> str:
    """Return what a card says by now."""
    language = desk.rules.language
    institution = desk.holder(ticket)
    zone = desk.zone(institution)
    citizen = desk.citizen_by_id(ticket.citizen)
    place = desk.say(
        language,
        "card-comment" if ticket.origin is TicketOrigin.COMMENT else "card-private",
        channel=ticket.place.channel,
    )
    lines = [
        desk.say(language, "card-head", number=ticket.number, institution=institution.title),
        *([] if ticket.is_ended else flag_lines(desk, without_quote(ticket.first_words))),
        desk.say(
            language,
            "card-who",
            place=place,
            name=defang(citizen.name) or desk.say(language, "citizen-unnamed"),
            at=desk.shortly(language, ticket.opened_at, zone),
        ),
        *([desk.say(language, "card-language-tt")] if ticket.language == "tt" else []),
        "",
        quoted(ticket.first_words) or desk.say(language, "card-no-words"),
        "",
        *state_lines(desk, language, ticket, institution),
        *([desk.say(language, "card-nobody-there")] if _is_left_alone(desk, ticket, institution) else []),
        *([desk.say(language, "card-follows", other=ticket.follows)] if ticket.follows is not None else []),
        *_came_to_line(desk, language, ticket),
        *([desk.say(language, "card-taken", name=desk.administrator_name(ticket.taken_by))] if ticket.taken_by else []),
        *(_answer_line(desk, language, answer, institution) for answer in _answers_shown(desk, ticket)),
        *_topic_line(desk, language, ticket),
        *_citizens_word(desk, language, ticket),
        *([ticket.link] if ticket.link else []),
    ]
    if not ticket.is_ended and not ticket.place.is_comments and ticket.place.community in citizen.forbids:
        lines.append(desk.say(language, "card-writing-forbidden"))
    if not ticket.is_ended:
        hint = "card-hint-topic" if ticket.work_thread else "card-hint"
        lines.append(desk.say(language, hint if ticket.place.is_answerable else "card-answer-there"))
    return "\n".join(lines)


def _is_left_alone(desk: Desk, ticket: Ticket, institution: Institution) -> bool:
    return ticket.state is TicketState.OPEN and desk.is_nobody_there(institution)


def _came_to_line(desk: Desk, language: str, ticket: Ticket) -> list[str]:
    asked = desk.institution(ticket.came_to) if ticket.came_to else None
    return [desk.say(language, "card-came-to", institution=asked.title)] if asked is not None else []


def state_lines(desk: Desk, language: str, ticket: Ticket, institution: Institution) -> list[str]:
    """Return where a ticket stands: until when an answer is due, and the final answer after an interim one."""
    zone = desk.zone(institution)
    if ticket.withdrawn_at is not None:
        return [desk.say(language, "card-withdrawn")]
    lines = []
    if ticket.deadline_at is not None and not ticket.is_ended:
        key = "card-waiting" if desk.now < ticket.deadline_at else "card-overdue"
        lines.append(desk.say(language, key, until=desk.until(language, ticket.deadline_at, zone)))
    if ticket.interim_at is not None and not ticket.is_ended:
        lines.append(_owed_line(desk, language, ticket, institution))
    if ticket.duplicate_of is not None:
        lines.append(desk.say(language, "card-duplicate", other=ticket.duplicate_of))
    return lines or [desk.say(language, f"card-state-{ticket.state.value}")]


def _owed_line(desk: Desk, language: str, ticket: Ticket, institution: Institution) -> str:
    due = ticket.resolve_by_at
    if due is None:
        return desk.say(language, "card-interim-open")
    key = "card-interim" if desk.now < due else "card-interim-late"
    return desk.say(language, key, until=desk.until(language, due, desk.zone(institution)))


def _answers_shown(desk: Desk, ticket: Ticket) -> list[Answer]:
    shown = [answer for answer in desk.answers(ticket.number) if answer.delivery is not DeliveryState.DROPPED]
    return shown[-_ANSWERS_SHOWN:]


def _topic_line(desk: Desk, language: str, ticket: Ticket) -> list[str]:
    """Return what the ticket is about, with a question mark while only the rules say so and are unsure."""
    if not ticket.topic:
        return []
    is_sure = ticket.topic_confidence is None or ticket.topic_confidence >= SURE
    name = desk.rules.topics.name(ticket.topic, language)
    return [desk.say(language, "card-topic" if is_sure else "card-topic-unsure", topic=name)]


def _citizens_word(desk: Desk, language: str, ticket: Ticket) -> list[str]:
    """Return what the citizen said of the answer."""
    lines = []
    if ticket.is_solved is not None:
        lines.append(desk.say(language, "card-solved" if ticket.is_solved else "card-not-solved"))
    if ticket.grade is not None:
        lines.append(desk.say(language, "card-grade", grade=ticket.grade))
    return lines


def _answer_line(desk: Desk, language: str, answer: Answer, institution: Institution) -> str:
    name = desk.administrator_name(answer.administrator)
    match answer.delivery:
        case DeliveryState.DELIVERED if answer.delivered_at is not None:
            at = desk.shortly(language, answer.delivered_at, desk.zone(institution))
            return desk.say(language, "card-answer-delivered", name=name, at=at)
        case DeliveryState.REFUSED:
            reason = desk.say(language, f"refused-{answer.refused_reason}")
            return desk.say(language, "card-answer-refused", name=name, reason=reason)
        case DeliveryState.HELD:
            return desk.say(language, "card-answer-held", name=name)
        case DeliveryState.TAKEN_BACK:
            return desk.say(language, "card-answer-taken-back", name=name)
        case _:
            return desk.say(language, "card-answer-on-the-way", name=name)


def card_buttons(desk: Desk, ticket: Ticket) -> list[list[Button]]:
    """Return what can be pressed on it."""
    of_ticket = Press.TICKET.of(ticket.number, "")

    def button(action: str) -> Button:
        return Button(text=desk.say(desk.rules.language, f"button-{action}"), action=of_ticket + action)

    if ticket.withdrawn_at is not None:
        return []
    if ticket.is_ended:
        return [[button("reopen")]]
    first = [] if ticket.taken_by else [button("take")]
    if desk.registry.has_templates(desk.holder(ticket)):
        first.append(button("templates"))
    last = [button("transfer"), button("topic"), button("duplicate")]
    if ticket.state is TicketState.OPEN:
        return [[*first, button("skip")], [button("close"), button("spam")], last]
    kind_of_answer = button("final" if ticket.interim_at is not None else "interim")
    return [[*first, button("close")], last, [kind_of_answer]]
