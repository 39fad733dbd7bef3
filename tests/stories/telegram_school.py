"""A school with a channel, its discussion group and its mailbox at a pretend Telegram, and a work chat with topics."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import PARTS, build
from bot.channels.telegram.channel import TelegramChannel
from bot.domain.institution import InviteRole, parse_scope
from bot.settings import Settings
from storage.database import Database
from storage.institutions import write_institutions
from storage.invites import make_invite
from storage.listings import TimeLine, read_time_line
from tests.pretend.telegram import PretendTelegram
from tests.pretend.telegram_world import Shown
from tests.stories.region import SCHOOL

CHANNEL, DISCUSSION, MAILBOX, WORK_CHAT = -1_001_000_000_500, -1_001_000_000_600, -1_001_000_000_700, -1_001_000_000_800
ADMINISTRATOR = 601


@dataclass(slots=True)
class ChannelSchool:
    """The school, its places in Telegram, and its tickets."""

    telegram: PretendTelegram
    database: Database

    async def ticket(self, number: int) -> TimeLine:
        async with self.database.reading() as connection:
            return await read_time_line(connection, self.database.vault, number)

    async def shows(self, chat: int, part: str) -> Shown:
        """Wait until our bot has said something in a chat and return it."""

        def said() -> list[Shown]:
            return [each for each in self.telegram.messages(chat) if each.is_bot and part in each.text]

        try:
            await self.telegram.until(said, seconds=30)
        except TimeoutError:
            shown = [each.text for each in self.telegram.messages(chat)]
            raise AssertionError(f"nobody said «{part}»; the chat shows {shown}") from None
        return said()[-1]


@asynccontextmanager
async def living_channel_school(
    database: Database, folder: Path, *, is_forum: bool = True
) -> AsyncIterator[ChannelSchool]:
    """Run the product for the block."""
    async with PretendTelegram("1000:AAStoryStoryStoryStoryStoryStoryStory00") as telegram:
        telegram.create_channel(CHANNEL, username="school12")
        telegram.create_discussion(DISCUSSION, CHANNEL)
        telegram.create_mailbox(MAILBOX, CHANNEL)
        if is_forum:
            telegram.create_forum(WORK_CHAT)
        else:
            telegram.create_group(WORK_CHAT, tell=False)
        async with database.unit() as connection:
            await write_institutions(connection, database.vault, [replace(SCHOOL, telegram_channel="@School12")])
            invite = await make_invite(
                connection,
                database.vault,
                role=InviteRole.ADMINISTRATOR,
                scope=parse_scope("institution:school-12"),
                expires_at=datetime(2999, 1, 1, tzinfo=UTC),
            )
        settings = Settings(
            _env_file=None,
            data_dir=folder,
            telegram_token=telegram.token,
            telegram_api_url=telegram.url,
            consent="off",
            pace="off",
        )
        channel = TelegramChannel(api_url=telegram.url, poll_wait=timedelta(seconds=5))
        application = build(settings, database, {"telegram": channel})
        running = asyncio.create_task(application.run(set(PARTS) - {"web"}))
        school = ChannelSchool(telegram=telegram, database=database)
        try:
            await telegram.group_message(WORK_CHAT, ADMINISTRATOR, f"/bind {invite}", name="Анна")
            await school.shows(WORK_CHAT, "это рабочий чат")
            yield school
        finally:
            running.cancel()
            await asyncio.wait({running})
            await channel.close()
