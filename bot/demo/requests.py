"""What the demo page may ask: read from JSON once, strictly; whatever is wrong is a 400 with a line of words."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.channels.memory_people import PretendFile
from bot.demo.panes import Pane, PaneChat
from bot.domain.message import Person

MOST_FILES = 10
LONGEST_TEXT = 20_000
"""More than a messenger takes: the page warns nobody, the pretend messenger's limits are for the bot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """Who speaks where."""

    pane: Pane
    chat: PaneChat
    person: Person


class Question:
    """A JSON body and the panes it speaks of."""

    def __init__(self, body: Mapping[str, Any], panes: Mapping[str, Pane]) -> None:
        self._body = body
        self._panes = panes

    def speaking(self) -> Speaking:
        """Return the pane and its conversation that the body names."""
        pane = self._panes.get(self.text("pane"))
        chat = next((chat for chat in pane.chats if chat.key == self.text("chat")), None) if pane else None
        if pane is None or chat is None:
            raise refused("нет такого окна или диалога")
        wanted = self.text("person") or pane.person.user_id
        person = next((each for each in pane.persons if each.user_id == wanted), None)
        if person is None:
            raise refused("в этом окне такого человека нет")
        return Speaking(pane=pane, chat=chat, person=person)

    def text(self, name: str) -> str:
        """Return a text field, empty when it is absent."""
        value = self._body.get(name, "")
        if not isinstance(value, str) or len(value) > LONGEST_TEXT:
            raise refused(f"поле {name} – не текст или слишком длинное")
        return value

    def number(self, name: str) -> int:
        """Return a whole number."""
        value = self._body.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise refused(f"поле {name} – не число")
        return value

    def files(self) -> list[PretendFile]:
        """Return the attached files; their bytes come in base64."""
        files = self._body.get("files", [])
        if not isinstance(files, list) or len(files) > MOST_FILES:
            raise refused(f"можно приложить не больше {MOST_FILES} файлов")
        return [self._file(file) for file in files]

    def _file(self, file: object) -> PretendFile:
        if not isinstance(file, Mapping):
            raise refused("файл описан неверно")
        parts = [file.get(name) for name in ("name", "mime", "content")]
        try:
            name, mime, content = (part if isinstance(part, str) else "" for part in parts)
            return name[:200], mime[:100] or "application/octet-stream", base64.b64decode(content, validate=True)
        except ValueError:
            raise refused("файл передан неверно") from None


async def read_question(request: web.Request, panes: Mapping[str, Pane]) -> Question:
    """Read a JSON body; only `application/json`, so that no other site's form can speak for the visitor."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="нужен JSON")
    try:
        body = await request.json()
    except ValueError:
        raise refused("это не JSON") from None
    if not isinstance(body, Mapping):
        raise refused("это не объект JSON")
    return Question(body, panes)


def refused(why: str) -> web.HTTPBadRequest:
    """Build the answer to a wrong question."""
    return web.HTTPBadRequest(text=why)
