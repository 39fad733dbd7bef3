"""A real Chromium on the real demo: what the tests of the page have in their hands."""

import asyncio
import re
import shutil
import struct
import zlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from bot.demo.conversations import read_conversations
from bot.demo.history import ZONE
from bot.demo.institutions import GROUPS
from bot.demo.run import perform
from bot.demo.town import BOT_ID, TELEGRAM_CITIZEN, VK_CITIZEN
from bot.texts import Texts
from bot.web.listen import Listen
from handlers.buttons import Press

CHROMIUM = next((found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), None)
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="Debian's Chromium is not installed (apt install chromium)"
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESK = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TEXTS = Texts.load()
SOME_HISTORY = 8
"""Conversations: enough for a report with something in it."""
PATIENCE_MILLISECONDS = 60_000


def words(key: str, **arguments: str | int) -> str:
    """Return what the product says in Russian."""
    return TEXTS.say("ru", key, **arguments)


def make_picture(path: Path) -> Path:
    """Make a small picture of a yard: all green."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", 4, 4, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x30\x90\x40" * 4) * 4)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))
    return path


@asynccontextmanager
async def demo() -> AsyncIterator[str]:
    """Run the real demo with a short history; yields the page's address."""
    ready: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    performing = asyncio.create_task(
        perform(
            Listen(host="127.0.0.1", port=0),
            on_ready=ready.set_result,
            conversations=read_conversations()[:SOME_HISTORY],
            has_past=False,
        )
    )
    try:
        both: list[asyncio.Future[Any]] = [performing, ready]
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        if performing.done():
            await performing
        yield await ready
    finally:
        performing.cancel()
        await asyncio.wait({performing})


@asynccontextmanager
async def agreed() -> AsyncIterator[str]:
    """Run the demo with citizens who have agreed to the keeping of their words."""
    async with demo() as address, ClientSession() as visitor:
        for pane, community, user in (
            ("vk-citizen", f"vk/{GROUPS['kazan-school-512']}", VK_CITIZEN.user_id),
            ("telegram-citizen", f"telegram/{BOT_ID}", TELEGRAM_CITIZEN.user_id),
        ):
            who = {"pane": pane, "chat": f"{community}/{user}"}
            await visitor.post(f"{address}/api/say", json={**who, "text": "/start"})
            async with asyncio.timeout(PATIENCE_MILLISECONDS / 1000):
                while not (action := await _consent_of(visitor, address, who["chat"])):  # noqa: ASYNC110 - it is a page
                    await asyncio.sleep(0.05)
            await visitor.post(f"{address}/api/press", json={**who, "message": "", "action": action})
        yield address


