"""What a ticket's card says, and its buttons, worked out anew from the rows."""

import re
from collections.abc import Iterator
from datetime import datetime

from bot.domain.institution import Institution
from bot.domain.message import Button
from bot.domain.quotation import quoted
from bot.domain.ticket import Answer, DeliveryState, Ticket, TicketOrigin, TicketState
from bot.safety.links import defang
from handlers.buttons import Press
from handlers.desk import Desk
from handlers.framed import without_quote
from handlers.urgent import flag_lines

_ANSWERS_SHOWN = 3
"""Of those that did not simply arrive; a line each."""
_NUMBER = re.compile(r"№\s?(\d{1,12}) · ")
_CARD_HEAD = re.compile(r"№\s?\d{1,12} · .+ · .+, (?:ВКонтакте|Telegram|MAX)(?:, [^:]+)?")
"""The first line of a card, which says who wrote and through which messenger."""
_OLD_CARD_WHO = re.compile(r".+, \d\d\.\d\d \d\d:\d\d · .+")
"""The second line of cards that were sent before, but for warnings: who wrote, when, and through which messenger."""
_LONGEST_LINE = 500
"""Characters that are looked at: names of people and institutions end long before."""
_POST_SHOWN = 60
"""Characters of the post above a comment."""
_WARNINGS = ("🚨", "⚠")


def number_on_card(text: str) -> int | None:
    """Return the ticket number when our own words have the form of a card, None for all our other words.

    By it the ticket of a card is found whose link was lost. What begins with a number as well (`/ticket`, notices,
    a citizen's further words) is no card.
    """
    head, *more = (line[:_LONGEST_LINE] for line in text.split("\n", 4)[:4])
    number = _NUMBER.match(head)
    if number is None:
        return None
    who = next((line for line in more if not line.startswith(_WARNINGS)), "")
    return int(number.group(1)) if _CARD_HEAD.fullmatch(head) or _OLD_CARD_WHO.fullmatch(who) else None


def card_words(desk: Desk, ticket: Ticket) -> str:
    """Return what a card says by now: one line of who waits until when, the words, then only what is out of the usual.

    The number comes first: by it a reply to the card is recognised when its link is lost.
    """
    language = desk.rules.language
    institution = desk.holder(ticket)
    lines = [
        _head_line(desk, language, ticket, institution),
        *([institution.title] if _serves_several(desk, ticket) else []),
        *([] if ticket.is_ended else flag_lines(desk, without_quote(ticket.first_words))),
        *([_comment_line(desk, language, ticket)] if ticket.origin is TicketOrigin.COMMENT else []),
        quoted(ticket.first_words) or desk.say(language, "card-no-words"),
        *_lines_below(desk, language, ticket, institution),
    ]
    return "\n".join(lines)


def post_begins(text: str) -> str:
    """Return how a post begins, in one line."""
    line = " ".join(text[:_LONGEST_LINE].split())
    return line if len(line) <= _POST_SHOWN else f"{line[: _POST_SHOWN - 1].rstrip(' .,;:–-')}…"


def _comment_line(desk: Desk, language: str, ticket: Ticket) -> str:
    if not ticket.post:
        return desk.say(language, "card-comment")
    return desk.say(language, "card-comment-under", post=defang(ticket.post))


def _head_line(desk: Desk, language: str, ticket: Ticket, institution: Institution) -> str:
    citizen = desk.citizen_by_id(ticket.citizen)
    line = desk.say(
        language,
        "card-line",
        number=ticket.number,
        state=_state(desk, language, ticket, institution),
        name=" ".join(defang(citizen.name).split()) or desk.say(language, "citizen-unnamed"),
        channel=ticket.place.channel,
    )
    return f"{line}, {desk.say(language, 'card-language-tt')}" if ticket.language == "tt" else line


def _state(desk: Desk, language: str, ticket: Ticket, institution: Institution) -> str:
    if ticket.deadline_at is not None and not ticket.is_ended:
        key = "card-until" if desk.now < ticket.deadline_at else "card-late"
        return desk.say(language, key, until=_at(desk, language, ticket, ticket.deadline_at, institution))
    if ticket.withdrawn_at is not None:
        return desk.say(language, "card-withdrawn")
    if ticket.duplicate_of is not None:
        return desk.say(language, "card-duplicate", other=ticket.duplicate_of)
    return desk.say(language, f"card-state-{ticket.state.value}")


def _at(desk: Desk, language: str, ticket: Ticket, moment: datetime, institution: Institution) -> str:
    """Return «17:00», or «25.11 17:00» of another day than that of the card, which stays and is read for days."""
    zone = desk.zone(institution)
    shown_on = {each.astimezone(zone).date() for each in (ticket.opened_at, max(ticket.opened_at, desk.now))}
    if {moment.astimezone(zone).date()} == shown_on and not ticket.transfers:
        return f"{moment.astimezone(zone):%H:%M}"
    return desk.shortly(language, moment, zone)


def _serves_several(desk: Desk, ticket: Ticket) -> bool:
    chat = desk.work_chat(ticket.institution)
    return chat is not None and len(desk.registry.served_by(chat.place)) > 1


