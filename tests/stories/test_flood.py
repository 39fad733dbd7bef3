"""A flood from one person is slowed kindly: one ticket, every word, in order, shown together."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from storage.database import Database
from tests.stories.region import BOT, SCHOOL_VK, Region, living_region, words

BURST = 16
"""The first words open the ticket, fifteen more are what a minute allows."""


@pytest.fixture
async def calm(database: Database, tmp_path: Path) -> AsyncIterator[Region]:
    async with living_region(database, tmp_path, flood="gather") as living:
        yield living


async def test_words_beyond_the_rate_are_shown_together_when_the_person_is_silent(calm: Region) -> None:
    chat = await calm.bind_telegram("school-12")
    said = [f"Слово {number}." for number in range(1, 25)]
    for text in said:
        await calm.asks(text)

    assert shown(calm, chat) == said[:BURST]
    assert await calm.tickets() == 1
    assert [message.text for message in (await calm.ticket(1)).messages] == said
    told = calm.said_in(calm.vk, SCHOOL_VK, "11")
    assert told.count(words("flood-gathered", number=1)) == 1

    await calm.later(timedelta(seconds=31))
    [*_, gathered] = calm.said_in(calm.telegram, BOT, chat)
    assert gathered.endswith("\n".join(said[BURST:]))

    await calm.later(timedelta(minutes=2))
    await calm.asks("Ещё одно.")
    assert shown(calm, chat)[-1] == "Ещё одно."
    assert told == calm.said_in(calm.vk, SCHOOL_VK, "11")


async def test_who_goes_on_and_on_is_shown_after_five_minutes_all_the_same(calm: Region) -> None:
    chat = await calm.bind_telegram("school-12")
    for number in range(1, BURST + 2):
        await calm.asks(f"Слово {number}.")
    for number in range(BURST + 2, BURST + 18):
        await calm.later(timedelta(seconds=20))
        await calm.asks(f"Слово {number}.")
    assert any("Слово 17." in text and "Слово 18." in text for text in calm.said_in(calm.telegram, BOT, chat))


async def test_an_emergency_never_waits(calm: Region) -> None:
    chat = await calm.bind_telegram("school-12")
    for number in range(1, BURST + 4):
        await calm.asks(f"Слово {number}.")
    await calm.asks("У нас пожар")
    assert shown(calm, chat)[-1] == "У нас пожар"


async def test_administrators_are_never_slowed(calm: Region) -> None:
    chat = await calm.bind_telegram("school-12")
    await calm.asks("Где бассейн?")
    card = await calm.telegram.shows(BOT, chat, "Где бассейн?")
    for number in range(1, 10):
        calm.telegram.group_writes(BOT, chat, "9001", f"Ответ {number}", name="Анна", reply_to=card.id)
        await calm.settled()
    heard = calm.said_in(calm.vk, SCHOOL_VK, "11")
    assert [text for text in heard if text.startswith("Ответ")] == [f"Ответ {number}" for number in range(1, 10)]


def shown(region: Region, chat: str) -> list[str]:
    """The citizen's words that the work chat sees, message by message."""
    texts = region.said_in(region.telegram, BOT, chat)
    lines = [line for text in texts for line in text.splitlines()]
    return [line for line in lines if line.startswith(("Слово", "Ещё", "У нас пожар"))]
