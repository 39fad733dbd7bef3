"""The real program, killed and stopped at any moment, between messengers that fail: nothing is lost."""

import asyncio
import random
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.pretend.telegram import PretendTelegram
from tests.pretend.vk import PretendVk
from tests.stories.program import Program, installed

GROUP = -5
CITIZENS = 60

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]


async def bind(program: Program, telegram: PretendTelegram) -> None:
    """Make a Telegram group the school's work chat."""
    invite = await program.command("invite", "administrator", "--institution", "school-12", "--json")
    telegram.create_group(GROUP)
    await telegram.group_message(GROUP, 9001, f"/bind {invite['code']}", name="Анна")
    await telegram.until(lambda: seen(telegram, "это рабочий чат"), seconds=30)


def seen(telegram: PretendTelegram, part: str, chat: int = GROUP) -> int:
    """Count the bot's messages that say something in a Telegram chat."""
    return sum(part in message.text for message in telegram.messages(chat) if message.is_bot)


def heard(vk: PretendVk, user: int, part: str, group: int = 77) -> int:
    """Count the community's messages that say something to somebody in VK."""
    return sum(part in message.text for message in vk.answers(group, user))


async def answers(telegram: PretendTelegram) -> None:
    """An administrator who answers every question once, as soon as a card shows it."""
    answered: set[str] = set()
    while True:
        for card in telegram.messages(GROUP):
            question = re.search(r"Вопрос (\d+)\.", card.text)
            if card.is_bot and question and question[1] not in answered:
                answered.add(question[1])
                await telegram.group_message(GROUP, 9001, f"Ответ {question[1]}.", name="Анна", reply_to=card.id)
        await asyncio.sleep(0.02)


async def ask(vk: PretendVk, pause: float) -> None:
    """Sixty citizens who ask one after another."""
    for number in range(CITIZENS):
        vk.citizen_writes(77, 1000 + number, f"Вопрос {number}.", name="Житель")
        await asyncio.sleep(pause)


async def until_answered(vk: PretendVk, citizens: Iterable[int], seconds: float) -> None:
    """Wait until each of these citizens has an answer."""
    async with asyncio.timeout(seconds):
        for number in citizens:
            while not heard(vk, 1000 + number, f"Ответ {number}."):  # noqa: ASYNC110 - its people ring no bell
                await asyncio.sleep(0.02)


async def until_polled(telegram: PretendTelegram) -> None:
    """Wait until the program that was just started listens."""
    before = telegram.counts["getUpdates"]
    await telegram.until(lambda: telegram.counts["getUpdates"] > before, seconds=40)


async def until_all_sent(program: Program) -> None:
    """Wait until nothing is on its way any more: a busy machine is slow with the last edits of cards."""
    async with asyncio.timeout(60):
        while await program.command("outbox", "list", "--json"):  # noqa: ASYNC110 - another process rings no bell
            await asyncio.sleep(0.5)


def told_once(vk: PretendVk) -> Counter[tuple[int, int]]:
    """Return how many citizens were promised and answered how often."""
    return Counter(
        (heard(vk, 1000 + number, "Принято"), heard(vk, 1000 + number, f"Ответ {number}."))
        for number in range(CITIZENS)
    )


async def test_killed_at_random_moments_it_loses_nothing_and_repeats_nothing_in_vk(tmp_path: Path) -> None:
    chance = random.Random(20261124)
    async with installed(tmp_path) as (program, telegram, vk):
        await program.start()
        await bind(program, telegram)
        people = [asyncio.create_task(ask(vk, 0.06)), asyncio.create_task(answers(telegram))]
        for _ in range(3):
            await asyncio.sleep(chance.uniform(0.1, 0.9))
            await program.kill()
            await program.start(waits=False)
            await until_polled(telegram)
        await until_answered(vk, range(CITIZENS), 40)
        await until_all_sent(program)
        assert await program.stop() == 0
        for person in people:
            person.cancel()

        assert told_once(vk) == {(1, 1): CITIZENS}
        cards = [seen(telegram, f"Вопрос {number}.") for number in range(CITIZENS)]
        assert min(cards) >= 1
        assert sum(cards) - CITIZENS <= 3 * 20, "at most what was in flight at each kill is repeated"
        tickets = await program.command("tickets", "list", "--json")
        assert len(tickets) == CITIZENS
        assert not await program.command("inbox", "list", "--dead", "--json")
        assert not await program.command("outbox", "list", "--json")


async def test_asked_to_stop_in_the_middle_of_work_it_ends_in_time_and_repeats_nothing(tmp_path: Path) -> None:
    async with installed(tmp_path) as (program, telegram, vk):
        await program.start()
        await bind(program, telegram)
        people = [asyncio.create_task(ask(vk, 0.01)), asyncio.create_task(answers(telegram))]
        await asyncio.sleep(0.4)
        assert await program.stop() == 0
        await program.start()
        await until_answered(vk, range(CITIZENS), 40)
        await until_all_sent(program)
        assert await program.stop() == 0
        for person in people:
            person.cancel()
        assert told_once(vk) == {(1, 1): CITIZENS}
        assert [seen(telegram, f"Вопрос {number}.") for number in range(CITIZENS)] == [1] * CITIZENS


