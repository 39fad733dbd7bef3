"""The database goes away for a while: nobody's words are lost, the program waits and says so, and ends when asked."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.conftest import own_postgresql
from tests.pretend.database_gate import DatabaseGate, Shut
from tests.pretend.vk import PretendVk
from tests.stories.program import Program, installed

pytestmark = [pytest.mark.long, pytest.mark.postgresql, pytest.mark.timeout(180)]


@asynccontextmanager
async def behind_a_gate(folder: Path) -> AsyncIterator[tuple[Program, PretendVk, DatabaseGate]]:
    with own_postgresql() as url:
        async with DatabaseGate(url) as gate, installed(folder, database=gate.url) as (program, _, vk):
            yield program, vk, gate


async def ready(program: Program) -> tuple[int, Any]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{program.port}/health/ready") as answer,
    ):
        return answer.status, await answer.json()


async def until_ready(program: Program, status: int, seconds: float = 30) -> Any:
    async with asyncio.timeout(seconds):
        while True:
            try:
                found, says = await ready(program)
            except aiohttp.ClientError:
                found, says = 0, None
            if found == status and not any("слушаем" in each for each in says.get("degraded", ())):
                return says
            await asyncio.sleep(0.1)


async def until_answered(vk: PretendVk, citizen: int) -> None:
    async with asyncio.timeout(40):
        while not vk.answers(77, citizen):  # noqa: ASYNC110 - the program rings no bell
            await asyncio.sleep(0.05)


async def test_it_waits_at_the_start_and_while_it_runs_and_loses_nothing(tmp_path: Path) -> None:
    async with behind_a_gate(tmp_path) as (program, vk, gate):
        await gate.shut(Shut.STARTING)
        await program.start(waits=False)
        says = await until_ready(program, 503)
        assert "starting up" in says["problems"][0]
        await gate.shut(Shut.REFUSED)
        await asyncio.sleep(1)
        await gate.open()
        await until_ready(program, 200)
        for number, how in enumerate((Shut.REFUSED, Shut.TOO_MANY, Shut.WRONG_PASSWORD, Shut.SILENT), start=1):
            await gate.shut(how)
            vk.citizen_writes(77, 1000 + number, "Когда дадут тепло?", name="Житель")
            await until_ready(program, 503)
            await gate.open()
            await until_answered(vk, 1000 + number)
        await until_ready(program, 200)
        assert len(program.logged("waiting_for_database")) <= 2 + 4, "a line when it goes, however many parts wait"
        assert program.logged("database_back")
        assert await program.stop(20) == 0
        tickets = await program.command("tickets", "list", "--json")
        assert len(tickets) == 4


@pytest.mark.parametrize("how", [Shut.REFUSED, Shut.SILENT])
async def test_it_ends_when_asked_though_the_database_is_away(tmp_path: Path, how: Shut) -> None:
    async with behind_a_gate(tmp_path) as (program, _, gate):
        await program.start()
        await gate.shut(how)
        await until_ready(program, 503)
        assert await program.stop(20) == 0


async def test_it_ends_when_asked_though_it_never_began(tmp_path: Path) -> None:
    async with behind_a_gate(tmp_path) as (program, _, gate):
        await gate.shut(Shut.REFUSED)
        await program.start(waits=False)
        await until_ready(program, 503)
        assert await program.stop(20) == 0


async def test_what_waiting_does_not_mend_ends_the_start_with_one_line(tmp_path: Path) -> None:
    async with behind_a_gate(tmp_path) as (program, _, gate):
        await gate.shut(Shut.WRONG_PASSWORD)
        assert await program.fails("run", says="password authentication failed") == 2
        await gate.open()
        for address, reason in (
            (gate.url.replace("/otklik_test", "/nowhere"), "does not exist"),
            (gate.url.replace("//postgres", "//nobody", 1), "does not exist"),
            (f"{gate.url}?sslmode=require", "SSL"),
            (f"{gate.url}?sslmode=perhaps", "sslmode"),
        ):
            program.environment["OTKLIK_DATABASE_URL"] = address
            assert await program.fails("run", says=reason) == 2


async def test_an_address_may_say_how_to_encrypt(tmp_path: Path) -> None:
    async with behind_a_gate(tmp_path) as (program, _, gate):
        program.environment["OTKLIK_DATABASE_URL"] = f"{gate.url}?sslmode=prefer"
        assert await program.command("tickets", "list", "--json") == []


@pytest.mark.parametrize("how", [Shut.REFUSED, Shut.SILENT])
async def test_other_commands_give_up_with_one_line(tmp_path: Path, how: Shut) -> None:
    async with behind_a_gate(tmp_path) as (program, _, gate):
        await gate.shut(how)
        started = asyncio.get_running_loop().time()
        assert await program.fails("tickets", "list", says="нет связи с базой") == 2
        assert asyncio.get_running_loop().time() - started < 20
