"""Coming in and going out: a one-time link becomes a session, a session ends."""

import secrets
from collections.abc import Awaitable, Callable
from datetime import timedelta

from aiohttp import web

from bot.domain.clock import Clock
from bot.web.pages.guard import WrongKeys, address_of, is_from_elsewhere, is_same
from bot.web.pages.looks import Looks
from bot.web.pages.visitor import COOKIE, SAFE_COOKIE, Visitor, find_visitor
from handlers.pages import ENTER
from handlers.rules import PagesAddress
from storage.audit import write_audit
from storage.database import Database
from storage.page_keys import SESSION_LASTS, begin_session, end_session, find_link, renew_cookie, set_language

Inside = Callable[[web.Request, Visitor], Awaitable[web.Response]]
"""A page for whoever has a session."""

RENEW_AFTER = timedelta(minutes=15)
"""So old a cookie is replaced by a new one when a page is opened with it."""
LIVE = "X-Live"
"""The header of a page's own look for fresh figures."""
_COOKIE_BYTES = 32
_LONGEST_KEY = 100


class Door:
    """The routes `/enter/KEY`, `/signout` and `/language`, and what stands before every page."""

    def __init__(self, *, database: Database, clock: Clock, looks: Looks, address: PagesAddress, language: str) -> None:
        self._database = database
        self._clock = clock
        self._looks = looks
        self._address = address
        self._language = language
        self._wrong = WrongKeys()

    def routes(self) -> list[web.RouteDef]:
        """Return the routes to mount."""
        return [
            web.get(f"{ENTER}{{key}}", self.show),
            web.post(f"{ENTER}{{key}}", self.enter),
            web.post("/signout", self.inside(self._sign_out, is_form=True)),
            web.post("/language", self.inside(self._choose_language, is_form=True)),
        ]

    def inside(self, page: Inside, *, is_form: bool = False) -> Callable[[web.Request], Awaitable[web.Response]]:
        """Let only supervisors see a page; `is_form` asks for the token of the session's own forms."""

        async def answer(request: web.Request) -> web.Response:
            visitor = await find_visitor(request, self._database, self._clock)
            if visitor is None:
                response = self.closed("pages-closed")
                self._forget_cookies(response)
                return response
            if is_form and not await self._is_own_form(request, visitor):
                return self.closed("pages-foreign-form", status=403)
            response = await page(request, visitor)
            if not is_form and request.headers.get(LIVE) is None:
                await self._renew(visitor, response)
            return response

        return answer

    def closed(self, key: str, *, status: int = 401) -> web.Response:
        """Return the calm page that says how to get in."""
        return self._looks.page("closed.html", self._language, status=status, says=key)

    async def show(self, request: web.Request) -> web.Response:
        """Show the button that lets in; robots that preview links press none, so they use nothing up."""
        return await self._with_key(request, is_entering=False)

    async def enter(self, request: web.Request) -> web.Response:
        """Use the link up, begin a session and lead to the summary."""
        if is_from_elsewhere(request, self._address.url):
            return self.closed("pages-foreign-form", status=403)
        return await self._with_key(request, is_entering=True)

    async def _with_key(self, request: web.Request, *, is_entering: bool) -> web.Response:
        address, key = address_of(request), request.match_info["key"][:_LONGEST_KEY]
        if self._wrong.is_blocked(address):
            return self.closed("pages-too-often", status=429)
        vault, now = self._database.vault, self._clock.now()
        if not is_entering:
            async with self._database.reading() as connection:
                link = await find_link(connection, vault, key, now=now)
            if link is not None:
                return self._looks.page("enter.html", link.language, key=key)
        else:
            cookie = secrets.token_urlsafe(_COOKIE_BYTES)
            async with self._database.unit() as connection:
                session = await begin_session(connection, vault, key=key, cookie=cookie, now=now)
                if session is not None:
                    await write_audit(connection, actor=session.identity, action="pages-enter", subject="pages", at=now)
            if session is not None:
                response = web.Response(status=303, headers={"Location": "/"})
                self._set_cookie(response, cookie, SESSION_LASTS)
                return response
        self._wrong.count(address)
        return self.closed("pages-link-old", status=410)

    async def _sign_out(self, _: web.Request, visitor: Visitor) -> web.Response:
        async with self._database.unit() as connection:
            await end_session(connection, self._database.vault, visitor.cookie)
        response = self._looks.page("closed.html", visitor.language, says="pages-left")
        self._forget_cookies(response)
        return response

    async def _choose_language(self, request: web.Request, visitor: Visitor) -> web.Response:
        form = await request.post()
        language = self._looks.texts.choose_language(str(form.get("language", "")))
        async with self._database.unit() as connection:
            await set_language(connection, identity=visitor.identity, language=language)
        back = str(form.get("back", "/"))
        # A single stroke only: `//host` would lead to another site.
        is_own = back.startswith("/") and not back.startswith(("//", "/\\"))
        return web.Response(status=303, headers={"Location": back if is_own else "/"})

    async def _is_own_form(self, request: web.Request, visitor: Visitor) -> bool:
        try:
            form = await request.post()
        except (ValueError, LookupError):  # a body in pieces without a border, or in letters that nobody knows
            return False
        return not is_from_elsewhere(request, self._address.url) and is_same(str(form.get("token", "")), visitor.token)

    async def _renew(self, visitor: Visitor, response: web.Response) -> None:
        now = self._clock.now()
        if visitor.session.is_replaced or visitor.session.made_at + RENEW_AFTER > now:
            return
        cookie = secrets.token_urlsafe(_COOKIE_BYTES)
        async with self._database.unit() as connection:
            session = await renew_cookie(connection, self._database.vault, old=visitor.cookie, new=cookie, now=now)
        if session is not None:
            self._set_cookie(response, cookie, session.expires_at - now)

    def _set_cookie(self, response: web.Response, cookie: str, lasts: timedelta) -> None:
        response.set_cookie(
            SAFE_COOKIE if self._is_safe else COOKIE,
            cookie,
            path="/",
            max_age=int(lasts.total_seconds()),
            httponly=True,
            samesite="Lax",
            secure=self._is_safe,
        )

    def _forget_cookies(self, response: web.Response) -> None:
        for name in (SAFE_COOKIE, COOKIE):
            response.del_cookie(name, path="/", secure=name == SAFE_COOKIE, httponly=True, samesite="Lax")

    @property
    def _is_safe(self) -> bool:
        return self._address.url.startswith("https://")
