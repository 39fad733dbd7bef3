"""Bringing the files of one message or comment to VK; what cannot be brought is told in words."""

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.vk.upload import PICTURES, Desk, Upload
from bot.domain.channel import Account, OpenFile
from bot.domain.errors import FileUnavailableError
from bot.domain.message import Attachment, AttachmentKind, File

_AT_ONCE = 8
"""Files of all messages together that are in our hands at one time: they lie on the disk, and the line is one."""
_AS_PICTURE = (AttachmentKind.PHOTO, AttachmentKind.STICKER)
_VOICES = ("audio/ogg", "audio/mpeg")
"""What VK plays as a voice message (dev.vk.com, docs.getMessagesUploadServer)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desks:
    """Where the files of one message are handed in."""

    photos: Desk | None = None
    voices: Desk | None = None
    documents: Desk


class Uploads:
    """Uploads attachments of any channel."""

    def __init__(self, upload: Upload) -> None:
        self._upload = upload
        self._in_hand = asyncio.Semaphore(_AT_ONCE)

    async def for_message(
        self, attachments: Sequence[Attachment], *, account: Account, peer: str, open_file: OpenFile
    ) -> tuple[list[str], list[str]]:
        """Return VK's names of what was uploaded, and the fallback sentences of what could not be, both in order.

        Raises ChannelBusyError, and ChannelRefusedError when VK would refuse the message itself.
        """
        photos = self._upload.desk(account, "photos.getMessagesUploadServer", {"peer_id": peer})
        documents = self._upload.desk(account, "docs.getMessagesUploadServer", {"type": "doc", "peer_id": peer})
        voices = self._upload.desk(account, "docs.getMessagesUploadServer", {"type": "audio_message", "peer_id": peer})
        desks = _Desks(photos=photos, voices=voices, documents=documents)
        return await self._all(attachments, desks, open_file)

    async def for_comment(
        self, attachments: Sequence[Attachment], *, account: Account, open_file: OpenFile
    ) -> tuple[list[str], list[str]]:
        """Do the same for a comment, for which a community's token may upload documents only."""
        documents = self._upload.desk(account, "docs.getWallUploadServer", {"group_id": account.community})
        return await self._all(attachments, _Desks(documents=documents), open_file)

    async def _all(
        self, attachments: Sequence[Attachment], desks: "_Desks", open_file: OpenFile
    ) -> tuple[list[str], list[str]]:
        """Bring all of them at the same time; the first failure stops the others and is the one that is told."""
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(self._one(each, desks, open_file)) for each in attachments]
        except ExceptionGroup as failures:
            raise failures.exceptions[0] from None
        results = [task.result() for task in tasks]
        lost = [each for each, result in zip(attachments, results, strict=True) if result is None]
        return [result for result in results if result is not None], told_instead(lost)

    async def _one(self, attachment: Attachment, desks: "_Desks", open_file: OpenFile) -> str | None:
        async with self._in_hand:
            try:
                file = await open_file(attachment)
            except FileUnavailableError:
                return None
            try:
                return await self._brought(attachment, file, desks)
            except FileUnavailableError:
                return None
            finally:
                file.close()

    async def _brought(self, attachment: Attachment, file: File, desks: "_Desks") -> str | None:
        """Return VK's name of the file; what VK does not take as a picture or voice may still arrive as a document."""
        if file.mime in PICTURES and attachment.kind in _AS_PICTURE and desks.photos is not None:
            with contextlib.suppress(FileUnavailableError):
                return await self._upload.photo(file, desks.photos)
        if attachment.kind is AttachmentKind.VOICE and file.mime in _VOICES and desks.voices is not None:
            with contextlib.suppress(FileUnavailableError):
                return await self._upload.document(file, desks.voices)
        if attachment.kind is AttachmentKind.STICKER and file.mime not in PICTURES:
            return None  # a moving sticker of Telegram's: nobody could open the file
        return await self._upload.document(file, desks.documents)


def told_instead(attachments: Sequence[Attachment]) -> list[str]:
    """Return the sentences that name files which cannot go along."""
    words = [each.fallback or each.url or each.title or each.name for each in attachments]
    return [each for each in words if each]
