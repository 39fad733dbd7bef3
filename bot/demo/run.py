"""The demo: the real product on an embedded database in a temporary folder, with pretend messengers and a page."""

import asyncio
import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TextIO

from pydantic import SecretStr

from bot.app import Application, build
from bot.channels.memory import MemoryChannel
from bot.channels.memory_limits import TELEGRAM_LIKE, VK_LIKE
from bot.demo.api import BODY_LIMIT, DemoApi
from bot.demo.clock import DemoClock
from bot.demo.conversations import Conversation
from bot.demo.history import Step, script
from bot.demo.institutions import INSTITUTIONS
from bot.demo.neighbours import tell_past
from bot.demo.pages import page_routes
from bot.demo.panes import demo_panes
from bot.demo.playing import Players
from bot.demo.town import BOT_ID, BOT_TITLE
from bot.domain.channel import Rate
from bot.domain.clock import SystemClock
from bot.domain.institution import Scope, ScopeKind
from bot.domain.reaction import Sentiments
from bot.log import set_up_log
from bot.process import until_stopped
from bot.reports.report import make_report
from bot.safety.sentiment import load_sentiments
from bot.settings import Settings
from bot.texts import Texts
from bot.web.listen import Listen, parse_listen
from bot.web.server import serving, web_application
from handlers.rules import PagesAddress
from storage.opening import open_database

FIGURES_REACH = timedelta(days=15)
"""How far back the figures above the panes look: all of the history."""
_PATIENT_GROUP = Rate(calls=60, per=timedelta(minutes=1))
"""Three times what Telegram lets a group take: a rush can be seen, and a visitor need not wait for the rest."""
_PLAYED = ("intake", "desk", "sender")
_PARTS = (*_PLAYED, "clock")


async def run_demo(listen: str, *, say: Callable[[str], None] = print) -> None:
    """Run the demo until SIGTERM or SIGINT; says one line when its page is ready.

    Nothing of the operator's own settings or data is read. Raises SettingsError.
    """
    set_up_log(least=logging.ERROR)
    progress = _Progress(sys.stderr)

    def ready(url: str) -> None:
        progress.end()
        say(f"Демо готово: {url}")

    await until_stopped(perform(parse_listen(listen), on_ready=ready, on_step=progress.tell))


class _Progress:
    """One line that says how far the history has been played: changed in place on a terminal, else written once."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._is_changing = stream.isatty()
        self._told = ""

    def tell(self, share: float) -> None:
        """Show what part of the history has been played, 0 to 1."""
        words = "Готовим демо: разыгрываем две недели переписки"
        line = f"{words}, {share:.0%}".replace("%", " %") if self._is_changing else words
        if line != self._told:
            self._stream.write(f"\r{line}" if self._is_changing else f"{line}\n")
            self._stream.flush()
        self._told = line

    def end(self) -> None:
        """Leave the line as it is and begin the next one."""
        if self._is_changing and self._told:
            self._stream.write("\n")
            self._stream.flush()


async def perform(
    address: Listen,
    *,
    on_ready: Callable[[str], None],
    on_step: Callable[[float], None] = lambda _share: None,
    conversations: Sequence[Conversation] | None = None,
    has_past: bool = True,
) -> None:
    """Run the demo until cancelled; `on_ready` is told the page's address once the history has been played.

    `on_step` is told what part of it has been played so far.

    `conversations` is the history, by default the whole of it; `has_past` adds the months before and the neighbours.
    """
    with TemporaryDirectory(prefix="otklik-demo-") as folder:
        await _perform(_settings(Path(folder)), address, on_ready, on_step, conversations, has_past=has_past)


async def _perform(
    settings: Settings,
    address: Listen,
    on_ready: Callable[[str], None],
    on_step: Callable[[float], None],
    conversations: Sequence[Conversation] | None,
    *,
    has_past: bool,
) -> None:
    clock = DemoClock(SystemClock().now())
    channels = _channels(clock)
    async with open_database(settings, makes=True) as database:
        # The past is played at full speed; from the present on the pretend messengers keep their limits.
        past = build(settings, database, channels, clock=clock)
        pages_address = PagesAddress()
        application = build(
            settings.model_copy(update={"pace": "on"}), database, channels, clock=clock, pages_address=pages_address
        )
        sentiments = load_sentiments()
        api = DemoApi(
            channels=channels,
            panes=demo_panes(),
            figures=lambda: _figures(application, settings, sentiments),
            clock=clock,
        )
        web = web_application(
            ready=application.health,
            registry=application.metrics.registry,
            routes=[*page_routes(), *api.routes(), *application.pages.routes()],
            body_limit=BODY_LIMIT,
        )
        async with serving(web, address) as actual:
            channels["vk"].address = f"{actual.url}/demo#"
            pages_address.url, pages_address.is_public = actual.url, True
            try:
                steps = script(clock.now(), conversations)
                await _play(past, channels, clock, steps, on_step, has_past=has_past)
                clock.run()
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(application.run(_PARTS))
                    on_ready(f"{actual.url}/demo")
            finally:
                api.stop()
                await application.pages.close()


async def _play(
    application: Application,
    channels: Mapping[str, MemoryChannel],
    clock: DemoClock,
    steps: Sequence[Step],
    on_step: Callable[[float], None],
    *,
    has_past: bool,
) -> None:
    """Play the history with a standing clock, after what was before it."""
    now = clock.now()
    players = Players(application=application, channels=channels, clock=clock, texts=Texts.load())
    async with asyncio.TaskGroup() as tasks:
        clock.move_to((steps[0].at if steps else clock.now()) - timedelta(hours=1))
        on_step(0.0)
        await players.import_town()
        if has_past:
            await tell_past(application.database, now=now)
        running = tasks.create_task(application.run(_PLAYED))
        await players.move_in()
        await players.play(steps, on_step=on_step)
        running.cancel()


def _settings(folder: Path) -> Settings:
    """Build the settings without reading the operator's: the demo must never touch a real database or token."""
    return Settings.model_construct(data_dir=folder, telegram_token=SecretStr(f"{BOT_ID}:demo"), pace="off")


def _channels(clock: DemoClock) -> dict[str, MemoryChannel]:
    limits = replace(TELEGRAM_LIKE, private_rate=VK_LIKE.private_rate, group_rate=_PATIENT_GROUP)
    telegram = MemoryChannel("telegram", limits, clock=clock)
    telegram.titles[BOT_ID] = BOT_TITLE
    vk = MemoryChannel("vk", VK_LIKE, clock=clock, idempotent=True)
    vk.titles.update({institution.vk_group_id: institution.title for institution in INSTITUTIONS})
    return {"telegram": telegram, "vk": vk}


async def _figures(application: Application, settings: Settings, sentiments: Sentiments) -> Mapping[str, Any]:
    now = application.clock.now()
    today = now.astimezone(settings.zone).date()
    report = await make_report(
        application.database,
        scope=Scope(kind=ScopeKind.REGION),
        first=today - FIGURES_REACH,
        last=today,
        zone=settings.zone,
        now=now,
        sentiments=sentiments,
    )
    total = report["total"]
    return {
        "open": total["unanswered"],
        "overdue": total["overdue"],
        "in_time_share": total["in_time_share"],
        "median_seconds": total["first_response"]["median_seconds"],
        "reactions": total["reactions"],
    }
