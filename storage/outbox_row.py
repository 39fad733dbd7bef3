"""One call to a messenger: why it goes out, how urgent it is, and in whose lane."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from bot.domain.message import OutgoingKind, OutgoingMessage, Place
from bot.domain.ticket import SentPart
from storage.codec import decode_outgoing, encode_outgoing
from storage.place_rows import read_place
from storage.vault import Vault


class OutboxKind(StrEnum):
    """Why something goes out."""

    PRESS = "press"
    """Ends the waiting state of a button."""
    ANSWER = "answer"
    """An administrator's words to the citizen."""
    ANSWER_EDIT = "answer-edit"
    """New words for an answer that went out."""
    ANSWER_DELETE = "answer-delete"
    """Takes away an answer, or a part of it, that went out."""
    NOTICE = "notice"
    """The bot's own words to whoever wrote or pressed."""
    TICKET_NOTICE = "ticket-notice"
    """The bot's own words about one ticket in its work chat: a reply to them is an answer."""
    CARD = "card"
    """A ticket's card in the work chat."""
    TOPIC = "topic"
    """A topic of its own for a ticket, in a work chat with topics."""
    TOPIC_EDIT = "topic-edit"
    """The topic's new title; a newer one makes an older one needless."""
    FOLLOW_UP = "follow-up"
    """A citizen's further words, a reply to the card."""
    WORDS_MOVED = "words-moved"
    """What stands instead of further words that the citizen moved to another ticket."""
    HISTORY = "history"
    """Everything said so far, below the card of a new holder."""
    CARD_EDIT = "card-edit"
    """The card's new state; a newer one makes an older one needless."""
    GATHERED = "gathered"
    """How many cards are still to come in a rush; a newer state makes an older one needless."""
    REMINDER = "reminder"
    """A deadline missed."""
    REPORT = "report"
    REDIRECT = "redirect"
    """The way to another messenger, for a citizen of whom nothing may be kept: gone as soon as it is sent."""


CARDS = frozenset({OutboxKind.CARD, OutboxKind.TOPIC, OutboxKind.FOLLOW_UP, OutboxKind.HISTORY})
"""What citizens' words bring into a work chat."""


class Priority(IntEnum):
    """What goes first when not everything can: lower is sooner."""

    PRESS = 0
    ANSWER = 1
    NOTICE = 2
    CARD = 3
    CARD_EDIT = 4
    REMINDER = 5
    DIGEST = 6


PRIORITY = {
    OutboxKind.PRESS: Priority.PRESS,
    OutboxKind.ANSWER: Priority.ANSWER,
    OutboxKind.ANSWER_EDIT: Priority.ANSWER,
    OutboxKind.ANSWER_DELETE: Priority.ANSWER,
    OutboxKind.NOTICE: Priority.NOTICE,
    OutboxKind.TICKET_NOTICE: Priority.NOTICE,
    OutboxKind.GATHERED: Priority.NOTICE,
    OutboxKind.CARD: Priority.CARD,
    OutboxKind.TOPIC: Priority.CARD,
    OutboxKind.TOPIC_EDIT: Priority.CARD_EDIT,
    OutboxKind.FOLLOW_UP: Priority.CARD,
    OutboxKind.WORDS_MOVED: Priority.CARD,
    OutboxKind.HISTORY: Priority.CARD,
    OutboxKind.CARD_EDIT: Priority.CARD_EDIT,
    OutboxKind.REMINDER: Priority.REMINDER,
    OutboxKind.REPORT: Priority.DIGEST,
    OutboxKind.REDIRECT: Priority.NOTICE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A message that shows a citizen's further words in a work chat."""

    row: int
    place: Place
    ticket: int
    message: int | None
    """Our id of the words; None when it shows something else of the ticket as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow:
    """One call to a messenger."""

    id: int
    place: Place
    lane: str
    kind: OutboxKind
    message: OutgoingMessage
    ticket: int | None = None
    answer: int | None = None
    """Our id of the ticket message that this row carries."""
    is_last: bool = True
    is_urgent: bool = False
    """Whether it is no more patient than words that answer a person: a card of an emergency."""
    refers_to: int | None = None
    attempts: int = 0
    created_at: datetime

    @property
    def priority(self) -> Priority:
        """How urgent it is."""
        usual = PRIORITY[self.kind]
        return min(usual, Priority.NOTICE) if self.is_urgent else usual

    @property
    def is_message(self) -> bool:
        """Whether it counts for the pace of its chat."""
        return self.message.kind not in (OutgoingKind.PRESS_ANSWER, OutgoingKind.TYPING, OutgoingKind.REACTION)


def as_sent_part(row: OutboxRow, message_id: str = "") -> SentPart:
    """Return what a row of an answer shows to the citizen."""
    return SentPart(
        row=row.id,
        place=row.place,
        message_id=message_id,
        has_words=bool(row.message.text),
        has_files=bool(row.message.attachments),
    )


def ticket_lane(place: Place, ticket: int) -> str:
    """Return the lane of a ticket in a chat that many tickets share: they never wait for each other."""
    return f"{place.lane}:ticket:{ticket}"


def gathered_lane(place: Place) -> str:
    """Return the lane of the message that says how many cards are to come."""
    return f"{place.lane}:gathered"


def read_outbox_row(row: Any, vault: Vault) -> OutboxRow:
    """Read a row of the outbox with its message."""
    kind = OutboxKind(row.kind)
    return OutboxRow(
        id=row.id,
        place=read_place(row),
        lane=row.lane,
        kind=kind,
        message=decode_outgoing(vault.open(row.payload)),
        ticket=row.ticket,
        answer=row.message,
        is_last=row.is_last,
        is_urgent=row.priority < PRIORITY[kind],
        refers_to=row.refers_to,
        attempts=row.attempts,
        created_at=row.created_at,
    )


def write_outbox_row(row: OutboxRow, vault: Vault) -> dict[str, Any]:
    """Write a row of the outbox, its message sealed."""
    return {
        "id": row.id,
        "channel": row.place.channel,
        "community": row.place.community,
        "chat": row.place.chat,
        "lane": row.lane,
        "room": row.place.room_lane if row.is_message else "",
        "kind": row.kind.value,
        "priority": int(row.priority),
        "payload": vault.seal(encode_outgoing(row.message)),
        "ticket": row.ticket,
        "message": row.answer,
        "is_last": row.is_last,
        "refers_to": row.refers_to,
        "created_at": row.created_at,
    }
