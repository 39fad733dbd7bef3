"""A ticket's moment becomes one event, however often the clock looks and whoever looks."""

import asyncio
from datetime import timedelta

from storage.tables import inbox
from tests.stories.region import Region


async def test_each_ring_is_put_into_the_inbox_once(region: Region) -> None:
    await region.asks()
    region.clock.advance(timedelta(hours=4))
    async with region.resting_desk():
        for _ in range(3):
            await region.application.deadlines.work()
        assert await region.count(inbox, inbox.c.key.like("ring:%")) == 1
    await region.settled()
    for _ in range(3):
        assert await region.application.deadlines.work() == 0
    assert await region.count(inbox, inbox.c.key.like("ring:1:warning:%")) == 1


async def test_nothing_rings_before_its_moment(region: Region) -> None:
    await region.asks()
    region.clock.advance(timedelta(hours=4) - timedelta(microseconds=1))
    assert await region.application.deadlines.work() == 0


async def test_two_clocks_ring_once(region: Region) -> None:
    await region.asks()
    region.clock.advance(timedelta(hours=4))
    await asyncio.gather(*(region.application.deadlines.work() for _ in range(4)))
    await region.settled()
    assert await region.count(inbox, inbox.c.key.like("ring:1:warning:%")) == 1


async def test_a_ring_of_a_wait_that_has_ended_does_nothing(region: Region) -> None:
    await region.asks()
    region.clock.advance(timedelta(hours=8))
    async with region.resting_desk():
        await region.application.deadlines.work()
        region.vk.citizen_writes("77", "11", "Ещё слова")
    await region.settled()
    before = (await region.ticket(1)).ticket
    async with region.database.unit() as connection:
        await connection.execute(inbox.update().where(inbox.c.key.like("ring:%")).values(state="todo"))
    await region.settled()
    assert (await region.ticket(1)).ticket == before
    kinds = [event.kind.value for event in (await region.ticket(1)).events]
    assert kinds.count("overdue") == 1
