"""What is said: places, persons, attachments, buttons, and a message on its way out."""

import os
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from typing import BinaryIO

from bot.domain.names import file_name, mime_type
from bot.domain.quotation import Spans

VK_CHATS = 2_000_000_000
"""VK: peer ids of group chats lie above this number (dev.vk.com, messages.send)."""

_COMMENTED = ("wall", "photo", "video", "topic", "market")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One conversation: a private dialogue, a group, or the comments under one post."""

    channel: str
    """The messenger: `telegram`, `vk`, `max`."""
    community: str
    """The bot id or group id through which we are there."""
    chat: str
    """The messenger's chat id (VK: peer id); for comments the thing under which they stand, for example `wall-77_5`
    (`wall`, `photo`, `video`, `topic`, `market`, then owner and number)."""

    @property
    def lane(self) -> str:
        """The name under which this conversation's events and messages keep their order."""
        return f"{self.channel}:{self.community}:{self.chat}"

    @property
    def is_group(self) -> bool:
        """Tell whether several people read it: Telegram's groups are below 0, VK's above two thousand million."""
        return self.chat.startswith("-") or (
            self.channel == "vk" and self.chat.isdecimal() and int(self.chat) > VK_CHATS
        )

    @property
    def is_comments(self) -> bool:
        """Tell whether this is the talk under a post or another public thing, which everybody reads."""
        return self.chat.startswith(_COMMENTED)

    @property
    def is_answerable(self) -> bool:
        """Tell whether the messenger lets a community answer here: under VK's photos, videos and the like it does not.

        Of all methods that write comments only `wall.createComment` takes a community's token (VKCOM/vk-api-schema).
        """
        return not self.is_comments or self.chat.startswith("wall")

    @property
    def is_mailbox(self) -> bool:
        """Tell whether this is one person's talk with a Telegram channel: `direct<chat>_<person>`."""
        return self.chat.startswith("direct")

    @property
    def person(self) -> str:
        """The number of the person whose private dialogue this is; of no meaning for groups and comments."""
        return self.chat.rpartition("_")[2] if self.is_mailbox else self.chat

    @property
    def room(self) -> str:
        """The chat as the messenger counts it: comments under a Telegram post all stand in one group."""
        if self.channel != "telegram" or not (self.is_comments or self.is_mailbox):
            return self.chat
        return self.chat.removeprefix("wall").removeprefix("direct").rpartition("_")[0]

    @property
    def room_lane(self) -> str:
        """The name of the room whose pace counts, however many lanes lead into it.

        Comments under all Telegram posts stand in one group; a channel's mailbox is private to each person.
        """
        return f"{self.channel}:{self.community}:{self.room if self.is_comments else self.chat}"

    @staticmethod
    def of_room(room_lane: str) -> "Place":
        """Return the room itself as a place."""
        channel, community, chat = room_lane.split(":", 2)
        return Place(channel=channel, community=community, chat=chat)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody in a messenger. Equal ids on two channels are two people."""

    channel: str
    user_id: str
    name: str = ""
    language: str = ""
    """The language of the person's phone (`ru`, `tt` …), empty when the messenger does not tell."""


