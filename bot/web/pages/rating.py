"""`/rating`: the latest published result, for everybody; nothing until something is published."""

from collections import OrderedDict

from aiohttp import web

from bot.domain.result import Result
from bot.reports.rating.words import say_formula, say_weights
from bot.web.pages.looks import Looks
from bot.web.pages.published import SHOWN_OF_A_GROUP, Published, show
from storage.database import Database
from storage.results import read_result, read_results

_KEPT = 16
"""Results in a language that stay worked out: a result never changes, only whether it is shown."""
_HEADERS = {
    "Cache-Control": "public, max-age=60",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept-Encoding",
    "X-Robots-Tag": "all",
}
_DIGITS = 10


class RatingPages:
    """Pages without a session: institutions only."""

    def __init__(self, *, database: Database, looks: Looks, language: str) -> None:
        self._database = database
        self._looks = looks
        self._language = language
        self._kept: OrderedDict[tuple[int, str], Published] = OrderedDict()

    def routes(self) -> list[web.RouteDef]:
        """Return the routes to mount."""
        digits = rf"\d{{1,{_DIGITS}}}"
        return [
            web.get("/rating", self._latest),
            web.get(rf"/rating/{{number:{digits}}}", self._one),
            web.get(rf"/rating/{{number:{digits}}}.json", self._bytes),
            web.get(rf"/rating/{{number:{digits}}}/{{group:{digits}}}", self._group),
        ]

    async def _latest(self, request: web.Request) -> web.Response:
        published = await self._published()
        return await self._page(request, published[0], published) if published else self._nothing(request)

    async def _one(self, request: web.Request) -> web.Response:
        published = await self._published()
        found = _asked(request, published)
        return await self._page(request, found, published) if found else self._nothing(request)

    async def _group(self, request: web.Request) -> web.Response:
        found = _asked(request, await self._published())
        shown = await self._shown(found, self._language_of(request)) if found else None
        number = int(request.match_info["group"])
        if shown is None or number >= len(shown.groups):
            return self._nothing(request)
        return self._dress(request, "rating_group.html", result=shown, group=shown.groups[number])

    async def _bytes(self, request: web.Request) -> web.Response:
        """Answer with the very bytes that were hashed."""
        found = _asked(request, await self._published())
        if found is None:
            return self._nothing(request)
        async with self._database.reading() as connection:
            result = await read_result(connection, self._database.vault, found.id)
        content = result.shown if result is not None else b""
        answer = web.Response(body=content, content_type="application/json", charset="utf-8", headers=_HEADERS)
        answer.enable_compression()
        return answer

    async def _page(self, request: web.Request, found: Result, published: list[Result]) -> web.Response:
        language = self._language_of(request)
        shown = await self._shown(found, language)
        if shown is None:
            return self._nothing(request)
        formula = say_formula(shown.least, texts=self._looks.texts, language=language)
        others = [each for each in published if each.id != found.id]
        return self._dress(request, "rating.html", result=shown, others=others, most=SHOWN_OF_A_GROUP, formula=formula)

    async def _published(self) -> list[Result]:
        """Return what is published, the latest first."""
        async with self._database.reading() as connection:
            results = [each for each in await read_results(connection) if each.published_at is not None]
        return sorted(results, key=lambda each: (each.published_at, each.id), reverse=True)

    async def _shown(self, found: Result, language: str) -> Published | None:
        key = (found.id, language)
        if key not in self._kept:
            async with self._database.reading() as connection:
                result = await read_result(connection, self._database.vault, found.id)
            if result is None:
                return None
            self._kept[key] = show(result, texts=self._looks.texts, language=language)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return self._kept[key]

    def _dress(self, request: web.Request, template: str, *, status: int = 200, **values: object) -> web.Response:
        language = self._language_of(request)
        other = "ru" if language == "tt" else "tt"
        answer = self._looks.page(
            template,
            language,
            status=status,
            headers=_HEADERS,
            other=other,
            path=request.path,
            query=f"?language={language}" if "language" in request.query else "",
            weights=say_weights(self._looks.texts, language),
            **values,
        )
        answer.enable_compression()
        return answer

    def _language_of(self, request: web.Request) -> str:
        return self._looks.texts.choose_language(request.query.get("language", self._language))

    def _nothing(self, request: web.Request) -> web.Response:
        return self._dress(request, "rating_none.html", status=404)


def _asked(request: web.Request, published: list[Result]) -> Result | None:
    number = int(request.match_info["number"])
    return next((each for each in published if each.id == number), None)
