"""Stories: the pictures of an album are one message with one acknowledgement, in order, whoever sends them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.channels.memory import MemoryChannel
from bot.channels.memory_people import PretendFile
from bot.channels.memory_transcript import ShownMessage
from storage.database import Database
from storage.tables import held_events, messages, tickets
from tests.stories.region import BOT, SCHOOL_VK, Region, living_region

MOMENT = timedelta(seconds=2)


async def pass_time(region: Region, duration: timedelta) -> None:
    """Let time pass after everything that people did has been seen."""
    await region.settled()
    await region.later(duration)


def picture(number: int) -> PretendFile:
    return (f"{number}.png", "image/png", b"PNG" * number)


def sends_album(
    messenger: MemoryChannel, user_id: str = "31", *, captions: tuple[str, ...] = ("Вот двор", "", ""), album: str = "a"
) -> list[ShownMessage]:
    return [
        messenger.citizen_writes(
            BOT, user_id, caption, name="Олег", attachments=[picture(number)], more={"album": album}
        )
        for number, caption in enumerate(captions, start=1)
    ]


def shown_files(messenger: MemoryChannel, community: str, chat: str) -> list[list[str]]:
    shown = [message for message in messenger.transcript(community, chat) if not message.user_id]
    return [[file.name for file in message.attachments] for message in shown if message.attachments]


async def test_an_album_is_one_message_with_one_acknowledgement(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.chosen()
    sends_album(region.telegram, captions=("", "Вот двор", "и забор"))
    await region.settled()
    assert await region.tickets() == 0, "another picture may come"
    await pass_time(region, MOMENT)
    assert await region.tickets() == 1
    [said] = (await region.ticket(1)).messages
    assert said.text == "Вот двор\nи забор"
    assert [file.name for file in said.attachments] == ["1.png", "2.png", "3.png"]
    assert shown_files(region.telegram, BOT, chat) == [["1.png", "2.png", "3.png"]]
    accepted = [words for words in region.said_in(region.telegram, BOT, "31") if "Принято" in words]
    assert len(accepted) == 1
    assert await region.count(held_events) == 0


async def test_pictures_that_come_late_still_belong_to_it(region: Region) -> None:
    await region.bind_telegram("school-12")
    await region.chosen()
    more = {"album": "a"}
    region.telegram.citizen_writes(BOT, "31", "Двор", attachments=[picture(1)], more=more)
    await pass_time(region, timedelta(seconds=1))
    region.telegram.citizen_writes(BOT, "31", "", attachments=[picture(2)], more=more)
    await pass_time(region, timedelta(seconds=1))
    assert await region.tickets() == 0, "the second picture came a second ago"
    await pass_time(region, timedelta(seconds=1))
    [said] = (await region.ticket(1)).messages
    assert len(said.attachments) == 2


async def test_further_words_end_the_album_and_order_is_kept(region: Region) -> None:
    await region.bind_telegram("school-12")
    await region.chosen()
    async with region.resting_desk():
        sends_album(region.telegram)
        region.telegram.citizen_writes(BOT, "31", "Когда уберут?", name="Олег")
        sends_album(region.telegram, captions=("Ещё двор", ""), album="b")
        sends_album(region.telegram, captions=("И подъезд", ""), album="c")
    await region.settled()
    assert [said.text for said in (await region.ticket(1)).messages] == ["Вот двор", "Когда уберут?", "Ещё двор"]
    await pass_time(region, MOMENT)
    said = (await region.ticket(1)).messages
    assert [message.text for message in said] == ["Вот двор", "Когда уберут?", "Ещё двор", "И подъезд"]
    assert [len(message.attachments) for message in said] == [3, 0, 2, 2]


async def test_a_restart_loses_no_picture(database: Database, tmp_path: Path) -> None:
    async with living_region(database, tmp_path) as region:
        chat = await region.bind_telegram("school-12")
        await region.chosen()
        sends_album(region.telegram)
        await region.settled()
        assert await region.count(held_events) == 3
    async with living_region(database, tmp_path, clock=region.clock, messengers=(region.telegram, region.vk)) as region:
        await pass_time(region, MOMENT)
        assert shown_files(region.telegram, BOT, chat) == [["1.png", "2.png", "3.png"]]


async def test_an_album_waits_for_the_choice_and_replies_to_any_picture_find_it(region: Region) -> None:
    chat = await region.bind_telegram("clinic-6")
    parts = sends_album(region.telegram, captions=("Рецепты", "", ""))
    await pass_time(region, MOMENT)
    region.telegram.citizen_writes(BOT, "31", "детская поликлиника 6", name="Олег")
    await region.telegram.shows(BOT, chat, "Рецепты")
    await region.settled()
    await pass_time(region, timedelta(hours=100))
    region.telegram.citizen_writes(BOT, "31", "Что скажете?", name="Олег", reply_to=parts[2].id)
    await region.settled()
    assert [said.text for said in (await region.ticket(1)).messages] == ["Рецепты", "Что скажете?"]


async def test_an_administrators_album_is_one_answer(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks()
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    for number in (1, 2):
        region.telegram.group_writes(
            BOT,
            chat,
            "9001",
            "Вот план" if number == 1 else "",
            name="Анна",
            attachments=[picture(number)],
            reply_to=card.id,
            more={"album": "b"},
        )
    await pass_time(region, MOMENT)
    answers = [said for said in (await region.ticket(1)).messages if said.kind.value == "answer"]
    assert [(said.text, len(said.attachments)) for said in answers] == [("Вот план", 2)]
    assert shown_files(region.vk, SCHOOL_VK, "11") == [["1.png", "2.png"]]


async def test_an_album_of_an_answer_finds_its_card_though_another_is_answered_meanwhile(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks()
    await region.asks("Где столовая?", user_id="12")
    first = await region.telegram.shows(BOT, chat, "№ 1 ·")
    second = await region.telegram.shows(BOT, chat, "№ 2 ·")
    region.telegram.group_writes(
        BOT, chat, "9001", "Тут", name="Анна", attachments=[picture(1)], reply_to=first.id, more={"album": "b"}
    )
    await region.settled()
    region.telegram.group_writes(BOT, chat, "9001", "Там", name="Анна", reply_to=second.id)
    await region.settled()
    assert [said.text for said in (await region.ticket(1)).messages] == ["Где бассейн?", "Тут"]
    assert [said.text for said in (await region.ticket(2)).messages] == ["Где столовая?", "Там"]


async def test_an_album_under_a_post_is_one_question(region: Region) -> None:
    await region.bind_telegram("school-12")
    for number in (1, 2):
        region.vk.comments(
            SCHOOL_VK, "5", "12", "Яма" if number == 1 else "", attachments=[picture(number)], more={"album": "c"}
        )
    await pass_time(region, MOMENT)
    [said] = (await region.ticket(1)).messages
    assert (said.text, len(said.attachments)) == ("Яма", 2)


async def test_a_caption_changed_while_the_album_is_held_is_the_one_that_counts(region: Region) -> None:
    await region.bind_telegram("school-12")
    await region.chosen()
    first, *_ = sends_album(region.telegram)
    region.telegram.edits(BOT, "31", "31", first.id, "Вот двор школы", name="Олег")
    await pass_time(region, MOMENT)
    [said] = (await region.ticket(1)).messages
    assert said.text == "Вот двор школы"
    assert len(said.attachments) == 3


@pytest.mark.both_databases
async def test_a_caption_changed_later_is_shown_and_the_pictures_stay(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.chosen()
    first, second, _ = sends_album(region.telegram)
    await pass_time(region, MOMENT)
    async with region.resting_desk():
        region.telegram.edits(BOT, "31", "31", second.id, "", name="Олег")
        region.telegram.edits(BOT, "31", "31", first.id, "Вот двор школы", name="Олег")
    told = await region.telegram.shows(BOT, chat, "Стало: Вот двор школы")
    await region.settled()
    assert "Было: Вот двор" in told.text
    assert not told.attachments
    assert await region.count(messages, messages.c.kind == "edit") == 1


async def test_pictures_of_strangers_in_a_group_that_is_no_work_chat_are_not_kept(region: Region) -> None:
    region.telegram.group_writes(BOT, "-77", "55", "", attachments=[picture(1)], more={"album": "d"})
    await region.settled()
    assert await region.count(held_events) == 0
    assert await region.count(tickets) == 0


async def test_the_edit_of_an_answers_album_keeps_its_words(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks()
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    first, second = (
        region.telegram.group_writes(
            BOT,
            chat,
            "9001",
            caption,
            name="Анна",
            attachments=[picture(number)],
            reply_to=card.id,
            more={"album": "b"},
        )
        for number, caption in ((1, "Вот плн"), (2, ""))
    )
    await region.settled()
    region.telegram.edits(BOT, chat, "9001", first.id, "Вот план", name="Анна")
    await pass_time(region, MOMENT)
    region.telegram.edits(BOT, chat, "9001", second.id, "", name="Анна")
    await region.settled()
    [answer] = [shown for shown in region.vk.transcript(SCHOOL_VK, "11") if shown.attachments]
    assert (answer.text, answer.edited) == ("Вот план", False)
    region.telegram.edits(BOT, chat, "9001", first.id, "Вот новый план", name="Анна")
    await region.settled()
    [answer] = [shown for shown in region.vk.transcript(SCHOOL_VK, "11") if shown.attachments]
    assert (answer.text, len(answer.attachments)) == ("Вот новый план", 2)


@contextmanager
def statements() -> Iterator[list[str]]:
    """Yield what is asked of the database meanwhile."""
    asked: list[str] = []

    def notice(_connection: Any, _cursor: Any, statement: str, *_others: Any) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", notice)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", notice)


async def test_only_while_pictures_are_held_somebody_looks_for_them(region: Region) -> None:
    await region.bind_telegram("school-12")
    await region.chosen()
    await region.settled()
    with statements() as asked:
        region.telegram.citizen_writes(BOT, "31", "Когда собрание?", name="Олег")
        await region.settled()
    assert not [each for each in asked if "FROM held_events" in each]

    with statements() as asked:
        sends_album(region.telegram, captions=("Вот двор",))
        await region.settled()
        region.telegram.citizen_writes(BOT, "31", "и забор", name="Олег")
        await region.settled()
    assert [each for each in asked if each.startswith("SELECT") and "FROM held_events" in each]
    assert [said.text for said in (await region.ticket(1)).messages] == ["Когда собрание?", "Вот двор", "и забор"]

    with statements() as asked:
        region.telegram.citizen_writes(BOT, "31", "Спасибо", name="Олег")
        await region.settled()
    assert not [each for each in asked if "FROM held_events" in each]
