"""Every part, built and joined by hand, run together, closed in reverse order."""

import asyncio
import gc
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import structlog
from aiohttp import web

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.vk.channel import VkChannel
from bot.delivery.accounts import Accounts
from bot.delivery.bell import Bell
from bot.delivery.clock import Deadlines
from bot.delivery.desk import DeskRoom
from bot.delivery.intake import SharedIntake
from bot.delivery.lease import Lease
from bot.delivery.listeners import Listeners
from bot.delivery.loop_watch import LoopWatch
from bot.delivery.measurer import Measurer
from bot.delivery.outages import OutageNotes
from bot.delivery.outcomes import Outcomes
from bot.delivery.pace import Pace
from bot.delivery.reporter import Reporter
from bot.delivery.sender import Sender
from bot.directory.search import DirectorySearch
from bot.directory.topics import OPERATORS_FILE as TOPICS_FILE
from bot.directory.topics import Topics
from bot.domain.channel import Account, Channel
from bot.domain.clock import Clock, SystemClock
from bot.domain.errors import ChannelError, ChannelRefusedError, RefusalReason, SettingsError, StorageError
from bot.domain.reaction import NegativeRule
from bot.domain.sla import SlaPolicy
from bot.domain.spool import Spooling
from bot.metrics import Metrics, make_metrics
from bot.safety.emergency import OPERATORS_FILE, EmergencyWords
from bot.safety.sentiment import OPERATORS_REACTIONS, load_sentiments
from bot.settings import Settings
from bot.texts import Texts
from bot.web.listen import parse_listen
from bot.web.pages.routes import Pages
from bot.web.server import serving, web_application
from handlers.rules import PagesAddress, Rules
from storage.database import Database
from storage.depths import read_depths
from storage.opening import open_database
from storage.salt import read_salt

log = structlog.get_logger()

PARTS = ("intake", "desk", "sender", "clock", "web")
_DEPTH_SECONDS = 5.0
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
                application = web_application(ready=self.problems, registry=self.metrics.registry, routes=mounted)
                await stack.enter_async_context(serving(application, parse_listen(self.settings.http_listen)))
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._watch_depths(), name="depths")
                tasks.create_task(self.watch.run(), name="loop")
                if "intake" in chosen:
                    tasks.create_task(self._alone("intake", self.listeners.run), name="intake")
                if "desk" in chosen:
                    tasks.create_task(self.desk.run(), name="desk")
                    tasks.create_task(self.reporter.run(), name="reporter")
                if "sender" in chosen:
                    tasks.create_task(self._alone("sender", self.sender.run), name="sender")
                if "clock" in chosen:
                    tasks.create_task(self._alone("clock", self.deadlines.run), name="clock")
                    tasks.create_task(self._alone("measurer", self.measurer.run), name="measurer")
                log.info("started", parts=",".join(sorted(chosen)))

    async def problems(self) -> Sequence[str]:
        """Return what keeps the program from doing its work, in words for the operator."""
        found = [f"{account}: {says}" for account, says in sorted(self.listeners.troubles.items())]
        try:
            async with self.database.reading() as connection:
                await read_depths(connection, now=self.clock.now())
        except StorageError as error:
            found.append(str(error))
        return found

    async def _alone(self, name: str, part: Callable[[], Awaitable[None]]) -> None:
        await Lease(name=name, database=self.database, clock=self.clock).run(part)

    async def _watch_depths(self) -> None:
        while True:
            try:
                async with self.database.reading() as connection:
                    depths = await read_depths(connection, now=self.clock.now())
                for queue, depth in depths.items():
                    self.metrics.waiting.labels(queue).set(depth.waiting)
                    self.metrics.dead.labels(queue).set(depth.dead)
                    self.metrics.oldest_waiting_seconds.labels(queue).set(depth.oldest_seconds)
            except StorageError as error:
                log.error("depths_unknown", reason=str(error))
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


async def run(settings: Settings, parts: frozenset[str]) -> None:
    """Run the product until SIGTERM or SIGINT; what is on its way then is finished within seconds.

    Raises SettingsError, StorageError.
    """
    parts = parts or frozenset(PARTS)
    unknown = parts - set(PARTS)
    if unknown:
        raise SettingsError(f"--only: нет такой части: {', '.join(sorted(unknown))}; есть {', '.join(PARTS)}")
    async with open_database(settings, makes=True) as database, _channels(settings, database) as channels:
        application = build(settings, database, channels)
        if "intake" in parts:
            await _require_somebody_to_hear(await application.accounts(), channels)
        collect_seldom()
        await until_stopped(application.run(parts))


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


async def until_stopped(work: Awaitable[None]) -> None:
    """Do some work until it ends or a signal asks the program to stop; then it is cancelled and waited for."""
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
    await asyncio.wait({working})
    if not working.cancelled():
        working.result()
    log.info("stopped")


@asynccontextmanager
async def _channels(settings: Settings, database: Database) -> AsyncIterator[dict[str, Channel]]:
    async with database.unit() as connection:
        salt = await read_salt(connection)
    channels = make_channels(settings, once_salt=salt)
    try:
        yield channels
    finally:
        for channel in reversed(channels.values()):
            await channel.close()
