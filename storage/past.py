"""Writing a past that did not come through the door: tickets as facts, in bulk, into the archive's own tables.

For the demo, the tests and the benchmarks, which need many months at once. Every message has the same neutral words.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.citizen import CitizenStage
from bot.domain.past import PastTicket
from bot.domain.ticket import Author, DeliveryState, MessageKind, RoutedBy
from storage.bulk import Bulk
from storage.codec import Body, encode_body
from storage.database import Database
from storage.keys import identity
from storage.loading import lock, make_counters
from storage.tables import acting, administrators, citizens, counters, messages, ticket_events, tickets

QUESTION, ANSWER = "Подскажите, пожалуйста, по этому вопросу.", "Здравствуйте. Ответили по существу."
CHUNK = 2_000
"""Tickets of one unit: a running desk gets its turn between them."""


@dataclass(slots=True)
class _Rows:
    citizens: list[dict[str, Any]] = field(default_factory=list)
    administrators: list[dict[str, Any]] = field(default_factory=list)
    acting: list[dict[str, Any]] = field(default_factory=list)
    tickets: list[dict[str, Any]] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)


async def write_past(
    database: Database,
    past: Iterable[PastTicket],
    *,
    names: Mapping[tuple[str, int], str] | None = None,
    communities: Mapping[str, str] | None = None,
) -> int:
    """Write tickets of the past after all that is there; returns how many.

    `names` tells who an institution's administrators are, `communities` its VK group; both may stay unknown.
    """
    async with database.unit() as connection:
        await make_counters(connection)
        known = await connection.execute(select(administrators.c.user_id, administrators.c.id))
        writer = _Writer(
            database, names or {}, communities or {}, administrators={row.user_id: row.id for row in known}
        )
    left = iter(past)
    while chunk := list(islice(left, CHUNK)):
        async with database.unit() as connection:
            await writer.write(connection, chunk)
    return writer.written


class _Writer:
    def __init__(
        self,
        database: Database,
        names: Mapping[tuple[str, int], str],
        communities: Mapping[str, str],
        *,
        administrators: dict[str, int],
    ) -> None:
        self._vault = database.vault
        self._names = names
        self._communities = communities
        self._question = self._vault.seal(encode_body(Body(QUESTION)))
        self._answer = self._vault.seal(encode_body(Body(ANSWER)))
        self._first_words = self._vault.seal_text(QUESTION)
        self._citizens: dict[tuple[int, str], int] = {}
        self._administrators = administrators
        """By the id that stands for one in place of a messenger's."""
        self._numbers: dict[str, int] = {}
        self._told: list[int] = []
        self.written = 0

    async def write(self, connection: AsyncConnection, past: Iterable[PastTicket]) -> None:
        self._numbers = await lock(connection)
        rows = _Rows()
        for ticket in past:
            self._add(rows, ticket)
        for bulk, written in (
            (_CITIZENS, rows.citizens),
            (_ADMINISTRATORS, rows.administrators),
            (_ACTING, rows.acting),
            (_TICKETS, rows.tickets),
            (_MESSAGES, rows.messages),
            (_EVENTS, rows.events),
        ):
            await bulk.write(connection, written)
        for name, value in self._numbers.items():
            await connection.execute(update(counters).where(counters.c.name == name).values(value=value))
        self.written += len(rows.tickets)

    def _next(self, counter: str) -> int:
        self._numbers[counter] += 1
        return self._numbers[counter]

    def _add(self, rows: _Rows, ticket: PastTicket) -> None:
        number, citizen = self._next("ticket"), self._citizen(rows, ticket)
        self._told.append(number)
        first_answer = ticket.answers[0] if ticket.answers else None
        place = self._place(ticket, citizen)
        rows.tickets.append(
            {
                "number": number,
                "institution": ticket.institution,
                "came_to": ticket.came_to,
                "transfers": 1 if ticket.came_to else 0,
                "citizen": citizen,
                **place,
                "origin": ticket.origin.value,
                "state": ticket.state.value,
                "routed_by": RoutedBy.COMMUNITY.value,
                "opened_at": ticket.opened_at,
                "first_deadline_at": ticket.first_deadline_at,
                "hard_limit_at": ticket.hard_limit_at,
                "resolve_by_at": ticket.resolve_by_at,
                "waiting_since": ticket.waiting_since,
                "deadline_at": ticket.first_deadline_at if ticket.waiting_since else None,
                "first_answered_at": first_answer.at if first_answer else None,
                "last_answer_at": ticket.answers[-1].at if ticket.answers else None,
                "closed_at": ticket.closed_at,
                "reopened": int(ticket.is_reopened),
                "first_words": self._first_words,
                "link": "",
                "reply_to": "",
                "last_citizen_at": ticket.questions[-1],
                "topic": ticket.topic,
                "grade": ticket.grade,
                "is_solved": None if ticket.grade is None else ticket.grade > 2,
                "duplicate_of": self._repeated(ticket),
                "is_measured": False,
            }
        )
        rows.messages.extend(self._messages(rows, ticket, number, citizen, place))
        for event in ticket.events:
            rows.events.append(
                {
                    "id": self._next("ticket_event"),
                    "ticket": number,
                    "kind": event.kind.value,
                    "at": event.at,
                    "administrator": None,
                    "detail": event.detail,
                }
            )

    def _messages(
        self, rows: _Rows, ticket: PastTicket, number: int, citizen: int, place: Mapping[str, str]
    ) -> Iterator[dict[str, Any]]:
        for asked_at in ticket.questions:
            yield self._message(number, place, asked_at) | {
                "citizen": citizen,
                "kind": MessageKind.QUESTION.value,
                "author": Author.CITIZEN.value,
                "body": self._question,
            }
        for answer in ticket.answers:
            yield self._message(number, place, answer.at) | {
                "kind": MessageKind.ANSWER.value,
                "author": Author.ADMINISTRATOR.value,
                "administrator": self._administrator(rows, answer.institution, answer.administrator, ticket),
                "body": self._answer,
                "said_at": answer.at - timedelta(seconds=1),
                "delivery": DeliveryState.DELIVERED.value,
                "delivered_at": answer.at,
            }

    def _message(self, number: int, place: Mapping[str, str], at: Any) -> dict[str, Any]:
        message = self._next("message")
        return {
            "id": message,
            "ticket": number,
            "citizen": None,
            "administrator": None,
            **place,
            "message_id": f"past-{message}",
            "link": "",
            "said_at": at,
            "received_at": at,
            "delivery": None,
            "delivered_at": None,
            "refused_reason": "",
        }

    def _repeated(self, ticket: PastTicket) -> int | None:
        return self._told[-1 - ticket.repeats] if ticket.repeats and ticket.repeats < len(self._told) else None

    def _place(self, ticket: PastTicket, citizen: int) -> dict[str, str]:
        community = self._communities.get(ticket.came_to or ticket.institution, "past")
        return {"channel": ticket.channel, "community": community, "chat": f"past-{citizen}"}

    def _citizen(self, rows: _Rows, ticket: PastTicket) -> int:
        key = ticket.citizen, ticket.channel
        if key in self._citizens:
            return self._citizens[key]
        number = self._citizens[key] = self._next("citizen")
        user_id = f"past-{number}"
        rows.citizens.append(
            {
                "id": number,
                "identity": identity(ticket.channel, user_id),
                "channel": ticket.channel,
                "user_id": user_id,
                "language": "ru",
                "stage": CitizenStage.WRITING.value,
                "community": self._communities.get(ticket.institution, "past"),
                "chat": user_id,
                "created_at": ticket.opened_at,
                "consented_at": ticket.opened_at,
            }
        )
        return number

    def _administrator(self, rows: _Rows, institution: str, who: int, ticket: PastTicket) -> int:
        user_id = f"past-{institution}-{who}"
        if user_id in self._administrators:
            return self._administrators[user_id]
        number = self._administrators[user_id] = self._next("administrator")
        rows.administrators.append(
            {
                "id": number,
                "identity": identity("vk", user_id),
                "channel": "vk",
                "user_id": user_id,
                "name": self._vault.seal_text(self._names.get((institution, who), "")),
                "institution": institution,
                "acted_at": ticket.opened_at,
            }
        )
        rows.acting.append({"administrator": number, "institution": institution, "acted_at": ticket.opened_at})
        return number


_CITIZENS = Bulk(lambda _: insert(citizens))
_ADMINISTRATORS = Bulk(lambda _: insert(administrators))
_ACTING = Bulk(lambda _: insert(acting))
_TICKETS = Bulk(lambda _: insert(tickets))
_MESSAGES = Bulk(lambda _: insert(messages))
_EVENTS = Bulk(lambda _: insert(ticket_events))
