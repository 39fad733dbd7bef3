"""Receiving: each community's Long Poll with a position of our own, durable before the next question."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

import structlog

from bot.channels.vk.api import VERSION, Api
from bot.channels.vk.comments import COMMENT_EVENTS
from bot.channels.vk.connection import Connection
from bot.channels.vk.cropped import with_whole_messages
from bot.channels.vk.errors import UNKNOWN_METHOD, code_of
from bot.channels.vk.incoming import incoming
from bot.channels.vk.long_poll import Answer, Server, ask, read_server
from bot.channels.vk.names import Names, speakers
from bot.domain.channel import IDLE_PAUSE, POLL_PAUSE, Account, Intake
from bot.domain.clock import Clock
from bot.domain.errors import ChannelBusyError, ChannelError, ChannelRefusedError, RefusalReason

ESSENTIAL_EVENTS: Final = ("message_new", "message_reply", "message_event", "wall_reply_new")
EVENTS: Final = (
    *ESSENTIAL_EVENTS[:-1],
    *("message_edit", "message_allow", "message_deny", "message_reaction_event", "like_add", "like_remove"),
    *COMMENT_EVENTS,
)
"""What we handle. Kinds that we do not name stay as the community's owner has set them."""
SET_UP_AT_ONCE: Final = 32
"""Communities; 5,000 with two calls of 100 ms each are heard within about half a minute."""
_LONGEST_PAUSE: Final = timedelta(minutes=1)
_FIRST_WAIT: Final = timedelta(seconds=1)
"""The first question hardly waits for news, so that it is soon known whether a community can be heard."""
_LIFE: Final = timedelta(hours=6)
"""Callback events were reported lost on keys many hours old until the server was asked for anew."""
_PATIENCE_SECONDS: Final = 2.0
"""How long events wait for the names of those who speak in them, and for the rest of large messages."""
_TRIES: Final = 3
"""Failed questions in a row after which another server is asked for; asking for one too often is error 29."""

log = structlog.get_logger()


@dataclass(slots=True, kw_only=True)
class _Listener:
    """How far the listening of one community has come."""

    account: Account
    intake: Intake
    ts: str | None
    is_set_up: bool = False
    is_heard: bool = False
    """Whether Long Poll has answered yet."""
    server: Server | None = None
    server_since: datetime | None = None
    failures: int = 0
    """Tries in a row that brought nothing."""
    log: Any = field(default=None)