class AttachmentKind(StrEnum):
    """What an attachment is to a reader."""

    PHOTO = "photo"
    DOCUMENT = "document"
    VIDEO = "video"
    VIDEO_NOTE = "video-note"
    VOICE = "voice"
    AUDIO = "audio"
    ANIMATION = "animation"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACT = "contact"
    POLL = "poll"
    LINK = "link"
    POST = "post"
    FORWARDED = "forwarded"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One thing attached to a message, as its own messenger names it."""

    kind: AttachmentKind
    channel: str
    community: str
    reference: str = ""
    """What the messenger needs to show it again or to hand out its bytes (Telegram: file id; VK: `photo1_2_key` or an
    address). Empty: its bytes cannot be had, only `title` and `url` can be told."""
    name: str = ""
    """File name, empty when there is none."""
    size: int | None = None
    """Bytes, when the messenger tells."""
    mime: str = ""
    title: str = ""
    """Words for a reader: a contact's name, a place's address, a poll's question, a sticker's emoji."""
    url: str = ""
    """Where a person can open it, if anywhere."""
    latitude: float | None = None
    """LOCATION: degrees, north positive; None when the messenger does not tell."""
    longitude: float | None = None
    """LOCATION: degrees, east positive."""
    fallback: str = ""
    """Only on the way out: the sentence that the reader gets instead when the file cannot be carried over."""

    def __post_init__(self) -> None:
        """Clean the name and the kind, which somebody else chose: a control sign in them would stop the whole call."""
        _clean(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """The bytes of an attachment: a small one's in memory, others' in a temporary file that `close` removes."""

    name: str
    mime: str
    content: bytes = field(default=b"", repr=False)
    """Only when there is no `stream`."""
    stream: BinaryIO | None = field(default=None, repr=False, compare=False)
    length: int = 0
    """Bytes in `stream`."""

    def __post_init__(self) -> None:
        """Clean the name and the kind, which a messenger may have changed on the way."""
        _clean(self)

    @property
    def size(self) -> int:
        """Count the bytes."""
        return self.length if self.stream is not None else len(self.content)

    def opened(self) -> BinaryIO:
        """Return the bytes to be read from the beginning, by one reader at a time; closing that leaves the file."""
        if self.stream is None:
            return BytesIO(self.content)
        self.stream.seek(0)
        return os.fdopen(os.dup(self.stream.fileno()), "rb")

    def whole(self) -> bytes:
        """Return all bytes at once; only for what is known to be small."""
        with self.opened() as reader:
            return reader.read()

    def close(self) -> None:
        """Let go of the bytes."""
        if self.stream is not None:
            self.stream.close()


def _clean(named: Attachment | File) -> None:
    name, mime = file_name(named.name), mime_type(named.mime)
    if name != named.name:
        object.__setattr__(named, "name", name)
    if mime != named.mime:
        object.__setattr__(named, "mime", mime)


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button under a message: pressing it comes back as `ButtonPressed` with `action`; or it opens `url`."""

    text: str
    action: str = ""
    """At most 64 bytes in UTF-8 (Telegram's limit for callback data)."""
    url: str = ""


class OutgoingKind(StrEnum):
    """What the messenger is asked to do."""

    MESSAGE = "message"
    EDIT = "edit"
    DELETE = "delete"
    """Take away the message `target`."""
    COMMENT = "comment"
    TOPIC = "topic"
    """Make a topic named `text` with `icon` in a group with topics; its id comes back like a message id."""
    TOPIC_EDIT = "topic-edit"
    """Rename the topic `thread` to `text` and give it `icon`."""
    PRESS_ANSWER = "press-answer"
    REACTION = "reaction"
    """Put `icon` under the message `target`; where that cannot be, `text` is said instead, if there is any."""
    TYPING = "typing"
    """Show for some seconds that an answer is being made; a messenger that does not is not asked twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMessage:
    """One call to a messenger, as it lies in the outbox. `text` is plain: shown as it is, whatever its characters."""

    kind: OutgoingKind = OutgoingKind.MESSAGE
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()
    """Rows of buttons. An EDIT without buttons removes those that were there."""
    reply_to: str = ""
    """The messenger's id of the message to reply to (COMMENT: of the comment); empty for none."""
    target: str = ""
    """EDIT, DELETE, REACTION: the messenger's id of the message; PRESS_ANSWER: the press id."""
    thread: str = ""
    """The topic in which it stands, in a group with topics; empty for none."""
    quotes: Spans = ()
    """Where in `text` somebody's words are quoted; the messenger draws them as quotations."""
    keys: tuple[tuple[Button, ...], ...] = ()
    """Rows of commands that stand below the dialogue from now on; the `action` of each is a command's Latin name. They
    are left out beside `buttons`, and where the messenger has none."""
    icon: str = ""
    """REACTION: the sign. TOPIC, TOPIC_EDIT: an emoji that the messenger has among its topic icons, else left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a messenger said of a message that it took."""

    message_ids: tuple[str, ...] = ()
    """The ids it gave, first the one that carries the words; empty for calls that make no message."""
    at: datetime | None = None
    """The messenger's own time, if it told one."""
