"""A ticket's card in the work chat: what it says, its buttons, and keeping it up to date."""

from collections.abc import Iterable, Sequence

from bot.directory.topics import SURE
from bot.domain.copying import replace
from bot.domain.edits import as_read_now
from bot.domain.institution import Institution
from bot.domain.message import Attachment, Button, Place
from bot.domain.parts import split_text
from bot.domain.ticket import Answer, DeliveryState, MessageKind, Ticket, TicketMessage, TicketOrigin, TicketState
from bot.safety.links import defang
from bot.safety.thanks import is_thanks
from handlers.attachments import named_for_reader
from handlers.buttons import Press
from handlers.desk import Desk
from handlers.framed import framed, without_quote
from handlers.gathering import gather, is_crowded
from handlers.harmless import harmless
from handlers.thread_title import ask_thread
from handlers.time_line import history_lines
from handlers.urgent import find_emergency, flag_lines
from storage.outbox import OutboxKind

WORDS_ON_CARD = 2500
"""Characters of the first message that the card itself shows; the rest follows as replies to it."""
_ANSWERS_SHOWN = 5


def first_words(text: str) -> str:
    """Return the beginning of a message that the card shows; links in it cannot be clicked."""
    return split_text(defang(text), WORDS_ON_CARD)[0]


def show_card(desk: Desk, ticket: Ticket, said: Iterable[TicketMessage], *, is_its_turn: bool = False) -> Ticket:
    """Put a new card into the institution's work chat, with everything said so far below it.

    Without a reachable work chat the ticket waits; it gets its card when a chat is bound. In a rush it waits for
    its turn, unless its words speak of an emergency.
    """
    chat = desk.work_chat(ticket.institution)
    if chat is None:
        return desk.keep_ticket(replace(ticket, card=None, work_place=None, work_thread="", thread_shows=""))
    said = list(said)
    is_urgent = any(find_emergency(desk, message.text) for message in said)
    if is_crowded(desk, chat.place) and not is_its_turn and not is_urgent:
        return gather(desk, _with_first_words(desk, ticket, _questions(as_read_now(said))), chat.place)
    if chat.is_forum:
        return ask_thread(desk, _with_first_words(desk, ticket, _questions(as_read_now(said))), chat.place)
    return show_in(desk, ticket, said, chat.place, thread="", is_urgent=is_urgent)


def show_in(
    desk: Desk,
    ticket: Ticket,
    said: Iterable[TicketMessage],
    place: Place,
    *,
    thread: str,
    is_urgent: bool = False,
) -> Ticket:
    """Put a new card into a work chat, or into the ticket's topic there, with everything said so far below it."""
    whole = as_read_now(said)
    said = _questions(whole)
    begins = replace(
        ticket,
        first_words=_first_words(desk, ticket, said),
        work_place=place,
        work_thread=thread,
        thread_shows=ticket.thread_shows if thread else "",
    )
    card = desk.send(
        place,
        OutboxKind.CARD,
        _words(desk, begins),
        buttons=_buttons(desk, begins),
        ticket=begins,
        thread=thread,
        is_urgent=is_urgent,
    )
    shown = desk.keep_ticket(replace(begins, card=card))
    is_asked_only = len(said) == len(whole)
    for index, message in enumerate(said):
        words = _as_shown(desk, message)
        is_on_card = index == 0 and words.startswith(begins.first_words)
        if is_on_card or is_asked_only or message.attachments:
            show_follow_up(desk, shown, message, skip=len(begins.first_words) if is_on_card else 0, words=words)
    if not is_asked_only:
        _show_history(desk, shown)
    return shown


def _questions(said: Iterable[TicketMessage]) -> list[TicketMessage]:
    return [message for message in said if message.kind is MessageKind.QUESTION]


def _with_first_words(desk: Desk, ticket: Ticket, said: Sequence[TicketMessage]) -> Ticket:
    shown = _first_words(desk, ticket, said)
    return ticket if shown == ticket.first_words else replace(ticket, first_words=shown)


def _first_words(desk: Desk, ticket: Ticket, said: Sequence[TicketMessage]) -> str:
    if ticket.first_words or not said:
        return ticket.first_words
    return first_words(framed(desk, desk.rules.language, said[0]))


def is_coming(desk: Desk, ticket: Ticket) -> bool:
    """Tell whether the card will come into the present work chat by itself, with everything said until then."""
    chat = desk.work_chat(ticket.institution)
    return ticket.is_coming and chat is not None and ticket.work_place == chat.place


def _show_history(desk: Desk, ticket: Ticket) -> None:
    """Show who said what below a new card, answers and notes as well: whoever reads it now knows nothing of it."""
    head = desk.say(desk.rules.language, "history-head", number=ticket.number)
    tell_work_chat(desk, ticket, "\n".join([head, *history_lines(desk, ticket)]), OutboxKind.FOLLOW_UP)


