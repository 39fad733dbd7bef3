"""A school with a real VK channel at a pretend VK, whose work chat is a pretend Telegram group."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.app import PARTS, Application, build
from bot.channels.memory import MemoryChannel
from bot.channels.memory_limits import TELEGRAM_LIKE
from bot.channels.vk.channel import VkChannel
from bot.domain.institution import InviteRole, parse_scope
from storage.database import Database
from storage.inbox import read_position
from storage.institutions import write_institutions
from storage.invites import make_invite
from storage.listings import TimeLine, read_time_line
from tests.pretend.vk import PretendVk
from tests.stories.region import BOT, SCHOOL, StoryMessenger, settings_in

GROUP = 77
CHAT = "-1001"


@dataclass(slots=True)
class School:
    """A school with a real VK channel at a pretend VK, whose work chat is a pretend Telegram group."""

    vk: PretendVk
    telegram: MemoryChannel
    database: Database

    async def ticket(self, number: int) -> TimeLine:
        async with self.database.reading() as connection:
            return await read_time_line(connection, self.database.vault, number)

    async def somebody_waits(self, *numbers: int) -> bool:
        return any([(await self.ticket(number)).ticket.waiting_since is not None for number in numbers])


@asynccontextmanager
async def living_school(database: Database, folder: Path) -> AsyncIterator[School]:
    """Run the product for the block."""
    async with PretendVk(communities={GROUP: SCHOOL.vk_token}) as vk:
        telegram, channel = StoryMessenger("telegram", TELEGRAM_LIKE), VkChannel(api_url=vk.url)
        async with database.unit() as connection:
            await write_institutions(connection, database.vault, [SCHOOL])
            invite = await make_invite(
                connection,
                database.vault,
                role=InviteRole.ADMINISTRATOR,
                scope=parse_scope("institution:school-12"),
                expires_at=datetime(2999, 1, 1, tzinfo=UTC),
            )
        application: Application = build(settings_in(folder), database, {"telegram": telegram, "vk": channel})
        running = asyncio.create_task(application.run(set(PARTS) - {"web"}))
        try:
            telegram.group_writes(BOT, CHAT, "9001", f"/bind {invite}", name="Анна")
            await telegram.shows(BOT, CHAT, "это рабочий чат")
            await _listening(database)
            yield School(vk=vk, telegram=telegram, database=database)
        finally:
            running.cancel()
            await asyncio.wait({running})
            await channel.close()


async def _listening(database: Database) -> None:
    """Wait until VK has told where the listening begins; what was said before is not ours."""
    async with asyncio.timeout(30):
        while True:
            async with database.reading() as connection:
                if await read_position(connection, "vk", str(GROUP)):
                    return
            await asyncio.sleep(0.01)