class Receiver:
    """Listens for any number of communities, each in its own call of `receive`."""

    def __init__(
        self, *, api: Api, set_up_api: Api, connection: Connection, names: Names, clock: Clock, wait: timedelta
    ) -> None:
        """`set_up_api` has threads of its own: setting up thousands of communities holds up no other call."""
        self._api = api
        self._set_up_api = set_up_api
        self._setting_up = asyncio.Semaphore(SET_UP_AT_ONCE)
        self._connection = connection
        self._names = names
        self._clock = clock
        self._wait = wait

    async def receive(self, account: Account, intake: Intake) -> None:
        """Store events and position together, for ever; see the port.

        What `intake` raises goes through: the position has not moved then, and the events come again.
        """
        listener = _Listener(
            account=account,
            intake=intake,
            ts=await intake.position(account),
            log=log.bind(channel=account.channel, community=account.community),
        )
        while True:
            asked_at = time.monotonic()
            try:
                answer = await self._next(listener)
            except ChannelBusyError as error:
                if error.retry_after is None:
                    await intake.reached(account, is_reached=False)
                await self._recover(listener, error)
            except ChannelRefusedError as error:
                if error.reason is RefusalReason.BAD_TOKEN:
                    raise
                # Long Poll may be switched off in the community; its owner can switch it on at any time.
                await self._recover(listener, error)
            else:
                listener.is_heard = True
                await intake.reached(account, is_reached=True)
                await self._keep(listener, answer)
                is_idle = not answer.updates and answer.failed is None
                if is_idle and time.monotonic() - asked_at < IDLE_PAUSE.total_seconds():
                    await self._clock.sleep(IDLE_PAUSE)

    async def _next(self, listener: _Listener) -> Answer:
        server = listener.server
        if not listener.is_set_up or server is None or self._is_old(listener):
            server = await self._prepare(listener)
        if listener.ts is None:
            # The first start, or VK forgot our position: from here on nothing may be missed.
            await listener.intake.store(listener.account, (), position=server.ts)
            listener.ts = server.ts
        wait = self._wait if listener.is_heard else min(self._wait, _FIRST_WAIT)
        return await ask(self._connection, server, ts=listener.ts, wait=wait, patience=self._wait)

    async def _prepare(self, listener: _Listener) -> Server:
        """Do all that comes before polling in one turn, so that the first communities need not wait for the last."""
        async with self._setting_up:
            if not listener.is_set_up:
                await self._set_up(listener)
            server = listener.server = await self._find_server(listener.account)
            listener.server_since = self._clock.now()
        return server

    async def _set_up(self, listener: _Listener) -> None:
        """Switch on what we handle: kinds and layout of events are the community's own setting, off at first."""
        settings = {"group_id": listener.account.community, "enabled": True, "api_version": VERSION}
        try:
            await self._set_up_api.call(
                listener.account, "groups.setLongPollSettings", settings | dict.fromkeys(EVENTS, True)
            )
        except ChannelError as error:
            if not isinstance(error, ChannelRefusedError) and code_of(error) != UNKNOWN_METHOD:
                raise
            # Without the right the owner may have switched everything on by hand.
            listener.log.warning("long_poll_settings_refused", error=str(error))
        listener.is_set_up = True

    async def _find_server(self, account: Account) -> Server:
        response = await self._set_up_api.call(account, "groups.getLongPollServer", {"group_id": account.community})
        return read_server(response)

    def _is_old(self, listener: _Listener) -> bool:
        return listener.server_since is None or self._clock.now() - listener.server_since >= _LIFE

    async def _keep(self, listener: _Listener, answer: Answer) -> None:
        if answer.failed is not None:
            await self._after_failed(listener, answer)
            return
        listener.failures = 0
        updates = await self._whole(listener, answer.updates)
        called = await self._called(listener, updates)
        events = [incoming(listener.account, event, names=called) for event in updates]
        if events or answer.ts != listener.ts:
            await listener.intake.store(listener.account, events, position=answer.ts)
            listener.ts = answer.ts

    async def _whole(self, listener: _Listener, events: Sequence[Any]) -> Sequence[Any]:
        """Return the events with what VK cut from large messages; what stays cut says so to its reader."""
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                return await with_whole_messages(self._api, listener.account, events)
        except (ChannelError, TimeoutError) as error:
            listener.log.warning("message_stays_cropped", error=str(error))
            return events

    async def _called(self, listener: _Listener, events: Sequence[Any]) -> dict[str, str]:
        """Return the speakers' names; whoever cannot be asked for quickly stays without one."""
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                return await self._names.names(listener.account, speakers(events))
        except (ChannelError, TimeoutError) as error:
            listener.log.warning("names_unknown", error=str(error))
            return {}

    async def _after_failed(self, listener: _Listener, answer: Answer) -> None:
        listener.failures += 1
        match answer.failed:
            case 1 if answer.ts is not None:
                listener.log.warning("events_may_be_missing", failed=1)
                await listener.intake.store(listener.account, (), position=answer.ts)
                listener.ts = answer.ts
            case 2:
                listener.server = None
            case 1 | 3:
                listener.log.warning("events_may_be_missing", failed=answer.failed)
                listener.server = None
                listener.ts = None
            case _:
                listener.log.warning("long_poll_failed", failed=repr(answer.failed)[:40])
                listener.server = None
                await self._pause(listener)
                return
        if listener.failures > 1:
            await self._pause(listener)

    async def _recover(self, listener: _Listener, error: ChannelError) -> None:
        listener.failures += 1
        if listener.failures % _TRIES == 0:
            listener.server = None
        listener.log.warning("long_poll_interrupted", error=str(error), failures=listener.failures)
        await self._pause(listener, getattr(error, "retry_after", None))

    async def _pause(self, listener: _Listener, wish: timedelta | None = None) -> None:
        growing = POLL_PAUSE * 2 ** min(listener.failures - 1, 10)
        await self._clock.sleep(max(min(growing, _LONGEST_PAUSE), wish or timedelta(0)))
