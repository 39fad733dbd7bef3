"""How a command gets its settings and its database, and runs."""

import asyncio
import gc
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from bot.cli.output import warn

if TYPE_CHECKING:
    # Imported where they are used: half of a command's time would go into them.
    from bot.settings import Settings
    from storage.database import Database

T = TypeVar("T")


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
    """Open the database of the settings; only `makes` lets it be made or upgraded."""
    from storage.opening import open_database

    async with open_database(settings, makes=makes) as database:
        yield database
