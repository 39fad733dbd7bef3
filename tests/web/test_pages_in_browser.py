"""The supervisors' pages in a real browser: by mouse and keyboard, on a phone and a desk, in both languages."""

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.domain.clock import ManualClock
from storage.database import Database
from storage.vault import Vault
from tests.conftest import sqlite_url
from tests.demo.browser import DESK, PATIENCE_MILLISECONDS, PHONE, chromium, needs_chromium
from tests.reports.week import NOW
from tests.web.pages_kit import Office, office, words
from tests.web.test_pages_figures import WEEK, busy_week

pytestmark = [pytest.mark.browser, needs_chromium, pytest.mark.asyncio(loop_scope="module")]

# All tests share one browser and one week; the one that adds a question to the week stands last.

LOOKS = (Path(__file__).parent / "looks.js").read_text(encoding="utf-8")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def pages(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    file = shutil.copyfile(sqlite_template, tmp_path_factory.mktemp("pages") / "otklik.db")
    database = Database(url=sqlite_url(file), vault=Vault(bytes(range(32))))
    await busy_week().store(database)
    async with office(database, ManualClock(NOW)) as opened:
        await opened.gives("7001", "region")
        yield opened
    await database.close()


@asynccontextmanager
async def inside(pages: Office, browser: Browser, look: dict[str, Any], *, language: str = "ru") -> AsyncIterator[Page]:
    """Come in by a link; at the end nothing may have gone wrong, and no other host may have been asked."""
    context = await browser.new_context(**look)
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MILLISECONDS)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("request", lambda asked: None if asked.url.startswith(pages.url) else complaints.append(asked.url))
    try:
        await page.goto(await pages.link(language=language))
        await page.locator(".main-button").click()
        await expect(page).to_have_url(f"{pages.url}/")
        yield page
        assert complaints == []
    finally:
        await context.close()


async def heading(page: Page) -> str:
    return " ".join((await page.locator("h1").inner_text()).split())


async def test_a_supervisor_walks_from_the_region_to_a_ticket_and_back(pages: Office, browser: Browser) -> None:
    async with inside(pages, browser, DESK) as page:
        await page.goto(f"{pages.url}/?{WEEK}")
        await page.get_by_role("rowheader", name="Культура").get_by_role("link").click()
        await expect(page.locator("h1")).to_contain_text("Культура")
        await page.get_by_role("link", name="Казань", exact=True).click()
        await page.get_by_role("rowheader", name="Музыкальная школа № 3").get_by_role("link").click()
        await expect(page.locator("h1")).to_contain_text("Музыкальная школа № 3")
        await expect(page.get_by_role("rowheader", name="Рөстәм")).to_be_visible()
        tile = page.locator(".tile.questions .number")
        number = await tile.inner_text()
        await tile.click()
        assert await heading(page) == f"{words('pages-tickets-questions')}: {number} 23.11.2026 – 27.11.2026"
        entries = page.locator("table.tickets tbody tr")
        assert await entries.count() == int(number)
        await entries.first.get_by_role("link").click()
        await expect(page.locator(".steps")).to_contain_text(words("pages-who-citizen"))
        await page.go_back()
        assert await entries.count() == int(number)
        await page.get_by_role("navigation", name=words("pages-way")).get_by_role("link").first.click()
        await expect(page.locator(".tile.questions")).to_be_visible()


async def test_filters_stand_in_the_address(pages: Office, browser: Browser) -> None:
    async with inside(pages, browser, DESK) as page:
        await page.goto(f"{pages.url}/tickets?{WEEK}")
        await page.get_by_label(words("pages-filter-channel")).select_option("telegram")
        await page.get_by_role("button", name=words("pages-show")).last.click()
        await page.wait_for_url(re.compile("channel=telegram"))
        assert await page.locator("table.tickets tbody tr").count() == 2
        await page.reload()
        assert await page.get_by_label(words("pages-filter-channel")).input_value() == "telegram"
        assert "from=2026-11-23" in page.url


async def test_everything_is_reached_by_the_keyboard_alone(pages: Office, browser: Browser) -> None:
    # A field for a date marks its day, month or year itself.
    async with inside(pages, browser, DESK) as page:
        await page.goto(f"{pages.url}/?{WEEK}")
        await page.keyboard.press("Tab")
        skip = page.get_by_text(words("pages-skip"))
        await expect(skip).to_be_focused()
        await expect(skip).to_be_in_viewport()
        await page.keyboard.press("Enter")
        reached: list[str] = []
        for _ in range(400):
            await page.keyboard.press("Tab")
            now = await page.evaluate(
                "() => { const each = document.activeElement; const style = getComputedStyle(each);"
                " const shown = each.matches('input') ? 'its own' : style.outlineStyle;"
                " return each === document.body ? '' : each.textContent.trim() + '|' + shown }"
            )
            if not now:
                break
            reached.append(now)
        assert not [each for each in reached if each.endswith("|none")], "focus is always seen"
        controls = await page.locator("main a:visible, main summary:visible, main button:visible").count()
        assert len(reached) >= controls


@pytest.mark.parametrize(
    ("look", "scheme", "language"),
    [  # the narrowest in both languages and both schemes, the wider ones once
        (PHONE, "light", "tt"),
        (PHONE, "dark", "ru"),
        ({"viewport": {"width": 1024, "height": 800}}, "light", "ru"),
        (DESK, "dark", "tt"),
    ],
    ids=["390-light-tt", "390-dark-ru", "1024-light-ru", "1440-dark-tt"],
)
async def test_every_page_reads_well(
    pages: Office, browser: Browser, look: dict[str, Any], scheme: str, language: str
) -> None:
    shape = {**look, "color_scheme": scheme}
    async with inside(pages, browser, shape, language=language) as page:
        for path in (
            f"/?{WEEK}",
            f"/?{WEEK}&institution=school-12",
            "/?from=2020-01-01&to=2020-01-01",
            f"/lines/institution?{WEEK}&sort=-overdue",
            f"/tickets?{WEEK}&figure=answered",
            f"/tickets?{WEEK}&figure=duplicates",
            f"/ticket/15?{WEEK}",
        ):
            await page.goto(f"{pages.url}{path}")
            assert await page.evaluate(LOOKS) == [], path
        assert await page.locator("html").get_attribute("lang") == language


async def test_without_scripts_the_pages_work_too(pages: Office, browser: Browser) -> None:
    async with inside(pages, browser, {**DESK, "java_script_enabled": False}) as page:
        await page.goto(f"{pages.url}/?{WEEK}")
        await page.locator(".tile.questions .number").click()
        await expect(page.locator("table.tickets")).to_be_visible()


async def test_the_closed_page_and_the_door_read_well(pages: Office, browser: Browser) -> None:
    phone: dict[str, Any] = {**PHONE}
    context = await browser.new_context(**phone)
    page = await context.new_page()
    for path in ("/", await pages.link(), "/enter/old"):
        await page.goto(path if path.startswith("http") else f"{pages.url}{path}")
        assert await page.evaluate(LOOKS) == [], path
    await context.close()


async def test_fresh_figures_come_by_themselves_and_the_keyboard_stays_where_it_is(
    pages: Office, browser: Browser
) -> None:
    async with inside(pages, browser, DESK) as page:
        await page.goto(f"{pages.url}/?{WEEK}")
        tile = page.locator(".tile.questions .number")
        before = int(await tile.inner_text())
        await tile.focus()
        await pages.asks_more()
        await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        await expect(tile).to_have_text(str(before + 1))
        await expect(tile).to_be_focused()
