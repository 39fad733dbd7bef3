"""What `otklik check` looks at: settings, database, clock, institutions, messengers."""

import asyncio
import resource
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta

from bot.app import make_channels
from bot.cli.known_years import look_at_calendars
from bot.cli.law import look_at_law
from bot.cli.running import opened
from bot.cli.watched_places import watched_places
from bot.delivery.accounts import Accounts, accounts_of
from bot.domain.channel import Account, Channel, Finding, Severity
from bot.domain.clock import SystemClock
from bot.domain.errors import ChannelError, NotFoundError, OtklikError
from bot.domain.legal import LegalMode
from bot.domain.message import Place
from bot.settings import Settings, unknown_variables, variable
from storage.database import Database
from storage.depths import read_depths
from storage.inbox import store_profile
from storage.listings import read_latest_moment
from storage.migrate import read_revision
from storage.registry import Registry, read_registry

_ASKED_AT_ONCE = 8
_PATIENCE = timedelta(seconds=60)
_CLOCK_TOLERANCE = timedelta(minutes=2)
_WRITTEN = datetime(2026, 11, 1, tzinfo=UTC)
"""No clock that is right shows a moment before this program was written."""
_SHOWN = 5
_FILES_BESIDES = 500
"""Database, pages, calls to messengers, files on their way."""


async def look(settings: Settings) -> list[Finding]:
    """Look at everything; a finding for each."""
    found = list(_settings(settings))
    try:
        async with opened(settings) as database:
            found += [finding async for finding in _database(database)]
            found += await look_at_calendars(settings, database, now=SystemClock().now())
            found += await look_at_law(settings, database)
            found += await _messengers(settings, database)
    except NotFoundError:
        found.append(_note("база данных", "ещё не создана", "загрузите учреждения: otklik institutions import ФАЙЛ"))
        found.append(_clock(None))
        found += await _messengers(settings, None)
    except OtklikError as error:
        found.append(_wrong("база данных", str(error)))
    return found


def _settings(settings: Settings) -> list[Finding]:
    found = [_fine("настройки", "прочитаны")]
    found += [_note("настройки", line, "исправьте имя или уберите строку") for line in unknown_variables()]
    polling = "сообщения принимаются опросом, всё работает и так"
    if settings.public_url:
        found.append(_note(variable("public_url"), "приём по веб-хукам появится позже", polling))
    if settings.max_token.get_secret_value():
        found.append(_note(variable("max_token"), "MAX появится позже", "пока оставьте пустым"))
    if settings.telegram_mode is LegalMode.DISABLED:
        found.append(_note(variable("telegram_mode"), "Telegram выключен", "чтобы включить, выберите full"))
    if not settings.is_paced:
        found.append(_note(variable("pace"), "ограничения скорости сняты", "уберите off перед настоящей работой"))
    return found


async def _database(database: Database) -> AsyncIterator[Finding]:
    yield _fine("база данных", f"открывается, ревизия {await read_revision(database)}, ключ подходит")
    async with database.reading() as connection:
        depths = await read_depths(connection, now=SystemClock().now())
        latest = await read_latest_moment(connection)
        registry = await read_registry(connection, database.vault, 0)
    for queue, depth in depths.items():
        if depth.dead:
            says = f"строк, от которых программа отказалась: {depth.dead}"
            yield _note(queue, says, f"посмотрите: otklik {queue} list --dead, повторите: otklik {queue} retry НОМЕР")
    yield _clock(latest)
    if not registry.institutions:
        yield _note("учреждения", "лист пуст", "загрузите: otklik institutions import ФАЙЛ")
        return
    yield _fine("учреждения", f"в листе {len(registry.institutions)}")
    lonely = [
        code for code in registry.institutions if code not in registry.work_chats or registry.work_chats[code].is_lost
    ]
    if lonely:
        codes = ", ".join(lonely[:_SHOWN]) + (" …" if len(lonely) > _SHOWN else "")
        says = f"без рабочего чата: {len(lonely)} ({codes})"
        yield _note("учреждения", says, "пригласите: otklik invite administrator --institution КОД")


