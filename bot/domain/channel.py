"""The port: what a messenger's folder gives to the post room, and what the post room gives to it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from bot.domain.clock import ServerClock
from bot.domain.event import Event
from bot.domain.message import Attachment, File, OutgoingMessage, Place, Sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One token: a Telegram bot or a VK community through which we speak."""

    channel: str
    community: str
    """The bot id (digits before the colon of a Telegram token) or the VK group id."""
    token: str = field(repr=False)
    institution: str | None = None
    """The code of the institution it belongs to; None for the regional bot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One raw event for the inbox."""

    channel: str
    community: str
    key: str
    """Unique within channel and community: an event always has the same key (Telegram: update id; VK: event id)."""
    lane: str
    """The conversation whose order it keeps: a `Place.lane`, or a name of its own when it has none."""
    payload: bytes = field(repr=False)
    """The event as the messenger sent it, JSON in UTF-8."""
    not_before: datetime | None = None
    """An event of our own that is for later."""


class Intake(Protocol):
    """Given to receivers by the post room: makes events durable."""

    async def position(self, account: Account) -> str | None:
        """Return the position last stored for this account, None at the first start."""
        ...

    async def store(self, account: Account, events: Sequence[Incoming], *, position: str | None) -> None:
        """Store `events` once per key and the listener's new `position` (None leaves it); durable on return."""
        ...

    async def reached(self, account: Account, *, is_reached: bool) -> None:
        """Note whether the messenger answered just now; of its refusals and its wish for patience nothing is noted."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """At most `calls` in any stretch of `per`."""

    calls: int
    per: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one call to a messenger can carry, and how often it may be called."""

    text: int
    """Characters of a message, in UTF-16 units."""
    caption: int
    """Characters of a text that goes together with files; `text` when there is no difference."""
    files: int
    """Files in one message."""
    mixed_files: bool
    """Whether photos and documents may share one message."""
    files_with_buttons: bool
    """Whether a message with several files may carry buttons and a text."""
    buttons: int
    """Buttons under one message."""
    standing_keys: bool = False
    """Whether buttons can stand below a dialogue; elsewhere commands have a menu."""
    quotations: bool
    """Whether it draws quotations inside a message."""
    account_rate: Rate
    """All calls of one account together."""
    private_rate: Rate
    """Messages into one private chat (or under one post)."""
    group_rate: Rate
    """Messages and edits into one group."""


OpenFile = Callable[[Attachment], Awaitable[File]]
"""Fetches an attachment's bytes from the messenger it came from; raises FileUnavailableError or ChannelBusyError."""


class Severity(StrEnum):
    """How bad a finding is."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of `otklik check`."""

    subject: str
    severity: Severity
    says: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a messenger calls an account."""

    title: str
    address: str
    """Where citizens find it: `https://t.me/BOT`, `https://vk.com/club77`; empty when there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """The commands that somebody is offered by a messenger that has a menu for them."""

    commands: tuple[tuple[str, str], ...] = ()
    """Latin names and what each does; none: this menu is no longer one of its own."""
    language: str = ""
    """For whose messenger speaks this language (`ru`, `tt`); empty: for everybody of whose language there is none."""
    chat: str = ""
    """For one conversation; empty: for all private dialogues, or for all groups."""
    is_for_groups: bool = False


class Channel(Protocol):
    """A messenger. It translates and decides nothing; its errors are the ChannelError family."""

    name: str
    limits: Limits
    server_clock: ServerClock
    """How far the messenger's clock is from ours."""

    def convert(self, community: str, payload: Mapping[str, Any]) -> Event | None:
        """Read one raw event; None when it is of no interest (an unknown kind, our own echo).

        Raises MalformedEventError when it should be of interest but cannot be understood.
        """
        ...

    async def receive(self, account: Account, intake: Intake) -> None:
        """Receive for one account until cancelled; survives the messenger's and the network's failures.

        Raises ConflictError when another program holds the token, ChannelRefusedError when the token is no good.
        """
        ...

    async def send(
        self, outgoing: OutgoingMessage, *, account: Account, place: Place, row: int, open_file: OpenFile
    ) -> Sent:
        """Make one call. `row` is the outbox row's id, the same on every try: it makes VK's random_id and guid.

        Raises ChannelBusyError, ChannelRefusedError, ChatMovedError.
        """
        ...

    async def fetch(self, attachment: Attachment, *, account: Account) -> File:
        """Fetch an attachment that came through this channel; raises FileUnavailableError or ChannelBusyError."""
        ...

    async def profile(self, account: Account) -> Profile:
        """Ask the messenger what it calls this account."""
        ...

    async def show_commands(self, account: Account, menu: Menu) -> None:
        """Offer commands in the messenger's own menu; where it has none, nothing happens.

        Raises ChannelBusyError, ChannelRefusedError.
        """
        ...

    async def community_named(self, account: Account, name: str) -> str | None:
        """Return the number of the community whose link has this name; None when no community has it.

        Only VK's links leave the number out. Raises ChannelBusyError, ChannelRefusedError.
        """
        ...

    async def check(self, account: Account, *, places: Sequence[Place] = ()) -> Sequence[Finding]:
        """Try the token and its rights, also in `places`, work chats and channels; each remedy says what to click."""
        ...

    async def close(self) -> None:
        """Let go of connections and threads."""
        ...


POLL_PAUSE = timedelta(seconds=1)
"""The least pause of a receiver between two failed tries."""
IDLE_PAUSE = timedelta(milliseconds=250)
"""The least time between two questions that bring nothing: some servers answer at once instead of waiting for news."""
