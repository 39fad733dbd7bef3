"""An institution that has ended: its successor answers, and citizens are told who that is."""

from collections.abc import Iterable
from datetime import date

from bot.domain.citizen import Citizen
from bot.domain.institution import Institution
from bot.domain.message import Place
from handlers.desk import Desk
from storage.outbox_row import OutboxKind


def today(desk: Desk) -> date:
    """Return the day by the zone of the settings."""
    return desk.now.astimezone(desk.rules.zone).date()


def offered(desk: Desk) -> Iterable[Institution]:
    """Return the institutions that may be chosen."""
    day = today(desk)
    return (each for each in desk.registry.institutions.values() if not each.is_closed(day))


def acting(desk: Desk, institution: Institution) -> Institution | None:
    """Return who answers for an institution now: itself, or once it has ended its successor; None for nobody."""
    day, seen = today(desk), {institution.code}
    while institution.is_closed(day):
        heir = desk.institution(institution.successor) if institution.successor else None
        if heir is None or heir.code in seen:
            return None
        seen.add(heir.code)
        institution = heir
    return institution


def tell_ended(desk: Desk, citizen: Citizen, place: Place, ended: Institution, heir: Institution | None) -> None:
    """Tell a citizen in private that an institution has ended, and who answers now."""
    language = desk.language_of(citizen)
    if heir is None:
        text = desk.say(language, "institution-ended", institution=ended.title)
    else:
        link = f"https://vk.com/club{heir.vk_group_id}" if heir.vk_group_id else heir.phone
        text = desk.say(language, "institution-succeeded", institution=ended.title, heir=heir.title)
        text = f"{text}\n{link}" if link else text
    desk.send(place, OutboxKind.NOTICE, text)
