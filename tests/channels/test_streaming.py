"""A large file passes from one messenger to another without ever lying in memory as a whole."""

import tracemalloc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.vk.channel import VkChannel
from bot.domain.channel import Account
from bot.domain.errors import FileUnavailableError
from bot.domain.message import Attachment, AttachmentKind, File, OutgoingMessage, Place
from bot.domain.spool import Spooling

MEGABYTE = 1 << 20
LARGE = 40 * MEGABYTE
SCHOOL = Account(channel="vk", community="77", token="vk-token")
BOT = Account(channel="telegram", community="1000", token="1000:token")


class Servers:
    """Both messengers: one gives out a large file, the other takes it and only counts."""

    def __init__(self) -> None:
        self.taken = 0

    async def give(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": str(LARGE)})
        await response.prepare(request)
        for _ in range(LARGE // MEGABYTE):
            await response.write(bytes(MEGABYTE))
        return response

    async def take(self, request: web.Request) -> web.StreamResponse:
        async for piece in request.content.iter_chunked(1 << 16):
            self.taken += len(piece)
        return web.json_response({"ok": True, "result": {"message_id": 5, "date": 1_800_000_000}})


@asynccontextmanager
async def between(servers: Servers, spooling: Spooling) -> AsyncIterator[tuple[VkChannel, TelegramChannel, str]]:
    application = web.Application(client_max_size=2 * LARGE)
    application.router.add_get("/file.mp4", servers.give)
    application.router.add_post("/bot{token}/{method}", servers.take)
    async with TestServer(application) as server:
        address = str(server.make_url("")).rstrip("/")
        vk, telegram = VkChannel(api_url=address, spooling=spooling), TelegramChannel(api_url=address)
        try:
            yield vk, telegram, f"{address}/file.mp4"
        finally:
            await vk.close()
            await telegram.close()


def video(address: str) -> Attachment:
    return Attachment(
        kind=AttachmentKind.VIDEO, channel="vk", community="77", reference=address, name="file.mp4", mime="video/mp4"
    )


async def test_forty_megabytes_pass_through_a_few(tmp_path: Path) -> None:
    servers = Servers()
    async with between(servers, Spooling(folder=tmp_path)) as (vk, telegram, address):
        opened: list[File] = []

        async def open_file(attachment: Attachment) -> File:
            opened.append(await vk.fetch(attachment, account=SCHOOL))
            return opened[-1]

        tracemalloc.start()
        try:
            await telegram.send(
                OutgoingMessage(text="Смотрите", attachments=(video(address),)),
                account=BOT,
                place=Place(channel="telegram", community="1000", chat="-5"),
                row=1,
                open_file=open_file,
            )
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert servers.taken > LARGE, "the file and the form around it"
        assert [file.size for file in opened] == [LARGE]
        assert peak < LARGE / 4
        opened[0].close()


async def test_a_file_above_the_operators_limit_is_refused_before_it_comes(tmp_path: Path) -> None:
    servers = Servers()
    async with between(servers, Spooling(folder=tmp_path, limit=10 * MEGABYTE)) as (vk, _, address):
        with pytest.raises(FileUnavailableError, match="10 MB"):
            await vk.fetch(video(address), account=SCHOOL)
