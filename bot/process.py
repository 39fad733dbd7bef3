"""The process: it waits for its database, runs the application until it is told to stop, and then ends in time."""

import asyncio
import asyncio.sslproto
import gc
import resource
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import structlog
from prometheus_client import CollectorRegistry

from bot.app import PARTS, build, opened_channels
from bot.delivery.database_watch import DatabaseWatch, growing_pauses, through_outages
from bot.domain.channel import Account, Channel
from bot.domain.clock import SystemClock
from bot.domain.errors import ChannelError, ChannelRefusedError, DatabaseAwayError, RefusalReason, SettingsError
from bot.settings import Settings
from bot.web.health import Health
from bot.web.listen import parse_listen
from bot.web.server import serving, web_application
from storage.database import Database
from storage.opening import open_database

log = structlog.get_logger()

_TLS_BUFFER_BYTES = 16 * 1024
_STOP_SECONDS = 5.0
_PATIENCE_SECONDS = 3.0


async def run(settings: Settings, parts: frozenset[str]) -> None:
    """Run the product until SIGTERM or SIGINT; what is on its way then is finished within seconds.

    Raises SettingsError, StorageError.
    """
    parts = parts or frozenset(PARTS)
    unknown = parts - set(PARTS)
    if unknown:
        raise SettingsError(f"--only: нет такой части: {', '.join(sorted(unknown))}; есть {', '.join(PARTS)}")
    make_room_for_connections()
    opened: list[Database] = []

    def cut_off() -> None:
        for database in opened:
            database.cut_off()

    await until_stopped(_run(settings, parts, opened.append), at_last=cut_off)


async def _run(settings: Settings, parts: frozenset[str], note: Callable[[Database], None]) -> None:
    async with _waited_for_database(settings, parts) as database, opened_channels(settings, database) as channels:
        note(database)
        application = build(settings, database, channels)
        if "intake" in parts:
            await _require_somebody_to_hear(await through_outages(application.accounts), channels)
        collect_seldom()
        await application.run(parts)


@asynccontextmanager
async def _waited_for_database(settings: Settings, parts: frozenset[str]) -> AsyncIterator[Database]:
    """Open the database, however long that takes; monitors read meanwhile why the program is not ready.

    Raises what waiting does not mend: SettingsError, StorageError.
    """
    watch = DatabaseWatch(SystemClock())
    async with AsyncExitStack() as opened:
        async with AsyncExitStack() as waiting_room:
            failure: DatabaseAwayError | None = None
            pauses = growing_pauses()

            async def not_ready() -> Health:
                return Health(problems=[str(failure)])

            while True:
                try:
                    database = await opened.enter_async_context(open_database(settings, makes=True))
                    break
                except DatabaseAwayError as error:
                    watch(error)
                    if failure is None and "web" in parts:
                        application = web_application(ready=not_ready, registry=CollectorRegistry())
                        await waiting_room.enter_async_context(serving(application, parse_listen(settings.http_listen)))
                    failure = error
                await asyncio.sleep(next(pauses))
            watch(None)
        yield database


def make_room_for_connections() -> None:
    """Let thousands of communities be listened to: each holds a connection nearly all the time.

    The soft limit of open files becomes the hard one. asyncio reads TLS into 256 KiB a connection, which nobody
    needs for a Long Poll; there is no public setting for it.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    asyncio.sslproto.SSLProtocol.max_size = _TLS_BUFFER_BYTES


def collect_seldom() -> None:
    """Look for cycles after a whole batch's things instead of dozens of times within it, and never among what stays.

    Nearly everything that a batch makes is gone with it, without the collector: that took a tenth of the desk's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


async def _require_somebody_to_hear(accounts: Sequence[Account], channels: Mapping[str, Channel]) -> None:
    """One refused token among several is told while the others are heard; the only one ends the start."""
    if not accounts:
        raise SettingsError(
            "не подключён ни один мессенджер: задайте OTKLIK_TELEGRAM_TOKEN или загрузите учреждения с ключами "
            "(столбцы vk_group_id и vk_token): otklik institutions import ФАЙЛ"
        )
    only = accounts[0]
    if len(accounts) > 1 or only.channel != "telegram" or only.institution is not None:
        return
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await channels[only.channel].profile(only)
    except ChannelRefusedError as error:
        if error.reason is RefusalReason.BAD_TOKEN:
            raise SettingsError(
                "OTKLIK_TELEGRAM_TOKEN: Telegram не принимает этот токен; возьмите действующий у @BotFather (/mybots)"
            ) from error
    except (ChannelError, TimeoutError):
        return  # it is asked again and again while the program runs


async def until_stopped(work: Awaitable[None], *, at_last: Callable[[], object] | None = None) -> None:
    """Do some work until it ends or a signal asks the program to stop; then it is cancelled and waited for.

    `at_last` is called when it has not ended some seconds later.
    """
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    working = asyncio.ensure_future(work)
    waiting = asyncio.ensure_future(stopped.wait())
    await asyncio.wait({working, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if working.done():
        await working
        return
    log.info("stopping")
    working.cancel()
    await asyncio.wait({working}, timeout=_STOP_SECONDS)
    if not working.done() and at_last is not None:
        at_last()
    await asyncio.wait({working})
    if not working.cancelled():
        working.result()
    log.info("stopped")
