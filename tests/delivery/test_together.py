"""Writers share commits; errors reach every writer of a batch; nobody's cancellation is another's loss."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.delivery.together import Together


class Ledger:
    """Writes batches when it is let, and remembers them."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.is_open = asyncio.Event()
        self.is_open.set()
        self.begun = asyncio.Event()
        self.error: BaseException | None = None

    async def write(self, items: Sequence[int]) -> None:
        self.begun.set()
        await self.is_open.wait()
        if self.error is not None:
            raise self.error
        self.batches.append(list(items))


class CrashError(BaseException):
    """Not an Exception, as a crash is none."""


async def test_whoever_comes_while_a_commit_runs_shares_the_next_one() -> None:
    ledger = Ledger()
    together: Together[int] = Together(ledger.write)
    ledger.is_open.clear()
    first = asyncio.create_task(together.put(0))
    await ledger.begun.wait()
    others = [asyncio.create_task(together.put(number)) for number in range(1, 100)]
    await asyncio.sleep(0)
    ledger.is_open.set()
    await asyncio.gather(first, *others)
    assert ledger.batches == [[0], list(range(1, 100))]


async def test_a_lone_item_is_written_at_once() -> None:
    ledger = Ledger()
    async with asyncio.timeout(0.5):
        await Together(ledger.write).put(1)
    assert ledger.batches == [[1]]


@pytest.mark.parametrize("error", [OSError("disk full"), CrashError()], ids=["error", "crash"])
async def test_an_error_reaches_every_writer_of_its_batch_and_no_other(error: BaseException) -> None:
    ledger = Ledger()
    together: Together[int] = Together(ledger.write)
    ledger.is_open.clear()
    first = asyncio.create_task(together.put(0))
    await ledger.begun.wait()
    ledger.is_open.set()
    await first
    ledger.error = error
    results = await asyncio.gather(*(together.put(number) for number in range(3)), return_exceptions=True)
    assert results == [error] * 3
    ledger.error = None
    await together.put(4)
    assert ledger.batches == [[0], [4]]


async def test_the_first_writers_cancellation_does_not_reach_the_others() -> None:
    ledger = Ledger()
    together: Together[int] = Together(ledger.write)
    ledger.is_open.clear()
    first, second = asyncio.create_task(together.put(1)), asyncio.create_task(together.put(2))
    await ledger.begun.wait()
    third = asyncio.create_task(together.put(3))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.sleep(0)
    ledger.is_open.set()
    await asyncio.gather(second, third)
    with pytest.raises(asyncio.CancelledError):
        await first
    assert ledger.batches == [[1, 2], [3]]


async def test_a_cancelled_writer_leaves_no_writing_behind() -> None:
    ledger = Ledger()
    together: Together[int] = Together(ledger.write)
    ledger.is_open.clear()
    writer = asyncio.create_task(together.put(1))
    await ledger.begun.wait()
    writer.cancel()
    await asyncio.sleep(0.01)
    assert not writer.done(), "it waits for what was begun"
    ledger.is_open.set()
    with pytest.raises(asyncio.CancelledError):
        await writer
    assert ledger.batches == [[1]]
    await asyncio.sleep(0)
    assert len(asyncio.all_tasks()) == 1
