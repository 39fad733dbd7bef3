"""Who hears of missed deadlines outside the work chat: the parent institution, then the supervisors."""

from collections.abc import Sequence

from bot.domain.institution import Institution
from bot.domain.ticket import MessageKind, TicketMessage
from handlers.desk import Desk
from handlers.lost import supervisors_of
from handlers.reminder_words import Reminder, until_when
from handlers.report_buttons import ticket_buttons
from handlers.time_line import first_words
from handlers.transfer import answering_parent
from storage.outbox_row import OutboxKind

_LISTED = 20
_QUOTED = 5


def tell_parents(desk: Desk, reminders: Sequence[Reminder]) -> None:
    """Tell the nearest institution above, in its own work chat, of what is late below it."""
    for institution, late in _by_holder(desk, reminders):
        parent = answering_parent(desk, institution)
        own, chat = desk.work_chat(institution.code), desk.work_chat(parent.code) if parent is not None else None
        if chat is None or (own is not None and own.place == chat.place):
            continue
        desk.send(chat.place, OutboxKind.REMINDER, _words(desk, institution, late, "parent-late"))


def tell_supervisors(desk: Desk, reminders: Sequence[Reminder]) -> None:
    """Tell everybody who supervises the institution, each once, what has not been answered there."""
    for institution, late in _by_holder(desk, reminders):
        waiting = [each for each in late if not each.is_final]
        owed = [each for each in late if each.is_final]
        told = [(key, each) for key, each in (("escalation", waiting), ("escalation-final", owed)) if each]
        texts = [("\n".join([_words(desk, institution, each, key), *_quotes(desk, each)]), each) for key, each in told]
        for supervisor in supervisors_of(desk, institution):
            for text, those in texts:
                numbers = [each.ticket.number for each in those[:_LISTED]]
                most = desk.rules.limits[supervisor.place.channel].buttons
                buttons = ticket_buttons(desk.rules.texts, desk.rules.language, supervisor.scope, numbers, most=most)
                desk.send(supervisor.place, OutboxKind.REMINDER, text, buttons=buttons)


def _quotes(desk: Desk, late: Sequence[Reminder]) -> list[str]:
    """Return with which words the first of these tickets began; never those of an emergency."""
    language, quotes = desk.rules.language, []
    for each in late[:_QUOTED]:
        if each.ticket.is_urgent:
            continue
        said = next((message.text for message in desk.time_line(each.ticket.number) if is_question(message)), "")
        if said:
            quote = desk.say(language, "first-words", words=first_words(said))
            quotes.append(quote if len(late) == 1 else f"№ {each.ticket.number}: {quote}")
    return quotes


def is_question(message: TicketMessage) -> bool:
    """Tell whether these are words of a citizen that asked something."""
    return message.kind is MessageKind.QUESTION and bool(message.text)


def _by_holder(desk: Desk, reminders: Sequence[Reminder]) -> list[tuple[Institution, list[Reminder]]]:
    found: dict[str, list[Reminder]] = {}
    for each in reminders:
        found.setdefault(each.ticket.institution, []).append(each)
    return [(desk.holder(several[0].ticket), several) for several in found.values()]


def _words(desk: Desk, institution: Institution, late: list[Reminder], key: str) -> str:
    language = desk.rules.language
    if len(late) == 1:
        ticket = late[0].ticket
        return desk.say(
            language,
            key,
            number=ticket.number,
            institution=institution.title,
            waits=desk.how_long(language, ticket.waiting_since or ticket.opened_at),
            until=until_when(desk, late[0]),
        )
    numbers = ", ".join(f"№ {each.ticket.number}" for each in late[:_LISTED])
    return desk.say(
        language,
        f"several-{key}",
        institution=institution.title,
        count=len(late),
        numbers=f"{numbers} …" if len(late) > _LISTED else numbers,
    )
