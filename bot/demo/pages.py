"""The demo page's own files: markup, style, script and icon, served from the package."""

from collections.abc import Awaitable, Callable
from importlib.resources import files

from aiohttp import web

_PAGE = "demo.html"
_TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


def page_routes() -> list[web.RouteDef]:
    """Return `/demo` and what the page loads."""
    names = sorted(file.name for file in files("bot.demo").joinpath("static").iterdir())
    return [web.get("/demo" if name == _PAGE else f"/demo/{name}", _answer_with(name)) for name in names]


def _answer_with(name: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    content = files("bot.demo").joinpath("static", name).read_bytes()
    content_type = _TYPES[name.rpartition(".")[2]]

    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=content, content_type=content_type, charset="utf-8")

    return answer
