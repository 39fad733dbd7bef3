"""«Спам» for the second time offers to silence a person: told once, counted, kept, shown on lifting."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.institution import Scope, ScopeKind
from bot.reports.report import make_report
from bot.texts import Texts
from storage.set_aside import count_silenced
from storage.tables import set_aside
from tests.stories.region import BOT, SCHOOL_VK, TUESDAY, Region, words
from tests.stories.test_what_counts import total

TEXTS = Texts.load()
HOUR = timedelta(hours=1)
FOUR_DAYS = timedelta(days=4)
OFFER = words("silence-offer", number=2, name="Гульнара", days=30)


async def spam(region: Region, chat: str, number: int) -> None:
    card = await region.telegram.shows(BOT, chat, f"№ {number} ·")
    region.telegram.presses(BOT, chat, "9001", card.id, "Спам", name="Анна")
    await region.settled()


async def offered(region: Region) -> str:
    """Let Gulnara write spam twice, four days apart."""
    chat = await region.bind_telegram("school-12")
    await region.asks("Купите слона")
    await spam(region, chat, 1)
    await region.later(FOUR_DAYS)
    await region.asks("Купите двух слонов")
    await spam(region, chat, 2)
    return chat


async def silenced(region: Region) -> str:
    chat = await offered(region)
    region.telegram.presses(BOT, chat, "9001", "", words("button-silence"), name="Анна")
    await region.settled()
    return chat


def texts(region: Region, chat: str) -> str:
    return "\n".join(region.said_in(region.telegram, BOT, chat))


async def test_the_second_spam_offers_and_the_person_is_told_once_with_the_other_way(region: Region) -> None:
    supervisor = await region.join()
    chat = await silenced(region)
    told = [m for m in region.vk.transcript(SCHOOL_VK, "11") if "не будет читать" in m.text]
    assert len(told) == 1
    assert "24 ноября" not in told[0].text
    assert "gosuslugi" in str(told[0].buttons)
    line = next(text for text in region.said_in(region.telegram, BOT, supervisor) if "🔇" in text)
    assert all(word in line for word in ("Гульнара", "Школа № 12", "Анна", "№ 2"))

    before = len(region.said_in(region.vk, SCHOOL_VK, "11"))
    await region.asks("Купите трёх слонов")
    assert "трёх" not in texts(region, chat)
    assert len(region.said_in(region.vk, SCHOOL_VK, "11")) == before
    assert await region.tickets() == 2


async def test_words_that_came_before_the_first_press_count_once(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks("Купите слона")
    region.vk.comments(SCHOOL_VK, "5", "11", "Купите слона и тут", name="Гульнара")
    await region.settled()
    region.clock.advance(HOUR)
    await spam(region, chat, 1)
    await spam(region, chat, 2)
    assert "второй раз" not in texts(region, chat)


async def test_a_press_that_was_taken_back_does_not_count(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks("Купите слона")
    await spam(region, chat, 1)
    region.clock.advance(HOUR)
    region.telegram.presses(BOT, chat, "9001", "", "Открыть снова")
    await region.settled()
    region.clock.advance(HOUR)
    await region.asks("Простите, где бассейн")
    region.clock.advance(HOUR)
    await spam(region, chat, 1)
    assert "второй раз" not in texts(region, chat)


async def test_nobody_is_silenced_without_the_press(region: Region) -> None:
    chat = await offered(region)
    assert OFFER in texts(region, chat)
    region.telegram.presses(BOT, chat, "9001", "", words("button-silence-not"))
    await region.settled()
    await region.later(FOUR_DAYS)
    await region.asks("Где бассейн")
    await region.telegram.shows(BOT, chat, "Где бассейн")


async def test_emergencies_and_words_for_open_tickets_pass(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    region.vk.comments(SCHOOL_VK, "5", "11", "Когда каникулы", name="Гульнара")
    await region.settled()
    await region.asks("Купите слона")
    await spam(region, chat, 2)
    await region.later(FOUR_DAYS)
    await region.asks("Купите двух слонов")
    await spam(region, chat, 3)
    region.telegram.presses(BOT, chat, "9001", "", words("button-silence"), name="Анна")
    await region.settled()

    region.vk.comments(SCHOOL_VK, "5", "11", "А у пятых классов", name="Гульнара")
    await region.settled()
    await region.telegram.shows(BOT, chat, "А у пятых классов")
    await region.asks("Пахнет газом в подъезде")
    await region.telegram.shows(BOT, chat, "Пахнет газом")
    await region.asks("Второй подъезд")
    await region.telegram.shows(BOT, chat, "Второй подъезд")
    region.vk.citizen_writes("78", "11", "Где терапевт", name="Гульнара")
    await region.settled()
    assert (await region.ticket(5)).ticket.institution == "clinic-6", "another institution goes on reading"


async def test_what_came_is_counted_kept_and_shown_on_lifting_without_a_clock(region: Region) -> None:
    chat = await silenced(region)
    await region.asks("Купите трёх слонов")
    region.clock.advance(timedelta(days=1))
    said = region.vk.citizen_writes(SCHOOL_VK, "11", "И четырёх", name="Гульнара")
    await region.settled()
    region.vk.edits(SCHOOL_VK, "11", "11", said.id, "И пятерых")
    await region.settled()
    async with region.database.reading() as connection:
        counted = await count_silenced(connection, first=TUESDAY.date(), last=(TUESDAY + timedelta(days=30)).date())
    assert counted == [("school-12", "vk", "2026-11-28", 1), ("school-12", "vk", "2026-11-29", 1)]
    told = await total(region)
    assert [told[name] for name in ("silenced", "spam", "questions")] == [2, 2, 0], "it is in nothing else"

    region.telegram.group_writes(BOT, chat, "9001", "/заглушённые", name="Анна")
    listed = await region.telegram.shows(BOT, chat, "Заглушены: 1")
    assert "Гульнара" in listed.text
    region.telegram.presses(BOT, chat, "9001", listed.id, words("button-lift-of", number=2))
    await region.settled()
    shown = await region.telegram.shows(BOT, chat, "больше не заглушён")
    assert "28.11 10:00 Купите трёх слонов" in shown.text
    assert "29.11 10:00 И четырёх" in shown.text
    assert await region.tickets() == 2
    assert words("silence-over", institution="Школа № 12") in region.said_in(region.vk, SCHOOL_VK, "11")
    await region.asks("Где бассейн")
    await region.telegram.shows(BOT, chat, "Где бассейн")


async def test_a_supervisor_lists_and_lifts_it_and_nobody_else(region: Region) -> None:
    supervisor = await region.join()
    await region.join("7002", "institution:clinic-6")
    chat = await silenced(region)
    for command in ("/silenced", "/тавышсыз"):
        region.telegram.citizen_writes(BOT, supervisor, command, name="Руководитель")
        await region.telegram.shows(BOT, supervisor, "Заглушены: 1")
    region.telegram.citizen_writes(BOT, "7002", "/silenced", name="Главврач")
    await region.telegram.shows(BOT, "7002", words("silenced-nobody"))
    region.telegram.presses(BOT, supervisor, supervisor, "", words("button-lift-of", number=2))
    await region.settled()
    await region.telegram.shows(BOT, chat, "больше не заглушён")


async def test_after_thirty_days_it_ends_by_itself(region: Region) -> None:
    chat = await silenced(region)
    await region.asks("Купите трёх слонов")
    await region.later(timedelta(days=30, minutes=1))
    await region.telegram.shows(BOT, chat, "Купите трёх слонов")
    await region.asks("Где бассейн")
    await region.telegram.shows(BOT, chat, "Где бассейн")


async def test_erasing_leaves_the_count_alone(region: Region) -> None:
    await silenced(region)
    await region.asks("Купите трёх слонов")
    region.vk.citizen_writes(SCHOOL_VK, "11", "/delete", name="Гульнара")
    await region.settled()
    region.vk.presses(SCHOOL_VK, "11", "11", "", words("button-erase"))
    await region.settled()
    assert await region.count(set_aside, set_aside.c.why == "silenced") == 1
    region.telegram.group_writes(BOT, "-1001", "9001", "/silenced", name="Анна")
    await region.telegram.shows(BOT, "-1001", words("silenced-nobody"))


async def test_the_report_counts_what_came_by_the_day_and_in_nothing_else(region: Region) -> None:
    await silenced(region)
    await region.asks("Купите трёх слонов")
    region.clock.advance(timedelta(days=1))
    await region.asks("И четырёх")
    report = await make_report(
        region.database,
        scope=Scope(kind=ScopeKind.REGION),
        first=TUESDAY.date(),
        last=region.clock.now().date(),
        now=region.clock.now(),
        zone=ZoneInfo("Europe/Moscow"),
    )
    assert report["total"]["silenced"] == 2
    by_day = {day["date"]: day["silenced"] for day in report["by_day"] if day["silenced"]}
    assert by_day == {"2026-11-28": 1, "2026-11-29": 1}
    assert [(each["code"], each["silenced"]) for each in report["by_institution"]] == [("school-12", 2)]
    assert [(each["channel"], each["silenced"]) for each in report["by_channel"]] == [("vk", 2)]
    assert report["total"]["spam"] == 2


@pytest.mark.parametrize("language", ["ru", "tt"])
def test_buttons_are_short(language: str) -> None:
    for key in ("button-silence", "button-silence-not", "button-lift", "button-question"):
        assert len(TEXTS.say(language, key)) <= 40
