"""What the tests of the Telegram channel share: a channel at a pretend Telegram, places, a receiver that is let go."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from bot.channels.telegram.channel import TelegramChannel
from bot.domain.channel import Account, Intake
from bot.domain.errors import FileUnavailableError
from bot.domain.message import Attachment, File, OutgoingMessage, Place, Sent
from tests.pretend.telegram import PretendTelegram

CITIZEN = 501
GROUP = -1_000_000_000_777


@asynccontextmanager
async def channel_at(url: str) -> AsyncIterator[TelegramChannel]:
    """A channel that polls and pauses shortly."""
    channel = TelegramChannel(api_url=url, poll_wait=timedelta(seconds=5), first_pause=timedelta(milliseconds=5))
    try:
        yield channel
    finally:
        await channel.close()


@asynccontextmanager
async def receiving(channel: TelegramChannel, account: Account, intake: Intake) -> AsyncIterator[asyncio.Task[None]]:
    """Receive while the block runs; the receiver's own error comes out of the task."""
    task = asyncio.create_task(channel.receive(account, intake))
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def no_files(attachment: Attachment) -> File:
    """Open no file."""
    raise FileUnavailableError("there are no files here")


def place(chat: int, community: str = "1000") -> Place:
    """A Telegram conversation."""
    return Place(channel="telegram", community=community, chat=str(chat))


async def sends(
    channel: TelegramChannel,
    telegram: PretendTelegram,
    outgoing: OutgoingMessage,
    *,
    to: int = CITIZEN,
    open_file: object = no_files,
) -> Sent:
    """Send through the first bot."""
    return await channel.send(outgoing, account=telegram.account(), place=place(to), row=1, open_file=open_file)  # type: ignore[arg-type] # tests pass small closures
