"""Answers that administrators type in VK's own interface count, are shown in the work chat, and do not echo."""

import asyncio

from tests.stories.region import BOT
from tests.stories.vk_school import CHAT, GROUP, School

ADMINISTRATOR = 9


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


async def test_a_file_sent_in_vk_is_shown_in_the_work_chat_too(school: School) -> None:
    school.vk.citizen_writes(GROUP, 11, "Пришлите план")
    await school.telegram.shows(BOT, CHAT, "Пришлите план")
    school.vk.administrator_answers(GROUP, 11, ADMINISTRATOR, "", doc=("план.pdf", b"%PDF-1"))

    await school.telegram.shows(BOT, CHAT, "ответили сами")
    await school.telegram.shows(BOT, CHAT, "Есть ответ")
    [file] = [file for shown in school.telegram.transcript(BOT, CHAT) for file in shown.attachments]
    assert (file.name, school.telegram.file(file.reference).content) == ("план.pdf", b"%PDF-1")


async def test_our_own_words_that_come_back_are_no_answers(school: School) -> None:
    school.vk.citizen_writes(GROUP, 11, "Когда собрание?")
    card = await school.telegram.shows(BOT, CHAT, "Когда собрание?")
    asked = school.vk.comments(GROUP, 5, 12, "А каникулы?")
    comment_card = await school.telegram.shows(BOT, CHAT, "А каникулы?")
    school.telegram.group_writes(BOT, CHAT, "9001", "В четверг", name="Анна", reply_to=card.id)
    school.telegram.group_writes(BOT, CHAT, "9001", "С понедельника", name="Анна", reply_to=comment_card.id)
    async with asyncio.timeout(30):
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
