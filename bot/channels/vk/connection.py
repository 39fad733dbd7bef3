"""The aiohttp session for what is not a method of VK: Long Poll, uploads, downloads."""

import ssl

import aiohttp

from bot.domain.errors import SettingsError


def trusted(ca_bundle: str | None) -> ssl.SSLContext | None:
    """Return the usual trust with the extra root certificates of the file `ca_bundle`, None when none are asked for.

    Raises SettingsError when the file cannot be read.
    """
    if ca_bundle is None:
        return None
    context = ssl.create_default_context()
    try:
        context.load_verify_locations(cafile=ca_bundle)
    except (OSError, ssl.SSLError) as error:
        raise SettingsError(f"OTKLIK_CA_BUNDLE: файл {ca_bundle} не читается как сертификаты PEM") from error
    return context


class Connection:
    """One session for all communities, opened at the first use."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self._session: aiohttp.ClientSession | None = None

    def session(self) -> aiohttp.ClientSession:
        """Return the session; every use names its own time-out."""
        if self._session is None:
            # A Long Poll holds its connection nearly all the time, one for each community: there may be thousands.
            connector = aiohttp.TCPConnector(limit=0, ssl=self._tls or True)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
        return self._session

    async def close(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()
            self._session = None
