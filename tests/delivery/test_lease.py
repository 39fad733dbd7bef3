"""Only one process does a part of the work; another takes over when it ends, stops or is silent too long."""

import asyncio
import os
import socket
import sys
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from bot.delivery import lease as lease_module
from bot.delivery.lease import Lease
from bot.domain.clock import ManualClock
from storage.database import Database
from storage.leases import TERM
from storage.tables import leases
from tests.delivery.parts import NOON


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look often: these tests move the clock by hand."""
    monkeypatch.setattr(lease_module, "_TRY_SECONDS", 0.01)
    monkeypatch.setattr(lease_module, "_RENEW_SECONDS", 0.01)


class Part:
    """Some work that remembers whether it runs."""

    def __init__(self) -> None:
        self.is_running = False
        self.began = asyncio.Event()
        self.ended = asyncio.Event()

    async def __call__(self) -> None:
        self.is_running = True
        self.began.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.is_running = False
            self.ended.set()


async def stop(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait({task})


def of_another_machine(name: str = "sender") -> dict[str, object]:
    return {"name": name, "holder": "elsewhere:1:abcd", "expires_at": NOON + TERM}


async def hold(database: Database, row: dict[str, object]) -> None:
    async with database.unit() as connection:
        await connection.execute(insert(leases), row)


async def began(part: Part, seconds: float = 30.0) -> None:
    async with asyncio.timeout(seconds):
        await part.began.wait()


async def test_of_two_processes_only_one_runs_and_the_other_takes_over_when_it_stops(database: Database) -> None:
    clock = ManualClock(NOON)
    first, second = Part(), Part()
    running = asyncio.create_task(Lease(name="sender", database=database, clock=clock).run(first))
    await began(first)
    waiting = asyncio.create_task(Lease(name="sender", database=database, clock=clock).run(second))
    await asyncio.sleep(0.05)
    assert (first.is_running, second.is_running) == (True, False)
    await stop(running)
    await began(second)
    assert not first.is_running
    await stop(waiting)


async def test_giving_back_while_another_asks_ends_neither(database: Database) -> None:
    clock = ManualClock(NOON)

    async def moment() -> None:
        await asyncio.sleep(0)

    takers = [Lease(name="sender", database=database, clock=clock) for _ in range(4)]
    tasks = [asyncio.create_task(taker.run(moment)) for taker in takers]
    await asyncio.sleep(0.5)
    for task in tasks:
        assert not task.done(), task.result()
        await stop(task)


async def test_two_parts_do_not_wait_for_each_other(database: Database) -> None:
    clock = ManualClock(NOON)
    sender, intake = Part(), Part()
    tasks = [
        asyncio.create_task(Lease(name=name, database=database, clock=clock).run(part))
        for name, part in (("sender", sender), ("intake", intake))
    ]
    await began(sender)
    await began(intake)
    for task in tasks:
        await stop(task)


async def test_a_silent_process_loses_it_when_the_term_is_over(database: Database) -> None:
    clock, part = ManualClock(NOON), Part()
    await hold(database, of_another_machine())
    waiting = asyncio.create_task(Lease(name="sender", database=database, clock=clock).run(part))
    clock.advance(TERM - timedelta(seconds=1))
    await asyncio.sleep(0.05)
    assert not part.is_running
    clock.advance(timedelta(seconds=1))
    await began(part)
    await stop(waiting)


async def test_a_dead_process_of_this_machine_loses_it_at_once(database: Database) -> None:
    ended = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
    await ended.wait()
    await hold(database, {**of_another_machine(), "holder": f"{socket.gethostname()}:{ended.pid}:abcd"})
    part = Part()
    waiting = asyncio.create_task(Lease(name="sender", database=database, clock=ManualClock(NOON)).run(part))
    await began(part)
    await stop(waiting)


async def test_a_living_process_of_this_machine_keeps_it(database: Database) -> None:
    await hold(database, {**of_another_machine(), "holder": f"{socket.gethostname()}:{os.getppid()}:abcd"})
    part = Part()
    waiting = asyncio.create_task(Lease(name="sender", database=database, clock=ManualClock(NOON)).run(part))
    await asyncio.sleep(0.05)
    assert not part.is_running
    await stop(waiting)


async def test_it_is_renewed_while_the_part_runs_and_given_back_afterwards(database: Database) -> None:
    clock, part = ManualClock(NOON), Part()
    running = asyncio.create_task(Lease(name="sender", database=database, clock=clock).run(part))
    await began(part)
    for _ in range(5):
        clock.advance(TERM / 3)
        await asyncio.sleep(0.05)
    assert part.is_running
    async with database.reading() as connection:
        assert (await connection.execute(select(leases.c.expires_at))).scalar_one() > clock.now()
    await stop(running)
    async with database.reading() as connection:
        assert (await connection.execute(select(leases))).all() == []


async def test_a_part_stops_when_the_lease_was_taken_away(database: Database) -> None:
    clock, part = ManualClock(NOON), Part()
    running = asyncio.create_task(Lease(name="sender", database=database, clock=clock).run(part))
    await began(part)
    async with database.unit() as connection:
        await connection.execute(leases.update().values(holder="elsewhere:1:abcd", expires_at=clock.now() + TERM))
    async with asyncio.timeout(30):
        await part.ended.wait()
    await stop(running)
    async with database.reading() as connection:
        assert (await connection.execute(select(leases.c.holder))).scalar_one() == "elsewhere:1:abcd"


async def test_a_failing_part_ends_the_run_and_gives_the_lease_back(database: Database) -> None:
    async def broken() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await Lease(name="sender", database=database, clock=ManualClock(NOON)).run(broken)
    async with database.reading() as connection:
        assert (await connection.execute(select(leases))).all() == []
