"""What was counted, as bytes and back: numbers as narrow as they are, histograms by the steps between their keys."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from bot.reports.counting.counted import COUNTERS, Counted
from bot.reports.counting.cuts import Cut
from bot.reports.counting.scales import Histogram, logarithmic_scale
from bot.reports.counting.verdict import TIMES

FORMAT = 2
"""Raise it with every change of what is packed: counters, times, scale, verdict. What was kept is then counted anew."""

_WIDTHS = tuple(np.dtype(name) for name in ("<u1", "<u2", "<u4", "<u8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What describes the aggregates of one span and scope."""

    zone: str
    """In which its days begin."""
    tickets: int
    holds_from: float
    """Seconds since 1970: before this moment some deadline was still ahead, and what is overdue was another number."""
    institutions: tuple[str, ...]
    """Everybody in the scope who had or held a ticket, in order: when the directory moves one, it counts no more."""

    def packed(self) -> bytes:
        """Return the head as bytes."""
        return orjson.dumps(
            {
                "format": FORMAT,
                "zone": self.zone,
                "tickets": self.tickets,
                "holds_from": self.holds_from,
                "institutions": self.institutions,
            }
        )


def read_head(content: bytes) -> Head | None:
    """Read a head; None for one of another format."""
    value = orjson.loads(content)
    if value.pop("format") != FORMAT:
        return None
    return Head(**{**value, "institutions": tuple(value["institutions"])})


def pack(cut: Cut) -> bytes:
    """Return a cut on the logarithmic scale as bytes."""
    written = BytesIO()
    _put(written, orjson.dumps(cut.keys))
    _put_array(written, cut.counted.counts.ravel())
    _put(written, cut.counted.waiting_since.tobytes())
    _put(written, cut.counted.longest.tobytes())
    for histogram in cut.counted.histograms:
        _put_array(written, np.diff(histogram.keys, prepend=0))
        _put_array(written, histogram.counts)
    return written.getvalue()


def unpack(content: bytes) -> Cut:
    """Return what `pack` made bytes of."""
    parts = _parts(content)
    keys = [tuple(key) if isinstance(key, list) else key for key in orjson.loads(next(parts))]
    counts = _array(parts).astype(np.int64).reshape(len(keys), len(COUNTERS))
    waiting_since = np.frombuffer(next(parts), dtype=np.float64)
    longest = np.frombuffer(next(parts), dtype=np.float64).reshape(len(keys), len(TIMES))
    histograms = tuple(Histogram(np.cumsum(_array(parts), dtype=np.int64), _array(parts)) for _ in TIMES)
    return Cut(
        keys=keys,
        counted=Counted(
            scale=logarithmic_scale(),
            counts=counts,
            waiting_since=waiting_since,
            longest=longest,
            histograms=histograms,
        ),
    )


def _put(written: BytesIO, content: bytes) -> None:
    written.write(len(content).to_bytes(8, "little"))
    written.write(content)


def _put_array(written: BytesIO, numbers: NDArray[Any]) -> None:
    """Write whole numbers, none below zero, in the narrowest form that holds the largest."""
    most = int(numbers.max()) if len(numbers) else 0
    form = next(number for number, width in enumerate(_WIDTHS) if most < 256**width.itemsize)
    _put(written, bytes([form]) + numbers.astype(_WIDTHS[form]).tobytes())


def _parts(content: bytes) -> Iterator[memoryview]:
    view, at = memoryview(content), 0
    while at < len(view):
        length = int.from_bytes(view[at : at + 8], "little")
        yield view[at + 8 : at + 8 + length]
        at += 8 + length


def _array(parts: Iterator[memoryview]) -> NDArray[Any]:
    """Read numbers as narrow as they were written."""
    part = next(parts)
    return np.frombuffer(part[1:], dtype=_WIDTHS[part[0]])
