"""A work chat with topics: every ticket has its own, and whatever is written there is an answer."""

from datetime import timedelta

import pytest

from bot.channels.memory_topics import PretendTopic
from tests.stories.region import BOT, SCHOOL_VK, Region, words

CHAT = "-1001"


@pytest.fixture
async def forum(region: Region) -> Region:
    region.telegram.topics.switch_on(BOT, CHAT)
    await region.bind_telegram("school-12", CHAT)
    return region


def topics(region: Region) -> list[PretendTopic]:
    return region.telegram.topics.of(BOT, CHAT)


def said_in_topic(region: Region, thread: str) -> list[str]:
    shown = region.telegram.transcript(BOT, CHAT)
    return [message.text for message in shown if message.thread == thread and message.text and not message.user_id]


def writes(region: Region, text: str, thread: str, *, reply_to: str = "") -> None:
    region.telegram.group_writes(BOT, CHAT, "9001", text, name="Анна", thread=thread, reply_to=reply_to)


async def test_each_ticket_gets_a_topic_whose_title_says_what_it_is(forum: Region) -> None:
    await forum.asks("Где бассейн? Звоните 8 917 123-45-67")
    await forum.asks("Когда каникулы?", user_id="12", name="Олег")
    first, second = topics(forum)
    assert (first.title, first.icon) == ("🕓 № 1 · Гульнара · Где бассейн? Звоните •••", "❓")
    assert second.title == "🕓 № 2 · Олег · Когда каникулы?"
    [card] = said_in_topic(forum, first.thread)
    assert card.startswith("№ 1 · до 18:00 · Гульнара, ВКонтакте\n")
    assert card.endswith(words("card-hint-topic"))
    assert said_in_topic(forum, "") == [words("chat-bound", institution="Школа № 12")]


async def test_further_words_come_into_the_topic_and_all_that_was_said_while_it_was_made(forum: Region) -> None:
    async with forum.resting_desk():
        forum.vk.citizen_writes(SCHOOL_VK, "11", "Где бассейн?", name="Гульнара")
        forum.vk.citizen_writes(SCHOOL_VK, "11", "И сколько стоит?", name="Гульнара")
    await forum.settled()
    forum.clock.advance(timedelta(minutes=1))
    await forum.asks("И когда?")
    [topic] = topics(forum)
    card, further = said_in_topic(forum, topic.thread)
    assert "\nГде бассейн?\nИ сколько стоит?\n" in card
    assert further == "№ 1 · Гульнара:\nИ когда?"


async def test_any_words_in_the_topic_are_an_answer_and_notes_stay(forum: Region) -> None:
    await forum.asks()
    [topic] = topics(forum)
    writes(forum, "// спрошу завуча", topic.thread)
    writes(forum, "С понедельника.", topic.thread)
    await forum.vk.shows(SCHOOL_VK, "11", "С понедельника.")
    await forum.settled()
    assert not [text for text in forum.said_in(forum.vk, SCHOOL_VK, "11") if "завуча" in text]
    [topic] = topics(forum)
    assert (topic.title, topic.icon) == ("✅ № 1 · Гульнара · Где бассейн?", "✅")
    assert [said.text for said in (await forum.ticket(1)).messages] == [
        "Где бассейн?",
        "спрошу завуча",
        "С понедельника.",
    ]


async def test_talk_outside_the_topics_is_left_alone(forum: Region) -> None:
    await forum.asks()
    writes(forum, "Кто сегодня на смене?", "")
    await forum.settled()
    assert len(forum.said_in(forum.vk, SCHOOL_VK, "11")) == 1
    assert len((await forum.ticket(1)).messages) == 1


async def test_a_command_in_a_topic_means_its_ticket_and_is_answered_there(forum: Region) -> None:
    await forum.asks()
    await forum.asks("Второй", user_id="12")
    first, _ = topics(forum)
    writes(forum, "/ticket", first.thread)
    await forum.settled()
    assert "Гульнара: Где бассейн?" in said_in_topic(forum, first.thread)[-1]
    writes(forum, "/ticket 1", "")
    await forum.settled()
    assert "Гульнара: Где бассейн?" in said_in_topic(forum, "")[-1]


async def test_a_missed_deadline_is_seen_in_the_title_and_told_in_the_topic(forum: Region) -> None:
    await forum.asks()
    await forum.later(timedelta(hours=8))
    [topic] = topics(forum)
    assert (topic.title, topic.icon, topic.changes) == ("🔴 № 1 · ждёт 8 ч 00 мин · Гульнара · Где бассейн?", "‼️", 1)
    late = words("reminder-late", number=1, waits="8 ч 00 мин", until="вторника, 24 ноября, 18:00")
    assert said_in_topic(forum, topic.thread)[-1] == f"{late}\n{words('reminder-untaken')}"
    await forum.asks("Ну что?")
    assert topics(forum)[0].changes == 1, "Telegram counts changes: there is one for each new state"
    await forum.later(timedelta(hours=16))
    assert topics(forum)[0].title.startswith("🔴 № 1 · ждёт 1 д")


async def test_closing_and_opening_again_are_seen_in_the_title(forum: Region) -> None:
    await forum.asks()
    [topic] = topics(forum)
    await forum.closes(CHAT, "")
    assert topics(forum)[0].title == "☑️ № 1 · Гульнара · Где бассейн?"
    await forum.asks("Ещё вопрос")
    assert topics(forum)[0].title == "🕓 № 1 · Гульнара · Где бассейн?"
    assert said_in_topic(forum, topic.thread)[-1].endswith("Ещё вопрос")
    await forum.closes(CHAT, "")
    assert topics(forum)[0].title == "☑️ № 1 · Гульнара · Где бассейн?"


