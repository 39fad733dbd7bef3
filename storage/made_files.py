"""Files that we made ourselves, on their way to whoever asked for them: sealed, and gone after a week."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import FileUnavailableError
from bot.domain.message import Attachment, AttachmentKind, File
from storage.codec import INTERNAL, decode_body
from storage.tables import made_files, messages
from storage.vault import Vault

KEPT = timedelta(days=7)
"""Longer than a message is tried (`bot.domain.retry`): what is still to be sent is never taken away."""
_AT_ONCE = 200
_WORDS = "words:"
"""With this begins the reference to a message whose words are the file."""


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


def words_file(message: int, *, name: str, fallback: str) -> Attachment:
    """Return a stored message's words as a file, which is made only when it is sent: nothing is kept a second time."""
    return Attachment(
        kind=AttachmentKind.DOCUMENT,
        channel=INTERNAL,
        community="",
        reference=f"{_WORDS}{message}",
        name=name,
        mime="text/plain",
        fallback=fallback,
    )


async def read_file(connection: AsyncConnection, vault: Vault, attachment: Attachment) -> File:
    """Return a file's bytes. Raises FileUnavailableError when they are no longer kept."""
    if attachment.reference.startswith(_WORDS):
        return await _read_words(connection, vault, attachment)
    number = int(attachment.reference) if attachment.reference.isdecimal() else 0
    row = (await connection.execute(select(made_files).where(made_files.c.id == number))).one_or_none()
    if row is None:
        raise FileUnavailableError("the file is no longer kept")
    return File(name=row.name, mime=row.mime, content=vault.open(row.content))


async def _read_words(connection: AsyncConnection, vault: Vault, attachment: Attachment) -> File:
    number = int(attachment.reference.removeprefix(_WORDS))
    row = (await connection.execute(select(messages.c.body).where(messages.c.id == number))).one_or_none()
    if row is None or row.body is None:
        raise FileUnavailableError("the words have been erased")
    body = decode_body(vault.open(row.body))
    words = "\n\n".join(part for part in (body.text, *(each.title for each in body.attachments)) if part)
    return File(name=attachment.name, mime=attachment.mime, content=words.encode("utf-8", "replace"))


async def clear_old_files(connection: AsyncConnection, *, now: datetime) -> int:
    """Delete files that are older than any message that could still carry them; returns how many went."""
    old = select(made_files.c.id).where(made_files.c.made_at < now - KEPT).limit(_AT_ONCE)
    cleared = await connection.execute(delete(made_files).where(made_files.c.id.in_(old)))
    return cleared.rowcount
