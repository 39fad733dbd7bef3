"""A rush: a Telegram group takes twenty messages a minute, two hundred people write within one."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.memory_limits import TELEGRAM_LIKE
from bot.channels.memory_transcript import ShownMessage
from bot.domain.clock import ManualClock
from storage.database import Database
from storage.tables import inbox, tickets
from tests.stories.region import (
    BOT,
    SCHOOL_VK,
    TUESDAY,
    Region,
    StoryMessenger,
    living_region,
    pretend_messengers,
    words,
)

CHAT = "-1001"
STEP = timedelta(seconds=5)


@pytest.fixture
async def slow(database: Database, tmp_path: Path) -> AsyncIterator[Region]:
    """A region whose Telegram groups take no more than Telegram's do."""
    clock = ManualClock(TUESDAY)
    quick, vk = pretend_messengers(clock)
    limits = replace(quick.limits, group_rate=TELEGRAM_LIKE.group_rate)
    telegram = StoryMessenger("telegram", limits, clock=clock, address="https://t.me")
    async with living_region(database, tmp_path, clock=clock, messengers=(telegram, vk)) as region:
        yield region


async def goes_on(region: Region, duration: timedelta, step: timedelta = STEP) -> None:
    """Let time pass in small steps, each until nothing more happens.

    Whatever is sent is sent on whole steps, so nobody is left asleep between two of them.
    """
    end = region.clock.now() + duration
    while region.clock.now() < end:
        region.clock.advance(step)
        await region.settled(60)


async def rush(region: Region, people: int, *, first: int = 1) -> None:
    """Let many people write to the school at once."""
    async with region.resting_desk():
        for number in range(first, first + people):
            region.vk.citizen_writes(SCHOOL_VK, str(1000 + number), f"Вопрос {number}", name=f"Житель {number}")
    await region.settled(60)


def shown(region: Region) -> list[ShownMessage]:
    return region.telegram.transcript(BOT, CHAT)


def cards(region: Region) -> list[int]:
    """The numbers on the cards, in the order in which the work chat got them."""
    found = (re.match(r"№ (\d+) ·", message.text) for message in shown(region) if message.buttons)
    return [int(number[1]) for number in found if number]


def most_in_a_minute(region: Region) -> int:
    moments = [message.at for message in shown(region) if not message.user_id]
    return max(sum(begin <= at < begin + timedelta(minutes=1) for at in moments) for begin in moments)


def telling(region: Region) -> list[str]:
    begins = words("cards-gathered", count=0, numbers="").split(":")[0]
    return [message.text for message in shown(region) if message.text.startswith(begins)]


async def test_two_hundred_messages_of_a_minute_are_gathered_and_all_shown_in_the_end(slow: Region) -> None:
    await slow.bind_telegram("school-12", CHAT)
    began = slow.clock.now()
    for first in (1, 51, 101, 151):
        await rush(slow, 50, first=first)
        await goes_on(slow, 3 * STEP)
    assert await slow.tickets() == 200
    assert len(cards(slow)) < 25
    [told] = telling(slow)
    # Cards on their way are no longer gathered and not yet shown.
    gathered = int(told.partition("Ждут показа: ")[2].partition("\n")[0])
    assert f"№ {201 - gathered}–200" in told
    assert 0 <= 200 - len(cards(slow)) - gathered <= 5

    # An administrator answers: the citizen reads it at once, and what the administrator asks is told before any card.
    [last] = [message for message in shown(slow) if message.text.startswith("№ 3 ·")]
    before = len(shown(slow))
    slow.telegram.group_writes(BOT, CHAT, "9001", "Ответ третьему", name="Анна", reply_to=last.id)
    slow.telegram.group_writes(BOT, CHAT, "9001", "/ticket 199", name="Анна")
    await slow.settled(60)
    assert "Ответ третьему" in slow.said_in(slow.vk, SCHOOL_VK, "1003")[-1]
    after = [message.text for message in shown(slow)[before:] if not message.user_id]
    assert [text.splitlines()[0] for text in after] == ["№ 199 · Школа № 12"]
    # A gathered ticket is answered before its card comes: what is replied to its time line is sent with `/send`.
    line = shown(slow)[-1]
    note = slow.telegram.group_writes(BOT, CHAT, "9001", "Ответ последнему", name="Анна", reply_to=line.id)
    await slow.settled(60)
    slow.telegram.group_writes(BOT, CHAT, "9001", "/send", name="Анна", reply_to=note.id)
    await slow.settled(60)
    assert "Ответ последнему" in slow.said_in(slow.vk, SCHOOL_VK, "1199")[-1]
    assert (await slow.ticket(199)).ticket.first_answered_at == slow.clock.now()

    while len(cards(slow)) < 200:
        assert slow.clock.now() - began < timedelta(minutes=17)
        await goes_on(slow, timedelta(minutes=1), step=3 * STEP)
    assert cards(slow) == list(range(1, 201)), "each once, the oldest first"
    await goes_on(slow, timedelta(minutes=1))
    assert telling(slow) == []
    assert most_in_a_minute(slow) <= 20
    assert "✔" in next(
        message.text for message in shown(slow) if message.text.startswith("№ 199 ·") and message.buttons
    )


