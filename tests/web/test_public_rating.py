"""The rating that everybody may read: institutions only, and only what was published."""

import hashlib
import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import pytest

from bot.domain.clock import ManualClock
from bot.domain.result import Result
from bot.reports.rating.nominations import Nomination, Plan
from bot.reports.rating.result import digest, freeze
from storage.database import Database
from storage.results import add_result, hide_result, publish_result
from tests.reports.rated import figures, line, report_of
from tests.reports.week import NOW
from tests.web.pages_kit import Office, office, words

NOON = datetime(2026, 11, 2, 9, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script> & «Школа»"


@pytest.fixture
async def pages(database: Database) -> AsyncIterator[Office]:
    async with office(database, ManualClock(NOW)) as opened:
        yield opened


def result(title: str = "Лучшие госпаблики года", *, schools: int = 8) -> Result:
    report = report_of(
        *(line(f"s{number}", f"Школа № {number}", questions=40, in_time=40 - number) for number in range(schools)),
        line("hostile", HOSTILE, questions=40, in_time=1),
        line("tiny", "Школа № 99", questions=2),
        line("out", "Школа № 77", questions=20),
        by_municipality=[{"municipality": name, **figures(20)} for name in ("Арча", "Казань")],
        by_administrator=[{"administrator": "Алсу-секрет", "institution": "s1", **figures(20)}],
    )
    shown, people = freeze(
        {**report, "definitions": "1"},
        title=title,
        plan=Plan(excluded={"out": "отказались"}, appeal_until=date(2026, 12, 1)),
        nominations=[Nomination(title="Лучшая школа", kinds=("school",)), Nomination(title="Музеи", kinds=("museum",))],
        frozen_at=NOON,
    )
    return Result(
        id=0,
        title=title,
        scope="region",
        first="2026-10-01",
        last="2026-10-31",
        hash=digest(shown),
        frozen_at=NOON,
        frozen_by="operator root",
        shown=shown,
        people=people,
    )


async def kept(database: Database, made: Result, *, published: bool = True) -> int:
    async with database.unit() as connection:
        number = await add_result(connection, database.vault, made)
        if published:
            await publish_result(connection, number, at=NOON, actor="operator root")
    return number


async def read(pages: Office, path: str) -> tuple[int, str]:
    async with pages.browser() as browser, browser.get(path) as answer:
        return answer.status, await answer.text()


async def test_there_is_nothing_until_something_is_published(pages: Office) -> None:
    status, shown = await read(pages, "/rating")
    assert (status, words("rating-page-none-title") in shown) == (404, True)
    number = await kept(pages.database, result(), published=False)
    for path in ("/rating", f"/rating/{number}", f"/rating/{number}.json", f"/rating/{number}/0"):
        assert (await read(pages, path))[0] == 404, path


async def test_everybody_reads_places_points_and_the_method(pages: Office) -> None:
    number = await kept(pages.database, result())
    for path in ("/rating", f"/rating/{number}"):
        status, shown = await read(pages, path)
        assert status == 200
        assert "Лучшие госпаблики года" in shown
        assert "01.10.2026 – 31.10.2026" in shown
        assert "Возражения принимаются до 01.12.2026" in shown
        assert words("rating-page-definitions", version="1") in shown, "a frozen result keeps its own definitions"
        assert "1 место" in shown
        assert "Школа № 0" in shown
        assert words("rating-page-not-given") in shown
        assert "Как считается рейтинг" in shown
        # Five of a group; the rest is a page of its own.
        assert "Школа № 6" not in shown


async def test_a_whole_group_is_a_page_with_those_outside_the_rating(pages: Office) -> None:
    number = await kept(pages.database, result())
    status, shown = await read(pages, f"/rating/{number}/0")
    assert status == 200
    assert [f"Школа № {each}" in shown for each in range(8)] == [True] * 8
    assert "вне рейтинга: меньше 5 сообщений" in shown
    assert "вне рейтинга: отказались" in shown
    assert (await read(pages, f"/rating/{number}/99"))[0] == 404


async def test_whoever_downloads_the_result_can_check_its_hash(pages: Office) -> None:
    made = result()
    number = await kept(pages.database, made)
    async with pages.browser() as browser, browser.get(f"/rating/{number}.json") as answer:
        content = await answer.read()
    assert hashlib.sha256(content).hexdigest() == made.hash
    assert made.hash in (await read(pages, "/rating"))[1]
    assert json.loads(content)["title"] == "Лучшие госпаблики года"


async def test_neither_people_nor_hostile_names_come_through(pages: Office) -> None:
    number = await kept(pages.database, result())
    for path in ("/rating", f"/rating/{number}.json", *(f"/rating/{number}/{group}" for group in range(2))):
        status, shown = await read(pages, path)
        assert (status, "секрет" in shown) == (200, False), path
        assert "<script>alert" not in shown or path.endswith(".json")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in (await read(pages, f"/rating/{number}/0"))[1]


async def test_what_is_hidden_again_is_gone_at_once(pages: Office) -> None:
    number = await kept(pages.database, result())
    assert (await read(pages, "/rating"))[0] == 200
    async with pages.database.unit() as connection:
        await hide_result(connection, number, at=NOON, actor="operator root")
    assert (await read(pages, "/rating"))[0] == 404


async def test_the_latest_one_is_first_and_names_the_others(pages: Office) -> None:
    first = await kept(pages.database, result("Итог октября"))
    await kept(pages.database, result("Итог ноября"))
    shown = (await read(pages, "/rating"))[1]
    assert shown.index("Итог ноября") < shown.index("Итог октября")
    assert f'href="/rating/{first}"' in shown


async def test_it_may_be_cached_and_speaks_tatar(pages: Office) -> None:
    await kept(pages.database, result())
    async with pages.browser() as browser, browser.get("/rating", params={"language": "tt"}) as answer:
        assert answer.headers["Cache-Control"] == "public, max-age=60"
        assert "Set-Cookie" not in answer.headers
        shown = await answer.text()
    assert '<html lang="tt">' in shown
    assert "Номинацияләр" in shown


async def test_odd_addresses_are_just_not_there(pages: Office) -> None:
    await kept(pages.database, result())
    for path in ("/rating/99999999999999999999", "/rating/0", "/rating/1/9999999999", "/rating/x", "/rating/1.xml"):
        assert (await read(pages, path))[0] in (401, 404), path
