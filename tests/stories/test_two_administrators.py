"""Two administrators at one question: the second is asked before the citizen gets a second answer."""

from datetime import timedelta

from tests.stories.region import BOT, SCHOOL_VK, Region, words

CHAT = "-1001"
SEND = words("button-send-anyway")


async def card(region: Region) -> str:
    await region.bind_telegram("school-12")
    await region.asks()
    return (await region.telegram.shows(BOT, CHAT, "№ 1 ·")).id


def answers(region: Region, card: str, by: str, name: str, text: str) -> None:
    region.telegram.group_writes(BOT, CHAT, by, text, name=name, reply_to=card)


def seen(region: Region) -> list[str]:
    return region.said_in(region.vk, SCHOOL_VK, "11")[1:]


async def test_a_second_answer_right_after_the_first_is_asked_about(region: Region) -> None:
    at = await card(region)
    answers(region, at, "9001", "Анна", "Бассейн в 3 корпусе")
    region.clock.advance(timedelta(seconds=20))
    answers(region, at, "9002", "Булат", "Бассейн закрыт")
    asked = await region.telegram.shows(BOT, CHAT, "ещё не отправлен")
    await region.settled()
    assert words("doubt-just-answered", name="Анна", seconds=20) in asked.text
    assert seen(region) == ["Бассейн в 3 корпусе"]
    region.telegram.presses(BOT, CHAT, "9002", asked.id, SEND, name="Булат")
    await region.settled()
    assert seen(region) == ["Бассейн в 3 корпусе", "Бассейн закрыт"]


async def test_both_answers_of_one_batch_are_compared_too(region: Region) -> None:
    at = await card(region)
    async with region.resting_desk():
        answers(region, at, "9001", "Анна", "Бассейн в 3 корпусе")
        answers(region, at, "9002", "Булат", "Бассейн закрыт")
    await region.telegram.shows(BOT, CHAT, "ещё не отправлен")
    await region.settled()
    assert seen(region) == ["Бассейн в 3 корпусе"]


async def test_nobody_is_asked_about_their_own_second_answer(region: Region) -> None:
    at = await card(region)
    answers(region, at, "9001", "Анна", "Бассейн в 3 корпусе")
    answers(region, at, "9001", "Анна", "Вход со двора")
    await region.settled()
    assert seen(region) == ["Бассейн в 3 корпусе", "Вход со двора"]


async def test_a_minute_later_nobody_is_asked(region: Region) -> None:
    at = await card(region)
    answers(region, at, "9001", "Анна", "Бассейн в 3 корпусе")
    await region.settled()
    await region.later(timedelta(seconds=60))
    answers(region, at, "9002", "Булат", "И ещё: вход со двора")
    await region.settled()
    assert seen(region) == ["Бассейн в 3 корпусе", "И ещё: вход со двора"]


async def test_what_another_has_taken_lately_is_asked_about(region: Region) -> None:
    at = await card(region)
    region.telegram.presses(BOT, CHAT, "9001", at, "Взять", name="Анна")
    await region.settled()
    await region.later(timedelta(minutes=9))
    answers(region, at, "9002", "Булат", "Бассейн закрыт")
    asked = await region.telegram.shows(BOT, CHAT, "ещё не отправлен")
    assert words("doubt-taken", name="Анна") in asked.text
    await region.later(timedelta(minutes=2))
    answers(region, at, "9002", "Булат", "Бассейн закрыт до весны")
    await region.settled()
    assert seen(region) == ["Бассейн закрыт до весны"], "what was taken long ago is nobody's"


async def test_who_took_it_answers_without_a_question(region: Region) -> None:
    at = await card(region)
    region.telegram.presses(BOT, CHAT, "9001", at, "Взять", name="Анна")
    answers(region, at, "9001", "Анна", "Бассейн в 3 корпусе")
    await region.settled()
    assert seen(region) == ["Бассейн в 3 корпусе"]


async def test_new_words_of_the_citizen_may_be_answered_by_anybody(region: Region) -> None:
    at = await card(region)
    answers(region, at, "9001", "Анна", "Бассейн в 3 корпусе")
    await region.settled()
    region.clock.advance(timedelta(seconds=10))
    await region.asks("А вход откуда?")
    region.clock.advance(timedelta(seconds=10))
    answers(region, at, "9002", "Булат", "Со двора")
    await region.settled()
    assert "Со двора" in seen(region)
