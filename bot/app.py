"""Every part, built and joined by hand, run together, closed in reverse order."""

import asyncio
import asyncio.sslproto
import gc
import resource
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar

import structlog
from aiohttp import web
from prometheus_client import CollectorRegistry

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.vk.channel import VkChannel
from bot.delivery.accounts import Accounts
from bot.delivery.bell import Bell
from bot.delivery.clock import Deadlines
from bot.delivery.database_watch import DatabaseWatch
from bot.delivery.desk import DeskRoom
from bot.delivery.intake import SharedIntake
from bot.delivery.lease import Lease
from bot.delivery.listeners import Listeners
from bot.delivery.loop_watch import LoopWatch
from bot.delivery.measurer import Measurer
from bot.delivery.named_communities import find_numbers
from bot.delivery.outages import OutageNotes
from bot.delivery.outcomes import Outcomes
from bot.delivery.pace import Pace
from bot.delivery.reporter import Reporter
from bot.delivery.sender import Sender
from bot.directory.search import DirectorySearch
from bot.directory.topics import OPERATORS_FILE as TOPICS_FILE
from bot.directory.topics import Topics
from bot.domain.channel import Account, Channel, Incoming
from bot.domain.clock import Clock, SystemClock
from bot.domain.errors import (
    ChannelError,
    ChannelRefusedError,
    DatabaseAwayError,
    RefusalReason,
    SettingsError,
    StorageError,
)
from bot.domain.own_event import TicketInherited
from bot.domain.reaction import NegativeRule
from bot.domain.sla import SlaPolicy
from bot.domain.spool import Spooling
from bot.metrics import Metrics, make_metrics
from bot.safety.emergency import OPERATORS_FILE, EmergencyWords
from bot.safety.sentiment import OPERATORS_REACTIONS, load_sentiments
from bot.settings import Settings
from bot.texts import Texts
from bot.web.health import Health
from bot.web.listen import parse_listen
from bot.web.pages.routes import Pages
from bot.web.server import serving, web_application
from handlers.rules import PagesAddress, Rules
from storage import inbox
from storage.codec import INTERNAL, encode_event
from storage.database import Database
from storage.depths import read_depths
from storage.opening import open_database
from storage.salt import read_salt

log = structlog.get_logger()

T = TypeVar("T")

PARTS = ("intake", "desk", "sender", "clock", "web")
_DEPTH_SECONDS = 5.0
_AGAIN_SECONDS = 1.0
_TLS_BUFFER_BYTES = 16 * 1024
_LONGEST_PAUSE_SECONDS = 30.0
_STOP_SECONDS = 5.0
_TROUBLES_SHOWN = 20
_PATIENCE_SECONDS = 3.0


def make_channels(settings: Settings, *, once_salt: str = "") -> dict[str, Channel]:
    """Build the messengers that the settings name; `once_salt` keeps VK from taking our rows for another database's."""
    bundle = str(settings.ca_bundle) if settings.ca_bundle else None
    proxy = settings.telegram_proxy.get_secret_value() or None
    spooling = Spooling(limit=settings.file_limit_mb << 20, folder=settings.data_dir)
    return {
        "telegram": TelegramChannel(api_url=settings.telegram_api_url, proxy=proxy, spooling=spooling),
        "vk": VkChannel(api_url=settings.vk_api_url, ca_bundle=bundle, once_salt=once_salt, spooling=spooling),
    }


