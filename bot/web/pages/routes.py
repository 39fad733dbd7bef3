"""The supervisors' pages: which address shows what, for whom, from which figures."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiohttp import web

from bot.domain.clock import Clock
from bot.domain.errors import RuleError, StorageError
from bot.domain.institution import Institution
from bot.reports.counting.chosen import choose_tickets
from bot.reports.counting.known_calendars import read_calendar_at
from bot.reports.counting.verdict import judge
from bot.reports.period import Period
from bot.reports.report import Report, make_report
from bot.web.pages.asked import Asked
from bot.web.pages.door import Door
from bot.web.pages.files import DOWNLOADS
from bot.web.pages.looks import Looks, static_routes
from bot.web.pages.rating import RatingPages
from bot.web.pages.shelf import Shelf
from bot.web.pages.sight import Sight, look
from bot.web.pages.summary import SHOWN_ON_PAGE, show_summary, show_table
from bot.web.pages.tickets import TICKET, read_choice, show_tickets
from bot.web.pages.time_line import TimeLineShown
from bot.web.pages.visitor import Visitor
from bot.web.pages.way import periods, way
from bot.web.pages.wording import Words
from handlers.rules import Rules
from storage.audit import write_audit
from storage.database import Database
from storage.listings import read_lines, read_time_line
from storage.statistics import read_facts_of, read_places

_CUTS = ("branch", "municipality", "institution", "administrator", "topic", "channel")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One visitor's question, read and checked."""

    visitor: Visitor
    asked: Asked
    sight: Sight
    period: Period
    words: Words
    places: Mapping[str, Institution]
    """All institutions of the region."""

    @property
    def names(self) -> dict[str, str]:
        """The names of institutions by code."""
        return {code: place.title for code, place in self.places.items()}


