"""Many small writes, one commit: whoever comes while a commit runs goes together with all others in the next one."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Together(Generic[Item]):
    """Gathers items and writes them in shared batches. There is no timer: a lone item is written at once."""

    def __init__(self, write: Callable[[Sequence[Item]], Awaitable[None]]) -> None:
        self._write = write
        self._waiting: list[tuple[Item, asyncio.Future[None]]] = []
        self._writing = asyncio.Lock()

    async def put(self, item: Item) -> None:
        """Return when the item has been written; raises what the writing of its batch raised."""
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, written))
        async with self._writing:
            if not written.done():
                await self._write_all()
        await written

    async def _write_all(self) -> None:
        batch, self._waiting = self._waiting, []
        try:
            await self._write([item for item, _ in batch])
        except BaseException as error:
            for _, written in batch:
                if not written.done():
                    written.set_exception(error)
                    written.exception()  # its owner may have been cancelled and never look
            raise
        for _, written in batch:
            if not written.done():
                written.set_result(None)