@dataclass(slots=True, kw_only=True)
class Application:
    """The whole product on one database; tests and the demo bring pretend channels and a clock of their own."""

    settings: Settings
    database: Database
    channels: Mapping[str, Channel]
    clock: Clock
    metrics: Metrics
    accounts: Accounts
    desk: DeskRoom
    sender: Sender
    deadlines: Deadlines
    reporter: Reporter
    measurer: Measurer
    watch: LoopWatch
    listeners: Listeners
    pages: Pages

    async def run(self, parts: Iterable[str], *, routes: Iterable[web.AbstractRouteDef] = ()) -> None:
        """Run `parts` until cancelled; the first part that fails ends all."""
        chosen = set(parts)
        async with AsyncExitStack() as stack:
            if "web" in chosen:
                stack.push_async_callback(self.pages.close)
                mounted = [*self.pages.routes(), *routes]
                application = web_application(ready=self.health, registry=self.metrics.registry, routes=mounted)
                await stack.enter_async_context(serving(application, parse_listen(self.settings.http_listen)))
            async with asyncio.TaskGroup() as tasks:
                for name, part in self._parts(chosen).items():
                    tasks.create_task(_through_outages(part), name=name)
                log.info("started", parts=",".join(sorted(chosen)))

    def _parts(self, chosen: set[str]) -> dict[str, Callable[[], Awaitable[None]]]:
        parts: dict[str, Callable[[], Awaitable[None]]] = {"depths": self._watch_depths, "loop": self.watch.run}
        if "intake" in chosen:
            parts["names"] = self._find_numbers
            parts["intake"] = self._alone("intake", self.listeners.run)
        if "desk" in chosen:
            parts |= {"desk": self.desk.run, "reporter": self.reporter.run}
        if "sender" in chosen:
            parts["sender"] = self._alone("sender", self.sender.run)
        if "clock" in chosen:
            parts["clock"] = self._alone("clock", self.deadlines.run)
            parts["measurer"] = self._alone("measurer", self.measurer.run)
        return parts

    async def _find_numbers(self) -> None:
        """Once at the start: communities known by a name get their number and are listened to."""
        vk = self.channels.get("vk")
        for named in await find_numbers(self.database, vk, now=self.clock.now()) if vk else ():
            if named.reason:
                log.warning("community_without_number", institution=named.institution.code, reason=named.reason)

    async def health(self) -> Health:
        """Return what keeps the program from doing its work, and which accounts cannot be heard."""
        problems: list[str] = []
        try:
            async with self.database.reading() as connection:
                await read_depths(connection, now=self.clock.now())
        except StorageError as error:
            problems.append(str(error))
        troubles = [f"{account}: {says}" for account, says in sorted(self.listeners.troubles.items())]
        heard, accounts = self.listeners.heard, self.listeners.accounts
        shown = troubles[:_TROUBLES_SHOWN]
        if len(troubles) > len(shown):
            shown.append(f"и ещё {len(troubles) - len(shown)}")
        if accounts and len(troubles) == accounts:
            return Health(problems=[*problems, *shown])
        if heard < accounts:
            shown.insert(0, f"слушаем {heard} из {accounts}")
        shown += [
            f"часы: {name} {'впереди наших' if channel.server_clock.ahead > timedelta(0) else 'позади наших'} "
            f"на {abs(channel.server_clock.ahead).total_seconds():.0f} с"
            for name, channel in self.channels.items()
            if channel.server_clock.differs
        ]
        return Health(problems=problems, warnings=shown)

    def _alone(self, name: str, part: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
        """One lease for the life of the process: begun again after an outage, the part still holds it."""
        return partial(Lease(name=name, database=self.database, clock=self.clock).run, part)

    async def _watch_depths(self) -> None:
        while True:
            for name, channel in self.channels.items():
                self.metrics.clock_ahead_seconds.labels(name).set(channel.server_clock.ahead.total_seconds())
            try:
                async with self.database.reading() as connection:
                    depths = await read_depths(connection, now=self.clock.now())
                for queue, depth in depths.items():
                    self.metrics.waiting.labels(queue).set(depth.waiting)
                    self.metrics.dead.labels(queue).set(depth.dead)
                    self.metrics.oldest_waiting_seconds.labels(queue).set(depth.oldest_seconds)
            except StorageError:
                pass  # the database's own watch tells of it
            await asyncio.sleep(_DEPTH_SECONDS)


def build(
    settings: Settings,
    database: Database,
    channels: Mapping[str, Channel],
    *,
    clock: Clock | None = None,
    pages_address: PagesAddress | None = None,
) -> Application:
    """Join the parts; nothing runs yet. `pages_address` is where the supervisors' pages are, by default as set."""
    clock = clock or SystemClock()
    metrics = make_metrics()
    desk_bell, sender_bell, reporter_bell = Bell(), Bell(), Bell()
    limits = {name: channel.limits for name, channel in channels.items()}
    rules = Rules(
        telegram_mode=settings.telegram_mode,
        texts=Texts.load(),
        limits=limits,
        zone=settings.zone,
        language=settings.language,
        asks_consent=settings.asks_consent,
        is_paced=settings.is_paced,
        gathers_flood=settings.flood == "gather" and settings.is_paced,
        tickets_per_hour=settings.tickets_per_hour,
        keep_words=timedelta(days=settings.keep_words_days),
        keep_files=timedelta(days=settings.keep_files_days),
        policy=SlaPolicy(grade_after=timedelta(minutes=settings.grade_after_minutes)),
        sentiments=load_sentiments(settings.data_dir / OPERATORS_REACTIONS),
        negative=NegativeRule(
            count=settings.reaction_alert_count,
            share=settings.reaction_alert_share,
            quiet=timedelta(hours=settings.reaction_quiet_hours),
        ),
        topics=Topics.load(settings.data_dir / TOPICS_FILE),
        asks_topic=settings.asks_topic,
        pages=pages_address or _pages_address(settings),
        emergency_words=EmergencyWords.load(settings.data_dir / OPERATORS_FILE),
        allowed_sites=settings.sites,
        collision=timedelta(seconds=settings.collision_seconds),
        most_transfers=settings.most_transfers,
    )
    accounts = Accounts(database=database, settings=settings)
    outages = OutageNotes(database=database, clock=clock)
    database.watch = DatabaseWatch(clock)
    intake = SharedIntake(database=database, clock=clock, metrics=metrics, desk_bell=desk_bell, outages=outages)
    outcomes = Outcomes(database=database, clock=clock, metrics=metrics, desk_bell=desk_bell)
    watch = LoopWatch(metrics=metrics)
    return Application(
        settings=settings,
        database=database,
        channels=channels,
        clock=clock,
        metrics=metrics,
        accounts=accounts,
        desk=DeskRoom(
            database=database,
            channels=channels,
            rules=rules,
            make_search=DirectorySearch,
            clock=clock,
            metrics=metrics,
            bell=desk_bell,
            sender_bell=sender_bell,
            reporter_bell=reporter_bell,
            watch=watch,
        ),
        watch=watch,
        sender=Sender(
            database=database,
            channels=channels,
            accounts=accounts,
            outcomes=outcomes,
            pace=Pace(limits=limits, clock=clock, is_on=settings.is_paced),
            clock=clock,
            metrics=metrics,
            bell=sender_bell,
        ),
        deadlines=Deadlines(
            database=database,
            clock=clock,
            desk_bell=desk_bell,
            keep_words=rules.keep_words,
            keep_files=rules.keep_files,
            crowd=settings.incident_count,
            zone=settings.zone,
            reporter_bell=reporter_bell,
        ),
        reporter=Reporter(
            database=database,
            rules=rules,
            search=DirectorySearch(()),
            clock=clock,
            bell=reporter_bell,
            sender_bell=sender_bell,
        ),
        measurer=Measurer(database=database, zone=settings.zone, clock=clock),
        listeners=Listeners(
            channels=channels,
            accounts=accounts,
            intake=intake,
            clock=clock,
            metrics=metrics,
            outages=outages,
        ),
        pages=Pages(database=database, clock=clock, rules=rules),
    )


def _pages_address(settings: Settings) -> PagesAddress:
    """The pages have the address of webhooks, or that on which this machine listens."""
    public = settings.public_url.rstrip("/")
    return PagesAddress(url=public or parse_listen(settings.http_listen).url, is_public=bool(public))


async def move_tickets(settings: Settings, database: Database, numbers: Sequence[int], *, holder: str, to: str) -> None:
    """Give tickets of an institution that has ended to its successor, whether or not the program runs elsewhere."""
    now = datetime.now(UTC)
    moved = [
        Incoming(
            channel=INTERNAL,
            community="",
            key=f"inherited:{number}:{to}:{now.isoformat()}",
            lane=f"{INTERNAL}:ticket:{number}",
            payload=encode_event(TicketInherited(ticket=number, holder=holder, successor=to)),
        )
        for number in numbers
    ]
    async with database.unit() as connection:
        await inbox.store(connection, database.vault, moved, now=now)
    async with _channels(settings, database) as channels:
        desk = build(settings, database, channels).desk
        while await desk.work():
            pass


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
    async with _waited_for_database(settings, parts) as database, _channels(settings, database) as channels:
        note(database)
        application = build(settings, database, channels)
        if "intake" in parts:
            await _require_somebody_to_hear(await _through_outages(application.accounts), channels)
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
            pauses = _growing()

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


async def _through_outages(part: Callable[[], Awaitable[T]]) -> T:
    """Do a part of the work, and again whenever the database went away under it; the database's watch tells of that."""
    task, pauses = asyncio.current_task(), _growing()
    while True:
        started = time.monotonic()
        try:
            return await part()
        except* StorageError:
            if task is not None and task.cancelling():
                raise asyncio.CancelledError from None  # it was told to stop, and failed while it tidied up
        if time.monotonic() - started > _LONGEST_PAUSE_SECONDS:
            pauses = _growing()
        await asyncio.sleep(next(pauses))


def _growing() -> Iterator[float]:
    pause = _AGAIN_SECONDS
    while True:
        yield pause
        pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)


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


@asynccontextmanager
async def _channels(settings: Settings, database: Database) -> AsyncIterator[dict[str, Channel]]:
    async def salt() -> str:
        async with database.unit() as connection:
            return await read_salt(connection)

    channels = make_channels(settings, once_salt=await _through_outages(salt))
    try:
        yield channels
    finally:
        for channel in reversed(channels.values()):
            await channel.close()
