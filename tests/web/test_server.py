"""The server answers monitors, mounts other rooms' routes and keeps its secrets."""

import asyncio
import errno
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession, web
from prometheus_client import CollectorRegistry, Counter

from bot.domain.errors import SettingsError
from bot.web.headers import SECURITY_HEADERS
from bot.web.health import Health, health_routes
from bot.web.listen import Listen
from bot.web.server import serving, web_application

ANYWHERE = Listen(host="127.0.0.1", port=0)


async def all_is_well() -> Health:
    return Health()


def application(*, ready=all_is_well, registry=None, **more) -> web.Application:
    return web_application(ready=ready, registry=registry or CollectorRegistry(), **more)


@asynccontextmanager
async def visiting(app: web.Application) -> AsyncIterator[ClientSession]:
    async with serving(app, ANYWHERE) as listen, ClientSession(listen.url) as browser:
        yield browser


async def test_it_is_alive_and_ready():
    async with visiting(application()) as browser:
        for path in ("/health/live", "/health/ready"):
            async with browser.get(path) as answer:
                assert (answer.status, await answer.json()) == (200, {"status": "ok"})


async def test_what_is_wrong_is_told_as_json():
    async def ready() -> Health:
        return Health(problems=["база недоступна"], warnings=["слушаем 1 из 2"])

    async with visiting(application(ready=ready)) as browser:
        async with browser.get("/health/ready") as answer:
            assert answer.status == 503
            assert await answer.json() == {"status": "not ready", "problems": ["база недоступна"]}
        async with browser.get("/health/live") as answer:
            assert answer.status == 200


async def test_trouble_of_some_accounts_leaves_it_ready():
    async def ready() -> Health:
        return Health(warnings=["слушаем 4999 из 5000"])

    async with visiting(application(ready=ready)) as browser, browser.get("/health/ready") as answer:
        assert answer.status == 200
        assert await answer.json() == {"status": "degraded", "degraded": ["слушаем 4999 из 5000"]}


async def test_a_question_that_hangs_is_a_problem_itself():
    async def ready() -> Health:
        await asyncio.Event().wait()
        return Health()

    app = web.Application()
    app.add_routes(health_routes(ready=ready, patience_seconds=0.02))
    async with visiting(app) as browser, browser.get("/health/ready") as answer:
        assert (answer.status, len((await answer.json())["problems"])) == (503, 1)


async def test_metrics_are_those_of_the_registry():
    registry = CollectorRegistry()
    Counter("otklik_cards", "Cards.", registry=registry).inc(3)
    async with visiting(application(registry=registry)) as browser, browser.get("/metrics") as answer:
        assert answer.content_type == "text/plain"
        assert "otklik_cards_total 3.0" in await answer.text()


async def test_other_rooms_mount_their_routes_and_large_bodies_are_refused():
    async def echo(request: web.Request) -> web.Response:
        return web.Response(body=await request.read())

    app = application(routes=[web.post("/echo", echo)], body_limit=100)
    async with visiting(app) as browser:
        async with browser.post("/echo", data=b"x" * 100) as answer:
            assert await answer.read() == b"x" * 100
        async with browser.post("/echo", data=b"x" * 101) as answer:
            assert answer.status == 413


@pytest.mark.parametrize("path", ["/health/live", "/nothing-here"])
async def test_every_answer_carries_the_security_headers_and_no_banner(path):
    async with visiting(application()) as browser, browser.get(path) as answer:
        assert {name: answer.headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS
        assert "Server" not in answer.headers


async def test_a_port_in_use_is_one_line_that_names_the_setting():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=f"^OTKLIK_HTTP_LISTEN: 127.0.0.1:{port} – порт уже занят.*$") as error:
            async with serving(application(), Listen(host="127.0.0.1", port=port)):
                pass
    assert isinstance(error.value.__cause__, OSError)
    assert error.value.__cause__.errno == errno.EADDRINUSE


async def test_an_address_of_another_machine_is_refused_too():
    with pytest.raises(SettingsError, match="нет такого адреса"):
        async with serving(application(), Listen(host="192.0.2.1", port=0)):
            pass


async def test_after_the_block_the_port_is_free():
    async with serving(application(), ANYWHERE) as listen:
        pass
    async with serving(application(), listen) as again:
        assert again == listen
