"""The program may end between any two steps: nothing is lost, nothing repeated but what was in flight to Telegram."""

import asyncio
import os
import shutil
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.engine import URL

from bot.app import PARTS, build
from bot.channels.memory import MemoryChannel
from bot.domain.clock import ManualClock
from bot.domain.ticket import MessageKind
from storage.database import Database
from storage.leases import TERM
from storage.tables import inbox, outbox
from storage.vault import Vault
from tests.conftest import empty
from tests.stories.region import (
    BOT,
    CLINIC_VK,
    SCHOOL_VK,
    TUESDAY,
    Region,
    living_region,
    pretend_messengers,
    settings_in,
)

TESTS = 2
"""The steps are shared out among this many tests, so that they can run side by side."""
STRIDE = TESTS if os.environ.get("EVERY_STEP") else 17
"""Of about a hundred steps some are tried; `EVERY_STEP=1` tries all."""
SCHOOL_CHAT = "-1001"
CLINIC_CHAT = "2000000001"


class CrashError(BaseException):
    """The process ends here; whatever it tries afterwards does not happen."""


@dataclass(slots=True)
class Fuse:
    """Blows at the n-th step, and at every later one."""

    left: int
    blew: asyncio.Event = field(default_factory=asyncio.Event)

    def burn(self) -> None:
        """Take one step."""
        self.left -= 1
        if self.left <= 0:
            self.blew.set()
            raise CrashError


def wire(fuse: Fuse, database: Database, *messengers: MemoryChannel) -> None:
    """Make steps of a unit's beginning, its end and what follows, and of a message before and after it is taken."""
    begin = database.unit

    @asynccontextmanager
    async def unit() -> AsyncIterator[Any]:
        fuse.burn()
        async with begin() as connection:
            yield connection
            fuse.burn()
        fuse.burn()

    database.unit = unit  # type: ignore[method-assign]
    for messenger in messengers:
        _wire_sending(fuse, messenger)


def _wire_sending(fuse: Fuse, messenger: MemoryChannel) -> None:
    take = type(messenger).send

    async def send(*values: Any, **named: Any) -> Any:
        fuse.burn()
        sent = await take(messenger, *values, **named)
        fuse.burn()
        return sent

    messenger.send = send  # type: ignore[method-assign]


def unwire(*messengers: MemoryChannel) -> None:
    for messenger in messengers:
        del messenger.send


async def run_until_crash(region: Region, fuse: Fuse) -> bool:
    """Run the program until it crashes or has nothing left to do; tells whether it crashed."""
    running = asyncio.create_task(region.application.run(set(PARTS) - {"web"}))
    settled = asyncio.create_task(region.settled())
    blown = asyncio.create_task(fuse.blew.wait())
    await asyncio.wait({settled, blown}, return_when=asyncio.FIRST_COMPLETED)
    is_crash = fuse.blew.is_set()
    fuse.left = 0  # from now on nothing it tries happens
    for task in (settled, blown):
        task.cancel()
    region.wake()
    await asyncio.wait({running, settled, blown}, timeout=5)
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    if left:
        await asyncio.wait(left)
    for task in (running, settled, *left):
        if not task.cancelled():
            task.exception()
    return is_crash


async def people_act(region: Region, card: str) -> None:
    """Several things happen at once."""
    region.telegram.group_writes(BOT, SCHOOL_CHAT, "9001", "Ответ школы", name="Анна", reply_to=card)
    region.vk.citizen_writes(SCHOOL_VK, "12", "Новый вопрос", name="Ильдар")
    region.vk.citizen_writes(SCHOOL_VK, "12", "и вдогонку", name="Ильдар")
    region.telegram.citizen_writes(BOT, "31", "Вопрос врачу", name="Олег")
    region.telegram.presses(BOT, SCHOOL_CHAT, "9001", card, "Взять", name="Анна")


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.both_databases
@pytest.mark.parametrize("first", range(1, TESTS + 1))
async def test_a_crash_between_any_two_steps_costs_nothing(
    database_url: URL, vault: Vault, tmp_path: Path, first: int
) -> None:
    step = first if TESTS == STRIDE else first * STRIDE // TESTS
    stride = STRIDE if database_url.get_backend_name() == "sqlite" else 3 * STRIDE
    while await crash_at(step, database_url, vault, tmp_path):
        step += stride
    assert step > 50, "there were hardly any steps"


