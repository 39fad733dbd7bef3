"""One file into VK: ask where to, send the bytes, save; the result is a name like `photo-77_5_key`."""

import asyncio
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import aiohttp

from bot.channels.vk.api import Api
from bot.channels.vk.connection import Connection
from bot.channels.vk.errors import TOO_MANY_REQUESTS, VkBusyError, VkRefusedError
from bot.domain.channel import Account
from bot.domain.clock import Clock
from bot.domain.errors import ChannelBusyError, FileUnavailableError, RefusalReason
from bot.domain.message import File

PICTURES: Final = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
"""What VK can show as a photo."""
_TIMEOUT: Final = aiohttp.ClientTimeout(total=180, sock_connect=10, sock_read=60)
_OF_THE_MESSAGE: Final = frozenset({RefusalReason.BAD_TOKEN, RefusalReason.BLOCKED, RefusalReason.NOT_STARTED})
"""Refusals that concern the whole message; any other one concerns only the file."""
_TRIES: Final = 4
_PAUSE: Final = timedelta(milliseconds=400)


class Desk:
    """Where the files of one message are handed in: asked once, not for every file."""

    def __init__(self, upload: "Upload", account: Account, method: str, params: Mapping[str, Any]) -> None:
        self.account = account
        self._upload = upload
        self._method = method
        self._params = params
        self._lock = asyncio.Lock()
        self._address: str | None = None

    async def address(self) -> str:
        """Return the address to upload to."""
        async with self._lock:
            if self._address is None:
                self._address = await self._ask()
            return self._address

    async def _ask(self) -> str:
        match await self._upload.ask(self.account, self._method, self._params):
            case {"upload_url": str(address)}:
                return address
            case _:
                raise ChannelBusyError("VK named no address to upload to")


class Upload:
    """Uploads photos and documents."""

    def __init__(self, *, api: Api, connection: Connection, clock: Clock) -> None:
        self._api = api
        self._connection = connection
        self._clock = clock

    def desk(self, account: Account, method: str, params: Mapping[str, Any]) -> Desk:
        """Return where to hand in files; VK is asked only when there is a file."""
        return Desk(self, account, method, params)

    async def photo(self, file: File, desk: Desk) -> str:
        """Return the name of the uploaded photo; raises FileUnavailableError when VK does not take it."""
        taken = await self._send(await desk.address(), "photo", file)
        if taken.get("photo") in (None, "", "[]"):
            raise FileUnavailableError("VK did not take the picture")
        fields = {name: taken.get(name) for name in ("server", "photo", "hash")}
        match await self.ask(desk.account, "photos.saveMessagesPhoto", fields):
            case [Mapping() as photo, *_]:
                return _name("photo", photo)
            case _:
                raise ChannelBusyError("VK's answer about a saved picture cannot be read")

    async def document(self, file: File, desk: Desk) -> str:
        """Return the name of the uploaded document; raises FileUnavailableError when VK does not take it."""
        taken = await self._send(await desk.address(), "file", file)
        if not isinstance(taken.get("file"), str):
            raise FileUnavailableError("VK did not take the file")
        match await self.ask(desk.account, "docs.save", {"file": taken["file"], "title": file.name}):
            case {"doc": Mapping() as saved} | {"audio_message": Mapping() as saved} | [Mapping() as saved, *_]:
                return _name("doc", saved)
            case _:
                raise ChannelBusyError("VK's answer about a saved file cannot be read")

    async def ask(self, account: Account, method: str, params: Mapping[str, Any]) -> Any:
        """Call a method; a refusal that concerns only the file is a FileUnavailableError.

        A message with ten files is a dozen calls of which the pace knows one: "too many requests" is waited out here,
        or all of them would have to be made again.
        """
        tries_left = _TRIES
        while True:
            tries_left -= 1
            try:
                return await self._api.call(account, method, params)
            except VkRefusedError as error:
                if error.reason in _OF_THE_MESSAGE:
                    raise
                raise FileUnavailableError(str(error)) from error
            except VkBusyError as error:
                if error.code != TOO_MANY_REQUESTS or not tries_left:
                    raise
            await self._clock.sleep(_PAUSE)

    async def _send(self, address: str, part: str, file: File) -> Mapping[str, Any]:
        form = aiohttp.FormData()
        mime = file.mime or "application/octet-stream"
        form.add_field(part, file.opened(), filename=file.name or "file", content_type=mime)
        try:
            async with self._connection.session().post(address, data=form, timeout=_TIMEOUT) as response:
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


def _name(kind: str, thing: Mapping[str, Any]) -> str:
    owner, number, key = thing.get("owner_id"), thing.get("id"), thing.get("access_key")
    if not isinstance(owner, int) or not isinstance(number, int):
        raise ChannelBusyError("VK's answer about a saved file cannot be read")
    return f"{kind}{owner}_{number}_{key}" if isinstance(key, str) and key else f"{kind}{owner}_{number}"