def _lines_below(desk: Desk, language: str, ticket: Ticket, institution: Institution) -> Iterator[str]:
    """Yield what stands below the words: nothing on most cards while nobody has answered."""
    if ticket.interim_at is not None and not ticket.is_ended:
        yield _owed_line(desk, language, ticket, institution)
    if ticket.state is TicketState.OPEN and desk.is_nobody_there(institution):
        yield desk.say(language, "card-nobody-there")
    if ticket.follows is not None:
        yield desk.say(language, "card-follows", other=ticket.follows)
    asked = desk.institution(ticket.came_to) if ticket.came_to else None
    if asked is not None:
        yield desk.say(language, "card-came-to", institution=asked.title)
    yield from _answer_lines(desk, language, ticket, institution)
    if ticket.topic and ticket.topic_confidence is None:
        yield desk.say(language, "card-topic", topic=desk.rules.topics.name(ticket.topic, language))
    yield from _citizens_word(desk, language, ticket)
    yield from _way_lines(desk, language, ticket)


def _way_lines(desk: Desk, language: str, ticket: Ticket) -> Iterator[str]:
    """Yield how to answer, where that is not known or not usual."""
    is_forbidden = ticket.place.community in desk.citizen_by_id(ticket.citizen).forbids
    is_refused = any(answer.delivery is DeliveryState.REFUSED for answer in desk.answers(ticket.number))
    if ticket.link and (ticket.place.is_comments or is_refused or is_forbidden):
        yield ticket.link
    if ticket.is_ended:
        return
    if is_forbidden and not ticket.place.is_comments:
        yield desk.say(language, "card-writing-forbidden")
    if not ticket.place.is_answerable:
        yield desk.say(language, "card-answer-there")
    elif _is_hinted(desk, ticket):
        yield desk.say(language, "card-hint-topic" if ticket.work_thread else "card-hint")


def state_lines(desk: Desk, language: str, ticket: Ticket, institution: Institution) -> list[str]:
    """Return where a ticket stands, in full: until when an answer is due, and the final answer after an interim one."""
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


def _citizens_word(desk: Desk, language: str, ticket: Ticket) -> list[str]:
    """Return in one line what the citizen said of the answer."""
    said = []
    if ticket.is_solved is not None:
        said.append(desk.say(language, "card-solved" if ticket.is_solved else "card-not-solved"))
    if ticket.grade is not None:
        said.append(desk.say(language, "card-grade", grade=ticket.grade))
    return [" · ".join(said)] if said else []


_OUT_OF_THE_USUAL = {
    DeliveryState.ON_THE_WAY: "card-answer-on-the-way",
    DeliveryState.REFUSED: "card-answer-refused",
    DeliveryState.HELD: "card-answer-held",
    DeliveryState.TAKEN_BACK: "card-answer-taken-back",
}
"""Answers that have a line of their own."""


def _answer_lines(desk: Desk, language: str, ticket: Ticket, institution: Institution) -> Iterator[str]:
    """Yield who has the ticket and how the answers fare: one line for all that arrived, one for each that did not."""
    answers = desk.answers(ticket.number)
    given = [answer for answer in answers if answer.delivery is DeliveryState.DELIVERED]
    last = max(given, key=_delivered_at, default=None)
    if ticket.taken_by is not None and (last is None or last.administrator != ticket.taken_by):
        yield desk.say(language, "card-taken", name=desk.administrator_name(ticket.taken_by))
    if last is not None:
        yield desk.say(
            language,
            "card-answer-delivered" if len(given) == 1 else "card-answers-delivered",
            count=len(given),
            at=_at(desk, language, ticket, _delivered_at(last), institution),
            name=desk.administrator_name(last.administrator),
        )
    others = [answer for answer in answers if answer.delivery in _OUT_OF_THE_USUAL]
    for answer in others[-_ANSWERS_SHOWN:]:
        name = desk.administrator_name(answer.administrator)
        reason = desk.say(language, f"refused-{answer.refused_reason}") if answer.refused_reason else ""
        yield desk.say(language, _OUT_OF_THE_USUAL[answer.delivery], name=name, reason=reason)


def _delivered_at(answer: Answer) -> datetime:
    return answer.delivered_at or answer.said_at


def _is_hinted(desk: Desk, ticket: Ticket) -> bool:
    chat = desk.work_chat(ticket.institution)
    return chat is not None and ticket.number in chat.hinted


def card_buttons(desk: Desk, ticket: Ticket) -> list[list[Button]]:
    """Return what can be pressed on it; everything that is seldom wanted is behind «Ещё…» (`card_menu`)."""
    if ticket.withdrawn_at is not None:
        return []
    if ticket.is_ended:
        return [[card_button(desk, ticket, "reopen")]]
    first = [card_button(desk, ticket, "transfer")]
    if desk.registry.has_templates(desk.holder(ticket)):
        first.insert(0, card_button(desk, ticket, "templates"))
    second = [card_button(desk, ticket, "menu")]
    if ticket.state is TicketState.OPEN:
        second.insert(0, card_button(desk, ticket, "skip"))
    return [first, second]


def card_button(desk: Desk, ticket: Ticket, action: str) -> Button:
    """Return a button that does something with the ticket of a card."""
    text = desk.say(desk.rules.language, f"button-{action}")
    return Button(text=text, action=Press.TICKET.of(ticket.number, action))
