"""An interim answer ends the first wait but not the matter: the final answer is owed until a day, and reminded of."""

from datetime import timedelta

import pytest

from bot.domain.measures import measure
from bot.domain.ticket import TicketEventKind
from bot.domain.work_calendar import WorkCalendar
from storage.tables import messages
from tests.stories.region import BOT, SCHOOL_VK, Region, words

CHAT = "-1001"
UNTIL = "пятницы, 4 декабря, 10:00"
BY = "в пятницу, 4 декабря, до 10:00"


async def asked(region: Region) -> str:
    await region.bind_telegram("school-12")
    await region.asks("Когда починят бассейн?")
    return (await region.telegram.shows(BOT, CHAT, "№ 1 ·")).id


async def replies(region: Region, card: str, text: str) -> None:
    region.telegram.group_writes(BOT, CHAT, "9001", text, name="Анна", reply_to=card)
    await region.settled()


def shown(region: Region, card: str) -> str:
    found = region.telegram.transcripts.find(BOT, CHAT, card)
    assert found is not None
    return found.text


def citizen_heard(region: Region) -> list[str]:
    return region.said_in(region.vk, SCHOOL_VK, "11")


@pytest.mark.parametrize("typed", ["... Мастер придёт в четверг.", "…Мастер придёт в четверг."])
async def test_words_behind_three_dots_are_an_interim_answer(region: Region, typed: str) -> None:
    card = await asked(region)
    await replies(region, card, typed)
    promise = words("interim-promise", number=1, by=BY)
    assert citizen_heard(region)[-1] == f"Мастер придёт в четверг.\n\n{promise}"
    assert words("card-interim", until=UNTIL) in shown(region, card)
    line = await region.ticket(1)
    assert (line.ticket.state, line.ticket.interim_at) == ("answered", line.ticket.first_answered_at)
    times = measure(line.facts, WorkCalendar(zone=region.application.settings.zone))
    assert (times.is_interim, times.resolved_at) == (True, None)
    assert times.first is not None
    assert times.first.ended_at == line.ticket.first_answered_at
    assert [event.kind for event in line.events] == [TicketEventKind.OPENED, TicketEventKind.INTERIM]


async def test_the_button_says_so_afterwards_and_takes_it_back(region: Region) -> None:
    card = await asked(region)
    await replies(region, card, "Мастер придёт в четверг.")
    press = region.telegram.presses(BOT, CHAT, "9001", card, words("button-interim"), name="Анна")
    await region.settled()
    assert region.telegram.press_answers[press] == words("press-interim", number=1)
    assert citizen_heard(region)[-1] == words("interim-promise", number=1, by=BY)
    assert words("card-interim", until=UNTIL) in shown(region, card)
    assert await region.count(messages, messages.c.is_interim) == 1

    region.telegram.presses(BOT, CHAT, "9001", card, words("button-final"), name="Анна")
    await region.settled()
    assert words("card-state-answered") in shown(region, card)
    assert (await region.ticket(1)).ticket.interim_at is None
    assert await region.count(messages, messages.c.is_interim) == 0
    await region.later(timedelta(minutes=11))
    assert words("ask-solved", number=1, institution="Школа № 12") in citizen_heard(region)


async def test_neither_silence_nor_a_grade_until_the_final_answer(region: Region) -> None:
    card = await asked(region)
    await replies(region, card, "... Мастер придёт в четверг.")
    before = len(citizen_heard(region))
    await region.later(timedelta(days=5))
    line = (await region.ticket(1)).ticket
    assert (line.state, len(citizen_heard(region))) == ("answered", before)
    await replies(region, card, "Починили.")
    await region.later(timedelta(minutes=11))
    assert citizen_heard(region)[-2:] == ["Починили.", words("ask-solved", number=1, institution="Школа № 12")]
    assert (await region.ticket(1)).ticket.interim_at is None


