"""Comments on photos, videos, goods and in topics: VK lets nobody but people answer there, and everybody knows it."""

from datetime import timedelta

import pytest

from bot.channels.memory_transcript import ShownAuthor
from storage.tables import outbox
from tests.stories.region import BOT, SCHOOL_VK, Region


async def test_a_comment_on_a_photo_is_a_question_and_nothing_is_said_there(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    asked = region.vk.comments(SCHOOL_VK, "9", "11", "Почему ребёнок без шапки?", name="Гульнара", thing="photo")
    card = await region.telegram.shows(BOT, chat, "Почему ребёнок без шапки?")
    await region.settled()

    assert "Бот сюда отвечать не может" in card.text
    assert f"photo-77_9/{asked.id}" in card.text  # the link to the comment
    under_photo = region.vk.transcript(SCHOOL_VK, "photo-77_9")
    assert [shown.author for shown in under_photo] == [ShownAuthor.PERSON]


async def test_an_answer_to_it_in_the_work_chat_is_refused_with_the_link(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    asked = region.vk.comments(SCHOOL_VK, "9", "11", "Почему ребёнок без шапки?", thing="photo")
    card = await region.telegram.shows(BOT, chat, "Почему ребёнок без шапки?")
    region.telegram.group_writes(BOT, chat, "9001", "Тепло было", name="Анна", reply_to=card.id)

    refusal = await region.telegram.shows(BOT, chat, "этот ответ не отправлен")
    assert f"photo-77_9/{asked.id}" in refusal.text
    assert await region.count(outbox, outbox.c.kind == "answer") == 0
    assert (await region.ticket(1)).ticket.waiting_since is not None


@pytest.mark.both_databases
async def test_reminders_of_it_go_to_the_work_chat_only(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    region.vk.comments(SCHOOL_VK, "9", "11", "Почему ребёнок без шапки?", thing="market")
    await region.telegram.shows(BOT, chat, "Почему ребёнок без шапки?")
    await region.later(timedelta(days=10))

    assert await region.count(outbox, outbox.c.chat == "market-77_9") == 0
    assert await region.count(outbox, outbox.c.kind == "reminder") > 0
