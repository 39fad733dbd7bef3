"""Files that we made ourselves, on their way to whoever asked for them: sealed, and gone after a week."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import FileUnavailableError
from bot.domain.message import Attachment, AttachmentKind, File
from storage.codec import INTERNAL
from storage.tables import made_files
from storage.vault import Vault

KEPT = timedelta(days=7)
"""Longer than a message is tried (`bot.domain.retry`): what is still to be sent is never taken away."""
_AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeFile:
    """A file as it was made."""

    name: str
    mime: str
    content: bytes = field(repr=False)
    is_shown: bool = False
    """Whether it is a picture that the chat shows at once; else it goes as a document, which nobody makes smaller."""
    fallback: str = ""
    """What the reader gets instead when the messenger does not take it."""


async def keep_files(
    connection: AsyncConnection, vault: Vault, files: Sequence[MadeFile], *, now: datetime
) -> tuple[Attachment, ...]:
    """Store files; returns the attachments by which messages carry them."""
    kept = []
    for file in files:
        row = {"name": file.name, "mime": file.mime, "content": vault.seal(file.content), "made_at": now}
        number = (await connection.execute(insert(made_files).returning(made_files.c.id), row)).scalar_one()
        kept.append(
            Attachment(
                kind=AttachmentKind.PHOTO if file.is_shown else AttachmentKind.DOCUMENT,
                channel=INTERNAL,
                community="",
                reference=str(number),
                name=file.name,
                size=len(file.content),
                mime=file.mime,
                fallback=file.fallback,
            )
        )
    return tuple(kept)


async def read_file(connection: AsyncConnection, vault: Vault, attachment: Attachment) -> File:
    """Return a file's bytes. Raises FileUnavailableError when they are no longer kept."""
    number = int(attachment.reference) if attachment.reference.isdecimal() else 0
    row = (await connection.execute(select(made_files).where(made_files.c.id == number))).one_or_none()
    if row is None:
        raise FileUnavailableError("the file is no longer kept")
    return File(name=row.name, mime=row.mime, content=vault.open(row.content))


async def clear_old_files(connection: AsyncConnection, *, now: datetime) -> int:
    """Delete files that are older than any message that could still carry them; returns how many went."""
    old = select(made_files.c.id).where(made_files.c.made_at < now - KEPT).limit(_AT_ONCE)
    cleared = await connection.execute(delete(made_files).where(made_files.c.id.in_(old)))
    return cleared.rowcount
