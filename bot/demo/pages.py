"""The demo page's own files: markup, style and script, served from the package."""

from collections.abc import Awaitable, Callable
from importlib.resources import files

from aiohttp import web

_TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_FILES = {
    "/demo": "demo.html",
    "/demo/demo.css": "demo.css",
    "/demo/demo.js": "demo.js",
    "/demo/icon.svg": "icon.svg",
}


def page_routes() -> list[web.RouteDef]:
    """Return `/demo` and what the page loads."""
    return [web.get(path, _handler(name)) for path, name in _FILES.items()]


def _handler(name: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    content = files("bot.demo").joinpath("static", name).read_bytes()
    content_type = _TYPES[name.rpartition(".")[2]]

    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=content, content_type=content_type, charset="utf-8")

    return answer
