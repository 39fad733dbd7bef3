"""How a command gets its settings and its database, and runs."""

import asyncio
import gc
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from bot.cli.output import warn

if TYPE_CHECKING:
    # Imported where they are used: half of a command's time would go into them.
    from bot.settings import Settings
    from storage.database import Database

T = TypeVar("T")
_PATIENCE_SECONDS = 10
_AGAIN_SECONDS = 0.5


def load_settings(*, logs: bool = False) -> "Settings":
    """Read and check the settings and name those that are unknown; `logs` sets up the log. Raises SettingsError.

    Only what speaks to messengers logs; every other command prints, and starts faster without the log's library.
    """
    from bot.settings import read_settings, unknown_variables
    from bot.web.listen import parse_listen

    settings = read_settings()
    parse_listen(settings.http_listen)
    for line in unknown_variables():
        warn(line)
    if logs:
        from bot.log import set_up_log

        set_up_log(settings.log_format)
    return settings


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a command's work; what was imported until now is never garbage."""
    gc.freeze()
    gc.enable()
    return asyncio.run(work)


@asynccontextmanager
async def opened(settings: "Settings", *, makes: bool = False) -> "AsyncIterator[Database]":
    """Open the database of the settings; only `makes` lets it be made or upgraded.

    A database that is being restarted is waited for, ten seconds at most. Raises SettingsError, StorageError.
    """
    from bot.domain.errors import DatabaseAwayError
    from storage.opening import open_database

    loop = asyncio.get_running_loop()
    give_up_at = loop.time() + _PATIENCE_SECONDS
    async with AsyncExitStack() as stack:
        while True:
            try:
                database = await stack.enter_async_context(open_database(settings, makes=makes))
                break
            except DatabaseAwayError:
                if loop.time() + _AGAIN_SECONDS >= give_up_at:
                    raise
            await asyncio.sleep(_AGAIN_SECONDS)
        yield database