def _clock(latest: datetime | None) -> Finding:
    now = SystemClock().now()
    shown = f"{now:%d.%m.%Y %H:%M} UTC"
    remedy = "включите синхронизацию времени: timedatectl set-ntp true"
    if now < _WRITTEN:
        return _wrong("часы", f"показывают {shown}, это в прошлом", remedy)
    if latest is not None and latest > now + _CLOCK_TOLERANCE:
        return _wrong("часы", f"показывают {shown}, а в базе есть записи от {latest:%d.%m.%Y %H:%M} UTC", remedy)
    return _fine("часы", f"показывают {shown}")


def _clock_of(channel: Channel) -> Finding:
    ahead = channel.server_clock.ahead
    differ = "отстают от часов" if ahead > timedelta(0) else "впереди часов"
    says = f"наши {differ} {channel.name} на {abs(ahead).total_seconds():.0f} с"
    return _note("часы", says, "включите синхронизацию времени: timedatectl set-ntp true")


async def _messengers(settings: Settings, database: Database | None) -> list[Finding]:
    known = await Accounts(database=database, settings=settings)() if database else accounts_of((), settings)
    if not known:
        return [
            _wrong(
                "мессенджеры",
                "не подключён ни один",
                "задайте OTKLIK_TELEGRAM_TOKEN или загрузите лист с vk_group_id и vk_token",
            )
        ]
    found = _open_files(len(known))
    registry = Registry()
    if database:
        async with database.reading() as connection:
            registry = await read_registry(connection, database.vault, 0)
    channels = make_channels(settings)
    turns = asyncio.Semaphore(_ASKED_AT_ONCE)
    try:
        async with asyncio.TaskGroup() as group:
            asked = [
                group.create_task(_ask(channels[each.channel], each, database, turns, watched_places(registry, each)))
                for each in known
            ]
        found += [finding for task in asked for finding in task.result()]
        return found + [_clock_of(channel) for channel in channels.values() if channel.server_clock.differs]
    finally:
        for channel in channels.values():
            await channel.close()


def _open_files(accounts: int) -> list[Finding]:
    """Every account that is listened to holds a connection, and each of them is an open file."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = accounts + _FILES_BESIDES
    if most == resource.RLIM_INFINITY or most >= needed:
        return []
    says = f"подключений {accounts}, а открытых файлов программе разрешено {most}"
    return [_note("открытые файлы", says, f"поднимите предел до {needed}: LimitNOFILE в otklik.service, ulimit -Hn")]


async def _ask(
    channel: Channel,
    account: Account,
    database: Database | None,
    turns: asyncio.Semaphore,
    places: Sequence[Place],
) -> Sequence[Finding]:
    subject = f"{account.channel} {account.community}"
    try:
        async with turns, asyncio.timeout(_PATIENCE.total_seconds()):
            findings = await channel.check(account, places=places)
            if database and all(finding.severity is not Severity.ERROR for finding in findings):
                await _remember(channel, account, database)
            return findings
    except TimeoutError:
        return [_wrong(subject, "мессенджер не отвечает", "проверьте связь и повторите")]
    except ChannelError as error:
        return [_wrong(subject, f"мессенджер не отвечает как должен: {error}", "проверьте связь и повторите")]


async def _remember(channel: Channel, account: Account, database: Database) -> None:
    """Keep what the messenger calls the account: invitations carry links to it."""
    profile = await channel.profile(account)
    async with database.unit() as connection:
        await store_profile(
            connection, account.channel, account.community, title=profile.title, address=profile.address
        )


def _fine(subject: str, says: str) -> Finding:
    return Finding(subject=subject, severity=Severity.OK, says=says)


def _note(subject: str, says: str, remedy: str) -> Finding:
    return Finding(subject=subject, severity=Severity.WARNING, says=says, remedy=remedy)


def _wrong(subject: str, says: str, remedy: str = "") -> Finding:
    return Finding(subject=subject, severity=Severity.ERROR, says=says, remedy=remedy)
