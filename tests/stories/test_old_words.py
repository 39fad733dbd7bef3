"""Words and files are cleared when their time is over; what was measured stays as it was."""

from datetime import date, timedelta

import pytest

from bot.domain.institution import parse_scope
from bot.reports.report import make_report
from storage.tables import links, tickets
from tests.stories.region import BOT, SCHOOL_VK, Region

NAME = "Гульнара"
FILE = ("справка.png", "image/png", b"png")


@pytest.mark.both_databases
async def test_files_go_after_half_a_year_and_words_after_a_year(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    region.vk.citizen_writes(SCHOOL_VK, "11", "Где бассейн?", name=NAME, attachments=[FILE])
    await region.settled()
    card = await region.telegram.shows(BOT, chat, "Где бассейн?")
    region.telegram.group_writes(BOT, chat, "9001", "Во дворе.", name="Анна", reply_to=card.id)
    await region.settled()
    region.telegram.presses(BOT, chat, "9001", card.id, "Закрыть", name="Анна")
    await region.settled()
    before = await figures(region)

    await passes(region, timedelta(days=179))
    [question, answer] = (await region.ticket(1)).messages
    assert question.attachments[0].reference

    await passes(region, timedelta(days=2))
    [question, answer] = (await region.ticket(1)).messages
    assert (question.text, answer.text) == ("Где бассейн?", "Во дворе.")
    assert [(file.kind.value, file.reference, file.url, file.name) for file in question.attachments] == [
        ("photo", "", "", "")
    ]

    await passes(region, timedelta(days=185))
    assert [(said.text, said.attachments) for said in (await region.ticket(1)).messages] == [("", ()), ("", ())]
    assert await region.count(tickets, tickets.c.first_words.is_not(None)) == 0
    async with region.database.reading() as connection:
        assert (await connection.execute(links.select())).all() == []
    assert await figures(region) == before
    assert await region.application.deadlines.tidy() == 0


async def test_what_is_open_keeps_its_words(region: Region) -> None:
    await region.asks("Где бассейн?")
    await passes(region, timedelta(days=400))
    assert (await region.ticket(1)).messages[0].text == "Где бассейн?"


async def passes(region: Region, time: timedelta) -> None:
    await region.later(time)
    while await region.application.deadlines.tidy():
        pass
    await region.settled()


async def figures(region: Region) -> dict[str, object]:
    report = await make_report(
        region.database,
        scope=parse_scope("region"),
        first=date(2026, 11, 1),
        last=date(2026, 11, 30),
        zone=region.application.settings.zone,
        now=region.clock.now(),
    )
    return {name: value for name, value in report.items() if name != "generated_at"}
