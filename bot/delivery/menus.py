"""The commands that a messenger offers in its own menu, to each kind of reader in each language."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence

import structlog

from bot.domain.channel import Account, Channel, Menu
from bot.domain.errors import ChannelError, ChannelRefusedError, RefusalReason, StorageError
from bot.texts import Texts
from handlers.commands import Reader, menu_of
from storage.asking import read_supervisor_places
from storage.database import Database
from storage.institutions import read_directory_version

log = structlog.get_logger()

LOOK_EVERY_SECONDS = 5.0
_AGAIN_SECONDS = 300.0

_Where = tuple[str, bool, str]


class Menus:
    """Sets every account's menus, each once and anew when it changes; nothing waits for them.

    What is set is remembered in memory: a start sets everything again, one call after the other.
    """

    def __init__(
        self,
        *,
        database: Database,
        channels: Mapping[str, Channel],
        accounts: Callable[[], Awaitable[Sequence[Account]]],
        texts: Texts,
        language: str,
    ) -> None:
        self._database = database
        self._channels = channels
        self._accounts = accounts
        languages = {"": language, **{each: each for each in texts.languages}}
        self._commands = {
            (reader, named): menu_of(texts, spoken, reader) for named, spoken in languages.items() for reader in Reader
        }
        self._languages = tuple(languages)
        self._shown: dict[Account, dict[_Where, Menu]] = {}
        self._later: dict[Account, float] = {}
        """Until when an account that answered with an error is left alone."""
        self._seen: tuple[int, frozenset[Account]] | None = None
        self._places: Mapping[tuple[str, str], Sequence[str]] = {}

    async def run(self) -> None:
        """Look for changes until cancelled; who becomes a supervisor has their menu within seconds."""
        while True:
            # The database's own watch tells of it.
            with contextlib.suppress(StorageError):
                await self.look()
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def look(self) -> None:
        """Set what is new or has changed. Raises StorageError."""
        accounts = [account for account in await self._accounts() if self._has_menus(account)]
        async with self._database.reading() as connection:
            version = await read_directory_version(connection)
            seen = (version, frozenset(accounts))
            if seen != self._seen:
                self._places = await read_supervisor_places(connection)
        waiting = [account for account, until in self._later.items() if until <= time.monotonic()]
        todo = accounts if seen != self._seen else [account for account in accounts if account in waiting]
        for account in waiting:
            del self._later[account]
        self._seen = seen
        for account in todo:
            if account not in self._later:
                await self._set(account)

    async def _set(self, account: Account) -> None:
        shown = self._shown.setdefault(account, {})
        wanted = {(menu.chat, menu.is_for_groups, menu.language): menu for menu in self._menus(account)}
        for gone in shown.keys() - wanted.keys():
            chat, is_for_groups, language = gone
            wanted[gone] = Menu(chat=chat, is_for_groups=is_for_groups, language=language)
        for where, menu in wanted.items():
            if shown.get(where) == menu:
                continue
            try:
                await self._channels[account.channel].show_commands(account, menu)
            except ChannelError as error:
                log.warning("menu_not_set", channel=account.channel, community=account.community, reason=str(error))
                is_chats_own = isinstance(error, ChannelRefusedError) and error.reason is not RefusalReason.BAD_TOKEN
                if not (is_chats_own and menu.chat):
                    self._later[account] = time.monotonic() + _AGAIN_SECONDS
                    return
            shown[where] = menu

    def _menus(self, account: Account) -> Iterator[Menu]:
        """Yield the menus of all private dialogues, of all groups, and of each supervisor's dialogue."""
        for named in self._languages:
            yield Menu(commands=self._commands[Reader.CITIZEN, named], language=named)
            yield Menu(commands=self._commands[Reader.WORK_CHAT, named], language=named, is_for_groups=True)
            for chat in self._places.get((account.channel, account.community), ()):
                yield Menu(commands=self._commands[Reader.SUPERVISOR, named], language=named, chat=chat)

    def _has_menus(self, account: Account) -> bool:
        channel = self._channels.get(account.channel)
        return channel is not None and not channel.limits.standing_keys
