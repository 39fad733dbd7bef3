"""What there is in the pretend Telegram: bots with their queues, chats with their messages, files, people."""

import asyncio
import itertools
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson

from bot.domain.clock import SystemClock
from bot.domain.message import Button

SUPERGROUPS_BELOW = -1_000_000_000_000
UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds of update that only a bot that names them gets."""


@dataclass(slots=True, kw_only=True)
class PretendBot:
    """One bot and the queue of updates that it has not confirmed."""

    id: int
    token: str
    username: str
    name: str
    reads_all: bool = True
    """False is Telegram's "privacy mode": in groups only commands and replies to the bot reach it."""
    can_join_groups: bool = True
    queue: deque[tuple[int, bytes]] = field(default_factory=deque)
    next_update: int = 1001
    allowed: frozenset[str] | None = None
    webhook: str = ""
    polls: int = 0
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    presses: dict[str, str | None] = field(default_factory=dict)
    """Presses by id; the words of our answer, None while the button waits."""
    commands: dict[tuple[str, int, str], list[tuple[str, str]]] = field(default_factory=dict)
    """The menus by scope, chat (0: every one) and language."""

    def push(self, kind: str, content: dict[str, Any]) -> None:
        """Queue an update, unless the bot did not ask for its kind."""
        is_wanted = kind in self.allowed if self.allowed else kind not in UNASKED
        if is_wanted:
            self.push_bytes(orjson.dumps({"update_id": self.next_update, kind: content}))

    def push_bytes(self, raw: bytes, *, update_id: int | None = None) -> None:
        """Queue bytes as they are, at the number that is next or the one given."""
        if update_id is not None:
            self.next_update = update_id
        self.queue.append((self.next_update, raw))
        self.next_update += 1
        self.ring()

    def ring(self) -> None:
        """Wake whoever polls."""
        self.wake.set()
        self.wake = asyncio.Event()


@dataclass(frozen=True, slots=True, kw_only=True)
class PretendFile:
    """A file that Telegram keeps."""

    number: int
    kind: str
    name: str
    mime: str
    content: bytes = field(repr=False)
    size: int

    @property
    def path(self) -> str:
        """Where `getFile` says it lies."""
        suffix = self.name.rpartition(".")[2] if "." in self.name else "bin"
        return f"{self.kind}s/file_{self.number}.{suffix}"


@dataclass(slots=True, kw_only=True)
class Shown:
    """One message as a chat shows it."""

    id: int
    author: int
    """A person's id or a bot's id."""
    is_bot: bool
    name: str
    text: str = ""
    buttons: tuple[tuple[Button, ...], ...] = ()
    files: tuple[PretendFile, ...] = ()
    reply_to: int | None = None
    edited: bool = False
    at: float
    album: str = ""
    preview: bool = True
    """Whether Telegram may show the page behind a link."""
    thread: int | None = None
    """The topic, or in a group without topics the first message of the talk."""
    mailbox: int | None = None
    """In a channel's mailbox: whose dialogue it is."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Further fields of the raw message."""


@dataclass(slots=True, kw_only=True)
class PretendTopic:
    """One topic of a group."""

    name: str
    icon: str = ""
    """The id of its icon."""
    closed: bool = False


@dataclass(slots=True, kw_only=True)
class PretendChat:
    """A private chat of one bot, or a group."""

    id: int
    title: str = ""
    bots: set[int] = field(default_factory=set)
    started: bool = False
    """Private: the person has written to the bot."""
    blocked: bool = False
    moved_to: int | None = None
    muted: bool = False
    """The bot may not write here."""
    is_channel: bool = False
    is_mailbox: bool = False
    is_forum: bool = False
    username: str = ""
    linked: int | None = None
    """The channel of a discussion group, and the other way round; the channel of a mailbox."""
    rights: dict[int, frozenset[str]] = field(default_factory=dict)
    """The bots that are administrators here, and what they may do."""
    topics: dict[int, PretendTopic] = field(default_factory=dict)
    messages: dict[int, Shown] = field(default_factory=dict)
    next_message: int = 1
    times: deque[float] = field(default_factory=deque)

    @property
    def is_private(self) -> bool:
        """Tell a person's chat from a group."""
        return self.id > 0


