"""The ladder of a wait: what is due by now in one work chat is told together, once each, and not as a storm.

Several things due at once are one list. So soon after a reminder nothing is added but what speaks of an emergency: the
rest comes a quarter of an hour after it, as one list.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.copying import replace
from bot.domain.institution import WorkChat
from bot.domain.ladder import DEADLINE_TOLD, LADDER, SUPERVISORS_TOLD, Rung, solve_rungs, wait_rungs
from bot.domain.ticket import Ring, Ticket, TicketEventKind
from handlers.card import refresh_card, tell_work_chat
from handlers.desk import Desk
from handlers.escalating import tell_parents, tell_supervisors
from handlers.incident import escalate_incident, is_gathered, remind_of_incident
from handlers.reminder_words import Reminder, ReminderKind, list_words, reminder_words, ways_to_cards
from handlers.rings import with_next_ring
from storage.outbox_row import OutboxKind

PAUSE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reached:
    """What of a ticket is due by now."""

    waits: tuple[Rung, ...]
    solves: tuple[Rung, ...]

    @property
    def told_in_chat(self) -> list[Rung]:
        """The rungs of which the work chat hears."""
        return [rung for rung in (*self.waits, *self.solves) if rung.mark < SUPERVISORS_TOLD]


def climb(desk: Desk, ticket: Ticket) -> None:
    """Tell what is due in this ticket, and with it whatever else is due in its work chat."""
    chat = desk.work_chat(ticket.institution)
    codes = desk.registry.served_by(chat.place) if chat is not None else [ticket.institution]
    others = [other for code in codes for other in desk.due_in(code) if other.ring in LADDER]
    together = {each.number: each for each in (ticket, *others)}
    later = _quiet_until(desk, chat)
    reminders: list[Reminder] = []
    for each in together.values():
        reached = _reached(desk, each)
        if later is not None and not each.is_urgent and reached.told_in_chat:
            desk.keep_ticket(replace(each, ring_at=later))
        else:
            reminders += _step(desk, each, reached)
    _tell_chat(desk, chat, [each for each in reminders if each.kind is not ReminderKind.TO_SUPERVISORS])
    tell_parents(desk, [each for each in reminders if each.kind is ReminderKind.LATE])
    tell_supervisors(desk, [each for each in reminders if each.kind is ReminderKind.TO_SUPERVISORS])


def _reached(desk: Desk, ticket: Ticket) -> _Reached:
    institution = desk.holder(ticket)
    policy, calendar, zone = desk.policy_of(ticket), desk.calendar(institution), desk.zone(institution)
    waits = wait_rungs(ticket, policy=policy, calendar=calendar, zone=zone)
    solves = solve_rungs(ticket, policy=policy, calendar=calendar, zone=zone)
    return _Reached(
        waits=tuple(rung for rung in waits if rung.at <= desk.now),
        solves=tuple(rung for rung in solves if rung.at <= desk.now),
    )


def _step(desk: Desk, ticket: Ticket, reached: _Reached) -> list[Reminder]:
    """Move a ticket up to where it stands by now; returns what is to be told, of several rungs only the highest."""
    moved = replace(
        ticket,
        warned=reached.waits[-1].mark if reached.waits else ticket.warned,
        solve_warned=reached.solves[-1].mark if reached.solves else ticket.solve_warned,
    )
    moved = desk.keep_ticket(with_next_ring(desk, moved))
    told = [rung for rung in reached.waits if rung.ring is not Ring.ESCALATION][-1:]
    escalated = [rung for rung in reached.waits if rung.ring is Ring.ESCALATION]
    if told and told[0].ring is Ring.DEADLINE:
        desk.note_event(moved, TicketEventKind.OVERDUE)
        refresh_card(desk, moved)
    elif told:
        desk.note_event(moved, TicketEventKind.WARNED, detail=str(told[0].mark))
    if escalated:
        desk.note_event(moved, TicketEventKind.ESCALATED)
    if is_gathered(desk, moved):
        _tell_of_incident(
            desk, moved, is_late=bool(told) and told[0].mark == DEADLINE_TOLD, is_very_late=bool(escalated)
        )
        return []
    found = [Reminder(ticket=moved, kind=_kind(desk, moved, rung)) for rung in (*told, *escalated)]
    return [*found, *_solve_step(desk, moved, reached.solves)]


def _solve_step(desk: Desk, ticket: Ticket, reached: tuple[Rung, ...]) -> list[Reminder]:
    marks = [rung.mark for rung in reached]
    if DEADLINE_TOLD in marks:
        desk.note_event(ticket, TicketEventKind.UNSOLVED)
        refresh_card(desk, ticket)
    found = []
    if told := [mark for mark in marks if mark < SUPERVISORS_TOLD]:
        kind = ReminderKind.FINAL_LATE if told[-1] == DEADLINE_TOLD else ReminderKind.FINAL_SOON
        found.append(Reminder(ticket=ticket, kind=kind))
    if SUPERVISORS_TOLD in marks:
        found.append(Reminder(ticket=ticket, kind=ReminderKind.TO_SUPERVISORS, is_final=True))
    return found


def _kind(desk: Desk, ticket: Ticket, rung: Rung) -> ReminderKind:
    """Return what a rung is about; the last warning before the deadline says who should answer."""
    match rung.ring:
        case Ring.ESCALATION:
            return ReminderKind.TO_SUPERVISORS
        case Ring.DEADLINE:
            return ReminderKind.LATE
    last = round(max(desk.policy_of(ticket).warn_at) * 100)
    return ReminderKind.SOON if rung.mark == last else ReminderKind.EARLY


def _tell_of_incident(desk: Desk, ticket: Ticket, *, is_late: bool, is_very_late: bool) -> None:
    incident = desk.incident(ticket.incident)
    if incident is not None and is_late:
        remind_of_incident(desk, ticket, incident)
        incident = desk.incident(ticket.incident)
    if incident is not None and is_very_late:
        escalate_incident(desk, ticket, incident)


def _tell_chat(desk: Desk, chat: WorkChat | None, reminders: list[Reminder]) -> None:
    if chat is None or not reminders:
        return
    urgent = [each for each in reminders if each.ticket.is_urgent]
    calm = [each for each in reminders if not each.ticket.is_urgent]
    for each in (*urgent, *(calm if len(calm) == 1 else [])):
        tell_work_chat(desk, each.ticket, reminder_words(desk, each), OutboxKind.REMINDER)
    if len(calm) > 1:
        text, buttons = list_words(desk, calm), ways_to_cards(desk, calm, chat.place)
        desk.send(chat.place, OutboxKind.REMINDER, text, buttons=buttons)
    if calm:
        desk.keep_reminded(chat)


def _quiet_until(desk: Desk, chat: WorkChat | None) -> datetime | None:
    """Return until when a work chat is left in peace, None when it may be reminded now."""
    if chat is None:
        return None
    chats = [desk.work_chat(code) for code in desk.registry.served_by(chat.place)]
    reminded = [each.reminded_at for each in chats if each is not None and each.reminded_at is not None]
    until = max(reminded) + PAUSE if reminded else None
    return until if until is not None and until > desk.now else None