async def test_a_few_messages_come_at_once_and_nothing_is_counted(slow: Region) -> None:
    await slow.bind_telegram("school-12", CHAT)
    await rush(slow, 4)
    assert cards(slow) == [1, 2, 3, 4]
    assert telling(slow) == []
    assert await slow.count(inbox, inbox.c.key.startswith("cards:")) == 0


@pytest.mark.both_databases
async def test_a_short_burst_is_shown_without_a_word_about_it(slow: Region) -> None:
    await slow.bind_telegram("school-12", CHAT)
    await rush(slow, 8)
    assert cards(slow) == [1, 2, 3, 4, 5]
    await goes_on(slow, STEP)
    assert cards(slow) == [1, 2, 3, 4, 5, 6, 7, 8]
    await rush(slow, 1, first=9)
    assert cards(slow)[-1] == 9, "the rush is over"
    assert telling(slow) == []
    assert len(shown(slow)) == 2 + 9


async def test_a_gathered_ticket_shows_its_further_words_once_and_an_emergency_comes_at_once(slow: Region) -> None:
    await slow.bind_telegram("school-12", CHAT)
    await rush(slow, 40)
    slow.vk.citizen_writes(SCHOOL_VK, "1040", "Добавлю к вопросу", name="Житель 40")
    slow.vk.citizen_writes(SCHOOL_VK, "3000", "В школе пожар, горит кабинет", name="Рустам")
    await slow.settled(60)
    await goes_on(slow, timedelta(minutes=1))
    assert 41 in cards(slow)
    assert 40 not in cards(slow)
    await goes_on(slow, timedelta(minutes=4))
    assert sorted(cards(slow)) == list(range(1, 42))
    said = [message.text for message in shown(slow) if "Добавлю к вопросу" in message.text]
    assert len(said) == 1


async def test_a_card_of_an_emergency_goes_at_once_when_the_group_takes_no_more_cards(slow: Region) -> None:
    await slow.bind_telegram("school-12", CHAT)
    await rush(slow, 60)
    await goes_on(slow, 6 * STEP)
    before = cards(slow)
    slow.vk.citizen_writes(SCHOOL_VK, "3000", "Ребёнок не дышит, помогите", name="Рустам")
    slow.vk.citizen_writes(SCHOOL_VK, "3001", "Ещё вопрос", name="Роза")
    await slow.settled(60)
    assert cards(slow) == [*before, 61], "no time has passed, so other cards still wait"


async def test_cards_that_waited_come_into_the_chat_that_is_bound_next(slow: Region) -> None:
    await slow.bind_telegram("school-12", CHAT)
    await rush(slow, 30)
    slow.telegram.leaves_group(BOT, CHAT)
    await goes_on(slow, timedelta(minutes=1))
    assert len(cards(slow)) < 30
    slow.telegram.joins_group(BOT, CHAT, "9001")
    await goes_on(slow, timedelta(minutes=4))
    assert set(cards(slow)) == set(range(1, 31))


@pytest.mark.both_databases
async def test_in_a_chat_with_topics_topics_come_in_their_turn(slow: Region) -> None:
    slow.telegram.topics.switch_on(BOT, CHAT)
    await slow.bind_telegram("school-12", CHAT)
    await rush(slow, 30)
    assert len(slow.telegram.topics.of(BOT, CHAT)) < 20
    await goes_on(slow, timedelta(minutes=6))
    assert cards(slow) == list(range(1, 31))
    assert len(slow.telegram.topics.of(BOT, CHAT)) == 30
    assert await slow.count(tickets, tickets.c.card.is_(None)) == 0


async def test_a_press_does_not_wait_for_the_group(slow: Region) -> None:
    await slow.bind_telegram("school-12", CHAT)
    await rush(slow, 40)
    await goes_on(slow, STEP)
    press = slow.telegram.presses(BOT, CHAT, "9001", "", "Взять", name="Анна")
    await slow.settled(60)
    assert press in slow.telegram.press_answers