async def crash_at(step: int, url: URL, vault: Vault, folder: Path) -> bool:
    """Play the story with a crash at a step, start again, and look at what everybody sees."""
    fresh = await _fresh(url, folder, step)
    clock = ManualClock(TUESDAY)
    messengers = pretend_messengers(clock)
    async with (
        closing(Database(url=fresh, vault=vault)) as database,
        living_region(database, folder, clock=clock, messengers=messengers) as region,
    ):
        await region.bind_telegram("school-12", SCHOOL_CHAT)
        await region.bind_vk("clinic-6", CLINIC_VK, CLINIC_CHAT)
        await region.chosen("31", "clinic-6")
        await region.asks("Первый вопрос", user_id="11")
        card = (await region.telegram.shows(BOT, SCHOOL_CHAT, "№ 1 ·")).id
        await region.settled()

    asyncio.get_running_loop().set_exception_handler(lambda _loop, _context: None)  # nobody asks how a crash felt
    fuse = Fuse(step)
    async with closing(Database(url=fresh, vault=vault)) as doomed:
        application = build(settings_in(folder), doomed, region.application.channels, clock=clock)
        dying = Region(application=application, database=doomed, telegram=messengers[0], vk=messengers[1], clock=clock)
        clock.advance(TERM + timedelta(seconds=1))
        await people_act(dying, card)
        wire(fuse, doomed, *messengers)
        is_crash = await run_until_crash(dying, fuse)
        unwire(*messengers)

    clock.advance(TERM + timedelta(seconds=1))
    async with (
        closing(Database(url=fresh, vault=vault)) as database,
        living_region(database, folder, clock=clock, messengers=messengers) as region,
    ):
        await region.settled()
        await look(region, step)
    return is_crash


@asynccontextmanager
async def closing(database: Database) -> AsyncIterator[Database]:
    """Close it whatever happens."""
    try:
        yield database
    finally:
        await database.close()


async def look(region: Region, step: int) -> None:
    """Every message is one ticket message, every card and answer is shown, in VK exactly once."""
    lines = [await region.ticket(number) for number in range(1, 4)]
    texts = Counter(
        message.text
        for line in lines
        for message in line.messages
        if message.kind in (MessageKind.QUESTION, MessageKind.ANSWER)
    )
    assert texts == dict.fromkeys(["Первый вопрос", "Ответ школы", "Новый вопрос", "и вдогонку", "Вопрос врачу"], 1), (
        f"step {step}"
    )
    assert await region.tickets() == 3, f"step {step}"

    def shown(messenger: MemoryChannel, community: str, chat: str, part: str) -> int:
        return sum(part in text for text in region.said_in(messenger, community, chat))

    once_in_vk = [
        shown(region.vk, SCHOOL_VK, "11", "Ответ школы"),
        shown(region.vk, SCHOOL_VK, "12", "Принято"),
        shown(region.vk, CLINIC_VK, CLINIC_CHAT, "Вопрос врачу"),
    ]
    assert once_in_vk == [1, 1, 1], f"step {step}"
    in_telegram = [
        shown(region.telegram, BOT, SCHOOL_CHAT, "Новый вопрос"),
        shown(region.telegram, BOT, SCHOOL_CHAT, "и вдогонку"),
        shown(region.telegram, BOT, "31", "Принято"),
    ]
    assert all(1 <= times <= 2 for times in in_telegram), f"step {step}: {in_telegram}"
    assert max(region.vk.sent_rows.values()) <= 2
    chat = "\n".join(region.said_in(region.telegram, BOT, SCHOOL_CHAT))
    assert chat.index("Новый вопрос") < chat.index("и вдогонку")
    assert "✔ Ответ" in chat
    assert (await region.ticket(1)).ticket.first_answered_at is not None
    async with region.database.reading() as connection:
        events = Counter((await connection.execute(select(inbox.c.state))).scalars())
        messages = Counter((await connection.execute(select(outbox.c.state))).scalars())
    assert set(events) == {"done"}, f"step {step}"
    assert set(messages) == {"sent"}, f"step {step}"


async def _fresh(url: URL, folder: Path, step: int) -> URL:
    """Return an empty database for one try."""
    if url.get_backend_name() != "sqlite":
        await empty(url)
        return url
    template, file = folder / "template.db", folder / f"step-{step}.db"
    if not template.exists():
        shutil.copyfile(str(url.database), template)
    shutil.copyfile(template, file)
    return url.set(database=str(file))
