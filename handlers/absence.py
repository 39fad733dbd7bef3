"""Who is away: `/away`, `/back`, `/duty`, and what happens to the tickets of somebody who goes away."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.domain.absence import Absence, read_days
from bot.domain.errors import RuleError
from bot.domain.event import MessageReceived
from bot.domain.institution import Institution
from bot.domain.own_event import AbsenceDue
from bot.domain.ticket import Administrator, Ticket
from bot.domain.waking import not_at_night
from handlers.card import refresh_card
from handlers.desk import Desk
from handlers.lost import supervisors_of
from handlers.transfer import answering_parent
from storage.outbox_row import OutboxKind


def away_command(event: MessageReceived, desk: Desk, argument: str) -> None:
    """Handle `/away 10.12`, `/away 01.12-10.12 NAME`; in reply to a colleague's answer that colleague is the deputy."""
    institution = answered_for(event, desk)
    person = desk.administrator(event.sender, institution.code)
    try:
        since, until, name = read_days(argument, desk.today(institution))
    except ValueError:
        raise RuleError("away-how") from None
    deputy = _deputy(event, desk, person, name)
    codes = {*desk.acts_for(person), *desk.registry.served_by(event.place)}
    absence = Absence(
        administrator=person.id,
        institutions=tuple(sorted(code for code in codes if desk.institution(code) is not None)),
        since=since,
        until=until,
        deputy=deputy.id if deputy is not None else None,
    )
    desk.keep_absence(person.id, absence)
    for code in absence.institutions:
        concerned = desk.institution(code)
        if concerned is not None:
            _look_on(desk, concerned, person.id, since, asked_by=event.message_id)
    text = desk.say(
        desk.rules.language,
        "away-kept" if deputy is not None else "away-kept-alone",
        name=desk.administrator_name(person.id),
        since=_day(since),
        until=_day(until),
        deputy=desk.administrator_name(deputy.id) if deputy is not None else "",
    )
    desk.send(event.place, OutboxKind.NOTICE, text, reply_to=event.message_id, thread=event.thread)


def back_command(event: MessageReceived, desk: Desk) -> None:
    """Handle `/back`: whoever writes it works again."""
    institution = answered_for(event, desk)
    person = desk.administrator(event.sender, institution.code)
    key = "back-here-already" if desk.planned_absence(person.id) is None else "back-kept"
    if key == "back-kept":
        desk.keep_absence(person.id, None)
    text = desk.say(desk.rules.language, key, name=desk.administrator_name(person.id))
    desk.send(event.place, OutboxKind.NOTICE, text, reply_to=event.message_id, thread=event.thread)


def duty_command(event: MessageReceived, desk: Desk) -> None:
    """Handle `/duty`: who is here and who is away, and until when."""
    language = desk.rules.language
    today = desk.today(answered_for(event, desk))
    people = _known(event, desk)
    lines = [_duty_line(desk, person, today) for person in sorted(people, key=lambda each: each.name.casefold())]
    head = desk.say(language, "duty-head" if lines else "duty-nobody-known")
    desk.send(event.place, OutboxKind.NOTICE, "\n".join([head, *lines]), reply_to=event.message_id, thread=event.thread)


def absence_due(event: AbsenceDue, desk: Desk) -> None:
    """A day begins: the tickets of who is away are given on, and it is told when nobody is there."""
    institution, day = desk.institution(event.institution), date.fromisoformat(event.day)
    if institution is None:
        return
    if event.administrator is None:
        _tell_nobody_is_there(desk, institution)
        return
    absence = desk.planned_absence(event.administrator)
    if absence is None:
        return
    if absence.until < day:
        desk.keep_absence(event.administrator, None)
        return
    if not absence.covers(day):
        return
    _give_on(desk, institution, absence)
    if desk.is_nobody_there(institution):
        # Told by day, once: a day begins when supervisors sleep.
        told_at = not_at_night(desk.now, desk.zone(institution))
        told_on = told_at.astimezone(desk.zone(institution)).date().isoformat()
        nobody = AbsenceDue(institution=institution.code, administrator=None, day=told_on)
        desk.do_aside(
            nobody,
            key=f"nobody-there:{institution.code}:{told_on}",
            not_before=told_at if told_at > desk.now else None,
        )
    _look_on(desk, institution, event.administrator, day + timedelta(days=1), asked_by="")


def who_has_it(desk: Desk, ticket: Ticket, institution: Institution) -> str:
    """Return a line for a reminder: who took the ticket, and that they are away if they are; empty for nobody."""
    if ticket.taken_by is None:
        return ""
    absence = desk.absence(ticket.taken_by, desk.today(institution))
    key = "reminder-has" if absence is None else "reminder-has-away"
    return desk.say(
        desk.rules.language,
        key,
        name=desk.administrator_name(ticket.taken_by),
        until=_day(absence.until) if absence is not None else "",
    )


