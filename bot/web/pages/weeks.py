"""Twelve weeks as bars: how much was asked, how much of it was answered in time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.texts.moments import say_date
from bot.web.pages.figures import Figures, Shown

HEIGHT = 120
WIDTH = 44
_BAR = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One week's bars, in the picture's own units, and its figures for the table below."""

    title: str
    days: str
    x: int
    asked_height: float
    in_time_height: float
    questions: Shown
    in_time: Shown
    median: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Weeks:
    """The picture."""

    weeks: list[Week]
    width: int
    height: int
    bar: int
    most: int


def show_weeks(lines: Sequence[dict[str, Any]], figures: Figures, say: Callable[..., str]) -> Weeks | None:
    """Return the picture of some weeks; None when nothing was asked in any of them."""
    most = max((line["questions"] for line in lines), default=0)
    if not most:
        return None
    return Weeks(
        weeks=[_week(line, figures, say, x=number * WIDTH, most=most) for number, line in enumerate(lines)],
        width=len(lines) * WIDTH,
        height=HEIGHT,
        bar=_BAR,
        most=most,
    )


def _week(line: dict[str, Any], figures: Figures, say: Callable[..., str], *, x: int, most: int) -> Week:
    first, last = date.fromisoformat(line["from"]), date.fromisoformat(line["to"])
    days = {"period": "", "since": line["from"], "until": line["to"]}
    return Week(
        title=f"{first:%d.%m}",
        days=say("report-period", first=say_date(first), last=say_date(last)),
        x=x + (WIDTH - _BAR) // 2,
        asked_height=round(HEIGHT * line["questions"] / most, 1),
        in_time_height=round(HEIGHT * line["answered_in_time"] / most, 1),
        questions=figures.show("questions", line, **days),
        in_time=figures.show("in_time", line, **days),
        median=figures.show("median", line, **days),
    )
