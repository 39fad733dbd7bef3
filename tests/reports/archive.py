"""A builder of stored tickets: what happened and when, written by the archive's own row writers."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from bot.domain.citizen import Citizen
from bot.domain.institution import Institution
from bot.domain.message import Place
from bot.domain.sla import SlaPolicy
from bot.domain.ticket import (
    Administrator,
    Author,
    DeliveryState,
    MessageKind,
    RoutedBy,
    Ticket,
    TicketEvent,
    TicketEventKind,
    TicketMessage,
    TicketOrigin,
    TicketState,
)
from bot.domain.work_calendar import WorkCalendar
from storage import people_rows, ticket_rows
from storage.database import Database
from storage.institutions import write_institutions
from storage.tables import administrators, citizens, messages, ticket_events, tickets

KAZAN = ZoneInfo("Europe/Moscow")
CALENDAR = WorkCalendar(zone=KAZAN)
MONDAY = datetime(2026, 11, 23, tzinfo=KAZAN)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def at(moment: str) -> datetime:
    """`tue 10:30` of the week of 23 November 2026 in Kazan, as UTC."""
    day, clock = moment.split()
    hours, minutes = map(int, clock.split(":"))
    return (MONDAY + timedelta(days=DAYS.index(day), hours=hours, minutes=minutes)).astimezone(UTC)


@dataclass(slots=True)
class Archive:
    """Everything that will be stored."""

    institutions: list[Institution] = field(default_factory=list)
    people: list[Administrator] = field(default_factory=list)
    tickets: list["Asked"] = field(default_factory=list)
    pending: list[TicketMessage] = field(default_factory=list)
    ids: int = 0

    def institution(self, code: str, name: str, branch: str, municipality: str, *, time_zone: str = "") -> str:
        place = Institution(code=code, name=name, branch=branch, municipality=municipality, time_zone=time_zone)
        self.institutions.append(place)
        return code

    def administrator(self, name: str, institution: str) -> int:
        number = len(self.people) + 1
        self.people.append(
            Administrator(id=number, channel="telegram", user_id=str(number), name=name, institution=institution)
        )
        return number

    def asked(
        self,
        institution: str,
        moment: str,
        *,
        channel: str = "vk",
        origin: TicketOrigin = TicketOrigin.PRIVATE,
        opened_at: datetime | None = None,
    ) -> "Asked":
        opened_at = opened_at or at(moment)
        ticket = Ticket(
            number=len(self.tickets) + 1,
            institution=institution,
            citizen=1,
            place=Place(channel=channel, community="77", chat="5"),
            origin=origin,
            routed_by=RoutedBy.COMMUNITY,
            opened_at=opened_at,
            first_deadline_at=SlaPolicy().deadline(CALENDAR, opened_at),
            waiting_since=None,
            deadline_at=None,
            last_citizen_at=opened_at,
        )
        story = Asked(archive=self, ticket=ticket)
        self.tickets.append(story)
        return story.says_at(opened_at)

    def waits_for_an_institution(self, moment: str) -> None:
        self.pending.append(self.message(MessageKind.QUESTION, at(moment), citizen=1))

    def message(self, kind: MessageKind, moment: datetime, **more) -> TicketMessage:
        fields = {
            "id": self.next_id(),
            "ticket": None,
            "citizen": None,
            "kind": kind,
            "author": Author.CITIZEN if kind is MessageKind.QUESTION else Author.ADMINISTRATOR,
            "text": "Когда включат воду?",
            "place": Place(channel="vk", community="77", chat="5"),
            "message_id": "1",
            "said_at": moment,
            "received_at": moment,
        }
        return TicketMessage(**{**fields, **more})

    def next_id(self) -> int:
        self.ids += 1
        return self.ids

    async def store(self, database: Database) -> None:
        vault = database.vault
        citizen = Citizen(
            id=1,
            channel="vk",
            user_id="5",
            place=Place(channel="vk", community="77", chat="5"),
            created_at=at("mon 0:00"),
        )
        written = [message for story in self.tickets for message in story.messages] + self.pending
        events = [event for story in self.tickets for event in story.events]
        async with database.unit() as connection:
            await write_institutions(connection, vault, self.institutions)
            await connection.execute(insert(citizens), [people_rows.write_citizen(citizen, vault)])
            for table, filled in (
                (administrators, [people_rows.write_administrator(person, vault) for person in self.people]),
                (tickets, [ticket_rows.write_ticket(story.ticket, vault) for story in self.tickets]),
                (messages, [ticket_rows.write_message(message, vault) for message in written]),
                (ticket_events, [ticket_rows.write_event(event) for event in events]),
            ):
                if filled:
                    await connection.execute(insert(table), filled)


@dataclass(slots=True)
class Asked:
    """One ticket's story."""

    archive: Archive
    ticket: Ticket
    messages: list[TicketMessage] = field(default_factory=list)
    events: list[TicketEvent] = field(default_factory=list)

    def says(self, moment: str) -> "Asked":
        return self.says_at(at(moment))

    def says_at(self, moment: datetime) -> "Asked":
        return self._message(MessageKind.QUESTION, moment)

    def answered(self, moment: str, *, by: int | None) -> "Asked":
        """Delivered at this moment, typed a minute before."""
        return self._message(
            MessageKind.ANSWER,
            at(moment) - timedelta(minutes=1),
            administrator=by,
            delivery=DeliveryState.DELIVERED,
            delivered_at=at(moment),
        )

    def refused(self, moment: str, *, by: int) -> "Asked":
        return self._message(MessageKind.ANSWER, at(moment), administrator=by, delivery=DeliveryState.REFUSED)

    def on_the_way(self, moment: str, *, by: int) -> "Asked":
        return self._message(MessageKind.ANSWER, at(moment), administrator=by, delivery=DeliveryState.ON_THE_WAY)

    def noted(self, moment: str, *, by: int) -> "Asked":
        return self._message(MessageKind.NOTE, at(moment), administrator=by)

    def closed(self, moment: str) -> "Asked":
        self.ticket = replace(self.ticket, state=TicketState.CLOSED)
        return self._event(TicketEventKind.CLOSED, moment)

    def excused(self, moment: str) -> "Asked":
        return self._event(TicketEventKind.NO_ANSWER_NEEDED, moment)

    def spam(self, moment: str) -> "Asked":
        self.ticket = replace(self.ticket, state=TicketState.SPAM)
        return self._event(TicketEventKind.SPAM, moment)

    def reopened(self, moment: str) -> "Asked":
        self.ticket = replace(self.ticket, state=TicketState.OPEN)
        return self._event(TicketEventKind.REOPENED, moment).says(moment)

    def transferred(self, moment: str, to: str) -> "Asked":
        before = self.ticket
        came_to = before.came_to or before.institution
        came_to = came_to if came_to != to else ""
        self.ticket = replace(before, institution=to, came_to=came_to, transfers=before.transfers + 1)
        self._event(TicketEventKind.TRANSFERRED, moment)
        self.events[-1] = replace(self.events[-1], detail=to)
        return self

    def taken(self, moment: str) -> "Asked":
        return self._event(TicketEventKind.TAKEN, moment)

    def _message(self, kind: MessageKind, moment: datetime, **more) -> "Asked":
        self.messages.append(self.archive.message(kind, moment, ticket=self.ticket.number, **more))
        return self

    def _event(self, kind: TicketEventKind, moment: str) -> "Asked":
        event = TicketEvent(id=self.archive.next_id(), ticket=self.ticket.number, kind=kind, at=at(moment))
        self.events.append(event)
        return self
