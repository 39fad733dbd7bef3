"""Every bench and how long it may take."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib import import_module

from bench.figure import Figure

Measure = Callable[[], Awaitable[list[Figure]]]

SECONDS = {
    "intake": 60,
    "desk": 90,
    "end_to_end": 90,
    "vk_to_telegram": 90,
    "start": 60,
    "memory": 60,
    "search": 120,
    "calendar": 60,
    "report": 600,
}
"""The most that each bench may take; the name is its file's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """One file of this folder."""

    name: str
    seconds: int

    def measure(self) -> Measure:
        """Return what it does; imported late, so that one bench's libraries do not burden another."""
        found: Measure = import_module(f"bench.{self.name}").measure
        return found


BENCHES = tuple(Bench(name=name, seconds=seconds) for name, seconds in SECONDS.items())
