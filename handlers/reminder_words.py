"""What a reminder says: how long the citizen has waited, until when, who should answer; and ways to the cards."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.institution import Institution
from bot.domain.message import Button, Place
from bot.domain.ticket import Ticket
from handlers.absence import who_has_it
from handlers.card import is_shown
from handlers.desk import Desk
from handlers.waiting_list import way_to_card

_LISTED = 20
_IN_A_ROW = 4


class ReminderKind(StrEnum):
    """Why somebody is reminded; the words of each have this at their end."""

    EARLY = "early"
    SOON = "soon"
    LATE = "late"
    FINAL_SOON = "final-soon"
    FINAL_LATE = "final-late"
    TO_SUPERVISORS = "to-supervisors"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One ticket of which somebody is told."""

    ticket: Ticket
    kind: ReminderKind
    is_final: bool = False
    """TO_SUPERVISORS: a final answer is owed, nobody waits for a first one."""


def reminder_words(desk: Desk, reminder: Reminder) -> str:
    """Return what the work chat reads of one ticket."""
    ticket, language = reminder.ticket, desk.rules.language
    text = desk.say(
        language,
        f"reminder-{reminder.kind.value}",
        number=ticket.number,
        waits=desk.how_long(language, ticket.waiting_since or ticket.opened_at),
        until=until_when(desk, reminder),
    )
    names = "" if reminder.kind is ReminderKind.EARLY else who_should_answer(desk, ticket)
    return f"{text}\n{names}".strip()


def list_words(desk: Desk, reminders: Sequence[Reminder]) -> str:
    """Return one message about several tickets, the most pressing first."""
    language = desk.rules.language
    head = desk.say(language, "reminders-head", count=len(reminders))
    ordered = _in_order(reminders)
    lines = [_line(desk, language, each) for each in ordered[:_LISTED]]
    if len(ordered) > _LISTED:
        lines.append(desk.say(language, "open-more", count=len(ordered) - _LISTED))
    return "\n".join([head, *lines])


def ways_to_cards(desk: Desk, reminders: Sequence[Reminder], place: Place) -> list[list[Button]]:
    """Return a button to each listed card, as many as the messenger shows."""
    shown = [each.ticket for each in _in_order(reminders)[:_LISTED] if is_shown(desk, each.ticket)]
    ways = [way_to_card(desk, ticket) for ticket in shown[: desk.rules.limits[place.channel].buttons]]
    return [ways[index : index + _IN_A_ROW] for index in range(0, len(ways), _IN_A_ROW)]


def until_when(desk: Desk, reminder: Reminder) -> str:
    """Return until when the answer, or the final one, is or was due."""
    ticket = reminder.ticket
    is_final = reminder.is_final or reminder.kind in (ReminderKind.FINAL_SOON, ReminderKind.FINAL_LATE)
    due = ticket.resolve_by_at if is_final else ticket.deadline_at
    return desk.until(desk.rules.language, due or desk.now, desk.zone(desk.holder(ticket)))


def who_should_answer(desk: Desk, ticket: Ticket) -> str:
    """Name who took the ticket, or their deputy while they are away; when nobody took it, everybody who is there."""
    institution = desk.holder(ticket)
    if ticket.taken_by is not None:
        return _deputy(desk, ticket.taken_by, institution) or who_has_it(desk, ticket, institution)
    today = desk.today(institution)
    there = [each for each in desk.colleagues([institution.code]) if desk.absence(each.id, today) is None]
    names = sorted({each.name for each in there if each.name}, key=str.casefold)
    language = desk.rules.language
    if not names:
        return desk.say(language, "reminder-untaken")
    return desk.say(language, "reminder-everybody", names=", ".join(names))


def _deputy(desk: Desk, administrator: int, institution: Institution) -> str:
    today = desk.today(institution)
    absence = desk.absence(administrator, today)
    if absence is None or absence.deputy is None or desk.absence(absence.deputy, today) is not None:
        return ""
    return desk.say(
        desk.rules.language,
        "reminder-deputy",
        name=desk.administrator_name(administrator),
        until=f"{absence.until:%d.%m}",
        deputy=desk.administrator_name(absence.deputy),
    )


def _in_order(reminders: Sequence[Reminder]) -> list[Reminder]:
    def due(each: Reminder) -> tuple[bool, float, int]:
        ticket = each.ticket
        at = ticket.deadline_at or ticket.resolve_by_at or ticket.opened_at
        return ticket.deadline_at is None, at.timestamp(), ticket.number

    return sorted(reminders, key=due)


def _line(desk: Desk, language: str, reminder: Reminder) -> str:
    ticket = reminder.ticket
    line = desk.say(
        language,
        f"reminders-line-{reminder.kind.value}",
        number=ticket.number,
        waits=desk.how_long(language, ticket.waiting_since or ticket.opened_at),
        until=until_when(desk, reminder),
    )
    if ticket.taken_by is None:
        return line
    return f"{line} · {desk.say(language, 'open-taken', name=desk.administrator_name(ticket.taken_by))}"