def _give_on(desk: Desk, institution: Institution, absence: Absence) -> None:
    """Give what somebody had taken to their deputy, or to nobody when the deputy is away too."""
    held = [ticket for ticket in desk.in_hands_of(absence.administrator) if ticket.institution == institution.code]
    deputy = absence.deputy
    if deputy is not None and desk.absence(deputy, desk.today(institution)) is not None:
        deputy = None
    if deputy is not None and deputy not in {each.id for each in desk.colleagues([institution.code])}:
        deputy = None  # of another institution of theirs: a stranger there
    for ticket in held:
        refresh_card(desk, desk.keep_ticket(replace(ticket, taken_by=deputy, taken_at=None)))
    chat = desk.work_chat(institution.code)
    if not held or chat is None:
        return
    text = desk.say(
        desk.rules.language,
        "away-given-on" if deputy is not None else "away-set-free",
        name=desk.administrator_name(absence.administrator),
        until=_day(absence.until),
        numbers=", ".join(f"№ {ticket.number}" for ticket in held),
        deputy=desk.administrator_name(deputy) if deputy is not None else "",
    )
    desk.send(chat.place, OutboxKind.NOTICE, text)


def _tell_nobody_is_there(desk: Desk, institution: Institution) -> None:
    if not desk.is_nobody_there(institution):
        return
    text = desk.say(desk.rules.language, "nobody-there", institution=institution.title)
    for supervisor in supervisors_of(desk, institution):
        desk.send(supervisor.place, OutboxKind.REMINDER, text)
    parent = answering_parent(desk, institution)
    chat = desk.work_chat(parent.code) if parent is not None else None
    if chat is not None:
        desk.send(chat.place, OutboxKind.REMINDER, text)


def _look_on(desk: Desk, institution: Institution, administrator: int, day: date, *, asked_by: str) -> None:
    """Look at an absence when its next day begins; a new absence has a key of its own, by the message that told it."""
    begins = datetime.combine(day, time(0), desk.zone(institution))
    desk.do_aside(
        AbsenceDue(institution=institution.code, administrator=administrator, day=day.isoformat()),
        key=f"absence:{institution.code}:{administrator}:{day.isoformat()}:{asked_by}",
        not_before=begins if begins > desk.now else None,
    )


def _deputy(event: MessageReceived, desk: Desk, person: Administrator, name: str) -> Administrator | None:
    said = desk.said(event.place, event.reply_to) if event.reply_to else None
    if not name and said is not None and said.administrator is not None:
        found = [desk.administrator_by_id(said.administrator)]
    else:
        wanted = name.removeprefix("@").casefold()
        found = [each for each in _known(event, desk) if name and each.name.casefold().startswith(wanted)]
    found = [each for each in found if each.id != person.id]
    if len(found) == 1:
        return found[0]
    if not name and not event.reply_to:
        return None
    known = [each.name for each in _known(event, desk) if each.id != person.id and each.name]
    raise RuleError("away-who", known=", ".join(known) or "–")


def _known(event: MessageReceived, desk: Desk) -> list[Administrator]:
    return desk.colleagues(desk.registry.served_by(event.place))


def _duty_line(desk: Desk, person: Administrator, today: date) -> str:
    language, name = desk.rules.language, desk.administrator_name(person.id)
    absence = desk.planned_absence(person.id)
    if absence is None or absence.until < today:
        return desk.say(language, "duty-here", name=name)
    key = "duty-away" if absence.covers(today) else "duty-soon-away"
    line = desk.say(language, key, name=name, since=_day(absence.since), until=_day(absence.until))
    if absence.deputy is None:
        return line
    return f"{line}, {desk.say(language, 'duty-deputy', name=desk.administrator_name(absence.deputy))}"


def answered_for(event: MessageReceived, desk: Desk) -> Institution:
    """Return for which of the chat's institutions somebody answers: the one for which they last did."""
    codes = desk.registry.served_by(event.place)
    known = desk.acting(event.sender)
    code = known.institution if known is not None and known.institution in codes else codes[0]
    institution = desk.institution(code)
    if institution is None:
        raise KeyError(code)
    return institution


def _day(day: date) -> str:
    return f"{day:%d.%m}"


def absent_codes(absences: Iterable[Absence]) -> set[str]:
    """Return the institutions of which somebody is away or will be."""
    return {code for absence in absences for code in absence.institutions}


def deputies(absences: Iterable[Absence]) -> set[int]:
    """Return who stands in for others."""
    return {absence.deputy for absence in absences if absence.deputy is not None}
