"""A greeting, thanks, praise or a lone emoji opens no ticket and starts no clock; a press makes it a question."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.channels.memory import MemoryChannel
from bot.channels.memory_transcript import ShownMessage
from bot.domain.measures import measure
from bot.texts import Texts
from storage.database import Database
from storage.personal import export_person
from storage.tables import citizens, inbox, messages
from tests.stories.region import BOT, SCHOOL_VK, TUESDAY, Region, living_region, words
from tests.stories.vk_school import GROUP, School

TEXTS = Texts.load()
HOUR = timedelta(hours=1)
POST = "5"
WALL = f"wall-{SCHOOL_VK}_{POST}"


@pytest.fixture
async def asking(database: Database, tmp_path: Path) -> AsyncIterator[Region]:
    async with living_region(database, tmp_path, consent="ask") as living:
        yield living


async def answered(region: Region, answer: str = "Завтра откроют.") -> tuple[str, ShownMessage]:
    """Let Gulnara ask the school in VK and Anna answer an hour later."""
    chat = await region.bind_telegram("school-12")
    await region.asks("Где бассейн?")
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.clock.advance(HOUR)
    region.telegram.group_writes(BOT, chat, "9001", answer, name="Анна", reply_to=card.id)
    await region.settled()
    region.clock.advance(HOUR)
    return chat, card


def hearts(messenger: MemoryChannel, community: str, chat: str) -> list[str]:
    """Return under which words of a conversation the bot has put a heart."""
    return [m.text for m in messenger.transcript(community, chat) if (community, "❤") in m.reactions]


async def writes(region: Region, text: str, user: str = "11") -> ShownMessage:
    said = region.vk.citizen_writes(SCHOOL_VK, user, text, name="Гульнара")
    await region.settled()
    return said


async def waits(region: Region, number: int = 1) -> object:
    return (await region.ticket(number)).ticket.waiting_since


@pytest.mark.parametrize("text", ["Здравствуйте", "исәнмесез", "Спасибо большое!", "рәхмәт", "молодцы", "👍", "❤️🙏"])
async def test_where_nothing_is_known_it_is_answered_and_not_kept(region: Region, text: str) -> None:
    await region.bind_telegram("school-12")
    await writes(region, text)
    region.telegram.citizen_writes(BOT, "31", text, name="Олег")
    await region.settled()

    assert await region.tickets() == 0
    assert await region.count(messages) == 0
    assert await region.count(citizens) == 0
    assert await region.count(inbox, inbox.c.channel == "vk", inbox.c.payload != b"") == 0
    assert hearts(region.vk, SCHOOL_VK, "11") == hearts(region.telegram, BOT, "31") == [text]


async def test_a_greeting_reads_what_to_do_next_and_the_question_that_follows_opens_the_ticket(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await writes(region, "Исәнмесез")
    greeting = TEXTS.say("tt", "courtesy-greeting-of", institution="Школа № 12")
    assert region.said_in(region.vk, SCHOOL_VK, "11") == [greeting]
    region.clock.advance(HOUR)
    await writes(region, "Где бассейн?")
    await region.telegram.shows(BOT, chat, "Где бассейн?")
    assert (await region.ticket(1)).ticket.opened_at == TUESDAY + HOUR


async def test_thanks_after_an_answer_are_shown_without_a_clock_and_get_a_heart(region: Region) -> None:
    chat, _ = await answered(region)
    said_before = len(region.said_in(region.vk, SCHOOL_VK, "11"))
    await writes(region, "Спасибо большое")

    shown = await region.telegram.shows(BOT, chat, words("follow-up-courtesy"))
    assert "Спасибо большое" in shown.text
    assert [button.text for row in shown.buttons for button in row] == [words("button-question")]
    assert await waits(region) is None
    assert hearts(region.vk, SCHOOL_VK, "11") == ["Спасибо большое"]
    assert len(region.said_in(region.vk, SCHOOL_VK, "11")) == said_before


async def test_it_is_a_question_from_the_moment_at_which_it_was_said(region: Region) -> None:
    chat, _ = await answered(region)
    await writes(region, "Спасибо")
    said_at = region.clock.now()
    shown = await region.telegram.shows(BOT, chat, words("follow-up-courtesy"))
    region.clock.advance(HOUR)
    press = region.telegram.presses(BOT, chat, "9001", shown.id, words("button-question"))
    await region.settled()

    assert region.telegram.press_answers[press] == words("press-question", number=1)
    assert await waits(region) == said_at
    assert (await region.ticket(1)).ticket.state == "open"
    now = region.telegram.transcripts.find(BOT, chat, shown.id)
    assert now is not None
    assert (words("follow-up-courtesy") in now.text, now.buttons) == (False, ())


async def test_a_closed_ticket_is_opened_by_the_press_with_the_words_own_time(region: Region) -> None:
    chat, card = await answered(region)
    region.telegram.presses(BOT, chat, "9001", card.id, "Закрыть")
    await region.settled()
    region.clock.advance(HOUR)
    await writes(region, "👍")
    said_at = region.clock.now()
    assert (await region.ticket(1)).ticket.state == "closed"
    shown = await region.telegram.shows(BOT, chat, words("follow-up-courtesy"))
    region.clock.advance(HOUR)
    for _ in range(2):  # the second press of a slow messenger changes nothing
        region.telegram.presses(BOT, chat, "9002", shown.id, words("button-question"))
    await region.settled()
    line = await region.ticket(1)
    assert (line.ticket.state, line.ticket.waiting_since, line.ticket.reopened) == ("open", said_at, 1)


async def test_what_was_answered_before_the_press_waits_no_more(region: Region) -> None:
    chat, card = await answered(region)
    await writes(region, "Спасибо")
    shown = await region.telegram.shows(BOT, chat, words("follow-up-courtesy"))
    region.clock.advance(HOUR)
    region.telegram.group_writes(BOT, chat, "9001", "Приходите ещё.", name="Анна", reply_to=card.id)
    await region.settled()
    press = region.telegram.presses(BOT, chat, "9001", shown.id, words("button-question"))
    await region.settled()
    assert region.telegram.press_answers[press] == words("press-question-answered", number=1)
    line = await region.ticket(1)
    assert line.ticket.waiting_since is None
    calendar = region.application.desk._registry.calendars.of("school-12")
    assert len(measure(line.facts, calendar).waits) == 2


async def test_thanks_while_somebody_waits_leave_the_wait_alone(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks("Где бассейн?")
    region.clock.advance(HOUR)
    await writes(region, "Спасибо заранее")
    await region.telegram.shows(BOT, chat, words("follow-up-courtesy"))
    assert await waits(region) == TUESDAY


@pytest.mark.parametrize("text", ["👍", "Да, спасибо", "Спасибо"])
async def test_the_first_words_after_an_answer_that_asks_are_words_like_any_others(region: Region, text: str) -> None:
    await answered(region, "Подойдёт четверг?")
    await writes(region, text)
    assert await waits(region) == region.clock.now()
    assert hearts(region.vk, SCHOOL_VK, "11") == []


async def test_only_the_first_words_answer_it(region: Region) -> None:
    chat, card = await answered(region, "Подойдёт четверг?")
    region.telegram.group_writes(BOT, chat, "9001", "Кабинет 12.", name="Анна", reply_to=card.id)
    await region.settled()
    await writes(region, "👍")
    assert await waits(region) is not None
    region.telegram.group_writes(BOT, chat, "9001", "Хорошо, ждём.", name="Анна", reply_to=card.id)
    await region.settled()
    await writes(region, "Спасибо")
    assert await waits(region) is None


@pytest.mark.parametrize("text", ["Спасибо, третий день без воды", "Да, хорошо", "Спасибо, а когда?", "👎"])
async def test_one_word_more_is_words_like_any_others(region: Region, text: str) -> None:
    await answered(region)
    await writes(region, text)
    assert await waits(region) == region.clock.now()


async def test_a_photo_with_thanks_waits(region: Region) -> None:
    await answered(region)
    picture = ("cat.png", "image/png", b"png")
    region.vk.citizen_writes(SCHOOL_VK, "11", "Спасибо", attachments=[picture])
    await region.settled()
    assert await waits(region) == region.clock.now()


async def test_three_days_after_the_answer_nothing_is_known_any_more(region: Region) -> None:
    chat, card = await answered(region)
    region.telegram.presses(BOT, chat, "9001", card.id, "Закрыть")
    await region.settled()
    await region.later(timedelta(hours=73))
    await writes(region, "Спасибо")
    assert len((await region.ticket(1)).messages) == 2
    assert hearts(region.vk, SCHOOL_VK, "11") == ["Спасибо"]


async def test_thanks_that_become_a_question_count_from_the_edit(region: Region) -> None:
    chat, _ = await answered(region)
    said = await writes(region, "Спасибо")
    region.clock.advance(HOUR)
    region.vk.edits(SCHOOL_VK, "11", "11", said.id, "Спасибо, а во сколько откроют")
    await region.settled()
    await region.telegram.shows(BOT, chat, "а во сколько откроют")
    assert await waits(region) == region.clock.now()


async def test_a_greeting_of_which_nothing_is_kept_becomes_a_question_too(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    said = await writes(region, "Здравствуйте")
    commented = region.vk.comments(SCHOOL_VK, POST, "12", "👍", name="Булат")
    await region.settled()
    region.clock.advance(HOUR)
    region.vk.edits(SCHOOL_VK, "11", "11", said.id, "Здравствуйте, где бассейн")
    await region.settled()
    region.vk.edits(SCHOOL_VK, WALL, "12", commented.id, "А каникулы когда")
    await region.settled()
    await region.telegram.shows(BOT, chat, "где бассейн")
    await region.telegram.shows(BOT, chat, "А каникулы когда")
    assert [(await region.ticket(n)).ticket.opened_at for n in (1, 2)] == [TUESDAY + HOUR] * 2


async def test_comments_are_heard_likewise(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    region.vk.comments(SCHOOL_VK, POST, "12", "Молодцы!", name="Булат")
    await region.settled()
    assert await region.tickets() == 0
    region.vk.comments(SCHOOL_VK, POST, "12", "А каникулы когда", name="Булат")
    await region.settled()
    card = await region.telegram.shows(BOT, chat, "А каникулы когда")
    region.telegram.group_writes(BOT, chat, "9001", "С субботы.", name="Анна", reply_to=card.id)
    await region.settled()
    region.vk.comments(SCHOOL_VK, POST, "12", "Рәхмәт", name="Булат")
    await region.settled()
    await region.telegram.shows(BOT, chat, words("follow-up-courtesy"))
    assert await waits(region) is None
    assert len(region.said_in(region.vk, SCHOOL_VK, WALL)) == 2  # the acceptance and the answer


async def test_a_greeting_while_an_institution_is_chosen_is_no_part_of_the_question(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    region.telegram.citizen_writes(BOT, "31", "Где бассейн?", name="Олег")
    await region.settled()
    before = len(region.said_in(region.telegram, BOT, "31"))
    region.telegram.citizen_writes(BOT, "31", "Спасибо", name="Олег")
    region.telegram.citizen_writes(BOT, "31", "Здравствуйте", name="Олег")
    await region.settled()
    assert len(region.said_in(region.telegram, BOT, "31")) == before, "nobody is asked for a question already written"
    region.telegram.citizen_writes(BOT, "31", "Школа 12 Альметьевск", name="Олег")
    await region.telegram.shows(BOT, chat, "№ 1 ·")
    assert [message.text for message in (await region.ticket(1)).messages] == ["Где бассейн?"]
    assert hearts(region.telegram, BOT, "31") == ["Спасибо", "Здравствуйте"]


async def test_before_the_consent_a_greeting_is_answered_and_not_kept(asking: Region) -> None:
    chat = await asking.bind_telegram("school-12")
    await writes(asking, "Здравствуйте")
    question = asking.said_in(asking.vk, SCHOOL_VK, "11")[-1]
    assert words("button-consent-yes") in str(asking.vk.transcript(SCHOOL_VK, "11")[-1].buttons)
    async with asking.database.reading() as connection:
        kept = await export_person(connection, asking.database.vault, "vk", "11")
    assert kept is not None
    assert kept["before_consent"] == []
    asking.vk.presses(SCHOOL_VK, "11", "11", "", words("button-consent-yes"))
    await asking.settled()
    assert await asking.tickets() == 0
    assert asking.said_in(asking.vk, SCHOOL_VK, "11")[-1] == words("consent-thanks")
    assert question != words("consent-thanks")
    await writes(asking, "Где бассейн?")
    await asking.telegram.shows(BOT, chat, "Где бассейн?")


async def test_only_the_words_of_a_question_lie_held_beside_a_greeting(asking: Region) -> None:
    await asking.bind_telegram("school-12")
    for text in ("Здравствуйте", "Где бассейн?"):
        await writes(asking, text)
    asking.vk.presses(SCHOOL_VK, "11", "11", "", words("button-consent-yes"))
    await asking.settled()
    async with asking.database.reading() as connection:
        said = (await connection.execute(select(messages.c.kind))).scalars().all()
    assert said == ["question"]
    assert [message.text for message in (await asking.ticket(1)).messages] == ["Где бассейн?"]


async def test_vk_gets_its_own_reaction_and_one_line_where_it_refuses(school: School) -> None:
    first = school.vk.citizen_writes(GROUP, 11, "Спасибо")
    school.vk.citizen_writes(GROUP, 12, "Где столовая?")
    await school.telegram.shows(BOT, "-1001", "Где столовая?")
    community = school.vk.communities[GROUP]
    while not community.reactions:  # noqa: ASYNC110 - the pretend VK rings no bell
        await asyncio.sleep(0.01)
    assert community.reactions == {(11, first): 1}
    assert school.vk.answers(GROUP, 11) == []
    school.vk.fail_next("messages.sendReaction", code=15)
    school.vk.citizen_writes(GROUP, 11, "Спасибо")
    school.vk.citizen_writes(GROUP, 13, "Где музей?")
    await school.telegram.shows(BOT, "-1001", "Где музей?")
    while not school.vk.answers(GROUP, 11):  # noqa: ASYNC110 - the pretend VK rings no bell
        await asyncio.sleep(0.01)
    assert [answer.text for answer in school.vk.answers(GROUP, 11)] == [words("courtesy-heard")]