def is_shown(desk: Desk, ticket: Ticket) -> bool:
    """Tell whether the ticket's card lies in the work chat that its institution has now."""
    if ticket.card is None:
        return False
    chat = desk.work_chat(ticket.institution)
    return chat is not None and ticket.work_place == chat.place


def show_follow_up(
    desk: Desk, ticket: Ticket, message: TicketMessage, *, skip: int = 0, words: str | None = None
) -> None:
    """Show a citizen's further words as a reply to the card; their first `skip` characters stand on the card itself.

    Characters are counted as the card shows them, with links that cannot be clicked (`words`, if they are known).
    """
    if ticket.work_place is None or ticket.card is None:
        return
    language = desk.rules.language
    text = (_as_shown(desk, message) if words is None else words)[skip:].strip()
    carried, lines = named_for_reader(desk, language, harmless(message.attachments), link=message.link or ticket.link)
    body = "\n".join(part for part in (text, *lines) if part)
    if not body and not carried:
        return
    name = defang(desk.citizen_by_id(ticket.citizen).name) or desk.say(language, "citizen-unnamed")
    head = desk.say(language, "follow-up", number=ticket.number, name=name)
    if not skip:
        head = "\n".join([head, *flag_lines(desk, message.text)])
    buttons = []
    if ticket.last_answer_at is not None and not message.attachments and is_thanks(message.text):
        # Thanks wait like any words until somebody says that they need no answer: one press does.
        body = f"{body}\n\n{desk.say(language, 'follow-up-thanks')}"
        buttons = [[Button(text=desk.say(language, "button-skip"), action=Press.TICKET.of(ticket.number, "skip"))]]
    desk.send(
        ticket.work_place,
        OutboxKind.FOLLOW_UP,
        f"{head}\n{body}".strip(),
        buttons=buttons,
        attachments=carried,
        ticket=ticket,
        refers_to=ticket.card,
    )


def _as_shown(desk: Desk, message: TicketMessage) -> str:
    return defang(framed(desk, desk.rules.language, message))


def tell_work_chat(
    desk: Desk,
    ticket: Ticket,
    text: str,
    kind: OutboxKind = OutboxKind.NOTICE,
    *,
    attachments: Iterable[Attachment] = (),
) -> None:
    """Say something about a ticket in its work chat, as a reply to the card if that lies there."""
    chat = desk.work_chat(ticket.institution)
    if chat is not None:
        card = ticket.card if is_shown(desk, ticket) else None
        desk.send(chat.place, kind, text, attachments=attachments, ticket=ticket, refers_to=card)


def refresh_card(desk: Desk, ticket: Ticket, *, buttons: Sequence[Sequence[Button]] | None = None) -> None:
    """Show the ticket's present state on its card, for a moment with other buttons than its own."""
    if ticket.work_place is not None and ticket.card is not None and is_shown(desk, ticket):
        desk.edit(
            ticket.work_place,
            OutboxKind.CARD_EDIT,
            _words(desk, ticket),
            buttons=_buttons(desk, ticket) if buttons is None else buttons,
            row=ticket.card,
        )


def institution_of(desk: Desk, ticket: Ticket) -> Institution:
    """Return the institution that holds a ticket; it cannot be missing, rows of the sheet are never deleted."""
    institution = desk.institution(ticket.institution)
    if institution is None:
        raise KeyError(ticket.institution)
    return institution


def _words(desk: Desk, ticket: Ticket) -> str:
    language = desk.rules.language
    institution = institution_of(desk, ticket)
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
        ticket.first_words or desk.say(language, "card-no-words"),
        "",
        _state_line(desk, language, ticket, institution),
        *([desk.say(language, "card-nobody-there")] if _is_left_alone(desk, ticket, institution) else []),
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


def _state_line(desk: Desk, language: str, ticket: Ticket, institution: Institution) -> str:
    zone = desk.zone(institution)
    if ticket.deadline_at is not None and not ticket.is_ended:
        key = "card-waiting" if desk.now < ticket.deadline_at else "card-overdue"
        return desk.say(language, key, until=desk.until(language, ticket.deadline_at, zone))
    return desk.say(language, f"card-state-{ticket.state.value}")


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


def _buttons(desk: Desk, ticket: Ticket) -> list[list[Button]]:
    def button(action: str) -> Button:
        return Button(
            text=desk.say(desk.rules.language, f"button-{action}"), action=Press.TICKET.of(ticket.number, action)
        )

    if ticket.is_ended:
        return [[button("reopen")]]
    first = [] if ticket.taken_by else [button("take")]
    if desk.registry.has_templates(institution_of(desk, ticket)):
        first.append(button("templates"))
    if ticket.state is TicketState.OPEN:
        return [[*first, button("skip")], [button("close"), button("spam")], [button("transfer"), button("topic")]]
    return [[*first, button("close")], [button("transfer"), button("topic")]]
