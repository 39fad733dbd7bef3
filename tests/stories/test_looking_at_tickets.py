"""Administrators look at the list of who waits, with ways to the cards, and at one ticket with all that befell it."""

from datetime import timedelta

import pytest

from bot.domain.ticket import TicketEventKind
from bot.texts import LANGUAGES, Texts
from tests.stories.region import BOT, SCHOOL_VK, Region, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_befalls_a_ticket_has_words(language: str) -> None:
    keys = Texts.load().keys(language)
    assert {f"happened-{kind.value}" for kind in TicketEventKind if kind is not TicketEventKind.OPENED} <= keys


async def test_the_time_line_tells_who_did_what_and_when(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks("Где бассейн?")
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.telegram.presses(BOT, chat, "9001", card.id, "Взять", name="Анна")
    await region.settled()
    region.clock.advance(timedelta(minutes=3))
    photo = ("план.jpg", "image/jpeg", b"a")
    answer = region.telegram.group_writes(
        BOT, chat, "9001", "На Ленина, 5.", name="Анна", attachments=[photo], reply_to=card.id
    )
    await region.settled()
    region.clock.advance(timedelta(minutes=3))
    region.telegram.edits(BOT, chat, "9001", answer.id, "На Ленина, 7.", name="Анна")
    await region.settled()
    region.clock.advance(timedelta(minutes=3))
    region.telegram.presses(BOT, chat, "9002", card.id, "Закрыть", name="Булат")
    await region.settled()
    region.telegram.group_writes(BOT, chat, "9002", "/ticket 1", name="Булат")
    shown = await region.telegram.shows(BOT, chat, "ответ, Анна")
    assert shown.text.splitlines() == [
        "№ 1 · Школа № 12",
        words("card-state-closed"),
        words("card-taken", name="Анна"),
        "24.11 10:00 Гульнара: Где бассейн?",
        "24.11 10:00 · взято (Анна)",
        "24.11 10:03 ответ, Анна (✔ доставлен 24.11 10:03): На Ленина, 5. [Фото]",
        "24.11 10:06 изменено, Анна: На Ленина, 7.",
        "24.11 10:09 · закрыто (Булат)",
    ]


async def test_the_command_in_reply_to_a_card_needs_no_number(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks("Где бассейн?")
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.telegram.group_writes(BOT, chat, "9001", "/ticket", name="Анна", reply_to=card.id)
    await region.telegram.shows(BOT, chat, "24.11 10:00 Гульнара: Где бассейн?")


async def test_a_long_time_line_keeps_its_beginning_and_its_end_in_one_message(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    for number in range(12):
        await region.asks(f"Вопрос {number}: " + "подробности " * 70)
    region.telegram.group_writes(BOT, chat, "9001", "/ticket 1", name="Анна")
    await region.settled()
    *_, shown = region.said_in(region.telegram, BOT, chat)
    assert len(shown) <= region.telegram.limits.text
    assert "Вопрос 0:" in shown
    assert "Вопрос 11:" in shown
    left_out = sum(f"Вопрос {number}:" not in shown for number in range(12))
    assert left_out > 0
    assert words("time-line-cut", count=left_out) in shown


async def test_the_list_leads_to_the_cards_and_says_who_answers(region: Region) -> None:
    chat = await region.bind_telegram("school-12", "-1001234")
    await region.asks("Первый вопрос", user_id="11")
    await region.asks("Второй вопрос", user_id="12")
    card = await region.telegram.shows(BOT, chat, "№ 2 ·")
    region.telegram.presses(BOT, chat, "9002", card.id, "Взять", name="Булат")
    await region.settled()
    region.telegram.group_writes(BOT, chat, "9001", "/open", name="Анна")
    shown = await region.telegram.shows(BOT, chat, "Ждут ответа 2 сообщения")
    assert shown.text.splitlines()[2].endswith("отвечает Булат")
    assert [button.url for button in shown.buttons[0]][1] == f"https://t.me/c/1234/{card.id}"
    region.telegram.group_writes(BOT, chat, "9002", "/open мои", name="Булат")
    own = await region.telegram.shows(BOT, chat, "Ждёт ответа 1 сообщение")
    assert "Второй вопрос" in own.text
    region.telegram.group_writes(BOT, chat, "9001", "/open мои", name="Анна")
    await region.telegram.shows(BOT, chat, words("open-nothing-own"))


async def test_where_cards_have_no_address_a_button_answers_the_card(region: Region) -> None:
    chat = await region.bind_vk("school-12", SCHOOL_VK)
    for number in range(14):
        await region.asks(f"Вопрос {number}", user_id=str(100 + number))
    region.vk.group_writes(SCHOOL_VK, chat, "9101", "/open", name="Мария")
    shown = await region.vk.shows(SCHOOL_VK, chat, "Ждут ответа 14 сообщений")
    assert len(shown.text.splitlines()) == 15
    card = await region.vk.shows(SCHOOL_VK, chat, "№ 3 ·")
    region.vk.presses(SCHOOL_VK, chat, "9101", shown.id, "№ 3", name="Мария")
    here = await region.vk.shows(SCHOOL_VK, chat, words("open-here", number=3))
    assert here.reply_to == card.id
