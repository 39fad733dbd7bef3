"""A pretend Telegram: an HTTP server that speaks the Bot API and refuses what Telegram refuses.

In process: `async with PretendTelegram() as telegram: …` with `telegram.url` and `telegram.token`. On its own:
`python -m tests.pretend.telegram --port N [--token TOKEN …] [--group CHAT_ID …]`, driven through `/control/…`.
"""

import argparse
import asyncio
import signal
from collections import deque
from types import TracebackType
from typing import Any, Self

import orjson
from aiohttp import web

from bot.domain.channel import Account
from tests.pretend.telegram_communities import Communities
from tests.pretend.telegram_control import control
from tests.pretend.telegram_faults import Fault, FaultKind, Faults, Rates
from tests.pretend.telegram_methods import Call, RefusedError, answer
from tests.pretend.telegram_world import PretendBot

TOKEN = "1000:pretend"


class PretendTelegram(Communities):
    """Telegram with its people, in this process or another."""

    def __init__(self, *tokens: str, port: int = 0) -> None:
        super().__init__()
        for token in tokens or (TOKEN,):
            self.add_bot(token)
        self.token = next(iter(self.bots))
        self.port = port
        self.calls: deque[Call] = deque(maxlen=1000)
        """The latest calls, also those that failed."""
        self.rates = False
        """Whether Telegram's speed limits hold."""
        self._faults = Faults()
        self._rates = Rates()
        self._closing = asyncio.Event()
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """What OTKLIK_TELEGRAM_API_URL must be."""
        return f"http://127.0.0.1:{self.port}"

    def account(self, token: str | None = None, *, institution: str | None = None) -> Account:
        """Return a bot as the product knows it."""
        used = token or self.token
        return Account(channel="telegram", community=used.partition(":")[0], token=used, institution=institution)

    def calls_of(self, method: str) -> list[Call]:
        """Return the latest calls of one method."""
        return [call for call in self.calls if call.method == method]

    def fail_next(
        self,
        method: str = "*",
        *,
        status: int = 500,
        retry_after: float | None = None,
        description: str = "",
        times: int = 1,
        chat: int | None = None,
    ) -> None:
        """Refuse the next `times` calls of `method` (into `chat`)."""
        parameters = {} if retry_after is None else {"retry_after": retry_after}
        self._faults.add(
            Fault(
                kind=FaultKind.REFUSE,
                method=method,
                chat=chat,
                times=times,
                status=status,
                description=description,
                parameters=parameters,
            )
        )

    def drop_next(self, method: str = "*", *, taken: bool = False, times: int = 1, chat: int | None = None) -> None:
        """Let the connection die under the next calls, after they were `taken` or before."""
        kind = FaultKind.TAKE_AND_DROP if taken else FaultKind.DROP
        self._faults.add(Fault(kind=kind, method=method, chat=chat, times=times))

    def hang_next(self, method: str = "*", *, times: int = 1, chat: int | None = None) -> None:
        """Leave the next calls without an answer."""
        self._faults.add(Fault(kind=FaultKind.HANG, method=method, chat=chat, times=times))

    def garble_next(self, method: str = "*", *, status: int = 502, times: int = 1, chat: int | None = None) -> None:
        """Answer the next calls with a page instead of JSON."""
        self._faults.add(Fault(kind=FaultKind.GARBLE, method=method, chat=chat, times=times, status=status))

    def heal(self) -> None:
        """End all faults."""
        self._faults.clear()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen; a port of 0 becomes a free one, and stays the same when started again after `stop`."""
        self._closing.clear()
        app = web.Application(client_max_size=64 << 20)
        app.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.05, handler_cancellation=True)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Stop listening, as in an outage; what there is stays. `start` ends the outage."""
        self._closing.set()
        for bot in self.bots.values():
            bot.polls += 1  # ends the polls that wait
            bot.ring()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        _, head, *rest = request.path.split("/")
        if head == "control" and rest:
            return await self._control(request, rest[0])
        if head == "file" and len(rest) > 1:
            return self._download(rest[0], "/".join(rest[1:]))
        bot = self.bots.get(head.removeprefix("bot"))
        if bot is None or len(rest) != 1:
            return _refusal(
                RefusedError(401, "Unauthorized") if head.startswith("bot") else RefusedError(404, "Not Found")
            )
        call = await _read(request, bot, rest[0])
        self.calls.append(call)
        self.changed()
        return await self._answer(request, call)

    async def _answer(self, request: web.Request, call: Call) -> web.StreamResponse:
        fault = self._faults.next_for(call)
        try:
            if fault is not None:
                failed = await self._fail(request, call, fault)
                if failed is not None:
                    return failed
            if self.rates:
                self._rates.check(call)
            result = await answer(self, call)
        except RefusedError as refused:
            self.refusals[call.method] += 1
            self.changed()
            return _refusal(refused)
        self.counts[call.method] += 1
        if fault is not None:
            _cut(request)
        body = result if isinstance(result, bytes) else orjson.dumps(result)
        return web.Response(body=b'{"ok":true,"result":' + body + b"}", content_type="application/json")

    async def _fail(self, request: web.Request, call: Call, fault: Fault) -> web.Response | None:
        """Fail as asked; None when the call is to be taken first."""
        match fault.kind:
            case FaultKind.REFUSE:
                raise fault.refusal()
            case FaultKind.DROP:
                _cut(request)
                return web.Response()
            case FaultKind.HANG:
                await self._closing.wait()
                return web.Response()
            case FaultKind.GARBLE:
                return web.Response(status=fault.status, text="<html>Bad Gateway</html>", content_type="text/html")
            case FaultKind.TAKE_AND_DROP:
                return None

    def _download(self, head: str, path: str) -> web.Response:
        bot = self.bots.get(head.removeprefix("bot"))
        found = next((file for file in self.files.values() if file.path == path), None)
        if bot is None or found is None:
            return _refusal(RefusedError(404, "Not Found"))
        return web.Response(body=found.content, content_type="application/octet-stream")

    async def _control(self, request: web.Request, action: str) -> web.Response:
        body = await request.read()
        try:
            done = await control(self, action, {**request.query, **(orjson.loads(body) if body else {})})
        except (KeyError, ValueError, AssertionError) as error:
            return web.json_response({"error": repr(error)}, status=400)
        return web.Response(body=orjson.dumps(done), content_type="application/json")


async def _read(request: web.Request, bot: PretendBot, method: str) -> Call:
    """Read a call that came as JSON, as a form, or in the address, as the Bot API takes them all."""
    params: dict[str, Any] = dict(request.query)
    uploads: dict[str, tuple[str, bytes]] = {}
    if request.content_type == "application/json":
        body = await request.read()
        params.update(orjson.loads(body) if body else {})
    elif request.method == "POST":
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                uploads[name] = (value.filename, value.file.read())
            else:
                params[name] = value
    return Call(bot=bot, method=method, params=params, uploads=uploads)


def _refusal(refused: RefusedError) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": refused.status, "description": refused.description}
    if refused.parameters:
        body["parameters"] = refused.parameters
    return web.Response(status=refused.status, body=orjson.dumps(body), content_type="application/json")


def _cut(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


async def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", action="append", default=[])
    parser.add_argument("--group", action="append", type=int, default=[])
    parser.add_argument("--rates", action="store_true")
    options = parser.parse_args()
    telegram = PretendTelegram(*options.token, port=options.port)
    telegram.rates = options.rates
    for chat_id in options.group:
        telegram.create_group(chat_id, tell=False)
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with telegram:
        print(telegram.url, flush=True)
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(_main())
