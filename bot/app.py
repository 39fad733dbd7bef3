"""Every part, built and joined by hand, run together, closed in reverse order; `bot/process.py` runs it."""

import asyncio
import asyncio.sslproto
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog
from aiohttp import web

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.vk.channel import VkChannel
from bot.delivery.accounts import Accounts
from bot.delivery.bell import Bell
from bot.delivery.clock import Deadlines
from bot.delivery.database_watch import DatabaseWatch, through_outages
from bot.delivery.desk import DeskRoom
from bot.delivery.intake import SharedIntake
from bot.delivery.lease import Lease
from bot.delivery.listeners import Listeners
from bot.delivery.loop_watch import LoopWatch
from bot.delivery.measurer import Measurer
from bot.delivery.menus import Menus
from bot.delivery.named_communities import find_numbers
from bot.delivery.outages import OutageNotes
from bot.delivery.outcomes import Outcomes
from bot.delivery.pace import Pace
from bot.delivery.reporter import Reporter
from bot.delivery.sender import Sender
from bot.directory.search import DirectorySearch
from bot.directory.topics import OPERATORS_FILE as TOPICS_FILE
from bot.directory.topics import Topics
from bot.domain.channel import Channel, Incoming
from bot.domain.clock import Clock, SystemClock
from bot.domain.errors import (
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
from storage.salt import read_salt

log = structlog.get_logger()

PARTS = ("intake", "desk", "sender", "clock", "web")
_DEPTH_SECONDS = 5.0
_TROUBLES_SHOWN = 20


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
    menus: Menus
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
                    tasks.create_task(through_outages(part), name=name)
                log.info("started", parts=",".join(sorted(chosen)))

    def _parts(self, chosen: set[str]) -> dict[str, Callable[[], Awaitable[None]]]:
        parts: dict[str, Callable[[], Awaitable[None]]] = {"depths": self._watch_depths, "loop": self.watch.run}
        if "intake" in chosen:
            parts["names"] = self._find_numbers
            parts["intake"] = self._alone("intake", self._listen)
        if "desk" in chosen:
            parts |= {"desk": self.desk.run, "reporter": self.reporter.run}
        if "sender" in chosen:
            parts["sender"] = self._alone("sender", self.sender.run)
        if "clock" in chosen:
            parts["clock"] = self._alone("clock", self.deadlines.run)
            parts["measurer"] = self._alone("measurer", self.measurer.run)
        return parts

    async def _listen(self) -> None:
        """Who listens to an account also keeps its menus."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.menus.run(), name="menus")
            await self.listeners.run()

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
        menus=Menus(
            database=database, channels=channels, accounts=accounts, texts=rules.texts, language=settings.language
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
    async with opened_channels(settings, database) as channels:
        desk = build(settings, database, channels).desk
        while await desk.work():
            pass


@asynccontextmanager
async def opened_channels(settings: Settings, database: Database) -> AsyncIterator[dict[str, Channel]]:
    """Make the messengers for the block. Raises SettingsError."""

    async def salt() -> str:
        async with database.unit() as connection:
            return await read_salt(connection)

    channels = make_channels(settings, once_salt=await through_outages(salt))
    try:
        yield channels
    finally:
        for channel in reversed(channels.values()):
            await channel.close()
