"""Templates in, a page out: every word from the texts, every value escaped."""

from collections.abc import Mapping
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.texts import Texts

if TYPE_CHECKING:
    from jinja2 import Environment

PAGE_HEADERS = {
    # Forms must tell where they come from (`guard.is_from_elsewhere`); other sites are still told nothing.
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
    "Vary": "Cookie",
}
_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


class Looks:
    """The layout that all pages share; `base.html` has the blocks `title`, `main` and `foot`."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts

    def page(
        self,
        template: str,
        language: str,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **values: Any,
    ) -> web.Response:
        """Return a page; in its template `say("key", name=value)` says something in the page's language."""
        language = self.texts.choose_language(language)

        def say(key: str, **arguments: str | int) -> str:
            return self.texts.say(language, key, **arguments)

        text = self._environment.get_template(template).render(language=language, say=say, **values)
        return web.Response(
            text=text, status=status, content_type="text/html", headers={**PAGE_HEADERS, **(headers or {})}
        )

    @cached_property
    def _environment(self) -> "Environment":
        # Making it takes as long as starting the rest of the server: only whoever opens a page waits for it.
        from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415

        return Environment(
            loader=PackageLoader("bot.web.pages"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )


def static_routes() -> list[web.RouteDef]:
    """Return `/static/…`: style, script and icon, the same for everybody."""
    return [web.get(f"/static/{file.name}", _answer_with(file.name)) for file in _static().iterdir()]


def _static() -> Any:
    return files("bot.web.pages").joinpath("static")


def _answer_with(name: str) -> Any:
    content = _static().joinpath(name).read_bytes()
    content_type = _TYPES[name.rpartition(".")[2]]

    async def answer(_: web.Request) -> web.Response:
        headers = {"Cache-Control": "no-cache"}
        return web.Response(body=content, content_type=content_type, charset="utf-8", headers=headers)

    return answer
