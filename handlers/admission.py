"""How many tickets one person may open: above it their words go to the open one there, or open theirs later."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.citizen import Citizen
from bot.domain.institution import Institution
from bot.domain.message import Person
from bot.domain.own_event import WordsDue
from bot.domain.set_aside import SetAside, Why
from bot.domain.ticket import RoutedBy, Ticket, TicketMessage
from handlers.desk import Desk
from handlers.urgent import find_emergency
from storage.outbox_row import OutboxKind

_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


def is_emergency(desk: Desk, words: Sequence[TicketMessage]) -> bool:
    """Tell whether words speak of an emergency: nothing holds them up."""
    return any(find_emergency(desk, message.text) is not None for message in words)


def free_at(desk: Desk, citizen: Citizen, said_at: datetime) -> datetime | None:
    """Return when a person may open their next ticket; None when words of this moment may open one at once."""
    opened = [ticket.put_off_until or ticket.opened_at for ticket in desk.tickets_of(citizen)]
    planned = {(each.institution, each.message.place): each.due_at for each in desk.put_off(citizen.id)}
    slots = sorted([*opened, *(due_at for due_at in planned.values() if due_at is not None)])
    most = desk.rules.tickets_per_hour
    if len(slots) < most:
        return None
    free = slots[-most] + _HOUR
    return free if free > max(said_at, desk.now) else None


def open_one(desk: Desk, citizen: Citizen, institution: Institution, words: Sequence[TicketMessage]) -> Ticket | None:
    """Return the person's open ticket of this institution that takes words above the limit.

    What was said in private is never answered in public, so it goes to no ticket of a comment.
    """
    place = words[0].place
    theirs = [
        ticket
        for ticket in desk.tickets_of(citizen)
        if ticket.institution == institution.code
        and not ticket.is_ended
        and (place.is_comments or not ticket.place.is_comments)
    ]
    same = [ticket for ticket in theirs if ticket.place == place]
    return next(iter([*same, *theirs]), None)


def put_off(
    desk: Desk,
    citizen: Citizen,
    institution: Institution,
    words: Sequence[TicketMessage],
    routed_by: RoutedBy,
    *,
    until: datetime,
) -> None:
    """Keep words until they may open their ticket; words for the same institution wait together, told once."""
    place = words[0].place
    before = [each for each in desk.put_off(citizen.id) if _is_for(each, institution.code, words[0])]
    due_at = before[0].due_at if before else _whole_minute(until)
    for message in words:
        day = message.said_at.astimezone(desk.rules.zone).date().isoformat()
        aside = SetAside(
            message=message,
            institution=institution.code,
            why=Why.LATER,
            routed_by=routed_by,
            day=day,
            due_at=due_at,
        )
        desk.set_aside(aside)
    if before or due_at is None:
        return
    sender = Person(channel=citizen.channel, user_id=citizen.user_id)
    event = WordsDue(sender=sender, institution=institution.code, place=place)
    desk.do_aside(event, key=f"later:{words[0].id}", not_before=due_at)
    if not place.is_comments:
        language = desk.language_of(citizen)
        at = desk.at(language, due_at, desk.rules.zone)
        text = desk.say(language, "put-off", institution=institution.title, at=at)
        desk.send(place, OutboxKind.NOTICE, text)


def due(desk: Desk, citizen: Citizen, event: WordsDue) -> list[SetAside]:
    """Return the words that open their ticket now."""
    return [
        each
        for each in desk.put_off(citizen.id)
        if each.institution == event.institution and each.message.place == event.place
    ]


def _is_for(aside: SetAside, institution: str, message: TicketMessage) -> bool:
    return aside.institution == institution and aside.message.place == message.place


def _whole_minute(moment: datetime) -> datetime:
    """Return the next whole minute: a time that is told holds."""
    whole = moment.replace(second=0, microsecond=0)
    return whole if whole == moment else whole + _MINUTE
