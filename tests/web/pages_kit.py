"""The supervisors' pages over a real database, real HTTP and a clock by hand."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import ClientSession, CookieJar
from prometheus_client import CollectorRegistry
from sqlalchemy import delete, update

from bot.domain.clock import ManualClock
from bot.domain.institution import Supervisor, parse_scope
from bot.domain.message import Place
from bot.texts import Texts
from bot.web.health import Health
from bot.web.listen import Listen
from bot.web.pages.routes import Pages
from bot.web.server import serving, web_application
from handlers.rules import PagesAddress, Rules
from storage import people_rows
from storage.database import Database, upsert
from storage.page_keys import LINK_LASTS, PageKey, SignedOut, write_page_keys
from storage.tables import supervisors, tickets
from tests.reports.archive import KAZAN, at

TEXTS = Texts.load()
OUTSIDE_THE_WEEK = 13
"""A ticket of `tests.reports.week` that opened on Saturday."""


def words(key: str, **arguments: str | int) -> str:
    """Return what the pages say in Russian."""
    return TEXTS.say("ru", key, **arguments)


@dataclass(slots=True)
class Office:
    """The pages of one region, and the supervisors who come."""

    database: Database
    clock: ManualClock
    url: str = ""

    async def gives(self, user_id: str, *scopes: str) -> None:
        """Give somebody scopes, and no other ones."""
        place = Place(channel="telegram", community="500", chat=user_id)
        async with self.database.unit() as connection:
            await connection.execute(delete(supervisors).where(supervisors.c.user_id == user_id))
            for number, scope in enumerate(scopes):
                person = Supervisor(
                    channel="telegram",
                    user_id=user_id,
                    place=place,
                    scope=parse_scope(scope),
                    joined_at=self.clock.now() + timedelta(microseconds=number),
                )
                await connection.execute(upsert(supervisors, connection), [people_rows.write_supervisor(person)])

    async def link(self, user_id: str = "7001", *, language: str = "ru") -> str:
        """Make a one-time link as the bot does; returns its address."""
        key = secrets.token_urlsafe(24)
        made = PageKey(
            key=key, identity=f"telegram:{user_id}", language=language, expires_at=self.clock.now() + LINK_LASTS
        )
        async with self.database.unit() as connection:
            await write_page_keys(connection, self.database.vault, [made], now=self.clock.now())
        return f"{self.url}/enter/{key}"

    async def signs_out(self, user_id: str = "7001") -> None:
        """End all visits of somebody, as `/signout` does."""
        async with self.database.unit() as connection:
            out = SignedOut(identity=f"telegram:{user_id}")
            await write_page_keys(connection, self.database.vault, [out], now=self.clock.now())

    async def asks_more(self) -> None:
        """Let one more question have been asked in the week of the reports, long enough ago for the next look."""
        async with self.database.unit() as connection:
            await connection.execute(
                update(tickets)
                .where(tickets.c.number == OUTSIDE_THE_WEEK)
                .values(opened_at=at("mon 8:00"), is_measured=False)
            )
        self.clock.advance(timedelta(seconds=6))

    @asynccontextmanager
    async def visitor(self, user_id: str = "7001", *scopes: str, language: str = "ru") -> AsyncIterator[ClientSession]:
        """A browser of somebody who has come in."""
        if scopes:
            await self.gives(user_id, *scopes)
        async with self.browser() as browser:
            async with browser.post(await self.link(user_id, language=language)) as answer:
                assert answer.status == 200, await answer.text()
            yield browser

    @asynccontextmanager
    async def browser(self) -> AsyncIterator[ClientSession]:
        """A browser without a session."""
        async with ClientSession(self.url, cookie_jar=CookieJar(unsafe=True)) as browser:
            yield browser


async def _all_is_well() -> Health:
    return Health()


@asynccontextmanager
async def office(database: Database, clock: ManualClock, *, public_url: str = "") -> AsyncIterator[Office]:
    """Open the pages for the block."""
    address = PagesAddress(url=public_url, is_public=bool(public_url))
    pages = Pages(database=database, clock=clock, rules=Rules(texts=TEXTS, limits={}, zone=KAZAN, pages=address))
    app = web_application(ready=_all_is_well, registry=CollectorRegistry(), routes=pages.routes())
    try:
        async with serving(app, Listen(host="127.0.0.1", port=0)) as listen:
            address.url = address.url or listen.url
            yield Office(database=database, clock=clock, url=listen.url)
    finally:
        await pages.close()
