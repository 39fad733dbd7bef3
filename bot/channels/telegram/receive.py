"""Receiving by long polling: raw updates become durable first, and only the next call tells Telegram that we have them.

Not aiogram's polling: it confirms before handlers end (all messages in flight are lost at a crash), and one update
that it cannot read makes it ask for the same batch for ever.
"""

import asyncio
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import structlog

from bot.channels.telegram.api import BotApi
from bot.channels.telegram.convert import WANTED
from bot.channels.telegram.linked import LinkedChannels
from bot.channels.telegram.raw import incoming, next_offset
from bot.domain.channel import IDLE_PAUSE, POLL_PAUSE, Account, Intake
from bot.domain.errors import ChannelBusyError, ChannelError, ChannelRefusedError, ConflictError, RefusalReason

LONGEST_PAUSE = timedelta(seconds=60)
BATCH = 100
CONFLICTS_IN_A_ROW = 3
"""One conflict is our own last poll before a restart; three are another program."""

_log = structlog.get_logger()


class Receiver:
    """Receives for one account. `wait` is how long Telegram may keep an empty poll open (at most 50 seconds)."""

    def __init__(
        self,
        api: BotApi,
        account: Account,
        intake: Intake,
        *,
        wait: timedelta = timedelta(seconds=25),
        first_pause: timedelta = POLL_PAUSE,
    ) -> None:
        self._api = api
        self._account = account
        self._intake = intake
        self._wait = wait
        self._first_pause = first_pause
        self._linked = LinkedChannels(api, account)
        self._failures = 0
        self._conflicts = 0
        self._is_heard = False
        """Whether Telegram has answered: the first question does not wait for news, so that this is known at once."""

    async def run(self) -> None:
        """Receive until cancelled; raises ConflictError, ChannelRefusedError (bad token), and the intake's errors."""
        offset = _offset(await self._intake.position(self._account))
        while True:
            asked_at = time.monotonic()
            try:
                updates = await self._poll(offset)
            except ConflictError as error:
                await self._settle(error)
            except ChannelRefusedError as error:
                if error.reason is RefusalReason.BAD_TOKEN:
                    raise
                await self._pause(error)
            except ChannelError as error:
                if isinstance(error, ChannelBusyError) and error.retry_after is None:
                    await self._intake.reached(self._account, is_reached=False)
                await self._pause(error)
            else:
                self._conflicts = 0
                self._is_heard = True
                await self._intake.reached(self._account, is_reached=True)
                offset = await self._keep(updates, offset)
                if not updates and time.monotonic() - asked_at < IDLE_PAUSE.total_seconds():
                    await asyncio.sleep(IDLE_PAUSE.total_seconds())

    async def _poll(self, offset: int) -> list[Any]:
        updates = await self._api.call(
            self._account,
            "getUpdates",
            {
                "offset": offset,
                "limit": BATCH,
                "timeout": int(self._wait.total_seconds()) if self._is_heard else 0,
                "allowed_updates": WANTED,
            },
            timeout=self._wait + timedelta(seconds=10),
        )
        if not isinstance(updates, list):
            raise ChannelBusyError("Telegram's updates are not a list")
        return updates

    async def _keep(self, updates: Sequence[Any], offset: int) -> int:
        """Store the batch and return the offset that confirms it with the next poll."""
        if not updates:
            self._failures = 0
            return offset
        following, is_sure = next_offset(updates, offset)
        events = [incoming(self._account.community, update) for update in await self._linked.note(updates)]
        await self._intake.store(self._account, events, position=str(following))
        if is_sure:
            self._failures = 0
        else:
            # The same updates may come again at once; asking for them without a pause would be a busy loop.
            await self._pause(ChannelBusyError("no update of the batch has an id"))
        return following

    async def _settle(self, error: ConflictError) -> None:
        self._conflicts += 1
        if self._conflicts >= CONFLICTS_IN_A_ROW:
            raise ConflictError("Another program receives with the token of this bot; only one may.") from error
        if "webhook" in str(error).lower():
            try:
                await self._api.call(self._account, "deleteWebhook", {"drop_pending_updates": False})
            except ChannelBusyError as busy:
                await self._pause(busy)
            else:
                _log.info("telegram_webhook_removed", community=self._account.community)
                return
        await self._pause(error)

    async def _pause(self, error: ChannelError) -> None:
        """Wait as long as Telegram asks for, else twice as long as the last time, up to a minute."""
        self._failures += 1
        wish = error.retry_after if isinstance(error, ChannelBusyError) else None
        pause = wish or pause_after(self._failures, first=self._first_pause)
        _log.warning(
            "telegram_receiving_paused",
            community=self._account.community,
            seconds=pause.total_seconds(),
            failures=self._failures,
            reason=str(error),
        )
        await asyncio.sleep(pause.total_seconds())


def pause_after(failures: int, *, first: timedelta) -> timedelta:
    """Return how long to wait after so many failures in a row (1 is the first)."""
    doublings = min(failures - 1, 16)
    return min(first * (1 << doublings), LONGEST_PAUSE)


def _offset(position: str | None) -> int:
    return int(position) if position and position.isdecimal() else 0
