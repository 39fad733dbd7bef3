"""What several people ask for at once is made once, and anew after a minute or a failure."""

import asyncio
from datetime import timedelta

import pytest

from bot.delivery.report_shared import Shared
from bot.domain.clock import ManualClock
from tests.delivery.parts import NOON


class Kitchen:
    """Counts what it makes."""

    def __init__(self) -> None:
        self.made = 0

    async def make(self) -> int:
        self.made += 1
        await asyncio.sleep(0)
        return self.made


async def test_twenty_at_once_share_one() -> None:
    shared, kitchen = Shared[int](clock=ManualClock(NOON), most=2), Kitchen()
    found = await asyncio.gather(*(shared.get("region", kitchen.make) for _ in range(20)))
    assert (found, kitchen.made) == ([1] * 20, 1)


async def test_after_a_minute_it_is_made_anew() -> None:
    clock = ManualClock(NOON)
    shared, kitchen = Shared[int](clock=clock, most=2), Kitchen()
    seen = []
    for _ in range(3):
        seen.append(await shared.get("region", kitchen.make))
        clock.advance(timedelta(seconds=40))
    assert seen == [1, 1, 2]


async def test_no_more_than_so_many_are_kept() -> None:
    shared, kitchen = Shared[int](clock=ManualClock(NOON), most=2), Kitchen()
    for key in ("a", "b", "c", "c", "b", "a"):
        await shared.get(key, kitchen.make)
    assert kitchen.made == 4
    assert len(shared._places) == 2


async def test_a_failure_is_nobodys_result() -> None:
    shared, kitchen = Shared[int](clock=ManualClock(NOON), most=2), Kitchen()

    async def fail() -> int:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await shared.get("region", fail)
    assert await shared.get("region", kitchen.make) == 1
