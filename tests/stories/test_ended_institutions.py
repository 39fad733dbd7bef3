"""An institution ends: nobody is led to it any more, its successor answers, its history and open questions stay."""

from dataclasses import replace
from datetime import date, timedelta

from bot.app import move_tickets
from bot.domain.institution import Institution
from storage.institutions import write_institutions
from tests.stories.region import BOT, CLINIC_VK, CLUB, SCHOOL, SCHOOL_VK, Region


async def end(region: Region, institution: Institution, *, successor: str = "", on: date | None = None) -> None:
    ended = replace(institution, closed_on=on or region.clock.now().date(), successor=successor)
    async with region.database.unit() as connection:
        await write_institutions(connection, region.database.vault, [ended], now=region.clock.now())


async def test_its_community_answers_with_the_successor_who_gets_the_words(region: Region) -> None:
    chat = await region.bind_vk("clinic-6", CLINIC_VK)
    await end(region, SCHOOL, successor="clinic-6")
    region.vk.citizen_writes(SCHOOL_VK, "41", "Когда начнутся уроки?", name="Алия")

    told = await region.vk.shows(SCHOOL_VK, "41", "учреждение закрыто")
    assert "Теперь отвечает Детская поликлиника № 6" in told.text
    assert "https://vk.com/club78" in told.text
    assert "Когда начнутся уроки?" in (await region.vk.shows(CLINIC_VK, chat, "№ 1")).text
    assert (await region.ticket(1)).ticket.institution == "clinic-6"


async def test_without_a_successor_the_citizen_chooses_and_the_words_are_kept(region: Region) -> None:
    await region.bind_vk("clinic-6", CLINIC_VK)
    await end(region, SCHOOL)
    region.vk.citizen_writes(SCHOOL_VK, "41", "Когда начнутся уроки?", name="Алия")
    await region.vk.shows(SCHOOL_VK, "41", "учреждение закрыто")
    region.vk.citizen_writes(SCHOOL_VK, "41", "детская поликлиника 6", name="Алия")
    await region.settled()
    line = await region.ticket(1)
    assert (line.ticket.institution, [message.text for message in line.messages]) == (
        "clinic-6",
        ["Когда начнутся уроки?"],
    )


async def test_it_is_neither_found_nor_offered_from_its_last_day_on(region: Region) -> None:
    await region.bind_telegram("club-1")
    await end(region, CLUB, on=region.clock.now().date() + timedelta(days=1))
    region.telegram.citizen_writes(BOT, "31", "/start club-1", name="Олег")
    await region.telegram.shows(BOT, "31", "Дом культуры «Нефтьче»")
    await region.later(timedelta(days=1))
    region.telegram.citizen_writes(BOT, "32", "Когда концерт в «Нефтьче»?", name="Ия")
    offer = await region.telegram.shows(BOT, "32", "Кому их передать?")
    assert not any("Нефтьче" in button.text for row in offer.buttons for button in row)
    region.telegram.citizen_writes(BOT, "33", "/start club-1", name="Рим")
    await region.telegram.shows(BOT, "33", "учреждение закрыто")


async def test_a_link_to_it_leads_nowhere_else_and_claims_no_words(region: Region) -> None:
    await region.bind_telegram("school-12")
    await region.chosen()
    await end(region, CLUB)
    region.telegram.citizen_writes(BOT, "31", "/start club-1", name="Олег", deep_link="club-1")
    await region.settled()
    told = region.said_in(region.telegram, BOT, "31")
    assert "учреждение закрыто" in told[-1]
    region.telegram.citizen_writes(BOT, "31", "Будет ли ёлка?", name="Олег")
    await region.telegram.shows(BOT, "31", "Кому их передать?")
    assert await region.tickets() == 0, "the words are not for the institution chosen before"


async def test_a_greeting_in_its_community_names_who_answers_now(region: Region) -> None:
    await end(region, SCHOOL, successor="clinic-6")
    region.vk.citizen_writes(SCHOOL_VK, "41", "Здравствуйте", name="Алия")
    await region.vk.shows(SCHOOL_VK, "41", "Это Детская поликлиника № 6")


async def test_its_open_questions_go_to_the_successor_in_one_step(region: Region) -> None:
    await region.bind_vk("school-12", SCHOOL_VK)
    heirs = await region.bind_vk("clinic-6", CLINIC_VK, chat="2000000002")
    region.vk.citizen_writes(SCHOOL_VK, "41", "Когда начнутся уроки?", name="Алия")
    await region.settled()
    await end(region, SCHOOL, successor="clinic-6")
    deadline = (await region.ticket(1)).ticket.first_deadline_at

    settings = region.application.settings
    await move_tickets(settings, region.database, [1], holder="school-12", to="clinic-6")

    assert "Когда начнутся уроки?" in (await region.vk.shows(CLINIC_VK, heirs, "№ 1")).text
    moved = (await region.ticket(1)).ticket
    assert (moved.institution, moved.first_deadline_at) == ("clinic-6", deadline)
