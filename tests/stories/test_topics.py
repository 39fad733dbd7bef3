"""Every ticket gets a topic from its words; administrators correct it, citizens are asked where that is wished."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.channels.memory_transcript import ShownMessage
from bot.domain.institution import Scope, ScopeKind
from bot.domain.ticket import TicketEventKind
from bot.reports.report import make_report
from bot.settings import Settings
from storage.database import Database
from tests.stories import region as stories
from tests.stories.region import BOT, SCHOOL_VK, TUESDAY, Region, living_region, words


@pytest.fixture
async def asking(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Region]:
    """The region whose operator has turned the buttons on."""
    usual = stories.settings_in

    def with_buttons(folder: Path, **others: Any) -> Settings:
        return usual(folder, **others).model_copy(update={"topic_buttons": "on"})

    monkeypatch.setattr(stories, "settings_in", with_buttons)
    async with living_region(database, tmp_path) as living:
        yield living


def labels(message: ShownMessage) -> list[str]:
    return [button.text for row in message.buttons for button in row]


async def card_of(region: Region, chat: str) -> ShownMessage:
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    await region.settled()
    shown = region.telegram.transcripts.find(BOT, chat, card.id)
    assert shown is not None
    return shown


async def test_the_card_shows_the_topic_and_an_administrator_corrects_it(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks("Не вывозят мусор у школы, всюду помойка и свалка")
    card = await card_of(region, chat)
    assert "Мусор и отходы" not in card.text, "what the rules guess takes no line"
    more = region.telegram.presses(BOT, chat, "9001", card.id, "Ещё…", name="Анна")
    await region.settled()
    assert region.telegram.press_answers[more] == words("press-menu-topic", number=1, topic="Мусор и отходы")

    region.telegram.presses(BOT, chat, "9001", card.id, "Тема", name="Анна")
    await region.settled()
    shown = await card_of(region, chat)
    assert labels(shown)[-2:] == ["‹ Назад", "Ещё ›"]
    assert len(labels(shown)) == 10
    region.telegram.presses(BOT, chat, "9001", card.id, "Ещё ›")
    await region.settled()
    assert labels(await card_of(region, chat)) == ["Образование", "Мусор и отходы", "Другое", "‹ Назад"]
    region.telegram.presses(BOT, chat, "9001", card.id, "Образование", name="Анна")
    await region.settled()
    shown = await card_of(region, chat)
    assert words("card-topic", topic="Образование") in shown.text
    assert labels(shown) == ["Передать", "Ответ не нужен", "Ещё…"]

    line = await region.ticket(1)
    assert (line.ticket.topic, line.ticket.topic_confidence) == ("education", None)
    [chosen] = [event for event in line.events if event.kind is TicketEventKind.TOPIC_SET]
    assert (chosen.detail, line.administrators[chosen.administrator or 0]) == ("education", "Анна")

    await region.asks("Автобус, автобус, маршрутка и остановка")
    assert (await region.ticket(1)).ticket.topic == "education", "what a person chose no rule changes"


async def test_further_words_tell_what_the_first_ones_did_not(region: Region) -> None:
    await region.chosen("31", "club-1")
    region.telegram.citizen_writes(BOT, "31", "Подскажите")
    await region.settled()
    assert (await region.ticket(1)).ticket.topic == ""
    region.telegram.citizen_writes(BOT, "31", "Не вывозят мусор")
    await region.settled()
    assert (await region.ticket(1)).ticket.topic == "waste"


async def test_usually_nobody_is_asked(region: Region) -> None:
    await region.chosen("31", "club-1")
    region.telegram.citizen_writes(BOT, "31", "Когда ёлка?")
    await region.settled()
    assert words("ask-topic", number=1) not in region.said_in(region.telegram, BOT, "31")


async def test_where_it_is_wished_ten_buttons_ask_and_the_words_go_their_way_at_once(asking: Region) -> None:
    region = asking
    chat = await region.bind_telegram("club-1")
    await region.chosen("31", "club-1")
    region.telegram.citizen_writes(BOT, "31", "Когда ёлка?")
    question = await region.telegram.shows(BOT, "31", words("ask-topic", number=1))
    assert len(labels(question)) == 10
    card = await card_of(region, chat)
    assert "Тема" not in card.text
    region.telegram.presses(BOT, "31", "31", question.id, "Благоустройство")
    await region.telegram.shows(BOT, "31", words("topic-heard", number=1, topic="Благоустройство"))
    assert words("card-topic", topic="Благоустройство") in (await card_of(region, chat)).text


async def test_whose_words_tell_it_and_who_comments_is_not_asked(asking: Region) -> None:
    region = asking
    await region.asks("Не вывозят мусор")
    region.vk.comments(SCHOOL_VK, "5", "12", "Ну и ну")
    await region.settled()
    for chat, number in (("11", 1), ("wall-77_5", 2)):
        said = region.said_in(region.vk, SCHOOL_VK, chat)
        assert said
        assert words("ask-topic", number=number) not in said


async def test_strangers_choose_no_topic(asking: Region) -> None:
    region = asking
    await region.chosen("31", "club-1")
    region.telegram.citizen_writes(BOT, "31", "Когда ёлка?")
    await region.telegram.shows(BOT, "31", words("ask-topic", number=1))
    region.telegram.push_raw(
        BOT,
        {
            "kind": "press",
            "chat": "66",
            "chat_kind": "private",
            "from": {"id": "66"},
            "message_id": "1",
            "action": "q:1:roads",
            "press_id": "p",
            "at": region.clock.now().isoformat(),
        },
        chat="66",
    )
    await region.settled()
    assert (await region.ticket(1)).ticket.topic == ""


async def test_a_report_counts_by_topic_and_grade(region: Region) -> None:
    await region.asks("Не вывозят мусор, свалка")
    report = await make_report(
        region.database,
        scope=Scope(kind=ScopeKind.REGION),
        first=TUESDAY.date(),
        last=TUESDAY.date(),
        zone=region.application.settings.zone,
        now=region.clock.now(),
        topics=region.application.reporter._rules.topics.names_and_codes("ru"),
    )
    assert [(line["topic"], line["code"], line["questions"]) for line in report["by_topic"]] == [
        ("Мусор и отходы", "0005", 1)
    ]
