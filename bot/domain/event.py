"""What can happen: every event the desk handles, named in the past tense."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import RefusalReason
from bot.domain.message import Attachment, Person, Place
from bot.domain.ticket import Ring


class ChatKind(StrEnum):
    """Who can read a conversation."""

    PRIVATE = "private"
    GROUP = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageReceived:
    """Somebody wrote in a private dialogue or in a group where the bot is."""

    place: Place
    chat_kind: ChatKind
    sender: Person
    message_id: str
    """The messenger's id within the chat, the one that replies name (VK groups: the conversation message id)."""
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    sent_at: datetime
    """The messenger's own time."""
    chat_title: str = ""
    reply_to: str = ""
    """The id of the message it replies to, empty for none."""
    reply_text: str = ""
    """The words of that message when our own bot wrote it; they name the ticket if the link was lost."""
    deep_link: str = ""
    """What the link carried through which the person came (`/start PAYLOAD`, VK `ref`)."""
    link: str = ""
    """Where an administrator can open the dialogue, if the messenger has such an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentReceived:
    """Somebody commented on a post of a community. `place.chat` is the post."""

    place: Place
    sender: Person
    message_id: str
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    sent_at: datetime
    reply_to: str = ""
    """The id of the comment it replies to, empty for none."""
    link: str = ""
    """The address of the comment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredElsewhere:
    """Somebody spoke for the community in the messenger's own interface; our own words may come back like this too."""

    place: Place
    """The citizen's private dialogue, or the post."""
    message_id: str
    administrator: Person | None = None
    """Who wrote, if the messenger tells (VK tells it of messages, not of comments)."""
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    sent_at: datetime
    reply_to: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonPressed:
    """Somebody pressed a button of ours."""

    place: Place
    chat_kind: ChatKind
    sender: Person
    message_id: str
    """The message under which the button stands; may be empty."""
    action: str
    press_id: str
    """What the messenger needs to end the button's waiting state; empty when nothing is needed."""
    pressed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatJoined:
    """Our bot was added to a group."""

    place: Place
    chat_title: str
    sender: Person
    happened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatLeft:
    """Our bot was removed from a group, or the group was deleted."""

    place: Place
    happened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatMigrated:
    """A group became a supergroup with another id."""

    place: Place
    new_chat: str
    happened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """The sender's report: the last part of an answer was taken by the messenger."""

    ticket: int
    message: int
    """Our id of the answer."""
    delivered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFailed:
    """The sender's report: a messenger will never take this message."""

    outbox_id: int
    kind: str
    """The outbox row's kind: `answer`, `card` …"""
    place: Place
    ticket: int | None
    message: int | None
    reason: RefusalReason
    failed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineDue:
    """The clock's report: a ticket's `ring_at` has come."""

    ticket: int
    ring: Ring
    ring_at: datetime
    """If the ticket's has changed since, the event is void."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkChatBound:
    """Our own report: an institution has a new work chat; what waits is shown there."""

    institution: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDue:
    """Somebody asked for a report; it is worked out aside from the desk."""

    place: Place
    scope: str
    period: str
    """`today`, `week`, `month` …"""
    language: str
    asked_at: datetime


Event = (
    MessageReceived
    | CommentReceived
    | AnsweredElsewhere
    | ButtonPressed
    | ChatJoined
    | ChatLeft
    | ChatMigrated
    | Delivered
    | DeliveryFailed
    | DeadlineDue
    | WorkChatBound
    | ReportDue
)
