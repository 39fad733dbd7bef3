"""A report as it would read if today's calendars and policies had always been in force. Nothing stored is altered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.calendars import Calendars
from bot.domain.institution import Institution
from bot.domain.policies import Policies
from bot.domain.work_calendar import WorkCalendar
from storage.calendars import read_calendars
from storage.database import Connection
from storage.policies import read_policy_rules
from storage.statistics import TicketFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """Today's rules."""

    calendars: Calendars
    policies: Policies
    places: Mapping[str, Institution]
    now: datetime

    def calendar_at(self, code: str, _known_at: datetime) -> WorkCalendar:
        """Return an institution's calendar as it is known now, whatever was known then."""
        return self.calendars.of(code)

    def promised(self, ticket: TicketFacts) -> TicketFacts:
        """Return a ticket with what today's policy would have promised when it opened."""
        first_holder = ticket.came_to or ticket.institution
        policy = self.policies.of(self.places[first_holder], ticket.topic, at=self.now)
        return replace(
            ticket,
            first_deadline_at=policy.deadline(self.calendars.of(first_holder), ticket.opened_at),
            hard_limit_at=policy.hard_limit_at(ticket.opened_at),
            resolve_by_at=policy.resolve_by_at(ticket.opened_at),
        )


Promised = Callable[[TicketFacts], TicketFacts]


async def read_replay(
    connection: Connection, *, places: Mapping[str, Institution], zone: ZoneInfo, now: datetime
) -> Replay:
    """Read today's rules."""
    return Replay(
        calendars=await read_calendars(connection, zone=zone),
        policies=Policies(await read_policy_rules(connection)),
        places=places,
        now=now,
    )