async def test_the_work_chat_then_the_supervisors_are_reminded_of_the_final_answer(region: Region) -> None:
    card = await asked(region)
    boss = await region.join()
    await replies(region, card, "... Мастер придёт в четверг.")
    soon = words("reminder-final-soon", number=1, until=UNTIL)
    late = words("reminder-final-late", number=1, until=UNTIL)

    def told() -> list[int]:
        chat, supervisor = (region.said_in(region.telegram, BOT, who) for who in (CHAT, boss))
        return [
            sum(soon in text for text in chat),
            sum(late in text for text in chat),
            sum("окончательный ответ был обещан" in text for text in supervisor),
        ]

    stretches = []
    for length in (timedelta(days=7), timedelta(days=1, minutes=1), timedelta(days=2), timedelta(hours=2)):
        await region.later(length)
        await region.later(timedelta(days=0))
        stretches.append(told())
    assert stretches == [[0, 0, 0], [1, 0, 0], [1, 1, 0], [1, 1, 1]]
    await region.later(timedelta(days=3))
    assert told() == [1, 1, 1]
    assert words("card-interim-late", until=UNTIL) in shown(region, card)
    assert TicketEventKind.UNSOLVED in [event.kind for event in (await region.ticket(1)).events]


async def test_new_words_wait_as_usual_while_the_final_answer_is_owed(region: Region) -> None:
    card = await asked(region)
    await replies(region, card, "... Мастер придёт в четверг.")
    await region.asks("А утром или вечером?")
    assert words("card-interim", until=UNTIL) in shown(region, card)
    assert "№ 1 · до 18:00 ·" in shown(region, card)
    await region.later(timedelta(hours=4, minutes=1))
    assert any(text.startswith("№ 1: житель ждёт") for text in region.said_in(region.telegram, BOT, CHAT))
    await replies(region, card, "... Вечером.")
    async with region.database.reading():
        line = (await region.ticket(1)).ticket
    assert (line.state, line.interim_at) == ("answered", line.interim_at)
    assert line.interim_at is not None


async def test_the_citizen_and_the_work_chat_see_it_in_their_lists(region: Region) -> None:
    card = await asked(region)
    await replies(region, card, "... Мастер придёт в четверг.")
    region.vk.citizen_writes(SCHOOL_VK, "11", "/my", name="Гульнара")
    await region.vk.shows(SCHOOL_VK, "11", words("state-interim", by=BY))
    region.telegram.group_writes(BOT, CHAT, "9001", "/open", name="Анна")
    listed = await region.telegram.shows(BOT, CHAT, words("open-owed-head"))
    assert listed.text.splitlines()[-1] == words("open-owed-line", number=1, until=UNTIL)
    region.telegram.group_writes(BOT, CHAT, "9001", "/ticket 1", name="Анна")
    whole = await region.telegram.shows(BOT, CHAT, words("happened-interim"))
    assert words("card-interim", until=UNTIL) in whole.text


async def test_dots_alone_are_no_answer(region: Region) -> None:
    card = await asked(region)
    await replies(region, card, "...")
    await region.telegram.shows(BOT, CHAT, words("interim-empty", number=1))
    assert (await region.ticket(1)).ticket.first_answered_at is None


async def test_an_interim_answer_that_is_taken_back_owes_nothing(region: Region) -> None:
    card = await asked(region)
    said = region.telegram.group_writes(BOT, CHAT, "9001", "... В четверг.", name="Анна", reply_to=card)
    await region.settled()
    region.telegram.group_writes(BOT, CHAT, "9001", "/undo", name="Анна", reply_to=said.id)
    await region.settled()
    line = (await region.ticket(1)).ticket
    assert (line.state, line.interim_at, line.first_answered_at) == ("open", None, None)


async def test_a_corrected_interim_answer_keeps_its_promise(region: Region) -> None:
    card = await asked(region)
    said = region.telegram.group_writes(BOT, CHAT, "9001", "... В четверг.", name="Анна", reply_to=card)
    await region.settled()
    region.telegram.edits(BOT, CHAT, "9001", said.id, "... В пятницу.", name="Анна")
    await region.settled()
    promise = words("interim-promise", number=1, by=BY)
    assert citizen_heard(region)[-1] == f"В пятницу.\n\n{promise}"


async def test_in_tatar(region: Region) -> None:
    card = await asked(region)
    region.vk.citizen_writes(SCHOOL_VK, "11", "/language", name="Гульнара")
    await region.settled()
    question = next(
        each for each in reversed(region.vk.transcript(SCHOOL_VK, "11")) if each.text == words("choose-language")
    )
    region.vk.presses(SCHOOL_VK, "11", "11", question.id, "Татарча")
    await region.settled()
    await replies(region, card, "... Оста пәнҗешәмбе килә.")
    heard = citizen_heard(region)[-1]
    assert heard.startswith("Оста пәнҗешәмбе килә.\n\nБу вакытлыча җавап.")
    assert (await region.ticket(1)).ticket.interim_at is not None