@pytest.mark.parametrize("how", ["deletes_topic", "closes_topic"])
async def test_a_topic_that_is_gone_is_made_anew_with_everything_said(forum: Region, how: str) -> None:
    await forum.asks()
    [old] = topics(forum)
    getattr(forum.telegram, how)(BOT, CHAT, old.thread)
    forum.clock.advance(timedelta(minutes=1))
    async with forum.resting_desk():
        forum.vk.citizen_writes(SCHOOL_VK, "11", "Вы тут?", name="Гульнара")
        forum.vk.citizen_writes(SCHOOL_VK, "11", "Ответьте", name="Гульнара")
    await forum.settled()
    _, new = topics(forum)
    [card] = said_in_topic(forum, new.thread)
    assert "\nГде бассейн?\nВы тут?\nОтветьте\n" in card
    writes(forum, "Тут.", new.thread)
    await forum.vk.shows(SCHOOL_VK, "11", "Тут.")
    await forum.settled()
    assert topics(forum)[1].title.startswith("✅")


async def test_the_topic_of_an_answered_ticket_may_be_tidied_away(forum: Region) -> None:
    await forum.asks()
    [topic] = topics(forum)
    writes(forum, "С понедельника.", topic.thread)
    await forum.settled()
    forum.telegram.deletes_topic(BOT, CHAT, topic.thread)
    await forum.later(timedelta(days=7))
    assert len(topics(forum)) == 1
    await forum.asks("Спасибо, а форма нужна?")
    assert "форма нужна" in "\n".join(said_in_topic(forum, topics(forum)[1].thread))


async def test_without_the_right_to_make_topics_it_goes_on_as_in_a_plain_group(region: Region) -> None:
    region.telegram.topics.switch_on(BOT, CHAT, may_make=False)
    await region.bind_telegram("school-12", CHAT)
    await region.asks()
    await region.asks("Ещё вопрос", user_id="12")
    said = said_in_topic(region, "")
    assert said.count(words("topics-forbidden")) == 1
    card = await region.telegram.shows(BOT, CHAT, "№ 1 ·")
    await region.telegram.shows(BOT, CHAT, "№ 2 ·")
    writes(region, "С понедельника.", "", reply_to=card.id)
    await region.vk.shows(SCHOOL_VK, "11", "С понедельника.")
    await region.settled()
    assert topics(region) == []

    region.telegram.topics.switch_on(BOT, CHAT)
    writes(region, "/topics", "")
    await region.telegram.shows(BOT, CHAT, words("topics-on"))
    await region.asks("Третий", user_id="13")
    assert [topic.title for topic in topics(region)] == ["🕓 № 3 · Гульнара · Третий"]


async def test_a_group_that_gets_topics_or_loses_them_goes_on(region: Region) -> None:
    await region.bind_telegram("school-12", CHAT)
    await region.asks()
    card = await region.telegram.shows(BOT, CHAT, "№ 1 ·")
    region.telegram.topics.switch_on(BOT, CHAT)
    writes(region, "// теперь с темами", "", reply_to=card.id)
    await region.settled()
    await region.asks("Второй", user_id="12")
    [topic] = topics(region)
    await region.asks("И ещё")
    assert (await region.telegram.shows(BOT, CHAT, "И ещё")).thread == ""

    region.telegram.topics.switch_off(BOT, CHAT)
    writes(region, "// снова без тем", "", reply_to=card.id)
    await region.settled()
    await region.asks("Второй, дальше", user_id="12")
    further = await region.telegram.shows(BOT, CHAT, "Второй, дальше")
    writes(region, "Ответ второму", "", reply_to=further.id)
    await region.vk.shows(SCHOOL_VK, "12", "Ответ второму")
    await region.asks("Третий", user_id="13")
    assert (await region.telegram.shows(BOT, CHAT, "Третий")).thread == ""
    assert topics(region) == [topic], "no title is changed where there are no titles"


async def test_topics_that_were_switched_off_unseen_lose_nothing(forum: Region) -> None:
    await forum.asks()
    forum.telegram.topics.switch_off(BOT, CHAT)
    await forum.asks("Второй", user_id="12")
    forum.clock.advance(timedelta(minutes=1))
    await forum.asks("И ещё")
    assert [message.thread for message in forum.telegram.transcript(BOT, CHAT) if "Второй" in message.text] == [""]
    assert [message.thread for message in forum.telegram.transcript(BOT, CHAT) if "И ещё" in message.text] == [""]


async def test_two_institutions_share_a_chat_with_topics(forum: Region) -> None:
    await forum.bind_telegram("club-1", CHAT)
    await forum.asks()
    await forum.chosen("31", "club-1")
    forum.telegram.citizen_writes(BOT, "31", "Когда концерт?", name="Олег")
    await forum.settled()
    school, club = topics(forum)
    writes(forum, "В пятницу.", club.thread)
    await forum.telegram.shows(BOT, "31", "В пятницу.")
    writes(forum, "С понедельника.", school.thread)
    await forum.vk.shows(SCHOOL_VK, "11", "С понедельника.")


async def test_words_in_a_topic_whose_ticket_is_answered_elsewhere_are_not_lost_silently(forum: Region) -> None:
    await forum.asks()
    [topic] = topics(forum)
    await forum.bind_telegram("club-1", CHAT)
    await forum.bind_telegram("school-12", "-1002")
    writes(forum, "С понедельника.", topic.thread)
    await forum.settled()
    assert said_in_topic(forum, topic.thread)[-1] == words("topic-elsewhere")
    assert len(forum.said_in(forum.vk, SCHOOL_VK, "11")) == 1
