"""A citizen is forgotten when they ask: words, files, name and number go, tickets and their times stay."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.ticket import TicketState
from storage.database import Database
from storage.personal import erase_person, export_person
from storage.tables import audit, metadata
from tests.stories.region import BOT, SCHOOL_VK, Region, living_region, words

CITIZEN = "77001122"
NAME = "Гульнара Сафина"
WORDS = "Замёрз бассейн в пятом корпусе"
FURTHER = "Вода ледяная уже неделю"


async def test_who_asks_to_be_forgotten_is_asked_once_more_and_then_forgotten(
    region: Region, database: Database
) -> None:
    chat = await region.bind_telegram("school-12")
    await asks_twice(region)
    await answers(region, chat)
    before = await region.ticket(1)
    await says(region, FURTHER)

    await says(region, "/delete")
    assert heard(region)[-1] == words("erase-ask")
    presses(region, words("button-erase"))
    await region.settled()

    assert heard(region)[-1] == words("erase-done")
    after = await region.ticket(1)
    assert after.citizen.is_erased
    assert after.citizen.name == ""
    assert after.ticket.first_answered_at == before.ticket.first_answered_at is not None
    assert after.ticket.state is TicketState.CLOSED
    assert [message.said_at for message in after.messages][: len(before.messages)] == [
        message.said_at for message in before.messages
    ]
    assert {message.text for message in after.messages} == {""}
    assert await traces(database) == []


async def test_the_work_chat_is_told_and_its_words_are_taken_away(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await asks_twice(region)
    await says(region, "/delete")
    presses(region, words("button-erase"))
    await region.settled()

    shown = region.said_in(region.telegram, BOT, chat)
    assert words("erased-in-work-chat", number=1) in shown
    assert not any(WORDS in text or FURTHER in text or NAME in text for text in shown)

    told = await region.telegram.shows(BOT, chat, words("erased-in-work-chat", number=1))
    region.telegram.group_writes(BOT, chat, "9001", "Починили.", name="Анна", reply_to=told.id)
    await region.telegram.shows(BOT, chat, words("erased-no-answer", number=1))


async def test_who_writes_again_is_somebody_new(region: Region) -> None:
    await asks_twice(region)
    await says(region, "/delete")
    async with region.resting_desk():
        presses(region, words("button-erase"))
        region.vk.citizen_writes(SCHOOL_VK, CITIZEN, "И ещё вопрос", name=NAME)
    await region.settled()

    assert await region.tickets() == 2
    again = await region.ticket(2)
    assert [message.text for message in again.messages] == ["И ещё вопрос"]
    assert again.citizen.user_id == CITIZEN
    assert (await region.ticket(1)).citizen.is_erased


async def test_who_thinks_better_of_it_keeps_everything(region: Region) -> None:
    await asks_twice(region)
    await says(region, "/delete")
    presses(region, words("button-erase-not"))
    await region.settled()
    assert heard(region)[-1] == words("erase-not-done")
    assert (await region.ticket(1)).messages[0].text == WORDS


async def test_words_that_wait_for_the_consent_are_erased_too(database: Database, tmp_path: Path) -> None:
    async with living_region(database, tmp_path, consent="ask") as region:
        await says(region, WORDS)
        await says(region, "/delete")
        presses(region, words("button-erase"))
        await region.settled()
        assert await traces(database) == []
        await says(region, "/delete")
        assert heard(region)[-1] == words("erase-nothing")


@pytest.mark.both_databases
async def test_comments_are_erased_with_the_rest(region: Region, database: Database) -> None:
    region.vk.comments(SCHOOL_VK, "5", CITIZEN, WORDS, name=NAME)
    await region.settled()
    await says(region, "/delete")
    presses(region, words("button-erase"))
    await region.settled()
    assert await traces(database) == []


@pytest.mark.both_databases
async def test_an_operator_hands_out_everything_kept_and_erases_it(region: Region, database: Database) -> None:
    await region.bind_telegram("school-12")
    await asks_twice(region)
    async with database.unit() as connection:
        found = await export_person(connection, database.vault, "vk", CITIZEN)
        assert found is not None
        assert [message["text"] for message in found["tickets"][0]["messages"]] == [WORDS, FURTHER]
        assert json.dumps(found, ensure_ascii=False)
        assert await export_person(connection, database.vault, "telegram", CITIZEN) is None
        assert await erase_person(connection, database.vault, "vk", CITIZEN, actor="root", now=region.clock.now())
        assert not await erase_person(connection, database.vault, "vk", CITIZEN, actor="root", now=region.clock.now())
    await region.settled()
    assert await traces(database) == []
    assert (await region.ticket(1)).ticket.state is TicketState.CLOSED
    async with database.reading() as connection:
        [entry] = (await connection.execute(select(audit.c.actor, audit.c.action))).all()
    assert tuple(entry) == ("root", "data-erase")


async def asks_twice(region: Region) -> None:
    region.vk.citizen_writes(SCHOOL_VK, CITIZEN, WORDS, name=NAME, attachments=[("бассейн.png", "image/png", b"png")])
    await region.settled()
    await says(region, FURTHER)


async def answers(region: Region, chat: str) -> None:
    card = await region.telegram.shows(BOT, chat, WORDS)
    region.telegram.group_writes(BOT, chat, "9001", "Завтра починим", name="Анна", reply_to=card.id)
    await region.settled()


async def says(region: Region, text: str) -> None:
    region.vk.citizen_writes(SCHOOL_VK, CITIZEN, text, name=NAME)
    await region.settled()


def presses(region: Region, button: str) -> None:
    region.vk.presses(SCHOOL_VK, CITIZEN, CITIZEN, "", button, name=NAME)


def heard(region: Region) -> list[str]:
    return region.said_in(region.vk, SCHOOL_VK, CITIZEN)


async def traces(database: Database) -> list[str]:
    """Where in the whole database the person's words, name or number are still found."""
    found = []
    sought = [text.encode() for text in (CITIZEN, NAME, WORDS, FURTHER, "Завтра починим")]
    async with database.reading() as connection:
        for table in metadata.sorted_tables:
            for row in (await connection.execute(select(table))).mappings():
                for name, value in row.items():
                    content = database.vault.open(value) if isinstance(value, bytes) and value else str(value).encode()
                    escaped = [json.dumps(text.decode()).strip('"').encode() for text in sought]
                    if any(text in content for text in (*sought, *escaped)):
                        found.append(f"{table.name}.{name}: {content[:200]!r}")
    return found
