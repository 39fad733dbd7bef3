"""VK behind the port: joins the files of this folder."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from bot.channels.vk.api import Api
from bot.channels.vk.check import Checks
from bot.channels.vk.connection import Connection, trusted
from bot.channels.vk.convert import convert
from bot.channels.vk.files import Files
from bot.channels.vk.keyboard import MOST_BUTTONS
from bot.channels.vk.names import Names, named
from bot.channels.vk.once import OnceKeys
from bot.channels.vk.receive import SET_UP_AT_ONCE, Receiver
from bot.channels.vk.send import Sender
from bot.channels.vk.upload import Upload
from bot.channels.vk.uploads import Uploads
from bot.domain.channel import Account, Finding, Intake, Limits, Menu, OpenFile, Profile, Rate
from bot.domain.clock import Clock, ServerClock, SystemClock
from bot.domain.event import Event
from bot.domain.message import Attachment, File, OutgoingMessage, Place, Sent
from bot.domain.spool import Spooling

_PER_SECOND: Final = Rate(calls=20, per=timedelta(seconds=1))

VK_LIMITS: Final = Limits(
    text=4000,
    # The rest of a message is kept for the sentences about files that cannot go along.
    caption=3000,
    files=10,
    mixed_files=True,
    files_with_buttons=True,
    buttons=MOST_BUTTONS,
    standing_keys=True,
    quotations=False,
    account_rate=_PER_SECOND,
    private_rate=_PER_SECOND,
    group_rate=_PER_SECOND,
)


class VkChannel:
    """The port `bot.domain.channel.Channel` for VK's communities.

    `once_salt`: a word that only this installation has and keeps (see `once.OnceKeys`).
    """

    name: str = "vk"
    limits: Limits = VK_LIMITS

    def __init__(
        self,
        *,
        api_url: str = "https://api.vk.ru",
        ca_bundle: str | None = None,
        clock: Clock | None = None,
        wait: timedelta = timedelta(seconds=25),
        timeout: timedelta = timedelta(seconds=15),
        threads: int = 8,
        once_salt: str = "",
        spooling: Spooling | None = None,
    ) -> None:
        tls = trusted(ca_bundle)
        self._clock = clock or SystemClock()
        self.server_clock = ServerClock(self._clock)
        hears = self.server_clock.answered
        self._api = Api(api_url=api_url, tls=tls, threads=threads, timeout=timeout, hears_clock=hears)
        self._set_up_api = Api(api_url=api_url, tls=tls, threads=SET_UP_AT_ONCE, timeout=timeout)
        self._connection = Connection(tls)
        self._names = Names(self._api)
        self._receiver = Receiver(
            api=self._api,
            set_up_api=self._set_up_api,
            connection=self._connection,
            names=self._names,
            clock=self._clock,
            wait=wait,
        )
        uploads = Uploads(Upload(api=self._api, connection=self._connection, clock=self._clock))
        self._sender = Sender(api=self._api, uploads=uploads, once=OnceKeys(once_salt))
        self._files = Files(self._connection, api_url=api_url, spooling=spooling or Spooling())
        self._checks = Checks(self._api)

    def convert(self, community: str, payload: Mapping[str, Any]) -> Event | None:
        """Read one raw event."""
        return named(convert(community, payload, now=self._clock.now()), payload)

    async def receive(self, account: Account, intake: Intake) -> None:
        """Receive for one community until cancelled."""
        await self._receiver.receive(account, intake)

    async def send(
        self, outgoing: OutgoingMessage, *, account: Account, place: Place, row: int, open_file: OpenFile
    ) -> Sent:
        """Make one call."""
        return await self._sender.send(outgoing, account=account, place=place, row=row, open_file=open_file)

    async def fetch(self, attachment: Attachment, *, account: Account) -> File:
        """Fetch an attachment by its address; VK needs no token for that."""
        return await self._files.fetch(attachment)

    async def names(self, account: Account, user_ids: Iterable[str]) -> dict[str, str]:
        """Return what people and communities (numbers below 0) are called; asked in bulk and remembered."""
        return await self._names.names(account, user_ids)

    async def profile(self, account: Account) -> Profile:
        """Ask VK what it calls this community."""
        return await self._checks.profile(account)

    async def show_commands(self, account: Account, menu: Menu) -> None:
        """VK has no menu of commands."""

    async def community_named(self, account: Account, name: str) -> str | None:
        """Ask VK whose link has this name."""
        match await self._api.call(account, "utils.resolveScreenName", {"screen_name": name}):
            case {"type": "group" | "page" | "event", "object_id": int(number)}:
                return str(number)
            case _:
                return None

    async def check(self, account: Account, *, places: Sequence[Place] = ()) -> Sequence[Finding]:
        """Try the token and its rights."""
        return await self._checks.check(account)

    async def close(self) -> None:
        """Let go of connections and threads."""
        await self._connection.close()
        await self._api.close()
        await self._set_up_api.close()
