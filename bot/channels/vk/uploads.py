"""Bringing the files of one message or comment to VK; what cannot be brought is told in words."""

import asyncio
from collections.abc import Sequence

from bot.channels.vk.upload import PICTURES, Desk, Upload
from bot.domain.channel import Account, OpenFile
from bot.domain.errors import FileUnavailableError
from bot.domain.message import Attachment, AttachmentKind


class Uploads:
    """Uploads attachments of any channel."""

    def __init__(self, upload: Upload) -> None:
        self._upload = upload

    async def for_message(
        self, attachments: Sequence[Attachment], *, account: Account, peer: str, open_file: OpenFile
    ) -> tuple[list[str], list[str]]:
        """Return VK's names of what was uploaded, and the fallback sentences of what could not be, both in order.

        Raises ChannelBusyError, and ChannelRefusedError when VK would refuse the message itself.
        """
        photos = self._upload.desk(account, "photos.getMessagesUploadServer", {"peer_id": peer})
        documents = self._upload.desk(account, "docs.getMessagesUploadServer", {"type": "doc", "peer_id": peer})
        return await self._all(attachments, photos=photos, documents=documents, open_file=open_file)

    async def for_comment(
        self, attachments: Sequence[Attachment], *, account: Account, open_file: OpenFile
    ) -> tuple[list[str], list[str]]:
        """Do the same for a comment, for which a community's token may upload documents only."""
        documents = self._upload.desk(account, "docs.getWallUploadServer", {"group_id": account.community})
        return await self._all(attachments, photos=None, documents=documents, open_file=open_file)

    async def _all(
        self, attachments: Sequence[Attachment], *, photos: Desk | None, documents: Desk, open_file: OpenFile
    ) -> tuple[list[str], list[str]]:
        """Bring all of them at the same time; the first failure stops the others and is the one that is told."""
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(self._one(each, photos, documents, open_file)) for each in attachments]
        except ExceptionGroup as failures:
            raise failures.exceptions[0] from None
        results = [task.result() for task in tasks]
        lost = [each for each, result in zip(attachments, results, strict=True) if result is None]
        words = [each.fallback or each.url or each.title or each.name for each in lost]
        return [result for result in results if result is not None], [each for each in words if each]

    async def _one(
        self, attachment: Attachment, photos: Desk | None, documents: Desk, open_file: OpenFile
    ) -> str | None:
        try:
            file = await open_file(attachment)
        except FileUnavailableError:
            return None
        if photos is not None and attachment.kind is AttachmentKind.PHOTO and file.mime in PICTURES:
            try:
                return await self._upload.photo(file, photos)
            except FileUnavailableError:
                pass  # too large or too narrow for a photo of VK's: as a document it still arrives
        try:
            return await self._upload.document(file, documents)
        except FileUnavailableError:
            return None
