"""Every figure opens its tickets: the list behind a number has as many entries as the number says."""

import re
from collections.abc import AsyncIterator
from html import unescape
from html.parser import HTMLParser

import pytest
from aiohttp import ClientSession

from bot.domain.clock import ManualClock
from bot.domain.ticket import TicketState
from storage.database import Database
from tests.reports.archive import Archive
from tests.reports.week import NOW, week
from tests.web.pages_kit import Office, office, words

WEEK = "from=2026-11-23&to=2026-11-27"


def busy_week() -> Archive:
    """The week of the reports, with what it lacks: transfers, grades, and a branch in two municipalities."""
    archive = week()
    music = archive.institution("music-3", "Музыкальная школа № 3", "Культура", "Казань")
    rustem = archive.administrator("Рөстәм", music)
    archive.asked("school-12", "tue 10:00").transferred("tue 11:00", music).answered("tue 12:00", by=rustem)
    wandered = archive.asked(music, "wed 10:00").transferred("wed 10:10", "culture")
    wandered.transferred("wed 10:20", music).answered("wed 11:00", by=rustem).says("wed 12:00")
    wandered.answered("wed 13:00", by=rustem).says("wed 14:00").answered("wed 18:00", by=None)
    archive.asked(music, "thu 9:00").excused("thu 9:05").says("thu 9:30").excused("thu 9:40").says("thu 10:00")
    return archive


@pytest.fixture
async def pages(database: Database) -> AsyncIterator[Office]:
    await busy_week().store(database)
    async with office(database, ManualClock(NOW)) as opened:
        yield opened


class Links(HTMLParser):
    """Reads which numbers lead to which tickets."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._href = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self._href = told.get("href") or "" if tag == "a" and told.get("class") == "number" else ""

    def handle_data(self, data: str) -> None:
        if self._href:
            self.found.append((self._href, data))
            self._href = ""


async def page(browser: ClientSession, path: str) -> str:
    async with browser.get(path) as answer:
        text = await answer.text()
        assert answer.status == 200, (path, text)
        return text


async def listed(browser: ClientSession, path: str) -> tuple[int, list[int]]:
    """Return what a list says above itself, and the numbers in it."""
    text = await page(browser, path)
    heading = re.search(r'data-live="count">[^<]*: ([\d\xa0]+)<', text)
    assert heading is not None, path
    return int(heading[1].replace("\xa0", "")), [
        int(n) for n in re.findall(r'<th scope="row">(?:<a[^>]*>)?(\d+)', text)
    ]


_TIMED = r'href="([^"]*figure=(?:answered|next|resolved|graded)&amp;[^"]*)">[^<]*</a>'
_N = r'\s*(?:</p>\s*)?<(?:p|span) class="n">n = (\d+)'


@pytest.mark.parametrize(
    "path",
    [
        f"/?{WEEK}",
        f"/?{WEEK}&branch=Культура",
        f"/?{WEEK}&branch=Культура&municipality=Казань",
        f"/?{WEEK}&institution=school-12",
        f"/?{WEEK}&institution=music-3",
        f"/lines/institution?{WEEK}&sort=overdue",
        f"/lines/administrator?{WEEK}",
        f"/lines/topic?{WEEK}&municipality=Казань",
    ],
)
async def test_every_number_of_a_page_opens_so_many_tickets(pages: Office, path: str) -> None:
    async with pages.visitor("7001", "region") as browser:
        links = Links(await page(browser, path)).found
        counted = 0
        for href, text in links:
            told, numbers = await listed(browser, href)
            assert told > 0, (href, text)
            assert len(numbers) <= told
            if text.replace("\xa0", "").isdecimal():
                assert told == int(text.replace("\xa0", "")), href
                counted += 1
        assert counted >= 5


async def test_a_times_list_has_as_many_entries_as_the_n_beside_it(pages: Office) -> None:
    async with pages.visitor("7001", "region") as browser:
        shown = await page(browser, f"/?{WEEK}")
        with_n = re.findall(rf"{_TIMED}{_N}", shown)
        assert len(with_n) >= 4
        for href, n in with_n:
            assert (await listed(browser, unescape(href)))[0] == int(n), href


async def test_lists_are_sorted_and_cut_into_pages(pages: Office) -> None:
    async with pages.visitor("7001", "region") as browser:
        _, by_time = await listed(browser, f"/tickets?{WEEK}&figure=answered&sort=-first")
        _, back = await listed(browser, f"/tickets?{WEEK}&figure=answered&sort=first")
        assert by_time[0] == 3, "a day and half an hour"
        assert back[0] == by_time[-1]
        assert sorted(by_time) == sorted(back)
        assert await listed(browser, f"/tickets?{WEEK}&figure=answered&page=2") == (len(by_time), [])


async def test_filters_narrow_a_list_together(pages: Office) -> None:
    async with pages.visitor("7001", "region") as browser:
        telegram = await listed(browser, f"/tickets?{WEEK}&channel=telegram")
        assert telegram == (2, [9, 3])
        everything, _ = await listed(browser, f"/tickets?{WEEK}")
        by_state = [(await listed(browser, f"/tickets?{WEEK}&state={state}"))[0] for state in TicketState]
        assert sum(by_state) == everything
        assert sum(count > 0 for count in by_state) > 1
        assert await listed(browser, f"/tickets?{WEEK}&channel=telegram&figure=answered") == (1, [3])
        assert await listed(browser, f"/tickets?{WEEK}&topic=-&channel=telegram") == telegram
        assert await listed(browser, f"/tickets?{WEEK}&topic=roads") == (0, [])


@pytest.mark.parametrize(
    "path",
    [
        "/tickets?figure=nothing",
        "/tickets?state=nothing",
        "/tickets?administrator=x",
        "/lines/nothing",
        "/download/exe",
    ],
)
async def test_an_address_that_nobody_understands_leads_nowhere(pages: Office, path: str) -> None:
    async with pages.visitor("7001", "region") as browser, browser.get(path) as answer:
        assert answer.status == 404


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("from=2026-11-27&to=2026-11-23", "report-period-upside-down"),
        ("from=yesterday", "report-period-unknown"),
        ("period=decade", "report-period-unknown"),
        ("from=1000-01-01&to=2026-01-01", "report-period-too-long"),
    ],
)
async def test_an_impossible_period_is_told_in_words(pages: Office, query: str, says: str) -> None:
    async with pages.visitor("7001", "region") as browser, browser.get(f"/?{query}") as answer:
        assert answer.status == 400
        assert words(says) in unescape(await answer.text())