class Pages:
    """The pages of one program; end with `close`."""

    def __init__(self, *, database: Database, clock: Clock, rules: Rules) -> None:
        self._database = database
        self._clock = clock
        self._rules = rules
        self._looks = Looks(rules.texts)
        self._door = Door(
            database=database, clock=clock, looks=self._looks, address=rules.pages, language=rules.language
        )
        self._rating = RatingPages(database=database, looks=self._looks, language=rules.language)
        self.address = rules.pages
        self._reports: Shelf[Report] = Shelf(clock=clock)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes to mount."""
        inside = self._door.inside
        routes = [
            *static_routes(),
            *self._door.routes(),
            *self._rating.routes(),
            web.get("/", inside(self._summary)),
            web.get("/lines/{cut}", inside(self._lines)),
            web.get("/tickets", inside(self._tickets)),
            web.get(f"{TICKET}{{number:[0-9]{{1,12}}}}", inside(self._ticket)),
            web.get("/download/{form}", inside(self._download)),
        ]
        return [web.RouteDef(each.method, each.path, self._patient(each.handler), each.kwargs) for each in routes]

    def _patient(self, page: Any) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        """Ask visitors to come again in a minute while the database is away."""

        async def answer(request: web.Request) -> web.StreamResponse:
            try:
                shown: web.StreamResponse = await page(request)
            except StorageError:
                response = self._door.closed("pages-database-away", status=503)
                response.headers["Retry-After"] = "60"
                return response
            return shown

        return answer

    async def close(self) -> None:
        """Stop what is being made."""
        await self._reports.close()

    async def _summary(self, request: web.Request, visitor: Visitor) -> web.Response:
        view = await self._view(request, visitor)
        if isinstance(view, web.Response):
            return view
        report = await self._report(view)
        summary = show_summary(report, sight=view.sight, asked=view.asked, words=view.words)
        return self._page("summary.html", view, path="/", made_at=_made_at(report), summary=summary)

    async def _lines(self, request: web.Request, visitor: Visitor) -> web.Response:
        view = await self._view(request, visitor)
        if isinstance(view, web.Response):
            return view
        cut = request.match_info["cut"]
        if cut not in _CUTS:
            return self._nothing(visitor, "pages-no-such-page")
        report = await self._report(view)
        skipped = (view.asked.on_page() - 1) * SHOWN_ON_PAGE
        table = show_table(cut, report, asked=view.asked, words=view.words, shown=SHOWN_ON_PAGE, skipped=skipped)
        path = f"/lines/{cut}"
        pages = _pages(table.count, view.asked, path)
        return self._page("lines.html", view, path=path, made_at=_made_at(report), table=table, pages=pages)

    async def _tickets(self, request: web.Request, visitor: Visitor) -> web.Response:
        view = await self._view(request, visitor)
        if isinstance(view, web.Response):
            return view
        choice = read_choice(view.asked)
        if choice is None:
            return self._nothing(visitor, "pages-no-such-page")
        page = view.asked.on_page()
        selection = await choose_tickets(
            self._database,
            choice=choice,
            scope=view.sight.scope,
            within=view.sight.within,
            period=view.period,
            zone=self._rules.zone,
            now=self._clock.now(),
            skipped=(page - 1) * SHOWN_ON_PAGE,
            shown=SHOWN_ON_PAGE,
        )
        listed = show_tickets(
            selection,
            asked=view.asked,
            words=view.words,
            places=view.places,
            may_see=visitor.may_see,
            channels=sorted(self._rules.limits) or ["telegram", "vk"],
        )
        pages = _pages(selection.tickets, view.asked, "/tickets")
        return self._page("tickets.html", view, path="/tickets", made_at=self._clock.now(), listed=listed, pages=pages)

    async def _ticket(self, request: web.Request, visitor: Visitor) -> web.Response:
        view = await self._view(request, visitor)
        if isinstance(view, web.Response):
            return view
        number = int(request.match_info["number"])
        now, zone = self._clock.now(), self._rules.zone
        async with self._database.reading() as connection:
            found = (await read_lines(connection, [number])).get(number)
        if found is None or not visitor.may_see(view.places[found.institution]):
            return self._nothing(visitor, "pages-not-here")
        async with self._database.unit() as connection:
            await write_audit(connection, actor=visitor.identity, action="ticket-read", subject=str(number), at=now)
        async with self._database.reading() as connection:
            line = await read_time_line(connection, self._database.vault, number)
            [facts] = await read_facts_of(connection, [number])
            measured = judge(facts, await read_calendar_at(connection, zone=zone))
        shown = TimeLineShown(
            line, measured, words=view.words, places=view.places, may_see=visitor.may_see, now=now
        ).page()
        back = view.asked.link("/tickets")
        return self._page("ticket.html", view, path=f"{TICKET}{number}", made_at=now, ticket=shown, back=back)

    async def _download(self, request: web.Request, visitor: Visitor) -> web.Response:
        view = await self._view(request, visitor)
        if isinstance(view, web.Response):
            return view
        form = DOWNLOADS.get(request.match_info["form"])
        if form is None:
            return self._nothing(visitor, "pages-no-such-page")
        report = await self._report(view)
        content = await asyncio.to_thread(form.dress, report, self._rules.texts, view.visitor.language)
        name = f"Otklik_{view.period.first:%Y-%m-%d}_{view.period.last:%Y-%m-%d}{form.ending}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return web.Response(body=content, content_type=form.mime, headers=headers)

    async def _view(self, request: web.Request, visitor: Visitor) -> View | web.Response:
        """Read the address; what is not the visitor's looks like what does not exist."""
        asked = Asked.read(request.query)
        words = Words(
            texts=self._rules.texts,
            language=visitor.language,
            zone=self._rules.zone,
            topics=self._rules.topics.names_and_codes(visitor.language),
        )
        try:
            period = asked.days(now=self._clock.now(), zone=self._rules.zone)
        except RuleError as error:
            return self._nothing(visitor, error.text_key, status=400)
        async with self._database.reading() as connection:
            places = await read_places(connection)
        sight = look(visitor, asked, places)
        if sight is None:
            return self._nothing(visitor, "pages-not-here")
        return View(
            visitor=visitor,
            asked=asked,
            sight=sight,
            period=period,
            words=words,
            places={place.code: place for place in places},
        )

    async def _report(self, view: View) -> Report:
        sight, period = view.sight, view.period
        topics = self._rules.topics.names_and_codes(view.visitor.language)

        async def make() -> Report:
            return await make_report(
                self._database,
                scope=sight.scope,
                within=sight.within,
                first=period.first,
                last=period.last,
                span=period.span,
                zone=self._rules.zone,
                now=self._clock.now(),
                sentiments=self._rules.sentiments,
                topics=topics,
                trend=True,
            )

        return await self._reports.get((sight.scope, sight.within, period.token, view.visitor.language), make)

    def _page(self, template: str, view: View, *, path: str, made_at: datetime, **values: Any) -> web.Response:
        words = view.words
        return self._looks.page(
            template,
            view.visitor.language,
            visitor=view.visitor,
            asked=view.asked,
            words=words,
            path=path,
            here=view.asked.link(path),
            is_deeper=path != "/",
            period=words.days(view.period.first, view.period.last),
            first=view.period.first.isoformat(),
            last=view.period.last.isoformat(),
            periods=periods(view.asked, words, path),
            way=way(view.sight, view.asked, words, view.names),
            own_scopes=[(str(scope), words.scope(scope, view.names)) for scope in view.visitor.scopes],
            own_scope=str(view.sight.own),
            made_at=f"{made_at.astimezone(self._rules.zone):%d.%m.%Y %H:%M:%S}",
            downloads=[(form, view.asked.link(f"/download/{form}", figure="", sort="", page="")) for form in DOWNLOADS],
            **values,
        )

    def _nothing(self, visitor: Visitor, key: str, *, status: int = 404) -> web.Response:
        return self._looks.page("nothing.html", visitor.language, status=status, says=key, visitor=visitor)


def _made_at(report: Report) -> datetime:
    return datetime.fromisoformat(report["generated_at"])


def _pages(count: int, asked: Asked, path: str) -> list[tuple[str, str, bool]]:
    """Return the pages of a long list: number, address, and whether it is this one."""
    most = max((count + SHOWN_ON_PAGE - 1) // SHOWN_ON_PAGE, 1)
    now = asked.on_page()
    near = sorted({1, most, *range(max(now - 2, 1), min(now + 2, most) + 1)})
    return [(str(number), asked.link(path, page=str(number)), number == now) for number in near]
