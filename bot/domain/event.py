"""What can happen: every event the desk handles, named in the past tense."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.message import Attachment, Person, Place
from bot.domain.own_event import OwnEvent


class ChatKind(StrEnum):
    """Who can read a conversation."""

    PRIVATE = "private"
    GROUP = "group"


class CommentedThing(StrEnum):
    """What a comment stands under."""

    POST = "post"
    PHOTO = "photo"
    VIDEO = "video"
    TOPIC = "topic"
    GOODS = "goods"


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
    reply_is_ours: bool = False
    """Whether our own bot wrote that message; it may have had no words."""
    replies_elsewhere: bool = False
    """Whether it replies to a message that stands in another chat, of which the messenger tells no id for this one."""
    quote: str = ""
    """The words of somebody else's message that the person replied to or quoted; shown to the reader as a quote."""
    forwarded_from: str = ""
    """Who said it first, when it was passed on; a plain `?` when the messenger does not tell."""
    album: str = ""
    """Several messages with the same album are one message to their author; empty for none."""
    parts: tuple[str, ...] = ()
    """Of an album that was put together: the ids of its other messages."""
    thread: str = ""
    """The topic of a group with topics, empty for none (and for the general one)."""
    is_forum: bool = False
    """Whether the group has topics."""
    sources: tuple[str, ...] = ()
    """The channel to which the person wrote (direct messages of a channel): its `@name` and its id."""
    deep_link: str = ""
    """What the link carried through which the person came (`/start PAYLOAD`, VK `ref`)."""
    for_another_bot: bool = False
    """Whether the words begin with a command that bears another bot's name."""
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
    quote: str = ""
    album: str = ""
    parts: tuple[str, ...] = ()
    """Of an album that was put together: the ids of its other messages."""
    subject: CommentedThing = CommentedThing.POST
    can_answer: bool = True
    """Whether the messenger lets the community answer under it; if not, the card links to it instead."""
    is_restored: bool = False
    """Whether it was deleted before and has come back."""
    sources: tuple[str, ...] = ()
    """Where one bot serves many channels: the `@name` and the id of the channel whose post it is."""
    for_another_bot: bool = False
    """Whether the words begin with a command that bears another bot's name."""
    link: str = ""
    """The address of the comment."""
    post: str = ""
    """What the post says, where the messenger tells it with the comment."""


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
class MessageEdited:
    """Somebody changed what they had said: in private, in a group, or under a post (`place` tells)."""

    place: Place
    sender: Person
    message_id: str
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    edited_at: datetime
    sources: tuple[str, ...] = ()
    """The channel under whose post it stands, as in `CommentReceived`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDeleted:
    """A message or comment is gone; who deleted it is not always told."""

    place: Place
    message_id: str
    deleted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionChanged:
    """Somebody put reactions under a post or a message, or took them away. A like is `❤`."""

    place: Place
    """The private dialogue or group, or the post (`wall…`) itself."""
    message_id: str
    """The message; empty when the reaction is to the post that `place` names."""
    sender: Person | None = None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    """The channel whose post it is, as in `CommentReceived`."""
    link: str = ""
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionsCounted:
    """The messenger tells how many reactions a post has by now, without names."""

    place: Place
    message_id: str
    totals: tuple[tuple[str, int], ...]
    sources: tuple[str, ...] = ()
    link: str = ""
    counted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingAllowed:
    """Somebody allowed or forbade the community to write to them."""

    place: Place
    sender: Person
    is_allowed: bool
    changed_at: datetime


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
    thread: str = ""
    """The topic of a group with topics."""
    pressed_at: datetime
    words: MessageReceived | None = field(default=None, compare=False, repr=False)
    """The message that carried the press, where there is one: if no button of ours is named, it is words."""


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


Event = (
    MessageReceived
    | CommentReceived
    | AnsweredElsewhere
    | MessageEdited
    | MessageDeleted
    | ReactionChanged
    | ReactionsCounted
    | WritingAllowed
    | ButtonPressed
    | ChatJoined
    | ChatLeft
    | ChatMigrated
    | OwnEvent
)


_MOMENTS = ("sent_at", "edited_at", "deleted_at", "changed_at", "counted_at", "pressed_at", "happened_at")


def not_after(event: Event, now: datetime) -> Event:
    """Return what a messenger told, dated now if it is dated in the future: no wait is ever negative."""
    for name in _MOMENTS:
        if (moment := getattr(event, name, None)) is not None and moment > now:
            event = replace(event, **{name: now})  # type: ignore[arg-type]  # a union of frozen values
    if isinstance(event, ButtonPressed) and event.words is not None and event.words.sent_at > now:
        event = replace(event, words=replace(event.words, sent_at=now))
    return event
