"""The only caller of vk_api: one method of VK, by one account, without blocking the loop."""

import json
import ssl
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

import jconfig  # type: ignore[import-untyped] # comes with vk_api
import requests
import vk_api
from requests.adapters import HTTPAdapter

from bot.channels.vk.errors import UNKNOWN_METHOD, VkBusyError, error_of
from bot.channels.vk.threads import Threads
from bot.domain.channel import Account
from bot.domain.errors import ChannelBusyError

VERSION: Final = "5.199"
_HARD_CODED: Final = "https://api.vk.ru/"
"""vk_api has the address of VK's methods written into it (vk_api.py, `VkApi.method`)."""


class Api:
    """Calls VK's methods through vk_api in a few threads.

    vk_api does one request at a time under a lock, pauses before each, knows no time-out and repeats error 6 for ever
    inside itself. So every thread has a client of its own without pauses and handlers and with a time-out; how often
    VK is called is the pace's business.
    """

    def __init__(
        self,
        *,
        api_url: str,
        tls: ssl.SSLContext | None = None,
        threads: int = 8,
        timeout: timedelta = timedelta(seconds=15),
        hears_clock: Callable[[str | None], None] = lambda _: None,
    ) -> None:
        self._hears_clock = hears_clock
        self._address = api_url.rstrip("/") + "/"
        self._tls = tls
        self._timeout = timeout.total_seconds()
        self._threads = Threads(size=threads, make_tool=self._make_client, close_tool=_Client.close)

    async def call(self, account: Account, method: str, params: Mapping[str, Any] | None = None) -> Any:
        """Return VK's `response`. Lists are joined by commas, mappings become JSON, None is left out.

        Raises ChannelBusyError or ChannelRefusedError (`VkRefusedError` with VK's code).
        """
        return _response(await self.call_raw(account, method, params))

    async def call_raw(self, account: Account, method: str, params: Mapping[str, Any] | None = None) -> Any:
        """Return VK's whole answer: `execute` has its errors beside the `response`."""
        values = encode(params or {}) | {"access_token": account.token}
        try:
            # requests has a time-out for each piece of an answer; this one is for the whole call.
            return await self._threads.run(lambda client: client.ask(method, values), patience=self._timeout * 3)
        except TimeoutError as error:
            raise ChannelBusyError(f"VK did not answer {method} in time") from error

    async def close(self) -> None:
        """Let go of the threads and their connections."""
        await self._threads.close()

    def _make_client(self) -> "_Client":
        return _Client(_Session(self._address, tls=self._tls, timeout=self._timeout, hears_clock=self._hears_clock))


class _Client(vk_api.VkApi):  # type: ignore[misc] # vk_api ships no types
    RPS_DELAY = 0.0

    def __init__(self, session: "_Session") -> None:
        super().__init__(session=session, api_version=VERSION, config=jconfig.MemoryConfig)
        # vk_api's own handlers would sleep and repeat (6) or ask a person (14, 17).
        self.error_handlers: dict[int, Any] = {}

    def ask(self, method: str, values: dict[str, str]) -> Any:
        """Make the call; blocks."""
        # `raise … from None`: the errors of vk_api and requests carry the request, and the token with it.
        try:
            return self.method(method, values, raw=True)
        except vk_api.ApiError as error:
            failure = error_of(error.error)
        except vk_api.ApiHttpError as error:
            failure = _http_failure(method, error.response.status_code)
        except requests.RequestException as error:
            failure = ChannelBusyError(f"VK could not be reached for {method}: {type(error).__name__}")
        except (KeyError, TypeError, ValueError) as error:
            failure = ChannelBusyError(f"VK's answer to {method} cannot be read: {type(error).__name__}")
        raise failure from None

    def close(self) -> None:
        """Close the connections."""
        self.http.close()


class _Session(requests.Session):
    """Goes to our address instead of the written-in one, and never waits for ever."""

    def __init__(
        self,
        address: str,
        *,
        tls: ssl.SSLContext | None,
        timeout: float,
        hears_clock: Callable[[str | None], None],
    ) -> None:
        super().__init__()
        self._hears_clock = hears_clock
        self._address = address
        self._timeout = timeout
        self.trust_env = False  # the proxy of the settings is for Telegram only
        if tls is not None:
            self.mount("https://", _TrustingAdapter(tls))

    def request(self, method: str, url: str | bytes, *args: Any, **kwargs: Any) -> requests.Response:
        """Send a request as `requests.Session` does."""
        target = str(url).replace(_HARD_CODED, self._address, 1)
        kwargs.setdefault("timeout", (min(5.0, self._timeout), self._timeout))
        kwargs.setdefault("allow_redirects", False)
        response = super().request(method, target, *args, **kwargs)
        self._hears_clock(response.headers.get("Date"))
        return response


class _TrustingAdapter(HTTPAdapter):
    """Trusts the extra root certificates of the settings besides the usual ones."""

    def __init__(self, tls: ssl.SSLContext) -> None:
        self._tls = tls
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pool of connections."""
        super().init_poolmanager(*args, ssl_context=self._tls, **kwargs)


def encode(params: Mapping[str, Any]) -> dict[str, str]:
    """Write parameters as VK's forms want them; vk_api itself would send a mapping as its first key, True as `True`."""
    return {name: _encode(value) for name, value in params.items() if value is not None}


def _encode(value: Any) -> str:
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if isinstance(value, list | tuple):
        return ",".join(map(_encode, value))
    return str(value)


def _http_failure(method: str, status: int) -> ChannelBusyError:
    """VK itself refuses in JSON with status 200; a 404 may also come from a broken gateway, so it is no refusal."""
    says = f"VK answered {method} with HTTP {status}"
    return VkBusyError(says, code=UNKNOWN_METHOD) if status in (404, 405, 501) else ChannelBusyError(says)


def _response(answer: Any) -> Any:
    if not isinstance(answer, Mapping) or "response" not in answer:
        raise ChannelBusyError("VK's answer has no response")
    return answer["response"]
