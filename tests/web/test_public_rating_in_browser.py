"""The public rating in a real browser: on a phone, at a desk, with the keyboard."""

from collections.abc import AsyncIterator

import pytest

from bot.domain.clock import ManualClock
from storage.database import Database
from tests.demo.browser import chromium, needs_chromium
from tests.reports.week import NOW
from tests.web.pages_kit import Office, office
from tests.web.test_public_rating import kept, result

pytestmark = [pytest.mark.browser, needs_chromium]

_UNNAMED = "[...document.querySelectorAll('a, summary, th[scope=col]')].filter(each => !each.textContent.trim()).length"


@pytest.fixture
async def pages(database: Database) -> AsyncIterator[Office]:
    await kept(database, result())
    async with office(database, ManualClock(NOW)) as opened:
        yield opened


async def test_it_fits_a_phone_and_a_desk_and_asks_nobody_else_for_anything(pages: Office) -> None:
    asked: list[str] = []
    said: list[str] = []
    async with chromium() as browser:
        for width, sees_columns in ((390, False), (1280, True)):
            page = await browser.new_page(viewport={"width": width, "height": 844})
            page.on("request", lambda request: asked.append(request.url))
            page.on("console", lambda message: said.append(message.text))
            for path in ("/rating", "/rating/1/0", "/rating?language=tt"):
                await page.goto(pages.url + path)
                assert await page.evaluate("document.documentElement.scrollWidth") <= width, path
                assert await page.locator("h1").count() == 1
                assert await page.evaluate(_UNNAMED) == 0
                assert await page.locator("table").count() == await page.locator("table caption").count()
            await page.goto(f"{pages.url}/rating/1/0")
            assert await page.get_by_role("columnheader", name="Скорость").is_visible() is sees_columns
            assert await page.locator(".narrow").first.is_visible() is not sees_columns
    assert asked
    assert all(url.startswith(pages.url) for url in asked)
    assert said == []


async def test_the_keyboard_opens_a_whole_group_and_the_method(pages: Office) -> None:
    async with chromium() as browser:
        page = await browser.new_page()
        await page.goto(f"{pages.url}/rating")
        await page.get_by_role("link", name="Показать всех").first.focus()
        await page.keyboard.press("Enter")
        await page.get_by_text("Школа № 7").first.wait_for()
        await page.go_back()
        await page.locator("summary", has_text="Как считаются баллы").focus()
        await page.keyboard.press("Enter")
        assert await page.get_by_text("нижняя граница 95 % интервала Уилсона").is_visible()