async def _consent_of(visitor: ClientSession, address: str, chat: str) -> str:
    async with visitor.get(f"{address}/api/changes") as answer:
        messages = (await answer.json())["chats"].get(chat, [])
    actions = [button["action"] for message in messages for row in message["buttons"] for button in row]
    return next((action for action in actions if action.startswith(f"{Press.CONSENT}:yes")), "")


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Start the browser; what is expected on its pages may take long on a busy machine."""
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def page_of(browser: Browser, address: str, look: dict[str, Any]) -> AsyncIterator["DemoPage"]:
    """Open the page; at the end nothing may have gone wrong in it, and no other host may have been asked."""
    context = await browser.new_context(**look)
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MILLISECONDS)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    host = address.removesuffix("/demo")
    page.on(
        "request",
        lambda asked: None if asked.url.startswith((host, "blob:", "data:")) else complaints.append(asked.url),
    )
    await page.goto(address)
    await page.wait_for_selector("body.ready")
    try:
        yield DemoPage(page)
        assert complaints == []
    finally:
        await context.close()


class DemoPage:
    """The page in the words of somebody who uses it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def pane(self, name: str) -> Locator:
        return self.page.locator(f"#pane-{name}")

    def bubble(self, pane: str, words: str) -> Locator:
        """The latest message of a pane with these words."""
        return self.pane(pane).locator(".message", has_text=words).last

    async def chooses(self, pane: str, title: str) -> None:
        """Choose the dialogue of a pane."""
        await self.pane(pane).locator(".chooser select").select_option(title)

    async def writes(
        self, pane: str, words: str, *, to: str = "", picture: Path | None = None, pictures: Sequence[Path] = ()
    ) -> None:
        """Write in a pane and send it off."""
        if to:
            await self.chooses(pane, to)
        composer = self.pane(pane).locator(".composer")
        files = [*pictures, *([picture] if picture is not None else [])]
        if files:
            await composer.locator("input[type=file]").set_input_files(files)
            await composer.locator(".preview img").last.wait_for()
        await composer.locator("textarea").fill(words)
        await composer.locator(".send").click()

    async def sees(self, pane: str, words: str) -> Locator:
        """Wait for words of a pane."""
        bubble = self.bubble(pane, words)
        await bubble.wait_for()
        return bubble

    async def answers(self, pane: str, card: str, words: str, *, picture: Path | None = None) -> None:
        """Reply to a card by clicking on it: the latest message that says so itself, not one that quotes it."""
        await self.pane(pane).locator(".message .text", has_text=card).last.click()
        await self.pane(pane).locator(".replying").wait_for()
        await self.writes(pane, words, picture=picture)

    async def agrees(self, pane: str) -> None:
        """Agree to the keeping of one's words."""
        await self.pane(pane).get_by_role("button", name=words("button-consent-yes"), exact=True).last.click()

    async def does(self, pane: str, words: str, what: str) -> None:
        """Choose something from the menu of a message."""
        await self.bubble(pane, words).locator(".more").click()
        await self.page.get_by_role("menuitem", name=what).click()

    async def edits(self, pane: str, before: str, after: str) -> None:
        """Change one's own message."""
        await self.does(pane, before, "Изменить")
        await self.writes(pane, after)

    async def tries(self, title: str) -> None:
        """Start a scenario of the menu."""
        await self.page.locator("#try").click()
        await self.page.locator(".scenario", has_text=title).click()

    async def until_day(self) -> None:
        """Let hours pass until nobody sleeps."""
        for _ in range(24):
            shown = datetime.fromisoformat(str(await self.page.locator("#now").get_attribute("datetime")))
            if 10 <= shown.astimezone(ZONE).hour < 17:
                return
            await self.page.get_by_role("button", name="+1 час").click()
            await self.page.wait_for_function(
                "before => document.querySelector('#now').dateTime > before",
                arg=(shown + timedelta(minutes=50)).strftime("%Y-%m-%dT%H:%M"),
            )

    async def presses(self, pane: str, card: str, button: str) -> None:
        """Press a button under a card."""
        key = self.page.locator(".key", has_text=button)
        await self.pane(pane).locator(".message", has_text=card, has=key).last.locator(key).click()

    async def presses_behind(self, pane: str, card: str, *buttons: str) -> None:
        """Press what stands behind «Ещё…» under a card, one after the other."""
        await self.presses(pane, card, words("button-menu"))
        for button in buttons:
            await self.presses(pane, card, button)

    async def figure(self, name: str) -> str:
        """Return a figure of the strip."""
        return await self.page.locator(f"#figure-{name}").inner_text()

    async def until_figure(self, name: str, says: str) -> None:
        """Wait until a figure says this."""
        await expect(self.page.locator(f"#figure-{name}")).to_have_text(says, timeout=PATIENCE_MILLISECONDS)

    async def ticket_number(self, pane: str) -> str:
        """Return the number that a citizen was told, `№ 9`."""
        said = await self.sees(pane, "Принято, № ")  # an institution's name may hold a number too
        return re.search(r"(?<=Принято, )№\s\d+", await said.inner_text())[0]  # type: ignore[index]  # `sees` has waited for it
