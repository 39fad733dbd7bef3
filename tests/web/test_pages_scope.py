"""Nobody sees more than their scope: figures, tickets, names, files; and no page tells who a citizen is."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from html import unescape
from io import BytesIO

import pytest
from aiohttp import ClientSession
from openpyxl import load_workbook
from sqlalchemy import select

from bot.domain.clock import ManualClock
from storage.database import Database
from storage.tables import audit
from tests.reports.week import NOW
from tests.web.pages_kit import Office, office, words
from tests.web.test_pages_figures import WEEK, busy_week, listed

KAZAN, CULTURE = "municipality:Казань", "branch:Культура"
SCHOOLS_TICKET, GIVEN_TO_MUSIC, CALL = 1, 14, 17


@pytest.fixture
async def pages(database: Database) -> AsyncIterator[Office]:
    archive = busy_week()
    called = archive.asked("school-12", "tue 12:00")
    called.messages[-1] = replace(called.messages[-1], text="Позвоните 8 917 123-45-67 <script>alert(1)</script>")
    await archive.store(database)
    async with office(database, ManualClock(NOW)) as opened:
        yield opened


async def seen(browser: ClientSession, path: str) -> tuple[int, str]:
    async with browser.get(path) as answer:
        return answer.status, unescape(await answer.text())


async def test_a_shared_address_shows_everybody_their_own_part(pages: Office) -> None:
    path = f"/tickets?{WEEK}&branch=Культура&figure=questions"
    async with pages.visitor("1", "region") as region, pages.visitor("2", KAZAN) as kazan:
        assert (await listed(region, path))[0] > (await listed(kazan, path))[0] > 0
        status, shown = await seen(kazan, f"/?{WEEK}&scope=region")
        assert status == 200
        assert "Дом культуры" not in shown


@pytest.mark.parametrize(
    "path",
    [
        "/?institution=school-12",
        "/?municipality=Казань&branch=Образование",
        "/?branch=Образование",
        "/tickets?institution=school-12",
        "/lines/administrator?institution=school-12",
        "/download/csv?institution=school-12",
        f"/ticket/{SCHOOLS_TICKET}",
        "/ticket/999999",
        "/?institution=no-such-school",
    ],
)
async def test_what_is_not_ones_own_looks_like_what_does_not_exist(pages: Office, path: str) -> None:
    async with pages.visitor("2", CULTURE) as browser:
        status, shown = await seen(browser, path)
        assert status == 404
        assert words("pages-not-here") in shown
        assert "Школа" not in shown


@pytest.mark.parametrize("query", ["branch=Культура", "municipality=Буинск", "institution=school-12&branch=Культура"])
async def test_an_institution_seen_from_a_branch_that_is_not_its_own_is_nowhere(pages: Office, query: str) -> None:
    async with pages.visitor("2", "institution:school-12") as browser:
        status, shown = await seen(browser, f"/?{WEEK}&{query}")
        assert status == 404
        assert words("pages-not-here") in shown


async def test_a_page_of_an_institution_is_headed_by_its_name_whatever_the_address_adds(pages: Office) -> None:
    async with pages.visitor("2", "institution:school-12") as browser:
        status, shown = await seen(browser, f"/?{WEEK}&branch=Образование")
        assert status == 200
        assert "Образование" not in shown.partition("<h1>")[2].partition("</h1>")[0]


async def test_two_scopes_are_chosen_between_and_both_open_tickets(pages: Office) -> None:
    async with pages.visitor("2", CULTURE, "institution:school-12") as browser:
        assert (await seen(browser, f"/ticket/{SCHOOLS_TICKET}"))[0] == 200
        status, shown = await seen(browser, f"/?{WEEK}&scope=institution:school-12")
        assert status == 200
        assert "Алсу" in shown
        assert "Дом культуры" not in shown.partition("<main")[2].partition(words("pages-own-scopes"))[2]


async def test_what_was_given_away_is_listed_but_not_opened(pages: Office) -> None:
    async with pages.visitor("2", "institution:school-12") as browser:
        assert await listed(browser, f"/tickets?{WEEK}&figure=transferred") == (1, [GIVEN_TO_MUSIC])
        _, shown = await seen(browser, f"/tickets?{WEEK}&figure=transferred")
        assert f"/ticket/{GIVEN_TO_MUSIC}" not in shown
        assert words("pages-elsewhere") in shown
        assert (await seen(browser, f"/ticket/{GIVEN_TO_MUSIC}"))[0] == 404


async def test_administrators_are_named_to_their_own_chain_only(pages: Office) -> None:
    async with pages.visitor("1", "region") as region, pages.visitor("2", "institution:music-3") as music:
        assert "Рөстәм" in (await seen(region, f"/ticket/{GIVEN_TO_MUSIC}"))[1]
        assert "Рөстәм" in (await seen(music, f"/ticket/{GIVEN_TO_MUSIC}"))[1]
        await pages.gives("2", "institution:culture")
        for path in (f"/?{WEEK}", f"/tickets?{WEEK}", f"/lines/administrator?{WEEK}"):
            assert "Рөстәм" not in (await seen(music, path))[1]


async def test_a_ticket_hides_who_asks_and_its_opening_is_kept(pages: Office) -> None:
    async with pages.visitor("1", "region") as browser:
        status, shown = await seen(browser, f"/ticket/{CALL}?{WEEK}")
        assert status == 200
        assert "123-45-67" not in shown
        assert "•••" in shown
        async with browser.get(f"/ticket/{CALL}") as answer:
            assert "<script>alert" not in await answer.text()
        assert words("pages-who-citizen") in shown
        async with browser.get(f"/tickets?{WEEK}") as answer:
            assert "123-45-67" not in await answer.text()
    async with pages.database.reading() as connection:
        kept = (await connection.execute(select(audit).where(audit.c.action == "ticket-read"))).all()
    assert {(row.actor, row.subject) for row in kept} == {("telegram:1", str(CALL))}
    assert len(kept) == 2


async def test_files_hold_the_figures_of_the_page(pages: Office) -> None:
    async with pages.visitor("2", CULTURE) as browser:
        _, shown = await seen(browser, f"/?{WEEK}&municipality=Казань")
        asked = re.search(r'tile questions">.*?number" href="[^"]*">(\d+)<', shown, re.DOTALL)
        assert asked is not None
        async with browser.get(f"/download/csv?{WEEK}&municipality=Казань") as answer:
            assert answer.headers["Content-Disposition"].startswith("attachment;")
            total = (await answer.text("utf-8-sig")).splitlines()[1].split(";")
        assert asked[1] in total
        async with browser.get(f"/download/xlsx?{WEEK}&municipality=Казань") as answer:
            book = load_workbook(BytesIO(await answer.read()))
        values = {str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row}
        assert asked[1] in values
        for form, start in (("pdf", b"%PDF"), ("png", b"\x89PNG"), ("pptx", b"PK")):
            async with browser.get(f"/download/{form}?{WEEK}&municipality=Казань") as answer:
                assert (answer.status, (await answer.read())[: len(start)]) == (200, start)
