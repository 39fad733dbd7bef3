"""Photos and documents go both ways between messengers; what cannot be carried over is named, never dropped."""

from datetime import timedelta

import pytest

from bot.channels.memory import MemoryChannel
from bot.channels.memory_people import PretendFile
from bot.domain.channel import Account
from bot.domain.errors import ChannelBusyError
from bot.domain.message import Attachment, File
from bot.domain.spool import IN_MEMORY, Spooling
from tests.stories.region import BOT, SCHOOL_VK, Region

PHOTO: PretendFile = ("дом.png", "image/png", b"PNG-1")
PHOTO_2: PretendFile = ("двор.png", "image/png", b"PNG-2")
PLAN: PretendFile = ("план.pdf", "application/pdf", b"PDF")


def carried(messenger: MemoryChannel, community: str, chat: str) -> list[tuple[str, bytes]]:
    """Return name and bytes of every file that the bot showed in a conversation, in order."""
    shown = [message for message in messenger.transcript(community, chat) if not message.user_id]
    files = [messenger.file(file.reference) for message in shown for file in message.attachments]
    return [(file.name, file.content) for file in files]


async def test_a_photo_and_a_document_of_a_citizen_reach_the_work_chat(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    region.vk.citizen_writes(SCHOOL_VK, "11", "Вот план", attachments=[PHOTO, PLAN])
    await region.settled()
    assert "Вот план" in (await region.telegram.shows(BOT, chat, "№ 1 ·")).text
    assert carried(region.telegram, BOT, chat) == [("дом.png", b"PNG-1"), ("план.pdf", b"PDF")]
    files = [message for message in region.telegram.transcript(BOT, chat) if message.attachments]
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    assert files[0].reply_to == card.id


async def test_an_answers_files_reach_the_citizen(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks()
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    region.telegram.group_writes(
        BOT, chat, "9001", "Смотрите план", attachments=[PHOTO, PHOTO_2, PLAN], name="Анна", reply_to=card.id
    )
    await region.settled()
    assert carried(region.vk, SCHOOL_VK, "11") == [
        ("дом.png", b"PNG-1"),
        ("двор.png", b"PNG-2"),
        ("план.pdf", b"PDF"),
    ]
    await region.telegram.shows(BOT, chat, "✔ Ответ")


async def test_an_answer_may_be_a_photo_without_words(region: Region) -> None:
    chat = await region.bind_vk("school-12", SCHOOL_VK)
    await region.chosen("31")
    region.telegram.citizen_writes(BOT, "31", "Как выглядит форма?")
    card = await region.vk.shows(SCHOOL_VK, chat, "№ 1 ·")
    region.vk.group_writes(SCHOOL_VK, chat, "9101", "", attachments=[PHOTO], name="Мария", reply_to=card.id)
    await region.settled()
    assert carried(region.telegram, BOT, "31") == [("дом.png", b"PNG-1")]
    assert (await region.ticket(1)).ticket.first_answered_at is not None


async def test_more_files_than_one_message_takes_come_in_several(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    many: list[PretendFile] = [(f"{number}.png", "image/png", f"PNG-{number}".encode()) for number in range(1, 13)]
    region.vk.citizen_writes(SCHOOL_VK, "11", "Двенадцать фото", attachments=many)
    await region.settled()
    assert [name for name, _ in carried(region.telegram, BOT, chat)] == [f"{number}.png" for number in range(1, 13)]
    groups = [len(m.attachments) for m in region.telegram.transcript(BOT, chat) if m.attachments]
    assert groups == [10, 2]


async def test_a_photo_without_words_is_a_question(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    region.vk.citizen_writes(SCHOOL_VK, "11", "", attachments=[PHOTO])
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    assert "(без текста)" in card.text
    await region.settled()
    assert carried(region.telegram, BOT, chat) == [("дом.png", b"PNG-1")]


async def test_a_file_that_cannot_be_fetched_is_named_with_its_dialogue(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    shown = region.vk.citizen_writes(SCHOOL_VK, "11", "Вот план", attachments=[PLAN])
    del region.vk._files[shown.attachments[0].reference]
    said = await region.telegram.shows(BOT, chat, "[Файл: план.pdf")
    assert region.vk._link(SCHOOL_VK, "11", shown.id) in said.text
    await region.settled()
    assert carried(region.telegram, BOT, chat) == []


async def test_nobodys_words_wait_long_behind_a_file_that_its_messenger_does_not_give(
    region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fetch(*_: object, **__: object) -> File:
        raise ChannelBusyError("HTTP 500")

    chat = await region.bind_telegram("school-12")
    monkeypatch.setattr(region.vk, "fetch", fetch)
    region.vk.citizen_writes(SCHOOL_VK, "11", "Вот план", attachments=[PLAN])
    await region.settled()
    region.vk.citizen_writes(SCHOOL_VK, "12", "Когда каникулы?")
    for _ in range(24):
        await region.later(timedelta(seconds=10))
    shown = "\n".join(region.said_in(region.telegram, BOT, chat))
    assert "[Файл: план.pdf" in shown
    assert "Когда каникулы?" in shown


async def test_an_answers_file_that_cannot_be_fetched_is_named_to_the_citizen(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    await region.asks()
    card = await region.telegram.shows(BOT, chat, "№ 1 ·")
    shown = region.telegram.group_writes(
        BOT, chat, "9001", "Смотрите", attachments=[PLAN], name="Анна", reply_to=card.id
    )
    del region.telegram._files[shown.attachments[0].reference]
    answer = await region.vk.shows(SCHOOL_VK, "11", "Смотрите")
    assert answer.text.startswith("Смотрите\n[Файл: план.pdf")


async def test_words_that_waited_for_the_choice_keep_their_files(region: Region) -> None:
    chat = await region.bind_vk("clinic-6", "78")
    region.telegram.citizen_writes(BOT, "31", "Это рецепт", attachments=[PHOTO])
    await region.telegram.shows(BOT, "31", "Кому их передать?")
    region.telegram.citizen_writes(BOT, "31", "детская поликлиника 6")
    await region.settled()
    assert carried(region.vk, "78", chat) == [("дом.png", b"PNG-1")]


async def test_the_bytes_are_let_go_of_after_each_try_also_a_failed_one(
    region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = await region.bind_telegram("school-12")
    opened: list[File] = []

    async def fetch(attachment: Attachment, *, account: Account) -> File:
        with Spooling().open() as spool:
            spool.write(b"x" * (IN_MEMORY + 1))
            opened.append(spool.file(name=attachment.name, mime=attachment.mime))
        return opened[-1]

    monkeypatch.setattr(region.vk, "fetch", fetch)
    await region.asks()
    region.telegram.fail_next(ChannelBusyError("busy"), chat=chat, taken=True)
    region.vk.citizen_writes(SCHOOL_VK, "11", "Вот план", attachments=[PLAN])
    await region.settled()
    await region.later(timedelta(minutes=1))
    assert len(opened) == 2
    assert all(file.stream is not None and file.stream.closed for file in opened)
