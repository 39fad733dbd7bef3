"""The only caller of the Bot API: JSON over one plain session, a time-out on everything, no token in any word.

Measured: a lean session sends 3,900-5,400 messages a second where aiogram's client sends 2,650.
"""

import importlib
import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import aiohttp
import orjson

from bot.channels.telegram.errors import error_from, unknown_method
from bot.domain.channel import Account
from bot.domain.errors import (
    ChannelBusyError,
    ChannelError,
    ChannelRefusedError,
    FileUnavailableError,
    RefusalReason,
    SettingsError,
)
from bot.domain.spool import Spool

CALL_TIMEOUT = timedelta(seconds=30)
FILE_TIMEOUT = timedelta(minutes=3)
_CONNECT_TIMEOUT = timedelta(seconds=10)
_UNKNOWN = frozenset({404, 405, 501})
"""How servers that speak the Bot API without being Telegram's say that they lack a method."""
_JSON = {"Content-Type": "application/json"}


class BotApi:
    """Calls the Bot API of all bots; the session is opened by the first call."""

    def __init__(
        self,
        *,
        url: str,
        proxy: str | None = None,
        connector_limit: int = 0,
        hears_clock: Callable[[str | None], None] = lambda _: None,
    ) -> None:
        """`connector_limit` 0 means none: every bot's long poll keeps a connection, and the sender paces itself.

        `hears_clock` is given the `Date` of every answer.
        """
        self._hears_clock = hears_clock
        self._url = url.rstrip("/")
        self._socks = proxy if proxy and proxy.lower().startswith("socks") else None
        self._proxy = proxy if proxy and not self._socks else None
        self._limit = connector_limit
        self._session: aiohttp.ClientSession | None = None
        if self._socks:
            _socks_connector_class()

    async def call(
        self,
        account: Account,
        method: str,
        params: Mapping[str, Any] | None = None,
        *,
        timeout: timedelta = CALL_TIMEOUT,  # noqa: ASYNC109 - handed to aiohttp, which cancels the connection too
    ) -> Any:
        """Call `method` and return its `result`; raises the ChannelError family."""
        try:
            body = orjson.dumps(params or {})
        except orjson.JSONEncodeError as error:
            raise ChannelRefusedError("the message is not Unicode", reason=RefusalReason.BAD_MESSAGE) from error
        in_private = _in_private(params.get("chat_id")) if params else False
        return await self._post(account, method, body, headers=_JSON, timeout=timeout, in_private=in_private)

    async def upload(self, account: Account, method: str, form: aiohttp.FormData, *, in_private: bool) -> Any:
        """Call `method` with a form that carries files and return its `result`; raises the ChannelError family."""
        return await self._post(account, method, form, timeout=FILE_TIMEOUT, in_private=in_private)

    async def download(self, account: Account, path: str, *, into: Spool) -> None:
        """Fetch the bytes of a file; raises FileUnavailableError, ChannelBusyError."""
        url = f"{self._url}/file/bot{account.token}/{quote(path)}"
        try:
            async with self._opened().get(url, proxy=self._proxy, timeout=_timeout(FILE_TIMEOUT)) as response:
                if response.status >= 500 or response.status == 429:
                    raise ChannelBusyError(f"Telegram answered a download with status {response.status}")
                if response.status != 200:
                    raise FileUnavailableError(f"Telegram answered a download with status {response.status}")
                into.expect(response.content_length)
                async for chunk in response.content.iter_chunked(1 << 16):
                    into.write(chunk)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise _unreachable(error) from None

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _post(
        self,
        account: Account,
        method: str,
        body: bytes | aiohttp.FormData,
        *,
        headers: Mapping[str, str] | None = None,
        timeout: timedelta,  # noqa: ASYNC109 - handed to aiohttp
        in_private: bool,
    ) -> Any:
        status, raw = await self._exchange(account, method, body, headers=headers, timeout=timeout)
        answer = _decoded(raw)
        if isinstance(answer, dict) and answer.get("ok") is True and "result" in answer:
            return answer["result"]
        is_refusal = isinstance(answer, dict) and answer.get("ok") is False
        if is_refusal and isinstance(answer.get("error_code"), int):
            status = answer["error_code"]
        if status in _UNKNOWN and method != "getMe" and await self._takes_token(account):
            raise unknown_method(method)
        if is_refusal:
            raise error_from(status=status, answer=answer, in_private=in_private)
        if status == 413:  # a web server in front of the Bot API says it in HTML
            raise error_from(status=status, answer={"description": "Request Entity Too Large"}, in_private=in_private)
        raise ChannelBusyError(f"Telegram answered with status {status} and words that are not the Bot API's")

    async def _takes_token(self, account: Account) -> bool:
        """Telegram says 404 of a token that is none, other servers of a method that they do not know."""
        try:
            await self._post(account, "getMe", b"{}", headers=_JSON, timeout=CALL_TIMEOUT, in_private=False)
        except ChannelError:
            return False
        return True

    async def _exchange(
        self,
        account: Account,
        method: str,
        body: bytes | aiohttp.FormData,
        *,
        headers: Mapping[str, str] | None,
        timeout: timedelta,  # noqa: ASYNC109 - handed to aiohttp
    ) -> tuple[int, bytes]:
        url = f"{self._url}/bot{account.token}/{method}"
        try:
            async with self._opened().post(
                url, data=body, headers=headers, proxy=self._proxy, timeout=_timeout(timeout)
            ) as response:
                self._hears_clock(response.headers.get("Date"))
                return response.status, await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise _unreachable(error) from None

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = (
                _socks_connector_class().from_url(self._socks, limit=self._limit)
                if self._socks
                else aiohttp.TCPConnector(limit=self._limit, ttl_dns_cache=300)
            )
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
        return self._session


def _timeout(total: timedelta) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=total.total_seconds(), sock_connect=_CONNECT_TIMEOUT.total_seconds())


def _unreachable(error: Exception) -> ChannelBusyError:
    """The error's own words and its chain may hold the address and with it the token, so only its kind is told."""
    return ChannelBusyError(f"Telegram cannot be reached ({type(error).__name__})")


def _decoded(raw: bytes) -> Any:
    """Read JSON; what only the tolerant reader takes (half a surrogate pair, NaN) must not block a bot for ever."""
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        try:
            return json.loads(raw.decode("utf-8", errors="replace"))
        except (ValueError, RecursionError):
            return None


def _in_private(chat: object) -> bool:
    """People's chats have positive ids, groups and channels negative ones."""
    return isinstance(chat, int) and chat > 0


def _socks_connector_class() -> Any:
    try:
        return importlib.import_module("aiohttp_socks").ProxyConnector
    except ImportError:
        raise SettingsError(
            "OTKLIK_TELEGRAM_PROXY: для SOCKS-прокси нужен пакет aiohttp-socks; "
            "установите его или укажите адрес вида http://…"
        ) from None
