"""The demo page's questions to the product: what everyone sees, what the visitor says and presses, live changes."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from aiohttp import web

from bot.channels.memory import MemoryChannel
from bot.demo.clock import DemoClock
from bot.demo.deeds import PLACES, SIGNS, Deeds
from bot.demo.panes import ChatShape, Pane
from bot.demo.requests import read_question, refused
from bot.demo.scenes import Scenes
from bot.demo.view import Json, show_messages, show_pane, show_reactions, show_topics
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
        self._deeds = Deeds(channels)
        self._scenes = Scenes(channels)
        self._stopping = asyncio.Event()

    def routes(self) -> list[web.RouteDef]:
        """Return the routes to mount."""
        return [
            web.get("/demo/api/town", self.town),
            web.get("/demo/api/changes", self.changes),
            web.get("/demo/api/figures", self.figures),
            web.get("/demo/api/files/{channel}/{reference}", self.file),
            web.post("/demo/api/say", self.say),
            web.post("/demo/api/place", self.place),
            web.post("/demo/api/react", self.react),
            web.post("/demo/api/edit", self.edit),
            web.post("/demo/api/delete", self.delete),
            web.post("/demo/api/restore", self.restore),
            web.post("/demo/api/press", self.press),
            web.post("/demo/api/scene", self.scene),
            web.post("/demo/api/clock", self.move_clock),
        ]

    def stop(self) -> None:
        """End the waiting of all pages, so that the server can close at once."""
        self._stopping.set()

    async def town(self, _: web.Request) -> web.Response:
        """Describe the panes."""
        panes = [show_pane(pane) for pane in self._panes.values()]
        return web.json_response({"panes": panes, "places": list(PLACES), "signs": list(SIGNS)})

    async def changes(self, request: web.Request) -> web.Response:
        """Return the conversations that changed since `after`, waiting for one if need be; all of them without it."""
        after = self._read_after(request.query.get("after", ""))
        if after == self._versions() and not self._stopping.is_set():
            await self._wait_for_change()
        changed: Json = {}
        topics: Json = {}
        posts: Json = {}
        for pane in self._panes.values():
            for chat in pane.chats:
                place, channel = chat.place, self._channels[chat.place.channel]
                where = (place.community, place.chat)
                if where not in channel.transcripts.changed_since(after[channel.name]):
                    continue
                changed[chat.key] = show_messages(channel.transcripts.with_deleted(*where))
                if chat.has_topics:
                    topics[chat.key] = show_topics(channel.topics.of(*where))
                if chat.shape is ChatShape.COMMENTS:
                    posts[chat.key] = show_reactions(channel.reactions_to(*where))
        after_now = ".".join(str(version) for version in self._versions().values())
        now = self._clock.now().isoformat()
        return web.json_response({"after": after_now, "now": now, "chats": changed, "topics": topics, "posts": posts})

    async def figures(self, _: web.Request) -> web.Response:
        """Return the live figures and the demo's time."""
        return web.json_response({**await self._figures(), "now": self._clock.now().isoformat()})

    async def say(self, request: web.Request) -> web.Response:
        """Say something as the person of a pane."""
        question = await read_question(request, self._panes)
        speaking, text, files = question.speaking(), question.text("text").strip(), question.files()
        if not text and not files:
            raise refused("напишите что-нибудь или приложите файл")
        shown = self._deeds.say(
            speaking, text, reply_to=question.text("reply_to"), thread=question.text("thread"), files=files
        )
        return web.json_response({"id": shown.id})

    async def place(self, request: web.Request) -> web.Response:
        """Send a place on the map."""
        question = await read_question(request, self._panes)
        return web.json_response({"id": self._deeds.send_place(question.speaking(), question.text("place")).id})

    async def react(self, request: web.Request) -> web.Response:
        """Put a reaction under a message or a post, or take it away."""
        question = await read_question(request, self._panes)
        self._deeds.react(question.speaking(), question.text("message"), question.text("sign"))
        return web.json_response({})

    async def edit(self, request: web.Request) -> web.Response:
        """Change one's own words."""
        question = await read_question(request, self._panes)
        self._deeds.edit(question.speaking(), question.text("message"), question.text("text").strip())
        return web.json_response({})

    async def delete(self, request: web.Request) -> web.Response:
        """Take one's own comment away."""
        question = await read_question(request, self._panes)
        self._deeds.delete(question.speaking(), question.text("message"))
        return web.json_response({})

    async def restore(self, request: web.Request) -> web.Response:
        """Bring one's own comment back."""
        question = await read_question(request, self._panes)
        self._deeds.restore(question.speaking(), question.text("message"))
        return web.json_response({})

    async def press(self, request: web.Request) -> web.Response:
        """Press a button as the person of a pane; returns what the bot answers to the press, if it does so soon."""
        question = await read_question(request, self._panes)
        speaking = question.speaking()
        press_id = self._deeds.press(speaking, question.text("message"), question.text("action"))
        return web.json_response(
            {"says": await self._press_answer(self._channels[speaking.chat.place.channel], press_id)}
        )

    async def scene(self, request: web.Request) -> web.Response:
        """Let many invented people do something at once."""
        question = await read_question(request, self._panes)
        if not await self._scenes.play(question.text("scene")):
            raise refused("такой сцены нет")
        return web.json_response({})

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
