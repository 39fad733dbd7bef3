"""A citizen who came by no institution's door says whom the words are for; nothing written meanwhile is lost."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from storage.database import Database
from tests.stories.region import BOT, CLINIC, CLUB, SCHOOL, Region, living_region, words

DAY = timedelta(days=1)
OTHER_SCHOOL = replace(
    SCHOOL,
    code="school-12-chelny",
    name="МБОУ «СОШ № 12» г. Набережные Челны",
    municipality="Набережные Челны",
    vk_group_id="",
    vk_token="",
)


@pytest.fixture
async def two_schools(database: Database, tmp_path: Path) -> AsyncIterator[Region]:
    """The region with a second school № 12, in another town."""
    async with living_region(database, tmp_path, institutions=(SCHOOL, CLINIC, CLUB, OTHER_SCHOOL)) as living:
        yield living


async def test_a_typed_name_chooses_and_the_first_words_are_not_asked_again(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    region.telegram.citizen_writes(BOT, "31", "Почему закрыли бассейн?", name="Олег")
    await region.telegram.shows(BOT, "31", "Ваши слова сохранены. Кому их передать?")
    region.telegram.citizen_writes(BOT, "31", "школа 12 Альметьевск", name="Олег")

    promise = await region.telegram.shows(BOT, "31", "Принято, № 1 ·")
    assert "Школа № 12" in promise.text
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    assert "Почему закрыли бассейн?" in card.text
    line = await region.ticket(1)
    assert [message.text for message in line.messages] == ["Почему закрыли бассейн?"]


async def test_an_ambiguous_name_is_never_guessed(two_schools: Region) -> None:
    region = two_schools
    region.telegram.citizen_writes(BOT, "31", "Почему закрыли бассейн?")
    await region.telegram.shows(BOT, "31", "Кому их передать?")
    region.telegram.citizen_writes(BOT, "31", "школа 12")

    offer = await region.telegram.shows(BOT, "31", "Что из этого?")
    offered = [button.text for row in offer.buttons for button in row]
    assert [text for text in offered if "Альметьевский район" in text]
    assert [text for text in offered if "Набережные Челны" in text]
    await region.settled()
    assert await region.tickets() == 0

    action = next(b.action for row in offer.buttons for b in row if "Набережные Челны" in b.text)
    region.telegram.presses(BOT, "31", "31", offer.id, action)
    await region.telegram.shows(BOT, "31", "Принято, № 1 ·")
    assert (await region.ticket(1)).ticket.institution == "school-12-chelny"


async def test_branch_municipality_and_institution_are_chosen_by_buttons(region: Region) -> None:
    chat = await region.bind_telegram("club-1")
    region.telegram.citizen_writes(BOT, "31", "Будет ли ёлка?", name="Олег")
    asked = await region.telegram.shows(BOT, "31", "Кому их передать?")
    for step, says in (
        ("Выбрать по отрасли", "Выберите отрасль"),
        ("Культура", "Выберите район"),
        ("Альметьевский район", "Выберите учреждение"),
    ):
        region.telegram.presses(BOT, "31", "31", asked.id, step)
        await region.telegram.shows(BOT, "31", says)
    region.telegram.presses(BOT, "31", "31", asked.id, "Дом культуры «Нефтьче»")

    await region.telegram.shows(BOT, "31", "Принято, № 1 ·")
    await region.telegram.shows(BOT, "31", "Выбрано: Дом культуры «Нефтьче»")
    assert "Будет ли ёлка?" in (await region.telegram.shows(BOT, chat, "№ 1 ·")).text


async def test_the_way_back_leads_through_the_same_pages(region: Region) -> None:
    region.telegram.citizen_writes(BOT, "31", "Будет ли ёлка?")
    asked = await region.telegram.shows(BOT, "31", "Кому их передать?")
    for step, says in (
        ("Выбрать по отрасли", "Выберите отрасль"),
        ("Культура", "Выберите район"),
        ("Альметьевский район", "Выберите учреждение"),
        ("‹ Назад", "Выберите район"),
        ("‹ Назад", "Выберите отрасль"),
    ):
        region.telegram.presses(BOT, "31", "31", asked.id, step)
        await region.telegram.shows(BOT, "31", says)
    assert await region.tickets() == 0


async def test_five_quick_first_messages_are_one_ticket_in_order_and_the_choice_is_asked_once(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    for number in range(1, 6):
        region.telegram.citizen_writes(BOT, "31", f"Часть {number}: про бассейн", name="Олег")
    await region.telegram.shows(BOT, "31", "Кому их передать?")
    await region.settled()
    asked = [text for text in region.said_in(region.telegram, BOT, "31") if "Кому их передать?" in text]
    assert len(asked) == 1

    region.telegram.citizen_writes(BOT, "31", "школа 12 Альметьевск", name="Олег")
    await region.settled()
    assert await region.tickets() == 1
    assert [m.text for m in (await region.ticket(1)).messages] == [f"Часть {n}: про бассейн" for n in range(1, 6)]
    [card] = [text for text in region.said_in(region.telegram, BOT, chat) if "Часть" in text]
    assert card.splitlines()[1:6] == [f"Часть {number}: про бассейн" for number in range(1, 6)]


async def test_words_that_are_no_name_belong_to_the_question(region: Region) -> None:
    region.telegram.citizen_writes(BOT, "31", "Подскажите")
    await region.telegram.shows(BOT, "31", "Кому их передать?")
    region.telegram.citizen_writes(BOT, "31", "У ребёнка в раздевалке пропала куртка, что нам теперь делать?")
    await region.settled()
    region.telegram.citizen_writes(BOT, "31", "школа 12 Альметьевск")

    await region.telegram.shows(BOT, "31", "Принято, № 1 ·")
    assert [message.text for message in (await region.ticket(1)).messages] == [
        "Подскажите",
        "У ребёнка в раздевалке пропала куртка, что нам теперь делать?",
    ]


async def test_a_name_with_a_question_in_it_chooses_and_its_words_are_kept(region: Region) -> None:
    region.telegram.citizen_writes(BOT, "31", "Подскажите")
    await region.telegram.shows(BOT, "31", "Кому их передать?")
    region.telegram.citizen_writes(BOT, "31", "школа 12 Альметьевск не отапливается")
    await region.telegram.shows(BOT, "31", "Что из этого?")
    region.telegram.citizen_writes(BOT, "31", "школа 12 Альметьевск")
    await region.telegram.shows(BOT, "31", "Принято, № 1 ·")
    assert "школа 12 Альметьевск не отапливается" in [message.text for message in (await region.ticket(1)).messages]


async def test_nothing_but_a_name_is_no_question_yet(region: Region) -> None:
    region.telegram.citizen_writes(BOT, "31", "школа 12 Альметьевск")
    await region.telegram.shows(BOT, "31", "Это Школа № 12.")
    assert await region.tickets() == 0
    region.telegram.citizen_writes(BOT, "31", "Когда каникулы?")
    await region.telegram.shows(BOT, "31", "Принято, № 1 ·")


async def test_a_name_that_nobody_has_is_said_so_and_the_words_stay(region: Region) -> None:
    region.telegram.citizen_writes(BOT, "31", "Когда приём?")
    await region.telegram.shows(BOT, "31", "Кому их передать?")
    region.telegram.citizen_writes(BOT, "31", "школа 99")
    await region.telegram.shows(BOT, "31", words("nothing-found"))
    region.telegram.citizen_writes(BOT, "31", "детская поликлиника 6")
    await region.telegram.shows(BOT, "31", "Принято, № 1 ·")
    assert (await region.ticket(1)).messages[0].text == "Когда приём?"


async def test_a_deep_link_takes_the_words_that_wait(region: Region) -> None:
    region.telegram.citizen_writes(BOT, "31", "Где расписание?", name="Олег")
    await region.telegram.shows(BOT, "31", "Кому их передать?")
    region.telegram.citizen_writes(BOT, "31", "/start clinic-6", name="Олег", deep_link="clinic-6")

    await region.telegram.shows(BOT, "31", "Принято, № 1 · Детская поликлиника № 6")
    assert [message.text for message in (await region.ticket(1)).messages] == ["Где расписание?"]


async def test_a_returning_citizen_goes_to_the_earlier_institution(region: Region) -> None:
    await region.chosen("31", "school-12")
    region.telegram.citizen_writes(BOT, "31", "Первый вопрос")
    await region.telegram.shows(BOT, "31", "Принято, № 1 ·")
    chat = await region.bind_telegram("school-12")
    await region.settled()
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    await region.closes(chat, card.id)
    await region.telegram.shows(BOT, "31", "№ 1 закрыто")
    await region.later(4 * DAY)

    region.telegram.citizen_writes(BOT, "31", "Второй вопрос")
    promise = await region.telegram.shows(BOT, "31", "Принято, № 2 ·")
    assert "Школа № 12" in promise.text


async def test_start_lets_a_returning_citizen_choose_another_institution(region: Region) -> None:
    await region.chosen("31", "school-12")
    region.telegram.citizen_writes(BOT, "31", "Вопрос школе")
    await region.telegram.shows(BOT, "31", "Принято, № 1 ·")
    region.telegram.citizen_writes(BOT, "31", "/start")
    await region.telegram.shows(BOT, "31", "Передадим ваш вопрос")
    region.telegram.citizen_writes(BOT, "31", "Когда приём окулиста?")

    asked = await region.telegram.shows(BOT, "31", "Кому их передать?")
    offered = [button.text for row in asked.buttons for button in row]
    assert any("Школа № 12" in text for text in offered), "the institution of the open ticket is offered first"
    region.telegram.citizen_writes(BOT, "31", "детская поликлиника 6")
    await region.telegram.shows(BOT, "31", "Принято, № 2 · Детская поликлиника № 6")


async def test_an_unknown_link_only_greets(region: Region) -> None:
    region.telegram.citizen_writes(BOT, "31", "/start no-such-school", deep_link="no-such-school")
    await region.telegram.shows(BOT, "31", "Передадим ваш вопрос")
    region.telegram.citizen_writes(BOT, "31", "Вопрос")
    await region.telegram.shows(BOT, "31", "Кому их передать?")


async def test_a_press_on_a_button_that_nobody_sent_does_nothing(region: Region) -> None:
    region.telegram.push_raw(
        BOT,
        {
            "kind": "press",
            "chat": "31",
            "chat_kind": "private",
            "from": {"id": "31"},
            "message_id": "",
            "action": "c:i:no-such-school",
            "press_id": "p1",
            "at": region.clock.now().isoformat(),
        },
        chat="31",
    )
    await region.settled()
    assert region.said_in(region.telegram, BOT, "31") == []
    assert await region.tickets() == 0
