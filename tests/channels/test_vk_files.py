"""Fetching what came with a VK message."""

import aiohttp.web
import pytest

from bot.channels.vk.connection import Connection
from bot.channels.vk.files import Files
from bot.domain.errors import ChannelBusyError, FileUnavailableError
from bot.domain.event import MessageReceived
from bot.domain.message import Attachment, AttachmentKind
from tests.channels.vk_kit import ACCOUNT, GROUP, PNG, post


def at(address: str) -> Attachment:
    return Attachment(kind=AttachmentKind.PHOTO, channel="vk", community="77", reference=address, name="a.jpg")


async def test_what_a_citizen_attached_is_fetched_as_it_was() -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "Вот", photo=PNG, doc=("план дома.pdf", b"%PDF-1"))
        (event,) = await room.events(1)
        assert isinstance(event, MessageReceived)
        picture, plan = [await room.channel.fetch(each, account=ACCOUNT) for each in event.attachments]
        assert picture.content == PNG
        assert (plan.name, plan.mime, plan.content) == ("план дома.pdf", "application/pdf", b"%PDF-1")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "photo5_1_key",
        "file:///etc/passwd",
        "https://example.org/a.jpg",
        "https://vk.com.example.org/a.jpg",
        "https://evil-vk.com/a.jpg",
        "http://vk.com/a.jpg",  # without TLS
        "https://vk.com:8443/a.jpg",
        "https://me:secret@vk.com/a.jpg",
        "http://127.0.0.1:1/a.jpg",
        "http://169.254.169.254/latest/meta-data",
        "https://[::1",
    ],
)
async def test_nothing_is_fetched_from_anywhere_but_vk(address: str) -> None:
    # A forged event must not make us call our own network.
    async with post() as room:
        with pytest.raises(FileUnavailableError):
            await room.channel.fetch(at(address), account=ACCOUNT)


@pytest.mark.parametrize("how", ["500", "drop"])
async def test_a_download_that_breaks_off_is_tried_later(how: str) -> None:
    async with post() as room:
        room.vk.fail_next("download", how=how, times=2)  # type: ignore[arg-type] # a row of the table
        with pytest.raises(ChannelBusyError):
            await room.channel.fetch(at(f"{room.vk.url}/file/1/a.jpg"), account=ACCOUNT)


async def test_a_file_that_vk_no_longer_has_is_not_waited_for() -> None:
    async with post() as room:
        with pytest.raises(FileUnavailableError):
            await room.channel.fetch(at(f"{room.vk.url}/file/1/a.jpg"), account=ACCOUNT)


async def serve(handler: object) -> tuple[aiohttp.web.AppRunner, str]:
    application = aiohttp.web.Application()
    application.router.add_get("/{path:.*}", handler)  # type: ignore[arg-type] # each test's own
    runner = aiohttp.web.AppRunner(application, access_log=None)
    await runner.setup()
    await aiohttp.web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}"


async def fetch(address: str) -> bytes:
    connection = Connection()
    try:
        files = Files(connection, api_url=address)
        return (await files.fetch(at(f"{address}/a.jpg"))).content
    finally:
        await connection.close()


async def test_redirects_are_followed_within_vk_only_and_not_for_ever() -> None:
    where = {"/a.jpg": "/b.jpg", "/b.jpg": "/c.jpg"}

    async def handler(request: aiohttp.web.Request) -> aiohttp.web.Response:
        if target := where.get(request.path):
            return aiohttp.web.Response(status=302, headers={"Location": target})
        return aiohttp.web.Response(body=b"found")

    runner, address = await serve(handler)
    try:
        assert await fetch(address) == b"found"
        where["/c.jpg"] = "http://localhost:1/secret"
        with pytest.raises(FileUnavailableError):
            await fetch(address)
        where["/c.jpg"] = "/a.jpg"
        with pytest.raises(FileUnavailableError):
            await fetch(address)
    finally:
        await runner.cleanup()


@pytest.mark.parametrize("is_told", [True, False])
async def test_a_file_larger_than_50_mb_is_not_taken_into_memory(is_told: bool) -> None:
    async def handler(request: aiohttp.web.Request) -> aiohttp.web.StreamResponse:
        response = aiohttp.web.StreamResponse()
        if is_told:
            response.content_length = 51 * 2**20
        await response.prepare(request)
        try:
            for _ in range(51):
                await response.write(bytes(2**20))
        except ConnectionError:
            pass  # the other side has had enough
        return response

    runner, address = await serve(handler)
    try:
        with pytest.raises(FileUnavailableError):
            await fetch(address)
    finally:
        await runner.cleanup()
