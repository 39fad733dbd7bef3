"""The demo's clock stands, runs and jumps, and sleepers follow."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.demo.clock import DemoClock
from tests import present

LONG_AGO = datetime(2026, 11, 9, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def asleep(clock: DemoClock, duration: timedelta) -> asyncio.Task[None]:
    sleeper = asyncio.create_task(clock.sleep(duration))
    await turns()
    return sleeper


async def turns() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_a_standing_clock_wakes_sleepers_when_it_is_moved_far_enough():
    clock = DemoClock(LONG_AGO)
    sleeper = await asleep(clock, HOUR)
    clock.move_to(LONG_AGO + HOUR - timedelta(seconds=1))
    await turns()
    assert not sleeper.done()
    clock.advance(timedelta(seconds=1))
    await sleeper
    assert clock.now() == LONG_AGO + HOUR


async def test_a_running_clock_tells_the_real_time():
    clock = DemoClock(LONG_AGO)
    clock.run()
    assert abs(present.now() - clock.now()) < timedelta(seconds=1)
    async with asyncio.timeout(30):
        await clock.sleep(timedelta(milliseconds=5))


async def test_running_again_wakes_those_who_slept_through_history():
    clock = DemoClock(LONG_AGO)
    sleeper = await asleep(clock, HOUR)
    clock.run()
    async with asyncio.timeout(30):
        await sleeper


async def test_a_running_clock_can_be_pushed_ahead():
    clock = DemoClock(LONG_AGO)
    clock.run()
    sleeper = await asleep(clock, 8 * HOUR)
    clock.advance(7 * HOUR)
    await turns()
    assert not sleeper.done()
    clock.advance(HOUR)
    async with asyncio.timeout(30):
        await sleeper
    assert clock.now() - present.now() > 7.9 * HOUR


async def test_no_sleep_at_all_is_one_turn_of_the_loop():
    async with asyncio.timeout(30):
        await DemoClock(LONG_AGO).sleep(timedelta(0))
