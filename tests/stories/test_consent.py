"""Before a citizen agrees, nothing of theirs is kept but sealed and held; then everything goes on as if said now."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.texts import Texts
from storage.database import Database
from storage.tables import citizens, held_events, inbox, links, messages, outbox, tickets
from tests.stories.region import BOT, SCHOOL_VK, TUESDAY, Region, living_region, words

TATAR = Texts.load()
YES, NO = words("button-consent-yes"), words("button-consent-no")


@pytest.fixture
async def asking(database: Database, tmp_path: Path) -> AsyncIterator[Region]:
    async with living_region(database, tmp_path, consent="ask") as living:
        yield living


async def test_nothing_is_kept_before_the_consent_and_all_is_handled_after_it(asking: Region) -> None:
    chat = await asking.bind_telegram("school-12")
    await vk_writes(asking, "Где бассейн?")

    assert said(asking) == [
        words("hello-of", institution="Школа № 12"),
        question(),
    ]
    assert await kept(asking) == 0

    asking.clock.advance(timedelta(minutes=3))
    await vk_writes(asking, "И когда он откроется?")
    assert len(said(asking)) == 2
    assert await kept(asking) == 0

    await presses(asking, YES)
    assert words("consent-given") in said(asking)
    line = await asking.ticket(1)
    assert [message.text for message in line.messages] == ["Где бассейн?", "И когда он откроется?"]
    assert line.messages[0].said_at == TUESDAY
    assert line.ticket.opened_at == TUESDAY
    card = await asking.telegram.shows(BOT, chat, "Где бассейн?")
    await asking.telegram.shows(BOT, chat, "И когда он откроется?", after=card.id)
    assert await asking.count(held_events) == 0

    before = len(said(asking))
    await vk_writes(asking, "Спасибо")
    assert question() not in said(asking)[before:]


async def test_the_words_are_kept_only_sealed(asking: Region, database: Database) -> None:
    await vk_writes(asking, "Секретные слова")
    async with database.reading() as connection:
        rows = (await connection.execute(held_events.select())).all()
    assert [row.key for row in rows] == ["consent:vk:11"]
    assert "Секретные".encode() not in rows[0].payload


@pytest.mark.both_databases
async def test_who_refuses_is_told_what_to_do_instead_and_asked_again_when_they_write_again(asking: Region) -> None:
    await vk_writes(asking, "Где бассейн?")
    await presses(asking, NO)

    assert said(asking)[-1] == words("consent-refused")
    assert await kept(asking) + await asking.count(held_events) == 0
    assert await asking.count(outbox, outbox.c.chat == "11", outbox.c.kind == "notice") == 0
    assert await raw_words(asking) == []

    await vk_writes(asking, "А всё-таки?")
    assert said(asking)[-1] == question()
    await presses(asking, YES)
    assert [message.text for message in (await asking.ticket(1)).messages] == ["А всё-таки?"]


@pytest.mark.parametrize(("typed", "language"), [("Да", "ru"), ("согласна.", "ru"), ("әйе", "tt"), ("Риза", "tt")])
async def test_the_consent_may_be_typed(asking: Region, typed: str, language: str) -> None:
    question = "Бассейн кайда?" if language == "tt" else "Где бассейн?"
    await vk_writes(asking, question)
    await vk_writes(asking, typed)

    assert [message.text for message in (await asking.ticket(1)).messages] == [question]
    assert said(asking)[-1].startswith(TATAR.say(language, "ticket-accepted", number=1, institution="Школа № 12"))


async def test_words_typed_as_a_refusal_are_one(asking: Region) -> None:
    await vk_writes(asking, "Где бассейн?")
    await vk_writes(asking, "Нет")
    assert said(asking)[-1] == words("consent-refused")
    assert await kept(asking) == 0


async def test_a_link_and_files_are_remembered_through_the_consent(asking: Region) -> None:
    chat = await asking.bind_telegram("club-1")
    asking.telegram.citizen_writes(BOT, "31", "/start club-1", name="Олег", deep_link="club-1")
    await asking.settled()
    asking.telegram.citizen_writes(
        BOT, "31", "Когда концерт?", name="Олег", attachments=[("афиша.png", "image/png", b"png")]
    )
    await asking.settled()
    assert await kept(asking) == 0

    asking.telegram.presses(BOT, "31", "31", "", YES, name="Олег")
    await asking.settled()

    line = await asking.ticket(1)
    assert line.ticket.institution == "club-1"
    assert [attachment.name for attachment in line.messages[0].attachments] == ["афиша.png"]
    await asking.telegram.shows(BOT, chat, "Когда концерт?")
    shown = asking.said_in(asking.telegram, BOT, "31")
    assert sum("59-ФЗ" in text and "Здравствуйте" in text for text in shown) == 1


async def test_who_only_started_is_invited_to_write(asking: Region) -> None:
    asking.telegram.citizen_writes(BOT, "31", "/start", name="Олег")
    await asking.settled()
    asking.telegram.presses(BOT, "31", "31", "", YES, name="Олег")
    await asking.settled()
    assert asking.said_in(asking.telegram, BOT, "31")[-1] == words("consent-thanks")


async def test_words_of_emergency_are_answered_before_the_consent_and_once(asking: Region) -> None:
    await vk_writes(asking, "У нас пожар в подъезде")
    assert words("emergency-fire") in said(asking)
    await presses(asking, YES)
    assert said(asking).count(words("emergency-fire")) == 1
    assert await asking.tickets() == 1


async def test_the_language_can_be_chosen_before_anything_is_kept(asking: Region) -> None:
    await vk_writes(asking, "Где бассейн?")
    await presses(asking, "Татарча")
    assert said(asking)[-1] == question("tt")
    assert await kept(asking) == 0

    await presses(asking, TATAR.say("tt", "button-consent-yes"))
    await asking.vk.shows(SCHOOL_VK, "11", "Кабул ителде, № 1 ·")


async def test_unanswered_words_are_erased_after_a_day_and_the_person_is_not_nagged(asking: Region) -> None:
    await vk_writes(asking, "Где бассейн?")
    asking.clock.advance(timedelta(hours=20))
    await vk_writes(asking, "Кто-нибудь ответит?")
    spoken = len(said(asking))
    await asking.application.deadlines.tidy()
    assert await asking.count(held_events) == 2

    asking.clock.advance(timedelta(hours=4, minutes=1))
    await asking.application.deadlines.tidy()
    await asking.settled()

    assert await asking.count(held_events) == 0
    assert len(said(asking)) == spoken


@pytest.mark.both_databases
async def test_who_was_known_before_there_was_a_consent_is_asked_and_their_ticket_goes_on(
    asking: Region, database: Database
) -> None:
    chat = await asking.bind_telegram("school-12")
    await vk_writes(asking, "Где бассейн?")
    await presses(asking, YES)
    async with database.unit() as connection:
        await connection.execute(update(citizens).values(consented_at=None))

    card = await asking.telegram.shows(BOT, chat, "Где бассейн?")
    asking.telegram.group_writes(BOT, chat, "9001", "Во дворе.", name="Анна", reply_to=card.id)
    answer = await asking.vk.shows(SCHOOL_VK, "11", "Во дворе.")
    asking.vk.citizen_writes(SCHOOL_VK, "11", "А дорого?", name="Гульнара", reply_to=answer.id)
    await asking.settled()
    assert said(asking)[-1] == question()
    assert len((await asking.ticket(1)).messages) == 2

    await presses(asking, YES)
    assert [message.text for message in (await asking.ticket(1)).messages] == ["Где бассейн?", "Во дворе.", "А дорого?"]


@pytest.mark.both_databases
async def test_work_chats_supervisors_and_comments_are_not_asked(asking: Region) -> None:
    chat = await asking.bind_telegram("school-12")
    person = await asking.join()
    asking.vk.comments(SCHOOL_VK, "5", "11", "Где бассейн?", name="Гульнара")
    await asking.settled()
    await asking.telegram.shows(BOT, chat, "Где бассейн?")
    asking.telegram.citizen_writes(BOT, person, "/overdue", name="Руководитель")
    await asking.settled()
    texts = asking.said_in(asking.telegram, BOT, person) + asking.said_in(asking.telegram, BOT, chat)
    assert question() not in texts


def question(language: str = "ru") -> str:
    return TATAR.say(language, "consent-question", days=365, file_days=180)


async def vk_writes(region: Region, text: str) -> None:
    region.vk.citizen_writes(SCHOOL_VK, "11", text, name="Гульнара")
    await region.settled()


async def test_who_wants_to_know_more_reads_who_keeps_what_and_how_it_is_taken_back(asking: Region) -> None:
    await asking.asks()
    await presses(asking, words("button-consent-more"))
    shown = asking.vk.transcript(SCHOOL_VK, "11")[-1]
    assert shown.text.endswith(words("consent-more-of", institution="Школа № 12"))
    assert words("button-consent-more") not in str(shown.buttons)
    await presses(asking, YES)
    assert await asking.tickets() == 1


async def presses(region: Region, button: str) -> None:
    region.vk.presses(SCHOOL_VK, "11", "11", "", button, name="Гульнара")
    await region.settled()


def said(region: Region) -> list[str]:
    return region.said_in(region.vk, SCHOOL_VK, "11")


async def raw_words(region: Region) -> list[str]:
    """What the citizen's handled events still say."""
    async with region.database.reading() as connection:
        rows = await connection.execute(select(inbox.c.payload).where(inbox.c.channel == "vk"))
        return [content.decode() for (payload,) in rows if payload and (content := region.database.vault.open(payload))]


async def kept(region: Region) -> int:
    """How many rows of the archive know of the citizen."""
    return sum([await region.count(table) for table in (citizens, tickets, messages, links)])
