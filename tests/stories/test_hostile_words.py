"""Words that are made to keep the program busy hold up nobody, and the whole of them reaches the work chat."""

import asyncio
import time

import pytest

from bot.domain.parts import LOOKED_AT
from tests.stories.region import BOT, SCHOOL_VK, Region
from tests.stories.test_files import carried
from tests.stories.vk_school import CHAT, GROUP, School

TEXT = "a.рф" * 3970
POST = {"type": "wall", "wall": {"id": 1, "owner_id": 501, "text": TEXT}}
MOST_SECONDS = 1.5
"""Of the processor's time, for everything from the messenger to the work chat; ten such messages took 7, posts 40."""
LONG = ("Течёт крыша. " * (LOOKED_AT // 12)).strip()


@pytest.mark.parametrize("unit", ["a.рф", "@a", "1-"])
async def test_ten_messages_that_are_slow_to_read_hold_up_no_neighbour(region: Region, unit: str) -> None:
    chat = await region.bind_telegram("school-12")
    await region.chosen("31")
    started = time.process_time()
    for number in range(10):
        region.telegram.citizen_writes(BOT, "31", f"{number} {(unit * 4096)[:4090]}", name="Олег")
    region.vk.citizen_writes(SCHOOL_VK, "12", "Когда откроется бассейн?", name="Соседка")
    await region.telegram.shows(BOT, chat, "Когда откроется бассейн?")
    await region.settled()
    assert time.process_time() - started < MOST_SECONDS


async def test_long_posts_hold_up_no_neighbour_and_come_as_a_file_as_well(school: School) -> None:
    started = time.process_time()
    school.vk.citizen_writes(GROUP, 11, "Почитайте", extra={"attachments": [POST] * 3})
    school.vk.citizen_writes(GROUP, 12, "Когда откроется бассейн?")
    await school.telegram.shows(BOT, CHAT, "Когда откроется бассейн?")
    await school.telegram.shows(BOT, CHAT, "[Запись: a[.]")
    assert time.process_time() - started < MOST_SECONDS
    async with asyncio.timeout(20):
        while not carried(school.telegram, BOT, CHAT):
            await school.telegram.transcripts.change()
    whole = "\n\n".join(["Почитайте", *[TEXT] * 3])
    assert carried(school.telegram, BOT, CHAT) == [("сообщение-1.txt", whole.encode())]
    shown = [message.text for message in school.telegram.transcript(BOT, CHAT)]
    assert len([text for text in shown if "[.]" in text]) == 2, "a chat of twenty messages a minute is left to others"
    assert not any(".рф" in text for text in shown), "nothing of it can be clicked"


async def test_words_that_are_not_looked_at_whole_come_as_a_file_as_well(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks(LONG)
    assert carried(region.telegram, BOT, chat) == [("сообщение-1.txt", LONG.encode())]
    await region.asks("Течёт крыша. " * 100, user_id="12")
    assert len(carried(region.telegram, BOT, chat)) == 1, "shorter ones only stand there"


async def test_an_edit_that_is_not_looked_at_whole_comes_as_a_file_as_well(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    said = region.vk.citizen_writes(SCHOOL_VK, "11", "Течёт крыша", name="Олег")
    await region.settled()
    region.vk.edits(SCHOOL_VK, "11", "11", said.id, LONG)
    await region.settled()
    assert carried(region.telegram, BOT, chat) == [("сообщение-1.txt", LONG.encode())]
