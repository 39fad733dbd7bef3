"""Answers that administrators type in VK's own interface count, are shown in the work chat, and do not echo."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

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
from tests.stories.region import BOT, SCHOOL, settings_in

GROUP = 77
CHAT = "-1001"
ADMINISTRATOR = 9


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


@pytest.fixture
async def school(database: Database, tmp_path: Path) -> AsyncIterator[School]:
    async with PretendVk(communities={GROUP: SCHOOL.vk_token}) as vk:
        telegram, channel = MemoryChannel("telegram", TELEGRAM_LIKE), VkChannel(api_url=vk.url)
        async with database.unit() as connection:
            await write_institutions(connection, database.vault, [SCHOOL])
            invite = await make_invite(
                connection,
                database.vault,
                role=InviteRole.ADMINISTRATOR,
                scope=parse_scope("institution:school-12"),
                expires_at=datetime(2999, 1, 1, tzinfo=UTC),
            )
        application: Application = build(settings_in(tmp_path), database, {"telegram": telegram, "vk": channel})
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
    async with asyncio.timeout(10):
        while True:
            async with database.reading() as connection:
                if await read_position(connection, "vk", str(GROUP)):
                    return
            await asyncio.sleep(0.01)


async def test_an_answer_typed_in_vk_ends_the_wait_and_is_shown_in_the_work_chat(school: School) -> None:
    school.vk.names[ADMINISTRATOR] = "Мария Иванова"
    school.vk.citizen_writes(GROUP, 11, "Когда собрание?")
    await school.telegram.shows(BOT, CHAT, "Когда собрание?")
    school.vk.administrator_answers(GROUP, 11, ADMINISTRATOR, "В четверг в 18:00")

    shown = await school.telegram.shows(BOT, CHAT, "В четверг в 18:00")
    assert "Мария Иванова" in shown.text
    await school.telegram.shows(BOT, CHAT, "Есть ответ")
    ticket = await school.ticket(1)
    assert ticket.ticket.waiting_since is None
    assert [message.kind.value for message in ticket.messages] == ["question", "answer"]
    assert ticket.administrators[ticket.messages[1].administrator or 0] == "Мария Иванова"


async def test_our_own_words_that_come_back_are_no_answers(school: School) -> None:
    school.vk.citizen_writes(GROUP, 11, "Когда собрание?")
    card = await school.telegram.shows(BOT, CHAT, "Когда собрание?")
    asked = school.vk.comments(GROUP, 5, 12, "А каникулы?")
    comment_card = await school.telegram.shows(BOT, CHAT, "А каникулы?")
    school.telegram.group_writes(BOT, CHAT, "9001", "В четверг", name="Анна", reply_to=card.id)
    school.telegram.group_writes(BOT, CHAT, "9001", "С понедельника", name="Анна", reply_to=comment_card.id)
    async with asyncio.timeout(10):
        # The database rings no bell.
        while await school.somebody_waits(1, 2):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    await asyncio.sleep(1.3)  # an echo that met our words on their way is looked at again after a second

    assert not [shown for shown in school.telegram.transcript(BOT, CHAT) if "ответили сами" in shown.text]
    answers = [message for message in (await school.ticket(2)).messages if message.kind.value == "answer"]
    assert [answer.text for answer in answers] == ["С понедельника"]
    assert school.vk.comments_of(GROUP, 5)[-1].reply_to == asked


async def test_a_comment_of_the_community_under_a_question_is_its_answer(school: School) -> None:
    asked = school.vk.comments(GROUP, 5, 12, "А каникулы?")
    await school.telegram.shows(BOT, CHAT, "А каникулы?")
    school.vk.comments(GROUP, 5, -GROUP, "С 28 декабря", reply_to=asked)

    await school.telegram.shows(BOT, CHAT, "С 28 декабря")
    await school.telegram.shows(BOT, CHAT, "Есть ответ")
    assert (await school.ticket(1)).ticket.first_answered_at is not None


async def test_under_a_photo_the_community_answers_in_vk_and_it_counts(school: School) -> None:
    asked = school.vk.comments_on(GROUP, "photo", 5, 12, "А каникулы?")
    await school.telegram.shows(BOT, CHAT, "А каникулы?")
    school.vk.comments_on(GROUP, "photo", 5, -GROUP, "С 28 декабря", reply_to=asked)

    await school.telegram.shows(BOT, CHAT, "С 28 декабря")
    await school.telegram.shows(BOT, CHAT, "Есть ответ")
    assert (await school.ticket(1)).ticket.first_answered_at is not None
    assert school.vk.calls["wall.createComment"] == 0


async def test_words_to_nobody_in_a_topic_answer_the_only_one_who_waits_there(school: School) -> None:
    school.vk.comments_on(GROUP, "topic", 5, 12, "А каникулы?")
    school.vk.comments(GROUP, 5, 13, "Где бассейн?")
    await school.telegram.shows(BOT, CHAT, "Где бассейн?")
    school.vk.comments_on(GROUP, "topic", 5, -GROUP, "С 28 декабря")
    school.vk.comments(GROUP, 5, -GROUP, "Подробности на сайте")

    await school.telegram.shows(BOT, CHAT, "С 28 декабря")
    school.vk.comments(GROUP, 6, 14, "А столовая?")
    await school.telegram.shows(BOT, CHAT, "А столовая?")
    waiting = [(await school.ticket(number)).ticket.waiting_since is not None for number in (1, 2)]
    assert waiting == [False, True]


async def test_words_to_nobody_answer_nobody_when_two_wait(school: School) -> None:
    school.vk.comments_on(GROUP, "topic", 5, 12, "А каникулы?")
    school.vk.comments_on(GROUP, "topic", 5, 13, "А бассейн?")
    await school.telegram.shows(BOT, CHAT, "А бассейн?")
    school.vk.comments_on(GROUP, "topic", 5, -GROUP, "Пишите в приёмную")
    school.vk.comments_on(GROUP, "topic", 5, 14, "Спасибо?")
    await school.telegram.shows(BOT, CHAT, "Спасибо?")
    assert all([(await school.ticket(number)).ticket.waiting_since is not None for number in (1, 2)])
