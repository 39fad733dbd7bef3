"""How a figure differs from that of the period before: an arrow, words, and whether that is good."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.reports.numbers import say_decimal
from bot.texts import Texts
from bot.texts.duration import say_duration

LEAST_CASES = 10
"""With fewer on either side nothing is told: a change would be chance."""
_LEAST_POINTS = 0.05
"""In percents; less is not seen in a figure with one decimal."""


class Direction(StrEnum):
    """Where the figure went."""

    UP = "up"
    DOWN = "down"
    SAME = "same"


class Mood(StrEnum):
    """What people think of it; never told by a colour alone, the words say it too."""

    GOOD = "good"
    BAD = "bad"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference."""

    direction: Direction
    mood: Mood
    words: str
    """«лучше на 2,8 п. п.»"""

    @property
    def arrow(self) -> str:
        """The direction as a sign, empty for none."""
        return {Direction.UP: "▲", Direction.DOWN: "▼", Direction.SAME: ""}[self.direction]


def are_enough(now: int | None, before: int | None) -> bool:
    """Tell whether there are enough cases on both sides for a change to be told; None is a side without a count."""
    return now is not None and before is not None and min(now, before) >= LEAST_CASES


def count_change(now: int, before: int | None, *, texts: Texts, language: str) -> Change | None:
    """Tell whether there are more or fewer; many questions are neither good nor bad. None of fewer than ten cases."""
    if before is None or not are_enough(now, before):
        return None
    percents = round(abs(now - before) * 100 / before)
    if not percents:
        return _plain(texts.say(language, "change-same"))
    if now > before:
        words = texts.say(language, "change-more", percent=percents)
        return Change(direction=Direction.UP, mood=Mood.PLAIN, words=words)
    words = texts.say(language, "change-fewer", percent=percents)
    return Change(direction=Direction.DOWN, mood=Mood.PLAIN, words=words)


def share_change(
    now: float | None, before: float | None, *, cases: tuple[int | None, int | None], texts: Texts, language: str
) -> Change | None:
    """Tell by how many percentage points a share of good cases is better or worse.

    `cases` are those of which the shares are, now and before. None where a share is unknown, or of fewer than ten.
    """
    if now is None or before is None or not are_enough(*cases):
        return None
    points = round(now * 100, 1) - round(before * 100, 1)
    if abs(points) < _LEAST_POINTS:
        return _plain(texts.say(language, "change-same"))
    said = say_decimal(abs(points))
    if points > 0:
        words = texts.say(language, "change-better", points=said)
        return Change(direction=Direction.UP, mood=Mood.GOOD, words=words)
    words = texts.say(language, "change-worse", points=said)
    return Change(direction=Direction.DOWN, mood=Mood.BAD, words=words)


def time_change(
    now: float | None, before: float | None, *, cases: tuple[int | None, int | None], texts: Texts, language: str
) -> Change | None:
    """Tell by how much a time (seconds) got shorter or longer; None where one is unknown, or of less than ten cases."""
    if now is None or before is None or not are_enough(*cases):
        return None
    difference = timedelta(seconds=abs(now - before))
    if difference < timedelta(minutes=1):
        return _plain(texts.say(language, "change-same"))
    duration = say_duration(texts, language, difference)
    if now < before:
        words = texts.say(language, "change-faster", duration=duration)
        return Change(direction=Direction.DOWN, mood=Mood.GOOD, words=words)
    words = texts.say(language, "change-slower", duration=duration)
    return Change(direction=Direction.UP, mood=Mood.BAD, words=words)


def _plain(words: str) -> Change:
    return Change(direction=Direction.SAME, mood=Mood.PLAIN, words=words)
