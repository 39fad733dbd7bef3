"""The demo page's questions to the product: what everyone sees, what the visitor says and presses, live changes."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from aiohttp import web

from bot.channels.memory import MemoryChannel
from bot.demo.clock import DemoClock
from bot.demo.panes import ChatShape, Pane
from bot.demo.requests import Speaking, read_question, refused
from bot.demo.view import Json, show_messages, show_pane
from bot.domain.errors import FileUnavailableError
from bot.domain.message import File

Figures = Callable[[], Awaitable[Mapping[str, Any]]]
"""Returns the live figures: `open`, `overdue`, `in_time`, `median`, as words for the strip above the panes."""

BODY_LIMIT = 32 * 1024 * 1024
"""Bytes of a request: a few pictures of a phone in base64."""

_POLL_SECONDS = 20.0
_PRESS_SECONDS = 3.0
_FURTHEST = timedelta(days=31)
_SHOWN_TYPES = ("image/png", "image/jpeg", "image/gif", "image/webp")
"""Shown within the page; everything else is offered for download, so that no file can run as a page."""


class DemoApi:
    """The routes under `/demo/api`."""

    def __init__(
        self, *, channels: Mapping[str, MemoryChannel], panes: Sequence[Pane], figures: Figures, clock: DemoClock
    ) -> None:
        self._channels = channels
        self._panes = {pane.id: pane for pane in panes}
        self._figures = figures
        self._clock = clock
        self._stopping = asyncio.Event()

    def routes(self) -> list[web.RouteDef]:
        """Return the routes to mount."""
        return [
            web.get("/demo/api/town", self.town),
            web.get("/demo/api/changes", self.changes),
            web.get("/demo/api/figures", self.figures),
            web.get("/demo/api/files/{channel}/{reference}", self.file),
            web.post("/demo/api/say", self.say),
            web.post("/demo/api/press", self.press),
            web.post("/demo/api/clock", self.move_clock),
        ]

    def stop(self) -> None:
        """End the waiting of all pages, so that the server can close at once."""
        self._stopping.set()

    async def town(self, _: web.Request) -> web.Response:
        """Describe the panes."""
        return web.json_response({"panes": [show_pane(pane) for pane in self._panes.values()]})

    async def changes(self, request: web.Request) -> web.Response:
        """Return the conversations that changed since `after`, waiting for one if need be; all of them without it."""
        after = self._read_after(request.query.get("after", ""))
        if after == self._versions() and not self._stopping.is_set():
            await self._wait_for_change()
        changed: Json = {}
        for pane in self._panes.values():
            for chat in pane.chats:
                name, place = chat.place.channel, chat.place
                if (place.community, place.chat) in self._channels[name].transcripts.changed_since(after[name]):
                    changed[chat.key] = show_messages(self._channels[name].transcript(place.community, place.chat))
        after_now = ".".join(str(version) for version in self._versions().values())
        return web.json_response({"after": after_now, "now": self._clock.now().isoformat(), "chats": changed})

    async def figures(self, _: web.Request) -> web.Response:
        """Return the live figures and the demo's time."""
        return web.json_response({**await self._figures(), "now": self._clock.now().isoformat()})

    async def say(self, request: web.Request) -> web.Response:
        """Say something as the person of a pane."""
        question = await read_question(request, self._panes)
        speaking, text, files = question.speaking(), question.text("text").strip(), question.files()
        if not text and not files:
            raise refused("напишите что-нибудь или приложите файл")
        message_id = self._say(speaking, text, question.text("reply_to"), files)
        return web.json_response({"id": message_id})

    async def press(self, request: web.Request) -> web.Response:
        """Press a button as the person of a pane; returns what the bot answers to the press, if it does so soon."""
        question = await read_question(request, self._panes)
        speaking = question.speaking()
        place, person = speaking.chat.place, speaking.pane.person
        channel = self._channels[place.channel]
        try:
            press_id = channel.presses(
                place.community,
                place.chat,
                person.user_id,
                question.text("message"),
                question.text("action"),
                name=person.name,
            )
        except LookupError:
            raise refused("этой кнопки уже нет") from None
        return web.json_response({"says": await self._press_answer(channel, press_id)})

    async def move_clock(self, request: web.Request) -> web.Response:
        """Push the demo's clock ahead, to see what happens when time passes."""
        question = await read_question(request, self._panes)
        ahead = timedelta(minutes=question.number("minutes"))
        if not timedelta(0) < ahead <= _FURTHEST:
            raise refused("часы идут только вперёд и не дальше чем на месяц")
        self._clock.advance(ahead)
        return web.json_response({"now": self._clock.now().isoformat()})

    async def file(self, request: web.Request) -> web.Response:
        """Return the bytes of an attachment."""
        channel = self._channels.get(request.match_info["channel"])
        try:
            file = channel.file(request.match_info["reference"]) if channel else None
        except FileUnavailableError:
            file = None
        if file is None:
            raise web.HTTPNotFound(text="нет такого файла")
        return _file_response(file)

    def _say(self, speaking: Speaking, text: str, reply_to: str, files: Sequence[tuple[str, str, bytes]]) -> str:
        place, person, chat = speaking.chat.place, speaking.pane.person, speaking.chat
        channel = self._channels[place.channel]
        match chat.shape:
            case ChatShape.PRIVATE:
                command, _, payload = text.partition(" ")
                shown = channel.citizen_writes(
                    place.community,
                    person.user_id,
                    text,
                    name=person.name,
                    language=person.language,
                    attachments=files,
                    reply_to=reply_to,
                    deep_link=payload.strip() if command == "/start" else "",
                )
            case ChatShape.GROUP:
                shown = channel.group_writes(
                    place.community,
                    place.chat,
                    person.user_id,
                    text,
                    name=person.name,
                    title=chat.title,
                    attachments=files,
                    reply_to=reply_to,
                )
            case ChatShape.COMMENTS:
                shown = channel.comments(
                    place.community,
                    place.chat.rpartition("_")[2],
                    person.user_id,
                    text,
                    name=person.name,
                    attachments=files,
                    reply_to=reply_to,
                )
        return shown.id

    async def _press_answer(self, channel: MemoryChannel, press_id: str) -> str:
        try:
            async with asyncio.timeout(_PRESS_SECONDS):
                while press_id not in channel.press_answers:
                    await channel.transcripts.change()
        except TimeoutError:
            return ""
        return channel.press_answers[press_id]

    def _versions(self) -> dict[str, int]:
        return {name: channel.transcripts.version for name, channel in sorted(self._channels.items())}

    def _read_after(self, text: str) -> dict[str, int]:
        parts = text.split(".")
        if len(parts) != len(self._channels) or not all(part.isascii() and part.isdecimal() for part in parts):
            return dict.fromkeys(self._channels, -1)
        return {name: int(part) for name, part in zip(sorted(self._channels), parts, strict=True)}

    async def _wait_for_change(self) -> None:
        waits = [channel.transcripts.change() for channel in self._channels.values()] + [self._stopping.wait()]
        tasks = [asyncio.ensure_future(wait) for wait in waits]
        try:
            await asyncio.wait(tasks, timeout=_POLL_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


def _file_response(file: File) -> web.Response:
    if file.mime in _SHOWN_TYPES:
        return web.Response(
            body=file.content, content_type=file.mime, headers={"Cache-Control": "private, max-age=600"}
        )
    response = web.Response(body=file.content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = "attachment"
    return response
