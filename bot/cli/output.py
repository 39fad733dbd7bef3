"""What a command prints: results on stdout, everything else on stderr."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, is_dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

_DASH = "–"


def say(line: str = "") -> None:
    """Print a line of the result."""
    sys.stdout.write(f"{line}\n")


def say_json(value: Any) -> None:
    """Print the one JSON value of a command: dataclasses as objects, moments in ISO 8601."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=_plain) + "\n")


def warn(line: str) -> None:
    """Print a line that is no result."""
    sys.stderr.write(f"otklik: {line}\n")


def say_aside(line: str) -> None:
    """Print a line for the person beside a result for a program."""
    sys.stderr.write("".join(character if character.isprintable() else " " for character in line) + "\n")


def say_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print columns as wide as their widest cell; nothing is cut, so that it can be searched and piped."""
    cells = [[_cell(value) for value in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(headings, *cells, strict=True)]
    for row in [list(headings), *cells]:
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def local(moment: datetime | None, zone: ZoneInfo) -> str:
    """Return a moment as people of the zone read it."""
    return moment.astimezone(zone).strftime("%d.%m.%Y %H:%M") if moment else _DASH


def progress(unit: str) -> Callable[[int], None] | None:
    """Return what shows how far long work has come, on stderr; None when nobody watches."""
    if not sys.stderr.isatty():
        return None

    def show(done: int) -> None:
        sys.stderr.write(f"\r\x1b[K{unit}: {done}")
        sys.stderr.flush()

    return show


def end_progress() -> None:
    """Take the last line of the progress away."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")


def _cell(value: object) -> str:
    text = _DASH if value is None or value == "" else str(value)
    # A chat's title or a name may hold line ends and control characters; a terminal must not obey them.
    return "".join(character if character.isprintable() else " " for character in text)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
