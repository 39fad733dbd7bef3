"""What the pretend VK remembers: communities, dialogues, conversations, comments, files and faults."""

import asyncio
import itertools
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

FIRST_CHAT = 2_000_000_000
ALL_RIGHTS = frozenset({"messages", "manage", "photos", "docs", "wall"})


class VkFault(Exception):  # noqa: N818 - VK's own answer, not a failure of ours
    """An error as VK's JSON tells it."""

    def __init__(self, code: int, message: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message or f"pretend error {code}"

    def as_json(self) -> dict[str, Any]:
        return {"error_code": self.code, "error_msg": self.message}


@dataclass(slots=True, kw_only=True)
class VkFile:
    """A photo or document; `owner` and `number` are its name in VK."""

    kind: Literal["photo", "doc", "audio_message"]
    owner: int
    number: int
    name: str
    content: bytes = field(repr=False)
    mime: str = "application/octet-stream"
    url: str = ""

    @property
    def reference(self) -> str:
        return f"{self.kind}{self.owner}_{self.number}"

    def as_json(self) -> dict[str, Any]:
        thing: dict[str, Any] = {"id": self.number, "owner_id": self.owner, "access_key": f"key{self.number}"}
        if self.kind == "photo":
            sizes = [
                {"type": "s", "width": 75, "height": 56, "url": f"{self.url}?small"},
                {"type": "w", "width": 1280, "height": 960, "url": self.url},
            ]
            return {"type": "photo", "photo": thing | {"date": 1, "text": "", "sizes": sizes}}
        if self.kind == "audio_message":
            return {"type": "audio_message", "audio_message": thing | {"duration": 3, "link_ogg": self.url}}
        extension = self.name.rpartition(".")[2]
        thing |= {"title": self.name, "size": len(self.content), "ext": extension, "url": self.url, "type": 1}
        return {"type": "doc", "doc": thing}


@dataclass(slots=True, kw_only=True)
class VkMessage:
    """One message as everybody in the conversation sees it."""

    number: int
    """`id`, 0 in conversations."""
    cmid: int
    peer_id: int
    from_id: int
    date: int
    text: str = ""
    files: list[VkFile] = field(default_factory=list)
    keyboard: dict[str, Any] | None = None
    reply_to: int | None = None
    """The cmid of the message it replies to."""
    place: tuple[str, str] | None = None
    """Latitude and longitude of the map below it."""
    is_edited: bool = False
    is_deleted: bool = False
    payload: str | None = None

    @property
    def buttons(self) -> list[list[str]]:
        """The labels, row by row."""
        rows = self.keyboard["buttons"] if self.keyboard else []
        return [[button["action"]["label"] for button in row] for row in rows]

    def as_json(self) -> dict[str, Any]:
        message: dict[str, Any] = {
            "id": self.number,
            "date": self.date,
            "from_id": self.from_id,
            "peer_id": self.peer_id,
            "conversation_message_id": self.cmid,
            "text": self.text,
            "out": int(self.from_id < 0),
            "version": 10000 + self.cmid,
            "important": False,
            "is_hidden": False,
            "random_id": 0,
            "fwd_messages": [],
            "attachments": [file.as_json() for file in self.files],
        }
        if self.payload is not None:
            message["payload"] = self.payload
        return message


@dataclass(slots=True, kw_only=True)
class VkComment:
    """One comment under a post."""

    number: int
    from_id: int
    text: str
    date: int
    reply_to: int | None = None
    files: list[VkFile] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class VkPress:
    """A pressed button that waits for its answer."""

    event_id: str
    user_id: int
    peer_id: int
    pressed_at: float
    answer: dict[str, Any] | None = None
    is_answered: bool = False


@dataclass(slots=True, kw_only=True)
class Community:
    """One community with its token, its queue of events and everything said to it."""

    group_id: int
    token: str
    name: str
    rights: frozenset[str] = ALL_RIGHTS
    has_bot_abilities: bool = True
    long_poll_on: bool = False
    """Off at first, like every kind of event: as in VK, somebody has to switch them on."""
    events_version: str = "5.81"
    enabled: set[str] = field(default_factory=set)
    events: list[Any] = field(default_factory=list)
    forgotten: int = 0
    """How many events at the beginning are no longer kept."""
    key: str = "key1"
    bell: asyncio.Event = field(default_factory=asyncio.Event)
    poll_faults: list[Any] = field(default_factory=list)
    dialogues: defaultdict[int, list[VkMessage]] = field(default_factory=lambda: defaultdict(list))
    wrote: set[int] = field(default_factory=set)
    """Who has written, so that they may be written to."""
    forbade: set[int] = field(default_factory=set)
    """Who forbade messages afterwards (901)."""
    blocked: set[int] = field(default_factory=set)
    """Whom VK answers 900 about."""
    chats: set[int] = field(default_factory=set)
    """The peer ids of conversations in which the community is."""
    sent: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    """By peer and random_id: the answer given."""
    reactions: dict[tuple[int, int], int] = field(default_factory=dict)
    """By peer and message: what the community put under it."""
    posts: set[int] = field(default_factory=set)
    comments: defaultdict[int, list[VkComment]] = field(default_factory=lambda: defaultdict(list))
    guids: dict[str, dict[str, Any]] = field(default_factory=dict)
    presses: dict[str, VkPress] = field(default_factory=dict)
    uploaded: dict[str, VkFile] = field(default_factory=dict)
    """By reference (`photo-77_5`): what was saved and may be attached."""
    received: dict[str, tuple[str, str, bytes]] = field(default_factory=dict)
    """By the word the upload server gave: kind, name and bytes not saved yet."""
    requests: list[float] = field(default_factory=list)
    """When the last calls came, for the limit of 20 a second."""
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def ts(self) -> int:
        return self.forgotten + len(self.events)

    def push(self, event: Any, *, keep: int) -> None:
        """Put an event into the queue and wake the listener."""
        self.events.append(event)
        if len(self.events) > keep:
            self.forget(len(self.events) - keep)
        bell, self.bell = self.bell, asyncio.Event()
        bell.set()

    def forget(self, count: int) -> None:
        """Forget the oldest events, as VK does after a while."""
        del self.events[:count]
        self.forgotten += count

    def announce(self, kind: str, thing: dict[str, Any], *, keep: int) -> None:
        """Tell the listener, if the community has this kind of event switched on."""
        if kind in self.enabled and self.long_poll_on:
            number = next(self.numbers)
            self.push(
                {
                    "type": kind,
                    "event_id": f"{self.group_id:x}e{number:08x}",
                    "v": self.events_version,
                    "object": thing,
                    "group_id": self.group_id,
                },
                keep=keep,
            )

    def message(self, peer_id: int, cmid: int | None) -> VkMessage | None:
        return next((message for message in self.dialogues[peer_id] if message.cmid == cmid), None)

    def add(self, peer_id: int, **fields: Any) -> VkMessage:
        """Write a message into a conversation."""
        cmid = len(self.dialogues[peer_id]) + 1
        number = 0 if peer_id > FIRST_CHAT else next(self.numbers)
        message = VkMessage(number=number, cmid=cmid, peer_id=peer_id, **fields)
        self.dialogues[peer_id].append(message)
        return message


def checked_keyboard(written: str) -> dict[str, Any]:
    """Return the keyboard, or refuse what VK refuses (911)."""
    try:
        keyboard = json.loads(written)
        rows = keyboard["buttons"]
        is_inline = bool(keyboard.get("inline"))
        buttons = [button for row in rows for button in row]
        for button in buttons:
            action = button["action"]
            is_good = action["type"] in {"text", "callback", "open_link", "location", "open_app", "vkpay"}
            if action["type"] == "open_link":
                is_good &= action["link"].startswith("http")
            if action["type"] in {"text", "callback", "open_link"}:
                is_good &= 0 < len(action["label"]) <= 40
            payload = action.get("payload", "{}")
            payload = payload if isinstance(payload, str) else json.dumps(payload)
            json.loads(payload)
            if not is_good or len(payload) > 255:
                raise VkFault(911, "Keyboard format is invalid")
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise VkFault(911, "Keyboard format is invalid") from error
    most, tallest = (10, 6) if is_inline else (40, 10)
    if len(buttons) > most or len(rows) > tallest or any(len(row) > 5 for row in rows):
        raise VkFault(911, "Keyboard format is invalid: too many buttons")
    return dict(keyboard)
