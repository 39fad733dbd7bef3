"""Stories: «Ещё…» shows what is seldom done with a ticket, and the card's own buttons return by themselves."""

from datetime import timedelta

import pytest

from bot.channels.memory import MemoryChannel
from tests.stories.region import BOT, SCHOOL_VK, Region, words

CHAT = "-1001"
MORE = ["Взять", "Тема", "Закрыть", "Спам", "Повтор", "‹ Назад"]


def rows(region: Region) -> list[list[str]]:
    [card] = [shown for shown in region.telegram.transcript(BOT, CHAT) if shown.text.startswith("№ 1 ·")]
    return [[button.text for button in row] for row in card.buttons]


def labels(region: Region) -> list[str]:
    return [label for row in rows(region) for label in row]


async def press(region: Region, label: str, *, by: str = "9001", name: str = "Анна") -> str:
    """Press what really stands there; returns what the press was answered with."""
    press_id = MemoryChannel.presses(region.telegram, BOT, CHAT, by, "", label, name=name)
    await region.settled()
    return region.telegram.press_answers[press_id]


async def answer(region: Region) -> None:
    [card] = [shown for shown in region.telegram.transcript(BOT, CHAT) if shown.text.startswith("№ 1 ·")]
    region.telegram.group_writes(BOT, CHAT, "9001", "Завтра.", name="Анна", reply_to=card.id)
    await region.settled()


@pytest.fixture
async def own(region: Region) -> list[str]:
    """The card's own buttons, shown."""
    await region.bind_telegram("school-12", CHAT)
    region.telegram.group_writes(BOT, CHAT, "9001", "/template Приём\nПо вторникам с 9 до 12.", name="Анна")
    await region.asks()
    assert rows(region) == [["Шаблон", "Передать"], ["Ответ не нужен", "Ещё…"]]
    return labels(region)


async def test_a_press_shows_the_rest_and_the_next_one_brings_the_cards_own_back(
    region: Region, own: list[str]
) -> None:
    assert await press(region, "Ещё…") == words("press-menu-topic", number=1, topic="Образование")
    assert labels(region) == MORE
    assert await press(region, "‹ Назад") == ""
    assert labels(region) == own
    for label in ("Взять", "Повтор"):
        await press(region, "Ещё…")
        await press(region, label)
        assert labels(region) == own


async def test_after_a_minute_the_cards_own_buttons_are_back_by_one_change(region: Region, own: list[str]) -> None:
    await press(region, "Ещё…")
    await region.later(timedelta(seconds=40))
    assert labels(region) == MORE
    await press(region, "Тема")
    await region.later(timedelta(seconds=40))
    assert "Дороги" in labels(region), "the minute begins anew with every press"
    await region.later(timedelta(seconds=21))
    assert labels(region) == own


async def test_what_ends_a_ticket_stands_where_no_button_of_the_card_stood_and_asks_once_more(
    region: Region, own: list[str]
) -> None:
    before = len(rows(region))
    await press(region, "Ещё…")
    menu = rows(region)
    [at] = [number for number, row in enumerate(menu) if row == ["Закрыть", "Спам"]]
    assert before <= at < len(menu) - before, "neither from the top nor from the bottom"
    assert await press(region, "Спам") == words("press-spam-sure", number=1)
    assert rows(region)[at] == ["Не спам"], "who presses twice by mistake has said no"
    assert (rows(region)[0], len(rows(region))) == (["Да, это спам"], len(menu))
    await press(region, "Не спам")
    assert labels(region) == MORE
    assert (await region.ticket(1)).ticket.state == "open"


async def test_closing_asks_for_the_reason_or_after_an_answer_once_more(region: Region, own: list[str]) -> None:
    await press(region, "Ещё…")
    assert await press(region, "Закрыть") == words("press-closing-why", number=1)
    assert labels(region) == own
    await answer(region)
    await press(region, "Ещё…")
    menu = rows(region)
    at = menu.index(["Закрыть"])
    assert await press(region, "Закрыть") == words("press-close-sure", number=1)
    asked = rows(region)
    assert (asked[at], asked[0], len(asked)) == (["Не закрывать"], ["Да, закрыть"], len(menu))
    assert await press(region, "Да, закрыть") == words("press-closed", number=1)
    assert labels(region) == ["Открыть снова"]
    await region.vk.shows(SCHOOL_VK, "11", "Сообщение № 1 закрыто")


async def test_spam_is_confirmed(region: Region, own: list[str]) -> None:
    for label in ("Ещё…", "Спам", "Да, это спам"):
        await press(region, label)
    assert (await region.ticket(1)).ticket.state == "spam"


async def test_an_answered_card_offers_to_mark_the_answer_as_interim(region: Region, own: list[str]) -> None:
    await answer(region)
    assert rows(region) == [["Шаблон", "Передать"], ["Ещё…"]]
    await press(region, "Ещё…")
    assert labels(region) == ["Тема", "Повтор", "Закрыть", "Промежуточный", "‹ Назад"]
    assert await press(region, "Промежуточный") == words("press-interim", number=1)
    await press(region, "Ещё…")
    assert "Окончательный" in labels(region)
