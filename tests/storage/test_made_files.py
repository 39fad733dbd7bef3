"""Files that we made ourselves are kept sealed until they are sent, and not for long."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.errors import FileUnavailableError
from bot.domain.message import AttachmentKind
from storage.database import Database
from storage.made_files import KEPT, MadeFile, keep_files, read_file
from storage.retention import clear_done
from storage.tables import made_files

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
SHEET = MadeFile(name="Otklik_Образование_2026-11.csv", mime="text/csv", content="№;әө\n".encode())
PICTURE = MadeFile(name="a.png", mime="image/png", content=b"\x89PNG", is_shown=True, fallback="Картинки нет")


async def test_a_made_file_is_kept_sealed_and_read_as_it_was(database: Database) -> None:
    async with database.unit() as connection:
        sheet, picture = await keep_files(connection, database.vault, [SHEET, PICTURE], now=NOW)
    async with database.reading() as connection:
        opened = await read_file(connection, database.vault, sheet)
        stored = (await connection.execute(select(made_files.c.content))).scalars().all()
    assert (opened.name, opened.mime, opened.whole()) == (SHEET.name, SHEET.mime, SHEET.content)
    assert (sheet.kind, picture.kind) == (AttachmentKind.DOCUMENT, AttachmentKind.PHOTO)
    assert (sheet.channel, sheet.size, picture.fallback) == ("otklik", len(SHEET.content), "Картинки нет")
    assert not any(SHEET.content in bytes(content) or PICTURE.content in bytes(content) for content in stored)


async def test_a_made_file_goes_after_a_week(database: Database) -> None:
    async with database.unit() as connection:
        (kept,) = await keep_files(connection, database.vault, [SHEET], now=NOW)
        assert await clear_done(connection, now=NOW + KEPT) == 0
        assert await clear_done(connection, now=NOW + KEPT + timedelta(seconds=1)) == 1
    async with database.reading() as connection:
        with pytest.raises(FileUnavailableError):
            await read_file(connection, database.vault, kept)
