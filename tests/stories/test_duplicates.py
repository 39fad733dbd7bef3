"""A ticket that repeats another one is closed, counted beside, and its citizen reads where the answer is."""

from datetime import timedelta

import pytest

from bot.domain.measures import measure
from bot.domain.work_calendar import WorkCalendar
from tests.stories.region import BOT, SCHOOL_VK, Region, words

CHAT = "-1001"


async def two(region: Region, second_by: str = "12") -> tuple[str, str]:
    """Let two citizens ask the same; returns their cards."""
    await region.bind_telegram("school-12")
    await region.asks("Когда починят бассейн?")
    if second_by == "11":
        region.vk.comments(SCHOOL_VK, "5", "11", "Когда бассейн?", name="Гульнара")
        await region.settled()
    else:
        await region.asks("А бассейн когда?", user_id=second_by, name="Олег")
    cards = [(await region.telegram.shows(BOT, CHAT, f"№ {number} ·")).id for number in (1, 2)]
    return cards[0], cards[1]


async def says(region: Region, text: str, reply_to: str) -> None:
    region.telegram.group_writes(BOT, CHAT, "9001", text, name="Анна", reply_to=reply_to)
    await region.settled()


def card(region: Region, message: str) -> str:
    found = region.telegram.transcripts.find(BOT, CHAT, message)
    assert found is not None
    return found.text


def heard(region: Region, user: str) -> list[str]:
    return region.said_in(region.vk, SCHOOL_VK, user)


async def test_a_repeat_is_closed_and_its_citizen_is_told_where_the_answer_comes(region: Region) -> None:
    first, second = await two(region)
    await says(region, "/duplicate 1", second)
    assert words("card-duplicate", other=1) in card(region, second)
    assert heard(region, "12")[-1] == words("duplicate-told-other", number=2, other=1)
    assert region.said_in(region.telegram, BOT, CHAT)[-1] == words("duplicate-done-other", number=2, other=1)
    line = await region.ticket(2)
    assert (line.ticket.state, line.ticket.duplicate_of, line.ticket.waiting_since) == ("closed", 1, None)
    times = measure(line.facts, WorkCalendar(zone=region.application.settings.zone))
    assert (times.is_duplicate, times.is_question) == (True, False)

    await says(region, "В четверг.", first)
    assert heard(region, "11")[-1] == "В четверг."
    assert heard(region, "12")[-1] == words("duplicate-answer", number=2) + "\n\nВ четверг."
    await region.later(timedelta(days=2))
    assert not any("№ 2: " in text for text in region.said_in(region.telegram, BOT, CHAT))


@pytest.mark.both_databases
async def test_the_same_citizens_other_question_is_offered_by_the_button(region: Region) -> None:
    first, second = await two(region, second_by="11")
    press = region.telegram.presses(BOT, CHAT, "9001", second, words("button-duplicate"), name="Анна")
    await region.settled()
    assert region.telegram.press_answers[press] == words("press-duplicate-choose")
    question = await region.telegram.shows(BOT, CHAT, words("duplicate-choose", number=2))
    region.telegram.presses(BOT, CHAT, "9001", question.id, question.buttons[0][0].text, name="Анна")
    await region.settled()
    assert words("card-duplicate", other=1) in card(region, second)
    assert (await region.ticket(2)).ticket.duplicate_of == 1
    before = len(heard(region, "11"))
    await says(region, "В четверг.", first)
    assert heard(region, "11")[before:] == ["В четверг."], "the answer comes once"


async def test_it_may_also_be_left_as_it_is(region: Region) -> None:
    _, second = await two(region, second_by="11")
    region.telegram.presses(BOT, CHAT, "9001", second, words("button-duplicate"), name="Анна")
    question = await region.telegram.shows(BOT, CHAT, words("duplicate-choose", number=2))
    region.telegram.presses(BOT, CHAT, "9001", question.id, words("button-duplicate-cancel"), name="Анна")
    await region.settled()
    assert (await region.ticket(2)).ticket.state == "open"


@pytest.mark.both_databases
async def test_whoever_writes_on_is_heard_again(region: Region) -> None:
    first, second = await two(region)
    await says(region, "/duplicate 1", second)
    await region.asks("Нет, я про малый бассейн", user_id="12", name="Олег")
    line = await region.ticket(2)
    assert (line.ticket.state, line.ticket.duplicate_of) == ("open", None)
    times = measure(line.facts, WorkCalendar(zone=region.application.settings.zone))
    assert (times.is_duplicate, times.is_question) == (False, True)
    before = len(heard(region, "12"))
    await says(region, "В четверг.", first)
    assert len(heard(region, "12")) == before


async def test_what_cannot_be_a_repeat_is_explained(region: Region) -> None:
    first, second = await two(region)

    async def told(typed: str, reply_to: str) -> str:
        await says(region, typed, reply_to)
        return region.said_in(region.telegram, BOT, CHAT)[-1]

    assert await told("/duplicate", second) == words("duplicate-how")
    assert await told("/duplicate 99", second) == words("duplicate-unknown", number=2, other=99)
    assert await told("/duplicate 2", second) == words("duplicate-unknown", number=2, other=2)
    await says(region, "В четверг.", first)
    assert await told("/duplicate 1", second) == words("duplicate-answered", number=2, other=1)
    assert (await region.ticket(2)).ticket.state == "open"
    assert not any("В четверг" in text for text in heard(region, "12")), "an earlier answer is not passed on"


async def test_somebody_elses_ticket_of_another_institution_is_unknown(region: Region) -> None:
    first, _ = await two(region)
    region.vk.citizen_writes("78", "13", "Когда прививка?", name="Дина")
    await region.settled()
    await says(region, "/duplicate 3", first)
    assert region.said_in(region.telegram, BOT, CHAT)[-1] == words("duplicate-unknown", number=1, other=3)