RUBBISH: list[Any] = [
    None,
    [],
    "text",
    {},
    {"message": None},
    {"message": {}},
    {"message": {"message_id": "one", "chat": {"id": 5, "type": "private"}, "from": {"id": 5}, "date": 1}},
    {"message": {"message_id": 1, "chat": {"id": None}, "from": {"id": 5}, "date": "yesterday", "text": 5}},
    {"callback_query": {"id": 5, "data": ["t:1:take"]}},
    {"my_chat_member": {"chat": "x"}},
    {"something_new": {"x": 1}},
]
VK_RUBBISH: list[Any] = [
    None,
    [],
    "text",
    {"type": "message_new"},
    {"type": "message_new", "object": None, "event_id": "a1"},
    {"type": "message_new", "object": {"message": {"peer_id": "x", "from_id": None}}, "event_id": "a2"},
    {"type": "wall_reply_new", "object": {"id": 1, "text": None}, "event_id": "a3"},
    {"type": "message_event", "object": {"payload": 5}, "event_id": "a4"},
    {"type": "something_new", "object": {}, "event_id": "a5"},
]


async def test_failing_messengers_and_rubbish_delay_and_never_cost(tmp_path: Path) -> None:
    async with installed(tmp_path) as (program, telegram, vk):
        await program.start()
        await bind(program, telegram)
        people = asyncio.create_task(answers(telegram))
        for number in range(0, CITIZENS, 6):
            _break(telegram, vk, number // 6)
            for citizen in range(number, number + 6):
                vk.citizen_writes(77, 1000 + citizen, f"Вопрос {citizen}.", name="Житель")
            await until_answered(vk, range(number, number + 6), 20)
        for rubbish in RUBBISH:
            telegram.push_raw(rubbish)
        for rubbish in VK_RUBBISH:
            vk.push_raw(77, rubbish)
        people.cancel()
        assert told_once(vk) == {(1, 1): CITIZENS}
        assert min(seen(telegram, f"Вопрос {number}.") for number in range(CITIZENS)) >= 1

        dead = await program.command("inbox", "list", "--dead", "--json")
        assert len([line for line in dead if line["channel"] == "telegram"]) >= 6
        assert len([line for line in dead if line["channel"] == "vk"]) >= 4
        # Whoever comes after the rubbish is heard, in both messengers.
        vk.citizen_writes(77, 3000, "Последний вопрос")
        await telegram.citizen_writes(4000, "/start clinic-6")
        await telegram.until(lambda: seen(telegram, "ваш вопрос", 4000), seconds=20)
        await telegram.until(lambda: seen(telegram, "Последний вопрос"), seconds=20)

        assert await program.stop() == 0


async def test_a_second_program_with_the_same_token_is_told_in_the_log(tmp_path: Path) -> None:
    async with installed(tmp_path) as (program, telegram, vk):
        await program.start(waits=False)
        second = Program(tmp_path / "second", telegram, vk)
        second.folder.mkdir()
        await second.start(waits=False)
        try:
            assert "другая программа" in await _first_trouble(program, second)
        finally:
            await second.end()


async def _first_trouble(*programs: Program) -> str:
    async with asyncio.timeout(60):
        while True:
            for line in [line for program in programs for line in program.logged("listener_stopped")]:
                return str(line["reason"])
            await asyncio.sleep(0.1)


def _break(telegram: PretendTelegram, vk: PretendVk, kind: int) -> None:
    """Let something else fail each time."""
    match kind:
        case 0:
            vk.fail_next("messages.send", code=6)
            telegram.fail_next("sendMessage", status=429, retry_after=1, description="Too Many Requests", chat=GROUP)
        case 1:
            vk.fail_next("messages.send", code=9)
            telegram.fail_next("sendMessage", status=500, chat=GROUP)
        case 2:
            vk.fail_next("messages.send", code=10)
            telegram.drop_next("sendMessage", chat=GROUP)
        case 3:
            vk.fail_next("execute", how="drop")
            telegram.drop_next("sendMessage", taken=True, chat=GROUP)
        case 4:
            vk.fail_next("execute", how="accept-then-drop")
            telegram.garble_next("sendMessage", chat=GROUP)
        case 5:
            vk.fail_next("messages.send", how="accept-then-drop")
            telegram.fail_next("getUpdates", status=502)
        case 6:
            vk.fail_next("*", how="500")
            telegram.drop_next("getUpdates")
        case 7:
            vk.fail_poll(77, {"failed": 2})
            telegram.garble_next("getUpdates")
        case 8:
            vk.fail_next("*", how="not-json")
            telegram.fail_next("*", status=429, retry_after=1, description="Too Many Requests")
