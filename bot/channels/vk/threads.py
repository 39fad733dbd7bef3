"""A handful of threads for calls that block, each with a tool of its own."""

import asyncio
import contextlib
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

Tool = TypeVar("Tool")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job(Generic[Tool]):
    work: Callable[[Tool], Any]
    loop: asyncio.AbstractEventLoop
    waiter: asyncio.Future[Any]


class Threads(Generic[Tool]):
    """Runs blocking work for coroutines.

    The threads are daemons, unlike those of `ThreadPoolExecutor`: a call that hangs in the network must not keep the
    program from ending. They start with the first call.
    """

    def __init__(self, *, size: int, make_tool: Callable[[], Tool], close_tool: Callable[[Tool], None]) -> None:
        self._size = size
        self._make_tool = make_tool
        self._close_tool = close_tool
        self._free = asyncio.Semaphore(size)
        self._jobs: queue.SimpleQueue[_Job[Tool] | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []

    async def run(self, work: Callable[[Tool], Result], *, patience: float | None = None) -> Result:
        """Return what `work` returns or raise what it raises; giving up the wait does not stop work that has begun.

        Raises TimeoutError `patience` seconds after a thread was free for it: the time in the queue does not count.
        """
        if not self._threads:
            self._start()
        await self._free.acquire()
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[Result] = loop.create_future()
        self._jobs.put(_Job(work=work, loop=loop, waiter=waiter))
        async with asyncio.timeout(patience):
            return await waiter

    async def close(self, *, patience: float = 1.0) -> None:
        """Let every thread end after the work it has; those that still hang after `patience` seconds are left."""
        threads, self._threads = self._threads, []
        for _ in threads:
            self._jobs.put(None)
        await asyncio.to_thread(_join, threads, patience)

    def _start(self) -> None:
        self._threads = [threading.Thread(target=self._work, name=f"vk-{n}", daemon=True) for n in range(self._size)]
        for thread in self._threads:
            thread.start()

    def _work(self) -> None:
        tool = self._make_tool()
        try:
            while (job := self._jobs.get()) is not None:
                if job.waiter.cancelled():
                    self._end(job, _nothing)
                else:
                    self._do(job, tool)
        finally:
            self._close_tool(tool)

    def _do(self, job: _Job[Tool], tool: Tool) -> None:
        try:
            result = job.work(tool)
        except BaseException as error:  # noqa: BLE001 - whoever waits for this work must hear of whatever went wrong
            self._end(job, partial(_set_exception, job.waiter, error))
        else:
            self._end(job, partial(_set_result, job.waiter, result))

    def _end(self, job: _Job[Tool], tell: Callable[[], None]) -> None:
        """Let the loop tell whoever waits, and give the thread to the next."""

        def end() -> None:
            self._free.release()
            tell()

        # The loop may have ended while the call was in the network; then nobody waits any more.
        with contextlib.suppress(RuntimeError):
            job.loop.call_soon_threadsafe(end)


def _join(threads: Sequence[threading.Thread], patience: float) -> None:
    deadline = time.monotonic() + patience
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))


def _nothing() -> None:
    pass


def _set_result(waiter: asyncio.Future[Any], result: Any) -> None:
    if not waiter.done():
        waiter.set_result(result)


def _set_exception(waiter: asyncio.Future[Any], error: BaseException) -> None:
    if not waiter.done():
        waiter.set_exception(error)
