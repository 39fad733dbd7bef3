"""Files that we made ourselves travel like any other: to both messengers, again after a failure, named when lost."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import delete

from bot.domain.channel import Account
from bot.domain.errors import ChannelBusyError
from bot.domain.message import Attachment, AttachmentKind, OutgoingMessage, Place
from storage.database import Database
from storage.loading import lock
from storage.made_files import MadeFile, keep_files
from storage.outbox_row import OutboxKind, OutboxRow
from storage.tables import made_files
from storage.working_set import Changes
from storage.writing import write
from tests.delivery.parts import TELEGRAM, VK, PostRoom

SHEET = MadeFile(name="Otklik_Школа_2026-11.xlsx", mime="text/plain", content=b"PK\x03\x04", fallback="Файла нет.")


async def put_out(room: PostRoom, account: Account, chat: str, file: MadeFile) -> None:
    """Put a file into the outbox as the reporter does."""
    place = Place(channel=account.channel, community=account.community, chat=chat)
    async with room.database.unit() as connection:
        number = (await lock(connection))["outbox"] + 1
        kept = await keep_files(connection, room.database.vault, [file], now=room.clock.now())
        row = OutboxRow(
            id=number,
            place=place,
            lane=place.lane,
            kind=OutboxKind.REPORT,
            message=OutgoingMessage(text="Отчёт", attachments=kept),
            created_at=room.clock.now(),
        )
        changes = Changes(outbox=[row], counters={"outbox": number})
        await write(connection, room.database.vault, changes, now=room.clock.now())


def carried(room: PostRoom, account: Account, chat: str) -> list[tuple[Attachment, bytes]]:
    """Return what came with the latest message, with its bytes."""
    channel = room.channels[account.channel]
    shown = channel.transcript(account.community, chat)[-1].attachments
    return [(each, channel.file(each.reference).whole()) for each in shown]


async def test_a_made_file_reaches_both_messengers(database: Database) -> None:
    room = PostRoom(database)
    for account in (TELEGRAM, VK):
        await put_out(room, account, "31", SHEET)
        await put_out(room, account, "32", replace(SHEET, name="a.png", mime="image/png", is_shown=True))
    async with room.sending():
        await room.until(lambda states: set(states.values()) == {"sent"})
    for account in (TELEGRAM, VK):
        ((sheet, content),) = carried(room, account, "31")
        assert (sheet.kind, sheet.name, content) == (AttachmentKind.DOCUMENT, SHEET.name, SHEET.content)
        ((picture, _),) = carried(room, account, "32")
        assert picture.kind is AttachmentKind.PHOTO


async def test_a_made_file_goes_again_after_a_failure(database: Database) -> None:
    room = PostRoom(database)
    room.vk.fail_next(ChannelBusyError("busy"))
    await put_out(room, VK, "31", SHEET)
    async with room.sending():
        await room.until_tried(1)
        await room.later(timedelta(seconds=1))
        await room.until(lambda states: set(states.values()) == {"sent"})
    ((_, content),) = carried(room, VK, "31")
    assert content == SHEET.content


async def test_of_a_made_file_that_is_gone_the_reader_is_told(database: Database) -> None:
    room = PostRoom(database)
    await put_out(room, VK, "31", SHEET)
    async with database.unit() as connection:
        await connection.execute(delete(made_files))
    async with room.sending():
        await room.until(lambda states: set(states.values()) == {"sent"})
    assert room.said(VK, "31") == ["Отчёт\nФайла нет."]
