"""A little bot that stands in for the product while only the page and its API are under test."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web
from prometheus_client import CollectorRegistry

from bot.channels.memory import MemoryChannel
from bot.channels.memory_limits import TELEGRAM_LIKE, VK_LIKE
from bot.demo.api import BODY_LIMIT, DemoApi
from bot.demo.clock import DemoClock
from bot.demo.institutions import GROUPS
from bot.demo.pages import page_routes
from bot.demo.panes import demo_panes
from bot.demo.town import BOT_ID, TEAM_OF
from bot.domain.channel import Account, Incoming
from bot.domain.event import ButtonPressed, ChatKind, CommentReceived, MessageReceived
from bot.domain.message import Attachment, Button, File, OutgoingKind, OutgoingMessage, Place
from bot.web.health import Health
from bot.web.listen import Listen
from bot.web.server import serving, web_application
from tests import present

CODES = {group: code for code, group in GROUPS.items()}
TAKE = ((Button(text="Взять", action="take"), Button(text="Закрыть", action="close")),)


class LittleBot:
    """Numbers questions, shows cards, brings replies back."""

    def __init__(self, channels: dict[str, MemoryChannel]) -> None:
        self.channels = channels
        self.asked: dict[tuple[str, str], MessageReceived | CommentReceived] = {}
        self.rows = 0
        self.count = 0

    async def position(self, account: Account) -> str | None:
        return None

    async def reached(self, account: Account, *, is_reached: bool) -> None:
        """A messenger in memory is always reached."""

    async def store(self, account: Account, events: Sequence[Incoming], *, position: str | None) -> None:
        for incoming in events:
            event = self.channels[account.channel].convert(account.community, json.loads(incoming.payload))
            match event:
                case MessageReceived(chat_kind=ChatKind.PRIVATE, text=text) if text.startswith("/"):
                    await self.send(event.place, text=f"Вы просите {text}. Ответов в срок: 86 %")
                case CommentReceived() | MessageReceived(chat_kind=ChatKind.PRIVATE):
                    await self.ask(event)
                case MessageReceived():
                    await self.answer(event)
                case ButtonPressed():
                    await self.press(event)

    async def ask(self, event: MessageReceived | CommentReceived) -> None:
        self.count += 1
        place = TEAM_OF[CODES.get(event.place.community, "kazan-school-512")].place
        card = f"№ {self.count}\n{event.sender.name}\n\n{event.text}\n\nОтветить до 18:00\n{event.link}"
        message_id = await self.send(place, text=card, buttons=TAKE, attachments=event.attachments)
        self.asked[place.lane, message_id] = event
        if isinstance(event, MessageReceived):
            await self.send(event.place, text=f"№ {self.count} принято, ответим до 18:00.")

    async def answer(self, event: MessageReceived) -> None:
        asked = self.asked.get((event.place.lane, event.reply_to))
        if asked is not None and not event.text.startswith("//"):
            kind, reply_to = OutgoingKind.MESSAGE, ""
            if isinstance(asked, CommentReceived):
                kind, reply_to = OutgoingKind.COMMENT, asked.message_id
            await self.send(asked.place, kind=kind, reply_to=reply_to, text=event.text, attachments=event.attachments)
            await self.send(event.place, text="Ответ отправлен", reply_to=event.message_id)

    async def press(self, event: ButtonPressed) -> None:
        await self.send(event.place, kind=OutgoingKind.PRESS_ANSWER, target=event.press_id, text="Сделано")
        shown = self.channels[event.place.channel].transcripts.find(
            event.place.community, event.place.chat, event.message_id
        )
        assert shown
        await self.send(
            event.place, kind=OutgoingKind.EDIT, target=event.message_id, text=f"{shown.text}\n{event.action}"
        )

    async def send(self, place: Place, **what) -> str:
        self.rows += 1
        account = Account(channel=place.channel, community=place.community, token="t")
        sent = await self.channels[place.channel].send(
            OutgoingMessage(**what), account=account, place=place, row=self.rows, open_file=self.open_file
        )
        return sent.message_ids[0] if sent.message_ids else ""

    async def open_file(self, attachment: Attachment) -> File:
        return self.channels[attachment.channel].file(attachment.reference)


@dataclass
class Stage:
    """The page with the little bot behind it."""

    listen: Listen
    channels: dict[str, MemoryChannel]
    clock: DemoClock
    bot: LittleBot


@asynccontextmanager
async def on_stage(listen: Listen) -> AsyncIterator[Stage]:
    """Serve the demo page with the little bot behind it."""
    clock = DemoClock(present.now())
    clock.run()
    channels = {
        "telegram": MemoryChannel("telegram", TELEGRAM_LIKE, clock=clock),
        "vk": MemoryChannel("vk", VK_LIKE, clock=clock, address=f"{listen.url}/demo#"),
    }
    bot = LittleBot(channels)

    async def figures() -> dict[str, object]:
        return {"open": bot.count, "overdue": 0, "in_time_share": None, "median_seconds": 3900}

    async def ready() -> Health:
        return Health()

    api = DemoApi(channels=channels, panes=demo_panes(), figures=figures, clock=clock)
    app: web.Application = web_application(
        ready=ready, registry=CollectorRegistry(), routes=[*page_routes(), *api.routes()], body_limit=BODY_LIMIT
    )
    async with asyncio.TaskGroup() as tasks, serving(app, listen) as actual:
        receivers = [
            tasks.create_task(channels[name].receive(Account(channel=name, community=community, token="t"), bot))
            for name, communities in (("telegram", [BOT_ID]), ("vk", list(CODES)))
            for community in communities
        ]
        try:
            yield Stage(listen=actual, channels=channels, clock=clock, bot=bot)
        finally:
            api.stop()
            for receiver in receivers:
                receiver.cancel()


async def play(port: int) -> None:
    """Serve the page until stopped, to look at it."""
    async with on_stage(Listen(host="127.0.0.1", port=port)) as stage:
        print(f"{stage.listen.url}/demo")
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(play(8090))
