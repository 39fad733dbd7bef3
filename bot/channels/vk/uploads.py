"""Bringing files to VK: ask where to, send the bytes, save; the result is a name like `photo-77_5_key`."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import aiohttp

from bot.channels.vk.api import Api
from bot.channels.vk.connection import Connection
from bot.channels.vk.errors import VkRefusedError
from bot.domain.channel import Account, OpenFile
from bot.domain.errors import ChannelBusyError, FileUnavailableError, RefusalReason
from bot.domain.message import Attachment, AttachmentKind, File

_TIMEOUT: Final = aiohttp.ClientTimeout(total=180, sock_connect=10, sock_read=60)
_PICTURES: Final = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
_OURS_TO_TELL: Final = frozenset({RefusalReason.BAD_TOKEN, RefusalReason.BLOCKED, RefusalReason.NOT_STARTED})
"""Refusals that concern the whole message; any other one concerns only the file."""


class Uploads:
    """Uploads attachments of any channel for one message or comment."""

    def __init__(self, *, api: Api, connection: Connection) -> None:
        self._api = api
        self._connection = connection

    async def for_message(
        self, attachments: Sequence[Attachment], *, account: Account, peer: str, open_file: OpenFile
    ) -> tuple[list[str], list[str]]:
        """Return VK's names of what was uploaded, and the fallback sentences of what could not be, both in order."""
        results = await _all(self._message_file(each, account, peer, open_file) for each in attachments)
        return _sorted_out(attachments, results)

    async def for_comment(
        self, attachments: Sequence[Attachment], *, account: Account, open_file: OpenFile
    ) -> tuple[list[str], list[str]]:
        """Do the same for a comment, where a community's token may upload documents only."""
        results = await _all(self._comment_file(each, account, open_file) for each in attachments)
        return _sorted_out(attachments, results)

    async def _message_file(
        self, attachment: Attachment, account: Account, peer: str, open_file: OpenFile
    ) -> str | None:
        try:
            file = await open_file(attachment)
            if attachment.kind is AttachmentKind.PHOTO and file.mime in _PICTURES:
                try:
                    return await self._photo(file, account, peer)
                except FileUnavailableError:
                    pass  # too large or too narrow for a photo of VK's: as a document it still arrives
            server = await self._ask(account, "docs.getMessagesUploadServer", {"type": "doc", "peer_id": peer})
            return await self._document(file, account, server)
        except FileUnavailableError:
            return None

    async def _comment_file(self, attachment: Attachment, account: Account, open_file: OpenFile) -> str | None:
        try:
            file = await open_file(attachment)
            server = await self._ask(account, "docs.getWallUploadServer", {"group_id": account.community})
            return await self._document(file, account, server)
        except FileUnavailableError:
            return None

    async def _photo(self, file: File, account: Account, peer: str) -> str:
        server = await self._ask(account, "photos.getMessagesUploadServer", {"peer_id": peer})
        taken = await self._upload(server, "photo", file)
        if taken.get("photo") in (None, "", "[]"):
            raise FileUnavailableError("VK did not take the picture")
        fields = {name: taken.get(name) for name in ("server", "photo", "hash")}
        match await self._ask(account, "photos.saveMessagesPhoto", fields):
            case [Mapping() as photo, *_]:
                return _name("photo", photo)
            case _:
                raise ChannelBusyError("VK's answer about a saved picture cannot be read")

    async def _document(self, file: File, account: Account, server: Any) -> str:
        taken = await self._upload(server, "file", file)
        if not isinstance(taken.get("file"), str):
            raise FileUnavailableError("VK did not take the file")
        match await self._ask(account, "docs.save", {"file": taken["file"], "title": file.name}):
            case {"doc": Mapping() as saved} | [Mapping() as saved, *_]:
                return _name("doc", saved)
            case _:
                raise ChannelBusyError("VK's answer about a saved file cannot be read")

    async def _ask(self, account: Account, method: str, params: Mapping[str, Any]) -> Any:
        try:
            return await self._api.call(account, method, params)
        except VkRefusedError as error:
            if error.reason in _OURS_TO_TELL:
                raise
            raise FileUnavailableError(str(error)) from error

    async def _upload(self, server: Any, part: str, file: File) -> Mapping[str, Any]:
        if not isinstance(server, Mapping) or not isinstance(server.get("upload_url"), str):
            raise ChannelBusyError("VK named no address to upload to")
        form = aiohttp.FormData()
        form.add_field(part, file.content, filename=file.name, content_type=file.mime or "application/octet-stream")
        try:
            async with self._connection.session().post(server["upload_url"], data=form, timeout=_TIMEOUT) as response:
                if response.status == 413:
                    raise FileUnavailableError("the file is too large for VK")
                if response.status != 200:
                    raise ChannelBusyError(f"VK answered an upload with HTTP {response.status}")
                taken = json.loads(await response.read())
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise ChannelBusyError(f"a file could not be uploaded to VK: {type(error).__name__}") from None
        if not isinstance(taken, Mapping):
            raise ChannelBusyError("VK's answer to an upload cannot be read")
        return taken


async def _all(uploads: Any) -> list[str | None]:
    """Upload at the same time; the first failure stops the others and is the one that is told."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(upload) for upload in uploads]
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from None
    return [task.result() for task in tasks]


def _sorted_out(attachments: Sequence[Attachment], results: Sequence[str | None]) -> tuple[list[str], list[str]]:
    pairs = list(zip(attachments, results, strict=True))
    missing = [each.fallback or each.url or each.title or each.name for each, result in pairs if result is None]
    return [result for result in results if result is not None], [words for words in missing if words]


def _name(kind: str, thing: Mapping[str, Any]) -> str:
    owner, number, key = thing.get("owner_id"), thing.get("id"), thing.get("access_key")
    if not isinstance(owner, int) or not isinstance(number, int):
        raise ChannelBusyError("VK's answer about a saved file cannot be read")
    return f"{kind}{owner}_{number}_{key}" if isinstance(key, str) and key else f"{kind}{owner}_{number}"
