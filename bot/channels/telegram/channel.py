"""Telegram behind the house's port: joins the files of this folder."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.channels.telegram import check, convert, fetch, menus, send
from bot.channels.telegram.api import BotApi
from bot.channels.telegram.check_chats import check_chats
from bot.channels.telegram.limits import LIMITS
from bot.channels.telegram.receive import Receiver
from bot.channels.telegram.topics import TopicIcons
from bot.domain.channel import POLL_PAUSE, Account, Finding, Intake, Menu, OpenFile, Profile, Severity
from bot.domain.clock import Clock, ServerClock, SystemClock
from bot.domain.event import Event
from bot.domain.message import Attachment, File, OutgoingMessage, Place, Sent
from bot.domain.spool import Spooling


class TelegramChannel:
    """The Bot API at `api_url`, for all bots that the product has."""

    name = "telegram"
    limits = LIMITS

    def __init__(
        self,
        *,
        api_url: str,
        proxy: str | None = None,
        connector_limit: int = 0,
        poll_wait: timedelta = timedelta(seconds=25),
        first_pause: timedelta = POLL_PAUSE,
        clock: Clock | None = None,
        spooling: Spooling | None = None,
    ) -> None:
        """`proxy` is an address like `http://127.0.0.1:3128`; SettingsError if it needs a package that is missing."""
        self._clock = clock or SystemClock()
        self.server_clock = ServerClock(self._clock)
        self._api = BotApi(
            url=api_url, proxy=proxy, connector_limit=connector_limit, hears_clock=self.server_clock.answered
        )
        self._icons = TopicIcons(self._api)
        self._poll_wait = poll_wait
        self._first_pause = first_pause
        self._spooling = spooling or Spooling()

    def convert(self, community: str, payload: Mapping[str, Any]) -> Event | None:
        """Read one raw update; raises MalformedEventError."""
        return convert.convert(community, payload, now=self._clock.now())

    async def receive(self, account: Account, intake: Intake) -> None:
        """Receive for one bot until cancelled; raises ConflictError, ChannelRefusedError."""
        receiver = Receiver(self._api, account, intake, wait=self._poll_wait, first_pause=self._first_pause)
        await receiver.run()

    async def send(
        self, outgoing: OutgoingMessage, *, account: Account, place: Place, row: int, open_file: OpenFile
    ) -> Sent:
        """Make one call. Telegram has no key against repetition, so `row` goes nowhere."""
        return await send.send(self._api, self._icons, outgoing, account=account, place=place, open_file=open_file)

    async def fetch(self, attachment: Attachment, *, account: Account) -> File:
        """Fetch what came through this bot; raises FileUnavailableError, ChannelBusyError."""
        return await fetch.fetch(self._api, attachment, account=account, spooling=self._spooling)

    async def profile(self, account: Account) -> Profile:
        """Ask what Telegram calls the bot."""
        return await check.profile(self._api, account)

    async def show_commands(self, account: Account, menu: Menu) -> None:
        """Set or take away one of the bot's menus."""
        await menus.show_commands(self._api, account, menu)

    async def community_named(self, account: Account, name: str) -> str | None:
        """Return nothing: here an address is all that is needed."""
        return None

    async def check(self, account: Account, *, places: Sequence[Place] = ()) -> Sequence[Finding]:
        """Try the token and look at the rights."""
        found = await check.check(self._api, account)
        if any(finding.severity is Severity.ERROR for finding in found):
            return found
        return [*found, *await check_chats(self._api, account, places)]

    async def close(self) -> None:
        """Close the connections."""
        await self._api.close()
