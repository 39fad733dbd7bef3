"""The event loop watches itself: everything waits while one thing keeps it, and nobody would know what it was."""

import asyncio
import time
from collections.abc import Callable

import structlog

from bot.metrics import Metrics

log = structlog.get_logger()

_TICK_SECONDS = 0.1
_MEASURED_SECONDS = 0.25
_TOLD_SECONDS = 1.0
OTHER_WORK = "other"
"""What kept the loop was no event of the desk."""


class LoopWatch:
    """Measures how late the loop comes round, and names the kind of event that kept it, never its words."""

    def __init__(self, *, metrics: Metrics, seconds: Callable[[], float] = time.perf_counter) -> None:
        """Measure with `seconds`, a clock that only goes forward."""
        self.seconds = seconds
        self._metrics = metrics
        self._kind, self._took = OTHER_WORK, 0.0

    def did(self, kind: str, *, since: float) -> None:
        """Note what was done in one go from `since` until now; of all since the last look the longest is remembered."""
        took = self.seconds() - since
        if took > self._took:
            self._kind, self._took = kind, took

    async def run(self) -> None:
        """Look again and again until cancelled."""
        while True:
            before = self.seconds()
            await asyncio.sleep(_TICK_SECONDS)
            self.look(self.seconds() - before - _TICK_SECONDS)

    def look(self, late: float) -> None:
        """Count a loop that came round so many seconds late, and tell of a long time."""
        if late > _MEASURED_SECONDS:
            self._metrics.loop_lag_seconds.observe(late)
        if late > _TOLD_SECONDS:
            kind = self._kind if 2 * self._took > late else OTHER_WORK
            log.warning("loop_held_up", seconds=round(late, 1), handled=kind, longest=round(self._took, 1))
        self._kind, self._took = OTHER_WORK, 0.0
