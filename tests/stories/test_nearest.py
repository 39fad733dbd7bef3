"""A citizen who does not know what to type sends a place, or finds the institutions of earlier messages."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.memory_transcript import ShownMessage
from storage.database import Database
from tests.stories.region import BOT, CLINIC, CLUB, SCHOOL, SCHOOL_VK, Region, living_region, words

KREMLIN = (55.7996, 49.1058)


@pytest.fixture
async def mapped(database: Database, tmp_path: Path) -> AsyncIterator[Region]:
    """The region whose sheet tells where the school and the club are; of the clinic nobody knows."""
    school = replace(SCHOOL, latitude=55.7877, longitude=49.1005)
    club = replace(CLUB, latitude=55.7990, longitude=49.1060)
    async with living_region(database, tmp_path, institutions=(school, CLINIC, club)) as living:
        yield living


def labels(message: ShownMessage) -> list[str]:
    return [button.text for row in message.buttons for button in row]


async def test_a_place_sent_while_choosing_offers_the_nearest_with_their_distances(mapped: Region) -> None:
    region = mapped
    region.telegram.citizen_writes(BOT, "31", "Когда ёлка?")
    await region.telegram.shows(BOT, "31", words("choose-by-place"))
    region.telegram.citizen_sends_place(BOT, "31", *KREMLIN)
    offer = await region.telegram.shows(BOT, "31", words("choose-nearest"))
    assert labels(offer)[:2] == ["Дом культуры «Нефтьче» · 50 м", "Школа № 12 · 1,4 км"]

    region.telegram.presses(BOT, "31", "31", offer.id, labels(offer)[0])
    await region.telegram.shows(BOT, "31", "Принято, № 1 ·")
    line = await region.ticket(1)
    assert line.ticket.institution == "club-1"
    assert [message.text for message in line.messages] == ["Когда ёлка?"]


async def test_a_place_sent_with_the_words_goes_with_them(mapped: Region) -> None:
    region = mapped
    region.telegram.citizen_sends_place(BOT, "31", *KREMLIN, text="Здесь яма у входа")
    offer = await region.telegram.shows(BOT, "31", words("choose-nearest-kept"))
    region.telegram.presses(BOT, "31", "31", offer.id, labels(offer)[1])
    await region.telegram.shows(BOT, "31", "Принято, № 1 ·")
    [said] = (await region.ticket(1)).messages
    assert (said.text, said.attachments[0].latitude) == ("Здесь яма у входа", KREMLIN[0])


async def test_a_place_is_a_message_where_the_institution_is_known(mapped: Region) -> None:
    region = mapped
    await region.asks("Яма у школы")
    region.vk.citizen_sends_place(SCHOOL_VK, "11", *KREMLIN)
    await region.settled()
    assert [len(message.attachments) for message in (await region.ticket(1)).messages] == [0, 1]


async def test_where_no_place_is_known_a_place_is_words_like_others(region: Region) -> None:
    region.telegram.citizen_sends_place(BOT, "31", *KREMLIN)
    asked = await region.telegram.shows(BOT, "31", words("choose-institution"))
    assert words("choose-by-place") not in asked.text
    region.telegram.citizen_writes(BOT, "31", "школа 12 Альметьевск")
    await region.telegram.shows(BOT, "31", "Принято, № 1 ·")
    [said] = (await region.ticket(1)).messages
    assert [attachment.kind for attachment in said.attachments] == ["location"]


async def test_the_institutions_of_earlier_messages_are_offered_first_the_latest_on_top(region: Region) -> None:
    for code in ("club-1", "school-12", "club-1"):
        await region.chosen("31", code)
        region.telegram.citizen_writes(BOT, "31", "Вопрос")
        await region.settled()
    region.telegram.citizen_writes(BOT, "31", "/start")
    region.telegram.citizen_writes(BOT, "31", "Когда собрание?")
    asked = await region.telegram.shows(BOT, "31", words("choose-institution"))
    assert [label.split(",")[0] for label in labels(asked)[:2]] == ["Дом культуры «Нефтьче»", "Школа № 12"]
