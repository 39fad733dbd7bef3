"""A bell between the parts of one process: whoever waits wakes at once; without it a short poll finds the work."""

import asyncio


class Bell:
    """Rung by whoever leaves work, heard by whoever does it."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake the one who waits, or let the next wait return at once."""
        self._rung.set()

    async def wait(self, seconds: float) -> None:
        """Return when the bell is rung, or after `seconds`."""
        try:
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        except TimeoutError:
            pass
        self._rung.clear()
