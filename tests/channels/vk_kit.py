"""What the tests of the VK channel share: an intake that remembers, a clock that hurries, a channel at a pretend VK."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.channels.vk.channel import VkChannel
from bot.domain.channel import Account, Incoming
from bot.domain.errors import ChannelError, FileUnavailableError
from bot.domain.event import Event
from bot.domain.message import Attachment, File, OutgoingMessage, Place, Sent
from tests.pretend.vk import PretendVk

GROUP = 77
ACCOUNT = Account(channel="vk", community=str(GROUP), token="secret-token")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


def place(chat: int | str) -> Place:
    return Place(channel="vk", community=str(GROUP), chat=str(chat))


class HurryingClock:
    """Sleeps at once and notes for how long it was asked to; its time moves by what was slept."""

    def __init__(self) -> None:
        self._now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
        self.slept: list[timedelta] = []

    def now(self) -> datetime:
        return self._now

    async def sleep(self, duration: timedelta) -> None:
        self.slept.append(duration)
        self._now += duration
        await asyncio.sleep(0)

    def advance(self, duration: timedelta) -> None:
        self._now += duration


class RememberingIntake:
    """The post room's end: keeps events once per key, and the position, together or not at all."""

    def __init__(self, position: str | None = None) -> None:
        self.kept: dict[str, Incoming] = {}
        self.at: str | None = position
        self.failures = 0
        self.reaches: list[bool] = []
        """Whether the messenger answered, poll after poll."""
        self._changed = asyncio.Event()

    async def position(self, account: Account) -> str | None:
        return self.at

    async def reached(self, account: Account, *, is_reached: bool) -> None:
        self.reaches.append(is_reached)
        self._changed.set()

    async def store(self, account: Account, events: Sequence[Incoming], *, position: str | None) -> None:
        if self.failures and events:
            self.failures -= 1
            raise OSError("the disk is full")
        for event in events:
            self.kept.setdefault(event.key, event)
        self.at = position if position is not None else self.at
        self._changed.set()

    @property
    def raw(self) -> list[Any]:
        return [json.loads(event.payload) for event in self.kept.values()]

    @property
    def texts(self) -> list[str]:
        """The words of the messages that are no rubbish."""
        texts = []
        for event in self.raw:
            match event:
                case {"object": {"message": {"text": str(text)}}}:
                    texts.append(text)
        return texts

    async def until(self, count: int) -> None:
        """Wait until `count` events are kept."""
        async with asyncio.timeout(30):
            while len(self.kept) < count:
                self._changed.clear()
                await self._changed.wait()

    async def until_positioned(self) -> None:
        """Wait until the listener knows where it stands."""
        async with asyncio.timeout(30):
            while self.at is None:
                self._changed.clear()
                await self._changed.wait()


async def until(is_true: Callable[[], bool]) -> None:
    """Wait until something that rings no bell has become true."""
    async with asyncio.timeout(30):
        while not is_true():  # noqa: ASYNC110 - the pretend VK has no bell for everything
            await asyncio.sleep(0.005)


class Post:
    """A channel at a pretend VK, with short words for what tests do with it."""

    def __init__(self, vk: PretendVk, channel: VkChannel) -> None:
        self.vk = vk
        self.channel = channel
        self.files: dict[str, File | ChannelError] = {}
        """By reference: what the other messenger hands out, or how it fails."""

    async def send(self, outgoing: OutgoingMessage, *, to: int | str, row: int = 1) -> Sent:
        return await self.channel.send(outgoing, account=ACCOUNT, place=place(to), row=row, open_file=self.open_file)

    async def open_file(self, attachment: Attachment) -> File:
        file = self.files.get(attachment.reference, FileUnavailableError("too large"))
        if isinstance(file, ChannelError):
            raise file
        return file

    @asynccontextmanager
    async def listening(self, intake: RememberingIntake) -> AsyncIterator[asyncio.Task[None]]:
        """Listen in the background; what the listener raises comes out at the end."""
        task = asyncio.create_task(self.channel.receive(ACCOUNT, intake))
        try:
            positioned = asyncio.create_task(intake.until_positioned())
            await asyncio.wait({task, positioned}, return_when=asyncio.FIRST_COMPLETED)
            positioned.cancel()
            yield task
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def events(self, count: int) -> list[Event | None]:
        """Listen until `count` events are there and return them as the domain's."""
        intake = RememberingIntake("0")
        async with self.listening(intake):
            await intake.until(count)
        return [self.channel.convert(str(GROUP), event) for event in intake.raw]


@asynccontextmanager
async def post(**settings: Any) -> AsyncIterator[Post]:
    """Open a pretend VK with community 77 and a channel to it."""
    long_poll_on = settings.pop("long_poll_on", True)
    pretend = settings.pop("pretend", {})
    async with PretendVk(communities={GROUP: ACCOUNT.token}, long_poll_on=long_poll_on, **pretend) as vk:
        channel = VkChannel(
            api_url=vk.url,
            clock=settings.pop("clock", None) or HurryingClock(),
            wait=settings.pop("wait", timedelta(seconds=5)),
            threads=2,
            **settings,
        )
        try:
            yield Post(vk, channel)
        finally:
            await channel.close()
