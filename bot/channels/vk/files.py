"""Fetching what a VK message carried, by the address VK gave for it."""

from typing import Final
from urllib.parse import urljoin, urlsplit

import aiohttp

from bot.channels.vk.connection import Connection
from bot.domain.errors import ChannelBusyError, FileUnavailableError
from bot.domain.message import Attachment, File
from bot.domain.spool import Spool, Spooling

_HOSTS: Final = (
    *("vk.com", "vk.ru", "vk.me", "userapi.com", "vk-cdn.net", "vkuser.net", "vkuserphoto.ru", "vkuservideo.net"),
    *("vkuseraudio.net", "vkuseraudio.com", "vkuserlive.net", "vk-portal.net", "okcdn.ru", "mycdn.me"),
)
"""Where VK keeps files. An address elsewhere is never asked: an event must not make us call our own network."""
_MOST_REDIRECTS: Final = 5
_TIMEOUT: Final = aiohttp.ClientTimeout(total=120, sock_connect=10, sock_read=30)


class Files:
    """Downloads from VK's own hosts; `api_url` adds the host of a local server that plays VK."""

    def __init__(self, connection: Connection, *, api_url: str, spooling: Spooling | None = None) -> None:
        self._connection = connection
        self._spooling = spooling or Spooling()
        api = urlsplit(api_url)
        # Only a whole origin is trusted: on the machine of a local server other ports may be anything.
        self._own = (api.scheme, api.netloc)

    async def fetch(self, attachment: Attachment) -> File:
        """Return the bytes; raises FileUnavailableError or ChannelBusyError."""
        with self._spooling.open() as spool:
            await self._follow(attachment.reference, spool)
            return spool.file(name=attachment.name or "file", mime=attachment.mime)

    async def _follow(self, address: str, spool: Spool) -> None:
        for _ in range(_MOST_REDIRECTS):
            if not self._is_vk(address):
                raise FileUnavailableError("the attachment has no address in VK")
            found = await self._get(address, spool)
            if found is None:
                return
            address = urljoin(address, found)
        raise FileUnavailableError("VK sends from one address to another without end")

    def _is_vk(self, address: str) -> bool:
        try:
            parts = urlsplit(address)
            host = parts.hostname or ""
        except ValueError:
            return False
        if (parts.scheme, parts.netloc) == self._own:
            return True
        is_known = any(host == known or host.endswith(f".{known}") for known in _HOSTS)
        return parts.scheme == "https" and is_known and parts.netloc.lower() == host

    async def _get(self, address: str, spool: Spool) -> str | None:
        """Take the bytes, or return the address to which VK sends us on."""
        try:
            async with self._connection.session().get(address, allow_redirects=False, timeout=_TIMEOUT) as response:
                if response.status in (301, 302, 303, 307, 308):
                    return response.headers.get("Location", "")
                if response.status == 429 or response.status >= 500:
                    raise ChannelBusyError(f"VK answered a download with HTTP {response.status}")
                if response.status != 200:
                    raise FileUnavailableError(f"VK answered a download with HTTP {response.status}")
                spool.expect(response.content_length)
                async for piece in response.content.iter_chunked(2**16):
                    spool.write(piece)
                return None
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise ChannelBusyError(f"a file could not be fetched from VK: {type(error).__name__}") from None
