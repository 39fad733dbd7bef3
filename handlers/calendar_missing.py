"""Supervisors of the region hear what is not known of the next year."""

from bot.domain.institution import ScopeKind
from bot.domain.own_event import CalendarMissing
from bot.domain.production_calendar import Gap
from handlers.desk import Desk
from storage.outbox_row import OutboxKind


def calendar_missing(event: CalendarMissing, desk: Desk) -> None:
    """Tell everybody who supervises the whole region, each person once."""
    gaps = desk.registry.calendars.days().gaps(event.year)
    if not gaps:
        return
    language = desk.rules.language
    lacks = ", ".join(_lacks(desk, gap, event.year) for gap in gaps)
    text = desk.say(language, "calendar-missing", year=str(event.year), lacks=lacks)
    for scopes in desk.registry.supervisors.values():
        told = next((each for each in scopes if each.scope.kind is ScopeKind.REGION), None)
        if told is not None:
            desk.send(told.place, OutboxKind.REMINDER, text)


def _lacks(desk: Desk, gap: Gap, year: int) -> str:
    language = desk.rules.language
    if gap.awaits:
        return desk.say(language, "calendar-lacks-days", names=", ".join(gap.awaits))
    return desk.say(language, "calendar-lacks-year", year=str(year))
