"""Many small writes, one commit: whoever comes while a commit runs goes together with all others in the next one."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Together(Generic[Item]):
    """Gathers items and writes them in shared batches. A lone item is written at once.

    `rest_seconds`: the pause after a batch, for items that come in a trickle and are in no hurry: each alone would cost
    as much as a full batch. The writing belongs to nobody: one waiter's cancellation neither stops it nor reaches the
    others.
    """

    def __init__(self, write: Callable[[Sequence[Item]], Awaitable[None]], *, rest_seconds: float = 0.0) -> None:
        self._write = write
        self._rest_seconds = rest_seconds
        self._waiting: list[tuple[Item, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def put(self, item: Item) -> None:
        """Return when the item has been written; raises what the writing of its batch raised."""
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, written))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_all(), name="write together")
        try:
            await asyncio.shield(written)
        except asyncio.CancelledError:
            # Whoever is cancelled leaves no writing behind that nobody waits for.
            if not written.done():
                await asyncio.wait({written})
            raise

    async def _write_all(self) -> None:
        """Write batch after batch until nobody waits."""
        batch: list[tuple[Item, asyncio.Future[None]]] = []
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                try:
                    await self._write([item for item, _ in batch])
                except asyncio.CancelledError:
                    raise
                except BaseException as error:  # noqa: BLE001 - every writer of the batch gets it, whatever it is
                    _end(batch, error)
                else:
                    _end(batch, None)
                if self._rest_seconds:
                    await asyncio.sleep(self._rest_seconds)
        except asyncio.CancelledError as error:
            _end([*batch, *self._waiting], error)
            self._waiting = []
            raise
        finally:
            self._writing = None


def _end(batch: Sequence[tuple[object, asyncio.Future[None]]], error: BaseException | None) -> None:
    for _, written in batch:
        if written.done():
            continue
        if error is None:
            written.set_result(None)
        else:
            written.set_exception(error)
            written.exception()  # its owner may have been cancelled and never look
