"""Coming in and going out: the link, the session, strangers."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import ClientSession

from bot.domain.clock import ManualClock
from bot.web.pages.guard import MOST_WRONG
from storage.database import Database
from tests.reports.week import NOW, week
from tests.web.pages_kit import Office, office, words


@pytest.fixture
async def pages(database: Database) -> AsyncIterator[Office]:
    await week().store(database)
    async with office(database, ManualClock(NOW)) as opened:
        await opened.gives("7001", "region")
        yield opened


async def seen(browser: ClientSession, path: str = "/", **asked: object) -> tuple[int, str]:
    async with browser.get(path, **asked) as answer:  # type: ignore[arg-type]
        return answer.status, await answer.text()


async def test_a_link_lets_in_after_a_press_and_only_once(pages: Office) -> None:
    link = await pages.link()
    async with pages.browser() as browser, pages.browser() as other:
        status, shown = await seen(browser, link)
        assert status == 200
        assert words("pages-enter") in shown
        async with browser.post(link) as answer:
            assert (answer.status, str(answer.url)) == (200, f"{pages.url}/")
            assert words("pages-figure-questions") in await answer.text()
        assert (await seen(browser))[0] == 200
        async with other.post(link) as answer:
            assert answer.status == 410
            assert words("pages-link-old") in await answer.text()
        assert (await seen(other, link))[0] == 410
        assert (await seen(other))[0] == 401


async def test_a_robot_that_previews_the_link_uses_nothing_up(pages: Office) -> None:
    link = await pages.link()
    async with pages.browser() as robot, pages.browser() as person:
        for _ in range(3):
            async with robot.get(link) as answer:
                assert "Set-Cookie" not in answer.headers
        async with robot.head(link) as answer:
            assert answer.status == 200
        assert (await seen(robot))[0] == 401
        async with person.post(link) as answer:
            assert answer.status == 200


async def test_a_link_is_old_after_ten_minutes(pages: Office) -> None:
    link = await pages.link()
    pages.clock.advance(timedelta(minutes=10))
    async with pages.browser() as browser, browser.post(link) as answer:
        assert answer.status == 410


async def test_a_session_ends_after_twelve_hours_whatever_is_done_in_it(pages: Office) -> None:
    async with pages.visitor() as browser:
        for _ in range(11):
            pages.clock.advance(timedelta(hours=1))
            assert (await seen(browser))[0] == 200
        pages.clock.advance(timedelta(hours=1))
        status, shown = await seen(browser)
        assert status == 401
        assert words("pages-how-to-enter") in shown


async def test_the_cookie_is_kept_from_scripts_and_other_sites_and_changes_in_use(pages: Office) -> None:
    async with pages.browser() as browser:
        async with browser.post(await pages.link(), allow_redirects=False) as answer:
            assert answer.status == 303
            first = answer.headers["Set-Cookie"]
        assert {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=43200"} <= set(first.split("; "))
        async with browser.get("/") as answer:
            assert "Set-Cookie" not in answer.headers
        old = first.split(";")[0]
        pages.clock.advance(timedelta(minutes=16))
        async with browser.get("/", headers={"X-Live": "1"}) as answer:
            assert "Set-Cookie" not in answer.headers, "a look for fresh figures changes nothing"
        async with browser.get("/") as answer:
            new = answer.headers["Set-Cookie"].split(";")[0]
        assert new != old
        async with pages.browser() as thief:
            assert (await seen(thief, headers={"Cookie": old}))[0] == 200, "requests under way still carry it"
            pages.clock.advance(timedelta(minutes=2))
            assert (await seen(thief, headers={"Cookie": old}))[0] == 401
        assert (await seen(browser))[0] == 200


async def test_over_https_the_cookie_goes_nowhere_else(database: Database) -> None:
    async with office(database, ManualClock(NOW), public_url="https://otklik.example") as pages:
        await pages.gives("7001", "region")
        async with pages.browser() as browser, browser.post(await pages.link(), allow_redirects=False) as answer:
            cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-")
    assert "Secure" in cookie.split("; ")


async def test_who_signs_out_is_out_and_the_chat_ends_all_visits(pages: Office) -> None:
    async with pages.visitor() as desk, pages.visitor() as phone, pages.visitor("7002", "region") as other:
        token = (await seen(desk))[1].partition('name="token" value="')[2].partition('"')[0]
        async with desk.post("/signout", data={"token": "wrong"}) as answer:
            assert answer.status == 403
        async with phone.post("/signout", data={"token": token}) as answer:
            assert answer.status == 403, "another session's token"
        async with desk.post("/signout", data={"token": token}, headers={"Origin": "https://evil.example"}) as answer:
            assert answer.status == 403
        async with desk.post("/signout", data={"token": token}) as answer:
            assert words("pages-left") in await answer.text()
        assert (await seen(desk))[0] == 401
        assert (await seen(phone))[0] == 200
        await pages.signs_out("7001")
        assert (await seen(phone))[0] == 401
        assert (await seen(other))[0] == 200


async def test_who_loses_the_role_is_out_at_once(pages: Office) -> None:
    async with pages.visitor() as browser:
        assert (await seen(browser))[0] == 200
        await pages.gives("7001")
        assert (await seen(browser))[0] == 401


async def test_another_sites_form_does_not_let_in(pages: Office) -> None:
    link = await pages.link()
    async with pages.browser() as browser:
        async with browser.post(link, headers={"Sec-Fetch-Site": "cross-site"}) as answer:
            assert answer.status == 403
        async with browser.post(link, headers={"Origin": "null"}) as answer:
            assert answer.status == 403
        async with browser.post(link, headers={"Origin": pages.url, "Sec-Fetch-Site": "same-origin"}) as answer:
            assert answer.status == 200


async def test_trying_keys_ends_after_ten(pages: Office) -> None:
    async with pages.browser() as browser:
        for number in range(MOST_WRONG):
            assert (await seen(browser, f"/enter/wrong-{number}"))[0] == 410
        assert (await seen(browser, "/enter/wrong"))[0] == 429
        assert (await seen(browser, await pages.link()))[0] == 429
        elsewhere = {"X-Forwarded-For": "10.0.0.1, 203.0.113.5"}
        assert (await seen(browser, await pages.link(), headers=elsewhere))[0] == 200


async def test_a_session_is_no_link_and_a_link_no_session(pages: Office) -> None:
    link = await pages.link()
    async with pages.browser() as browser:
        cookie = {"Cookie": f"otklik_pages={link.rpartition('/')[2]}"}
        assert (await seen(browser, headers=cookie))[0] == 401


async def test_the_language_is_chosen_and_leads_back_to_our_own_pages_only(pages: Office) -> None:
    async with pages.visitor() as browser:
        token = (await seen(browser))[1].partition('name="token" value="')[2].partition('"')[0]
        for back, leads in (("/?period=week", "/?period=week"), ("//evil.example", "/"), ("https://evil.example", "/")):
            form = {"token": token, "language": "tt", "back": back}
            async with browser.post("/language", data=form, allow_redirects=False) as answer:
                assert (answer.status, answer.headers["Location"]) == (303, leads)
        status, shown = await seen(browser)
        assert status == 200
        assert '<html lang="tt">' in shown


@pytest.mark.parametrize("path", ["/", "/lines/institution"])
async def test_without_a_session_every_page_says_calmly_how_to_get_in(pages: Office, path: str) -> None:
    async with pages.browser() as browser:
        for cookie in ({}, {"Cookie": "otklik_pages=none"}):
            async with browser.get(path, allow_redirects=False, headers=cookie) as answer:
                assert answer.status == 401
                shown = await answer.text()
                assert words("pages-how-to-enter") in shown
                assert words("pages-figure-questions") not in shown
                assert "script" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="token"\r\n\r\n\xff\r\n--b--\r\n',
        ),
        ("application/x-www-form-urlencoded; charset=martian", b"token=x"),
        ("application/x-www-form-urlencoded", b"token=%ED%A0%80"),
    ],
)
async def test_a_form_that_is_none_is_refused_calmly(pages: Office, kind: str, body: bytes) -> None:
    async with (
        pages.visitor("7001", "region") as browser,
        browser.post("/signout", data=body, headers={"Content-Type": kind}) as answer,
    ):
        assert answer.status == 403


async def test_a_cookie_of_bytes_that_are_no_text_opens_nothing(pages: Office) -> None:
    reader, writer = await asyncio.open_connection(*pages.url.removeprefix("http://").split(":"))
    writer.write(b"GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\nCookie: otklik_pages=\xff\xfe\r\n\r\n")
    assert (await reader.readline()).split()[1] == b"401"
    writer.close()
