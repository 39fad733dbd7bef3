"""A supervisor asks the bot for the pages, comes in by the link, and ends all visits from the chat."""

import re
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar
from prometheus_client import CollectorRegistry

from bot.web.listen import Listen
from bot.web.server import serving, web_application
from storage.database import Database
from tests.stories.region import BOT, help_of, living_region, words


@pytest.mark.both_databases
async def test_the_link_of_the_bot_opens_the_pages_until_the_chat_ends_it(database: Database, tmp_path: Path) -> None:
    async with living_region(database, tmp_path) as region:
        person = await region.join()
        app = web_application(
            ready=region.application.health, registry=CollectorRegistry(), routes=region.application.pages.routes()
        )
        async with serving(app, Listen(host="127.0.0.1", port=0)) as listen:
            region.application.pages.address.url = listen.url
            region.telegram.citizen_writes(BOT, person, "/pages", name="Руководитель")
            said = await region.telegram.shows(BOT, person, "/enter/")
            link = re.search(r"http\S+", said.text)
            assert link is not None
            async with ClientSession(listen.url, cookie_jar=CookieJar(unsafe=True)) as browser:
                async with browser.post(link[0]) as answer:
                    assert answer.status == 200
                    assert words("pages-figure-questions") in await answer.text()
                region.telegram.citizen_writes(BOT, person, "/signout", name="Руководитель")
                await region.telegram.shows(BOT, person, words("pages-signed-out"))
                async with browser.get("/") as answer:
                    assert answer.status == 401


async def test_somebody_without_a_role_gets_the_citizens_answer_and_no_link(database: Database, tmp_path: Path) -> None:
    async with living_region(database, tmp_path) as region:
        await region.chosen("31")
        for command in ("/pages", "/signout"):
            region.telegram.citizen_writes(BOT, "31", command, name="Олег")
            await region.settled()
        said = region.said_in(region.telegram, BOT, "31")
        assert said[-2:] == [help_of("citizen")] * 2
        assert not any("/enter/" in text for text in said)
