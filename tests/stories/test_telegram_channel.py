"""People comment under the posts of an institution's Telegram channel and write to the channel itself."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.stories.telegram_school import (
    ADMINISTRATOR,
    CHANNEL,
    DISCUSSION,
    MAILBOX,
    WORK_CHAT,
    ChannelSchool,
    living_channel_school,
)

ALSU, RINAT = 501, 502


@pytest.fixture
async def school(database: Database, tmp_path: Path) -> AsyncIterator[ChannelSchool]:
    async with living_channel_school(database, tmp_path) as living:
        yield living


async def test_a_comment_gets_its_topic_and_the_answer_stands_under_the_post(school: ChannelSchool) -> None:
    telegram = school.telegram
    _, copy = await telegram.posts(CHANNEL, "Завтра каникулы")
    asked = await telegram.group_message(DISCUSSION, ALSU, "А кружки работают?", name="Алсу", reply_to=copy)
    card = await school.shows(WORK_CHAT, "А кружки работают?")
    assert card.thread is not None
    assert "№ 1" in telegram.groups[WORK_CHAT].topics[card.thread].name

    await telegram.group_message(WORK_CHAT, ADMINISTRATOR, "Да, все", name="Анна", thread=card.thread)
    answer = await school.shows(DISCUSSION, "Да, все")
    assert (answer.reply_to, answer.thread) == (asked, copy)
    await school.shows(WORK_CHAT, "✔ Ответ")
    assert (await school.ticket(1)).ticket.waiting_since is None


async def test_a_reply_to_another_comment_is_a_question_too_and_the_channels_own_words_answer_it(
    school: ChannelSchool,
) -> None:
    telegram = school.telegram
    _, copy = await telegram.posts(CHANNEL, "Завтра каникулы")
    first = await telegram.group_message(DISCUSSION, ALSU, "Ура", name="Алсу", reply_to=copy)
    second = await telegram.group_message(DISCUSSION, RINAT, "А столовая?", name="Ринат", reply_to=first)
    await school.shows(WORK_CHAT, "А столовая?")
    waiting = {(await school.ticket(number)).messages[0].text: number for number in (1, 2)}

    await telegram.speaks_for_channel(DISCUSSION, "Закрыта до понедельника", reply_to=second)
    await school.shows(WORK_CHAT, "Закрыта до понедельника")
    assert (await school.ticket(waiting["А столовая?"])).ticket.waiting_since is None
    assert (await school.ticket(waiting["Ура"])).ticket.waiting_since is not None


async def test_words_to_the_channel_are_answered_there_from_the_work_chat_or_by_the_channel(
    school: ChannelSchool,
) -> None:
    telegram = school.telegram
    await telegram.writes_to_channel(MAILBOX, ALSU, "Как записаться в первый класс?", name="Алсу")
    card = await school.shows(WORK_CHAT, "Как записаться в первый класс?")
    await telegram.group_message(WORK_CHAT, ADMINISTRATOR, "Через Госуслуги", name="Анна", thread=card.thread)
    answer = await school.shows(MAILBOX, "Через Госуслуги")
    assert answer.mailbox == ALSU
    await school.shows(WORK_CHAT, "✔ Ответ")

    await telegram.writes_to_channel(MAILBOX, RINAT, "Когда собрание?", name="Ринат")
    await school.shows(WORK_CHAT, "Когда собрание?")
    await telegram.speaks_for_channel(MAILBOX, "В четверг", mailbox=RINAT)
    await school.shows(WORK_CHAT, "В четверг")
    assert (await school.ticket(2)).ticket.waiting_since is None


async def test_a_changed_comment_is_shown_before_and_after(school: ChannelSchool) -> None:
    telegram = school.telegram
    _, copy = await telegram.posts(CHANNEL, "Завтра каникулы")
    asked = await telegram.group_message(DISCUSSION, ALSU, "Кто дежурит в пятницу?", name="Алсу", reply_to=copy)
    await school.shows(WORK_CHAT, "Кто дежурит в пятницу?")
    await telegram.edits(DISCUSSION, asked, "Кто дежурит в субботу?")
    await school.shows(WORK_CHAT, "Кто дежурит в субботу?")


async def test_a_discussion_group_learns_nothing_of_tickets(school: ChannelSchool) -> None:
    telegram = school.telegram
    _, copy = await telegram.posts(CHANNEL, "Завтра каникулы")
    await telegram.group_message(DISCUSSION, ALSU, "Где справка?", name="Алсу", reply_to=copy)
    await school.shows(WORK_CHAT, "Где справка?")
    for text in ("/open", "/ticket 1", "/templates"):
        await telegram.group_message(DISCUSSION, RINAT, text, name="Ринат")
    await telegram.group_message(DISCUSSION, RINAT, "И мне", name="Ринат", reply_to=copy)
    await school.shows(WORK_CHAT, "И мне")
    assert not [each for each in telegram.messages(DISCUSSION) if each.is_bot and each.thread != copy]
