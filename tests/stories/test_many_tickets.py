"""One person cannot bury the others: ten new tickets an hour; above it words wait, go to an open one, or are urgent."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.domain.institution import Institution
from storage.database import Database
from storage.personal import erase_person, export_person
from storage.tables import messages, set_aside, tickets
from tests.stories.region import BOT, TUESDAY, Region, living_region, words

MINUTE = timedelta(minutes=1)
SCHOOLS = tuple(
    Institution(
        code=f"school-{number}",
        name=f"Школа № {number}",
        short_name=f"Школа № {number}",
        branch="Образование",
        municipality="Альметьевский район",
        vk_group_id=str(100 + number),
        vk_token=f"vk1.a.{number}",
    )
    for number in range(1, 14)
)


@pytest.fixture
async def crowd(database: Database, tmp_path: Path) -> AsyncIterator[Region]:
    async with living_region(database, tmp_path, institutions=SCHOOLS) as living:
        yield living


async def asks(region: Region, number: int, text: str = "Где бассейн", user: str = "11") -> str:
    said = region.vk.citizen_writes(str(100 + number), user, text, name="Гульнара")
    await region.settled()
    return said.id


async def ten(region: Region) -> None:
    """Open ten tickets, one a minute."""
    for number in range(1, 11):
        await asks(region, number)
        region.clock.advance(MINUTE)
    assert await region.tickets() == 10


def told(region: Region, number: int, user: str = "11") -> list[str]:
    return region.said_in(region.vk, str(100 + number), user)


def put_off(number: int, at: str) -> str:
    return words("put-off", at=f"сегодня в {at}", institution=f"Школа № {number}")


async def test_the_eleventh_is_put_off_and_opens_then_with_its_own_time(crowd: Region) -> None:
    chat = await crowd.bind_telegram("school-11")
    await ten(crowd)
    said_at = crowd.clock.now()
    await asks(crowd, 11, "Где музей")
    assert await crowd.tickets() == 10
    assert told(crowd, 11) == [put_off(11, "11:00")]
    assert "Музей" not in str(crowd.said_in(crowd.telegram, BOT, chat))

    crowd.clock.advance(3 * MINUTE)
    await asks(crowd, 11, "И во сколько")
    await asks(crowd, 12, "А тут")
    assert told(crowd, 11) == [put_off(11, "11:00")], "told once"
    assert told(crowd, 12) == [put_off(12, "11:01")], "the next place is a minute later"

    await crowd.later(TUESDAY + timedelta(minutes=59) - crowd.clock.now())
    assert await crowd.tickets() == 10
    await crowd.later(MINUTE)
    line = await crowd.ticket(11)
    assert [message.text for message in line.messages] == ["Где музей", "И во сколько"]
    assert (line.ticket.opened_at, line.ticket.institution) == (said_at, "school-11")
    assert line.ticket.waiting_since == said_at
    await crowd.telegram.shows(BOT, chat, "Где музей")
    await crowd.telegram.shows(BOT, chat, "И во сколько")
    assert "Принято, № 11 ·" in told(crowd, 11)[-1]
    assert await crowd.tickets() == 11
    await crowd.later(MINUTE)
    assert await crowd.tickets() == 12
    assert await crowd.count(set_aside) == 0

    await asks(crowd, 13)
    assert told(crowd, 13) == [put_off(13, "11:02")], "what opened later counts when it opened"


async def test_others_are_not_held_up(crowd: Region) -> None:
    await ten(crowd)
    await asks(crowd, 11, user="12")
    assert await crowd.tickets() == 11


async def test_words_for_an_open_ticket_go_there(crowd: Region) -> None:
    await ten(crowd)
    await asks(crowd, 3, "И когда откроют")
    assert [message.text for message in (await crowd.ticket(3)).messages] == ["Где бассейн", "И когда откроют"]
    assert await crowd.count(set_aside) == 0


async def test_above_the_limit_a_comment_goes_to_the_open_ticket_of_the_same_institution_only(crowd: Region) -> None:
    await ten(crowd)
    crowd.vk.comments("103", "5", "11", "А каникулы когда", name="Гульнара")
    crowd.vk.comments("111", "5", "11", "А тут каникулы когда", name="Гульнара")
    await crowd.settled()
    assert [message.text for message in (await crowd.ticket(3)).messages] == ["Где бассейн", "А каникулы когда"]
    assert await crowd.count(set_aside, set_aside.c.institution == "school-11") == 1
    assert crowd.said_in(crowd.vk, "111", "wall-111_5") == [], "nothing is said in public"


async def test_private_words_never_go_to_a_ticket_that_is_answered_in_public(crowd: Region) -> None:
    for number in range(1, 11):
        crowd.vk.comments(str(100 + number), "5", "11", "А каникулы когда", name="Гульнара")
        await crowd.settled()
    await asks(crowd, 3, "Мой сын болен")
    assert len((await crowd.ticket(3)).messages) == 1
    assert told(crowd, 3) == [put_off(3, "11:00")]


async def test_words_of_emergency_are_not_limited(crowd: Region) -> None:
    await ten(crowd)
    await asks(crowd, 11, "Пахнет газом в подъезде")
    assert (await crowd.ticket(11)).ticket.institution == "school-11"


async def test_what_waits_for_an_emergency_that_came_meanwhile_goes_on_in_its_ticket(crowd: Region) -> None:
    await ten(crowd)
    await asks(crowd, 11, "Где музей")
    await asks(crowd, 11, "Пахнет газом в подъезде")
    await crowd.later(timedelta(hours=1))
    assert await crowd.tickets() == 11
    said = [message.text for message in (await crowd.ticket(11)).messages]
    assert sorted(said) == ["Где музей", "Пахнет газом в подъезде"]


async def test_an_edit_is_what_opens(crowd: Region) -> None:
    await ten(crowd)
    said = await asks(crowd, 11, "Где музей")
    crowd.vk.edits("111", "11", "11", said, "Где библиотека")
    await crowd.settled()
    await crowd.later(timedelta(hours=1))
    assert [message.text for message in (await crowd.ticket(11)).messages] == ["Где библиотека"]


async def test_it_is_kept_sealed_and_exported_and_erased(crowd: Region, database: Database) -> None:
    await ten(crowd)
    await asks(crowd, 11, "Секретный музей")
    async with database.reading() as connection:
        kept = await export_person(connection, database.vault, "vk", "11")
        body = (await connection.execute(select(messages.c.body).where(messages.c.kind == "later"))).scalar_one()
    assert kept is not None
    assert [each["text"] for each in kept["without_institution"]] == ["Секретный музей"]
    assert "Секретный".encode() not in body
    async with database.unit() as connection:
        await erase_person(connection, database.vault, "vk", "11", actor="operator", now=crowd.clock.now())
    await crowd.later(timedelta(hours=1))
    assert (await crowd.tickets(), await crowd.count(set_aside)) == (10, 0)


async def test_a_choice_by_buttons_is_put_off_as_well(crowd: Region) -> None:
    for number in range(1, 11):
        await crowd.chosen("31", f"school-{number}")
        crowd.telegram.citizen_writes(BOT, "31", "Где бассейн", name="Олег")
        await crowd.settled()
    assert await crowd.tickets() == 10
    crowd.telegram.citizen_writes(BOT, "31", "/start", name="Олег")
    crowd.telegram.citizen_writes(BOT, "31", "Где музей", name="Олег")
    await crowd.settled()
    crowd.telegram.citizen_writes(BOT, "31", "Школа № 11", name="Олег")
    await crowd.settled()
    assert await crowd.tickets() == 10
    assert put_off(11, "11:00") in crowd.said_in(crowd.telegram, BOT, "31")
    await crowd.later(timedelta(hours=1))
    assert [message.text for message in (await crowd.ticket(11)).messages] == ["Где музей"]


async def test_comments_are_accepted_once_a_post_and_three_times_an_hour_in_their_language(crowd: Region) -> None:
    for post, text in (("1", "Бассейн кайчан ачыла"), ("2", "А каникулы когда"), ("3", "Где музей"), ("4", "Где лес")):
        crowd.vk.comments("101", post, "11", text, name="Гульнара")
        await crowd.settled()
    said = [crowd.said_in(crowd.vk, "101", f"wall-101_{post}") for post in ("1", "2", "3", "4")]
    assert [len(texts) for texts in said] == [1, 1, 1, 0]
    assert said[0][0] == "Кабул ителде, № 1. Җавап бүген 18:00 сәгатькә кадәр шушында килер."
    assert said[1][0] == "Принято, № 2. Ответим сегодня до 18:00, сюда же."
    assert await crowd.tickets() == 4

    for number in range(1, 5):
        async with crowd.database.unit() as connection:
            long_ago = TUESDAY - timedelta(days=30)
            closed = update(tickets).where(tickets.c.number == number)
            await connection.execute(closed.values(state="closed", closed_at=long_ago, ring_at=None, ring=None))
    crowd.clock.advance(timedelta(hours=2))
    crowd.vk.comments("101", "2", "11", "И снова каникулы", name="Гульнара")
    await crowd.settled()
    assert await crowd.tickets() == 5
    assert len(crowd.said_in(crowd.vk, "101", "wall-101_2")) == 1