class World:
    """Everything that the pretend Telegram knows."""

    def __init__(self) -> None:
        self.bots: dict[str, PretendBot] = {}
        self.groups: dict[int, PretendChat] = {}
        self.private: dict[tuple[int, int], PretendChat] = {}
        self.strangers: set[int] = set()
        """People who exist but have never written to a bot."""
        self.gone: set[int] = set()
        """People who deleted their account."""
        self.files: dict[int, PretendFile] = {}
        self.counts: Counter[str] = Counter()
        """Calls that succeeded, by method."""
        self.refusals: Counter[str] = Counter()
        self.sent: list[tuple[float, int, str]] = []
        """When, to which chat and with which words bots wrote."""
        self._changed = asyncio.Event()
        self._numbers = itertools.count(1)

    def add_bot(self, token: str, *, username: str = "", name: str = "Отклик") -> PretendBot:
        """Register a bot; the digits before the token's colon are its id."""
        bot_id = int(token.partition(":")[0])
        bot = PretendBot(id=bot_id, token=token, username=username or f"otklik_{bot_id}_bot", name=name)
        self.bots[token] = bot
        return bot

    def bot(self, bot: int | str | None = None) -> PretendBot:
        """Return a bot by its id, the first one by default."""
        return next(each for each in self.bots.values() if bot is None or each.id == int(bot))

    def chat(self, chat: int | str, bot: int | str | None = None) -> PretendChat:
        """Return a chat; a private one belongs to one bot."""
        chat_id = int(chat)
        if chat_id < 0:
            return self.groups[chat_id]
        bot_id = self.bot(bot).id
        return self.private.setdefault((bot_id, chat_id), PretendChat(id=chat_id, bots={bot_id}))

    def messages(self, chat: int | str, bot: int | str | None = None) -> list[Shown]:
        """Return what a chat shows, oldest first."""
        return list(self.chat(chat, bot).messages.values())

    def show(self, chat: PretendChat, message: Shown) -> Shown:
        """Put a message into a chat."""
        chat.messages[message.id] = message
        self.changed()
        return message

    def number_message(self, chat: PretendChat) -> int:
        """Return the id of the chat's next message."""
        chat.next_message += 1
        return chat.next_message - 1

    def keep(self, *, kind: str, name: str, content: bytes, mime: str = "", size: int | None = None) -> PretendFile:
        """Keep a file; `size` pretends that it is larger than its bytes."""
        number = next(self._numbers)
        length = len(content) if size is None else size
        file = PretendFile(number=number, kind=kind, name=name, mime=mime, content=content, size=length)
        self.files[number] = file
        return file

    def unique(self) -> int:
        """Return a number that nothing else has."""
        return next(self._numbers)

    def changed(self) -> None:
        """Wake whoever waits in `until`."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, happened: Callable[[], Any], *, seconds: float = 30.0) -> None:
        """Wait until `happened` is true; raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not happened():
                await self._changed.wait()


def raw_message(world: World, chat: PretendChat, message: Shown, bot: PretendBot, *, depth: int = 1) -> dict[str, Any]:
    """Return a message as Telegram describes it to `bot`."""
    raw: dict[str, Any] = {
        "message_id": message.id,
        "from": {"id": message.author, "is_bot": message.is_bot, "first_name": message.name},
        "chat": raw_chat(chat, message, bot),
        "date": int(message.at),
    }
    answered = chat.messages.get(message.reply_to) if message.reply_to is not None and depth else None
    if answered is not None:
        raw["reply_to_message"] = raw_message(world, chat, answered, bot, depth=0)
    for file in message.files:
        raw.update(_raw_file(file, bot))
    if message.text:
        raw["caption" if message.files else "text"] = message.text
    if message.album:
        raw["media_group_id"] = message.album
    if message.buttons:
        raw["reply_markup"] = {"inline_keyboard": [[_raw_button(each) for each in row] for row in message.buttons]}
    if message.edited:
        raw["edit_date"] = int(SystemClock().now().timestamp())
    if message.thread is not None:
        raw |= {"message_thread_id": message.thread, **({"is_topic_message": True} if chat.is_forum else {})}
    if message.mailbox is not None:
        person = {"id": message.mailbox, "is_bot": False, "first_name": "Житель"}
        raw["direct_messages_topic"] = {"topic_id": message.mailbox, "user": person}
    extra = dict(message.extra)
    raw["from"].update(extra.pop("from", {}))
    return raw | extra


def raw_chat(chat: PretendChat, message: Shown | None, bot: PretendBot) -> dict[str, Any]:
    """Return a chat as Telegram describes it."""
    if not chat.is_private:
        kind = "channel" if chat.is_channel else "supergroup" if chat.id < SUPERGROUPS_BELOW else "group"
        described = {"id": chat.id, "type": kind, "title": chat.title, "username": chat.username}
        flags = {"is_forum": chat.is_forum, "is_direct_messages": chat.is_mailbox}
        return {name: value for name, value in (described | flags).items() if value}
    people = [each for each in chat.messages.values() if not each.is_bot]
    person = message if message is not None and not message.is_bot else (people[-1] if people else None)
    raw: dict[str, Any] = {"id": chat.id, "type": "private", "first_name": person.name if person else ""}
    username = person.extra.get("from", {}).get("username") if person else None
    return raw | ({"username": username} if username else {})


def file_id(file: PretendFile, bot: PretendBot) -> str:
    """Return the id under which one bot knows a file; another bot cannot use it."""
    return f"{bot.id}-{file.number}"


def find_file(world: World, bot: PretendBot, reference: object) -> PretendFile | None:
    """Return the file that `bot` knows under this id."""
    owner, _, number = str(reference).partition("-")
    return world.files.get(int(number)) if owner == str(bot.id) and number.isdecimal() else None


def _raw_file(file: PretendFile, bot: PretendBot) -> dict[str, Any]:
    reference = file_id(file, bot)
    raw = {"file_id": reference, "file_unique_id": f"unique{file.number}", "file_size": file.size}
    if file.kind == "photo":
        small = raw | {"file_id": f"{reference}-small", "width": 90, "height": 60, "file_size": min(file.size, 1000)}
        return {"photo": [small, raw | {"width": 1280, "height": 853}]}
    named = raw | {"file_name": file.name, "mime_type": file.mime}
    return {file.kind: {key: value for key, value in named.items() if value}}


def _raw_button(button: Button) -> dict[str, str]:
    return {"text": button.text, **({"url": button.url} if button.url else {"callback_data": button.action})}


def bots_in(world: World, chat: PretendChat) -> Iterator[PretendBot]:
    """Yield the bots that are in a chat."""
    return (bot for bot in world.bots.values() if bot.id in chat.bots)


def thread_of(chat: PretendChat, reply_to: int | None) -> int | None:
    """Return the first message of the talk that a reply continues; supergroups without topics know such talks."""
    answered = chat.messages.get(reply_to) if reply_to is not None else None
    if answered is None or chat.is_forum or chat.is_mailbox or chat.id > SUPERGROUPS_BELOW:
        return None
    return answered.thread or answered.id
