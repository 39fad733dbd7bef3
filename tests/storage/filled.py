"""A small archive with something in every table that matters, for tests of listings and copies."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, update

from bot.domain.channel import Incoming
from bot.domain.citizen import Citizen
from bot.domain.institution import Institution, InviteRole, Scope, ScopeKind
from bot.domain.message import OutgoingMessage, Place
from bot.domain.reaction import Post
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
from storage import people_rows, ticket_rows
from storage.codec import encode_outgoing
from storage.database import Database
from storage.inbox import store
from storage.institutions import write_institutions
from storage.invites import make_invite
from storage.reactions import write_posts
from storage.tables import administrators, citizens, counters, inbox, messages, outbox, ticket_events, tickets
from storage.vault import Vault

NOON = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
"""A Monday; the tickets begin here."""
HOUR = timedelta(hours=1)
PLACE = Place(channel="vk", community="77", chat="500")
WORK_PLACE = Place(channel="telegram", community="42", chat="-100")
TOKEN = "vk1.a.not-a-real-token"
WORDS = "Когда починят кран? <b>№ 5</b> & «срочно»"

SCHOOL = Institution(
    code="school-12",
    name="Школа № 12",
    branch="Образование",
    municipality="Казань",
    aliases=("двенадцатая", "сош 12"),
    latitude=55.79,
    longitude=49.11,
    vk_group_id="77",
    vk_token=TOKEN,
)
CLINIC = Institution(code="clinic-6", name="Поликлиника № 6", branch="Здравоохранение", municipality="Казань")


async def fill(database: Database) -> None:
    """Two institutions; ticket 1 is answered, ticket 2 waits; one dead row in each queue."""
    vault = database.vault
    async with database.unit() as connection:
        await write_institutions(connection, vault, [SCHOOL, CLINIC])
        await connection.execute(insert(citizens), people_rows.write_citizen(citizen(), vault))
        post = Post(key="vk:wall-77_5", institution="school-12", channel="vk", told_at=NOON)
        await write_posts(connection, [post.changed(before=(), after=("❤", "👎"), day=NOON.date())])
        person = Administrator(id=1, channel="telegram", user_id="9", name="Алия", institution="school-12")
        await connection.execute(insert(administrators), people_rows.write_administrator(person, vault))
        written = [ticket_rows.write_ticket(each, vault) for each in (answered_ticket(), waiting_ticket())]
        await connection.execute(insert(tickets), written)
        await connection.execute(insert(messages), [ticket_rows.write_message(each, vault) for each in said()])
        opened = TicketEvent(id=1, ticket=1, kind=TicketEventKind.OPENED, at=NOON)
        taken = TicketEvent(id=2, ticket=1, kind=TicketEventKind.TAKEN, at=NOON + HOUR / 2, administrator=1)
        await connection.execute(insert(ticket_events), [ticket_rows.write_event(each) for each in (opened, taken)])
        going_out = [_outbox(row, vault, state=state) for row, state in enumerate(("sent", "dead", "todo"), start=1)]
        await connection.execute(insert(outbox), going_out)
        came_in = [incoming("1", b'{"fine": true}'), incoming("2", b"\xffnot json")]
        await store(connection, vault, came_in, now=NOON)
        await connection.execute(update(inbox).where(inbox.c.key == "2").values(state="dead", error="не понято"))
        numbers = {"administrator": 1, "citizen": 1, "message": 3, "outbox": 3, "ticket": 2, "ticket_event": 2}
        await connection.execute(insert(counters), [{"name": name, "value": n} for name, n in numbers.items()])
        scope = Scope(kind=ScopeKind.INSTITUTION, name="school-12")
        await make_invite(connection, vault, role=InviteRole.ADMINISTRATOR, scope=scope, expires_at=NOON + 24 * HOUR)


def citizen() -> Citizen:
    return Citizen(id=1, channel="vk", user_id="500", name="Ильнур", place=PLACE, created_at=NOON)


def answered_ticket() -> Ticket:
    return _ticket(1, state=TicketState.ANSWERED, first_answered_at=NOON + HOUR, last_answer_at=NOON + HOUR, taken_by=1)


def waiting_ticket() -> Ticket:
    return _ticket(2, waiting_since=NOON, deadline_at=NOON + 8 * HOUR, institution="clinic-6")


def said() -> list[TicketMessage]:
    return [
        _message(1, MessageKind.QUESTION, Author.CITIZEN, text=WORDS, ticket=1),
        _message(
            2,
            MessageKind.ANSWER,
            Author.ADMINISTRATOR,
            text="Починим завтра",
            ticket=1,
            administrator=1,
            said_at=NOON + HOUR,
            delivery=DeliveryState.DELIVERED,
            delivered_at=NOON + HOUR + timedelta(seconds=2),
        ),
        _message(3, MessageKind.QUESTION, Author.CITIZEN, text="Есть кто?", ticket=2),
    ]


def _ticket(number: int, **differences: object) -> Ticket:
    values = {
        "number": number,
        "institution": "school-12",
        "citizen": 1,
        "place": PLACE,
        "origin": TicketOrigin.PRIVATE,
        "routed_by": RoutedBy.COMMUNITY,
        "opened_at": NOON,
        "first_deadline_at": NOON + 8 * HOUR,
        "waiting_since": None,
        "deadline_at": None,
        "first_words": WORDS,
        "work_place": WORK_PLACE,
        "last_citizen_at": NOON,
    }
    return Ticket(**{**values, **differences})  # type: ignore[arg-type]  # the builder shows only what matters


def _message(number: int, kind: MessageKind, author: Author, **differences: object) -> TicketMessage:
    values = {
        "id": number,
        "citizen": 1 if author is Author.CITIZEN else None,
        "place": PLACE,
        "message_id": str(number),
        "said_at": NOON,
        "received_at": NOON,
    }
    return TicketMessage(kind=kind, author=author, **{**values, **differences})  # type: ignore[arg-type]  # as above


def _outbox(number: int, vault: Vault, *, state: str) -> dict[str, object]:
    return {
        "id": number,
        "channel": "vk",
        "community": "77",
        "chat": "500",
        "lane": PLACE.lane,
        "kind": "answer",
        "priority": 1,
        "payload": vault.seal(encode_outgoing(OutgoingMessage(text="Починим завтра"))),
        "ticket": 1,
        "message": 2,
        "is_last": True,
        "state": state,
        "attempts": 3 if state == "dead" else 0,
        "created_at": NOON + number * HOUR,
        "sent_id": "7" if state == "sent" else "",
        "sent_at": NOON + HOUR if state == "sent" else None,
        "error": "blocked" if state == "dead" else "",
    }


def incoming(key: str, payload: bytes) -> Incoming:
    return Incoming(channel="vk", community="77", key=key, lane=PLACE.lane, payload=payload)
