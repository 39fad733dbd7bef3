"""Words of emergency reach the duty person at once; insults arrive, flagged; the card tells who writes Tatar."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.texts import Texts
from storage.tables import tickets
from tests.stories.region import BOT, SCHOOL_VK, Region, words

FIRE = "У нас пожар в подвале"
ALERT = words("duty-alert", number=1, institution="Школа № 12", kind=words("emergency-kind-fire"))
TATAR = Texts.load()


@pytest.mark.parametrize(
    ("scopes", "told"),
    [
        (["region", "branch:Образование", "institution:school-12"], [2]),
        (["region", "branch:Образование", "municipality:Альметьевский район"], [1, 2]),
        (["region", "branch:Культура", "institution:clinic-6"], [0]),
    ],
)
async def test_the_nearest_supervisors_are_told_at_once(region: Region, scopes: list[str], told: list[int]) -> None:
    chat = await region.bind_telegram("school-12")
    people = [await region.join(str(7001 + number), scope) for number, scope in enumerate(scopes)]
    await region.asks(FIRE)

    heard = [number for number, person in enumerate(people) if ALERT in region.said_in(region.telegram, BOT, person)]
    assert heard == told
    assert "🚨" in (await region.telegram.shows(BOT, chat, FIRE)).text


async def test_they_are_told_once_without_the_words_and_also_at_night(region: Region) -> None:
    region.clock.move_to(datetime(2026, 11, 24, 23, 30, tzinfo=UTC))
    await region.bind_telegram("school-12")
    person = await region.join()
    await region.asks(f"{FIRE}, улица Ленина 5")
    await region.asks("Пожар не тушат")

    told = region.said_in(region.telegram, BOT, person)
    assert told.count(ALERT) == 1
    assert not any("Ленина" in text for text in told)


async def test_a_comment_of_an_emergency_alerts_as_well(region: Region) -> None:
    person = await region.join()
    region.vk.comments(SCHOOL_VK, "5", "11", FIRE, name="Гульнара")
    await region.settled()
    [*_, told] = region.said_in(region.telegram, BOT, person)
    assert told == words(
        "duty-alert-without-chat", number=1, institution="Школа № 12", kind=words("emergency-kind-fire")
    )


async def test_an_insult_arrives_flagged(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks("Вы там идиоты?")
    card = await region.telegram.shows(BOT, chat, "Вы там идиоты?")
    assert words("card-insult") in card.text
    region.clock.advance(timedelta(minutes=1))
    await region.asks("Когда включат свет?")
    further = await region.telegram.shows(BOT, chat, "Когда включат свет?")
    assert words("card-insult") not in further.text


@pytest.mark.both_databases
async def test_who_writes_tatar_is_answered_in_tatar_and_the_card_says_so(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks("Мэктэптэ салкын, балалар кайчан өйрәнә?")
    await region.vk.shows(SCHOOL_VK, "11", "Кабул ителде, № 1 ·")
    assert words("card-language-tt") in (await region.telegram.shows(BOT, chat, "Мэктэптэ")).text
    async with region.database.reading() as connection:
        assert (await connection.execute(select(tickets.c.language))).scalars().all() == ["tt"]


async def test_a_chosen_language_outweighs_the_words(region: Region) -> None:
    region.vk.citizen_writes(SCHOOL_VK, "11", "/language", name="Гульнара")
    await region.settled()
    region.vk.presses(SCHOOL_VK, "11", "11", "", "Русский", name="Гульнара")
    await region.settled()
    await region.asks("Мәктәптә салкын")
    await region.vk.shows(SCHOOL_VK, "11", "Принято, № 1 ·")
