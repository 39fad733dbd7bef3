"""When people ask and how institutions answer: the shares and curves of which an invented past is made.

The load follows the national figures (three quarters on working days, peaks in the forenoon and after work, a quiet
summer for schools); the times follow what regions publish: most answers within hours, a long tail, some never.
"""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from bot.domain.institution import Institution

TOPICS = (
    "roads",
    "improvement",
    "social",
    "housing",
    "transport",
    "construction",
    "health",
    "safety",
    "education",
    "waste",
    "other",
)
HOURS = (0.8, 0.4, 0.2, 0.2, 0.2, 0.5, 1.5, 4, 8, 10.5, 11.5, 11, 9, 9, 9.5, 9, 8, 7.5, 7, 7.5, 7.5, 6, 4, 2)
"""How much is asked in each hour of a working day; on days off everything moves two hours later."""
WEEKDAYS = (1.3, 1.2, 1.15, 1.1, 1.05, 0.6, 0.6)
MONTHS = (0.95, 1.0, 1.1, 1.1, 0.95, 0.85, 0.8, 0.95, 1.15, 1.1, 1.05, 0.95)
SCHOOL_MONTHS = (0.95, 1.1, 1.15, 1.15, 1.05, 0.5, 0.3, 0.9, 1.4, 1.15, 1.15, 1.0)
DAYS_OFF = frozenset({(1, day) for day in range(1, 9)} | {(2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)})
"""Public holidays that fall on the same day every year: fewer ask then."""

COMMENTS = 0.24
TELEGRAM = 0.31
SPAM = 0.012
THANKS_ONLY = 0.03
DUPLICATES = 0.02
TRANSFERS = 0.045
OFF_HOURS = 0.2
"""Answers that an administrator gives from home: the calendar does not matter to them."""
NEXT_QUESTION = 0.27
THANKS_AFTERWARDS = 0.17
CLOSED_BY_PERSON = 0.45
REOPENED = 0.04
GRADED = 0.34
EVENT_EVERY_DAYS = 19
"""A mass event – no water, no bus – comes about so often in a region."""

_SCHOOLS = "Образование"
_CITIES: Mapping[str, float] = {"Казань": 9.0, "Челны": 4.5, "Нижнекамск": 2.6, "Альметьевск": 2.4, "Зеленодольск": 1.8}
_OWN_TOPIC: Mapping[str, str] = {
    "Образование": "education",
    "Здравоохранение": "health",
    "Социальная защита": "social",
    "ЖКХ": "housing",
    "Транспорт": "transport",
}
_OWN_TOPIC_SHARE = 0.66


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """How one institution answers."""

    median_minutes: float
    """Of working time."""
    spread: float
    """Of the logarithm of the minutes."""
    answers: float
    """The share of questions that it answers at all."""
    kindness: float
    """The mean of its grades, before rounding."""
    administrators: int
    load: float
    """How much it is asked, against others."""


def skill_of(institution: Institution, seed: int) -> Skill:
    """Return how an institution answers; the same for the same code and seed, whoever stands beside it."""
    chance = random.Random(sha256(f"{seed}:{institution.code}".encode()).digest())  # noqa: S311 - an invented past
    is_silent = chance.random() < 0.04
    median = math.exp(chance.gauss(math.log(80), 0.75))
    size = next((size for city, size in _CITIES.items() if city in institution.municipality), 0.7)
    return Skill(
        median_minutes=median * (4 if is_silent else 1),
        spread=chance.uniform(0.7, 1.1),
        answers=chance.uniform(0.3, 0.5) if is_silent else 1 - 0.09 * chance.random() ** 1.6,
        kindness=4.55 - 0.25 * math.log2(max(median, 30) / 60) + chance.gauss(0, 0.2),
        administrators=1 + (chance.random() < 0.55) + (chance.random() < 0.15),
        load=math.exp(chance.gauss(0, 0.8)) * size * (0.8 if institution.branch == _SCHOOLS else 1.3),
    )


def day_load(day: date, *, is_school: bool) -> float:
    """Return how much is asked on a day, against a usual one."""
    months = SCHOOL_MONTHS if is_school else MONTHS
    is_off = (day.month, day.day) in DAYS_OFF
    return months[day.month - 1] * (0.4 if is_off else WEEKDAYS[day.weekday()])


def is_school(institution: Institution) -> bool:
    """Tell whether its year is a school year."""
    return institution.branch == _SCHOOLS


def topic_weights(branch: str) -> Sequence[float]:
    """Return the share of each of TOPICS among what a branch is asked."""
    own = next((topic for name, topic in _OWN_TOPIC.items() if branch.startswith(name)), "")
    others = 1.0 if not own else 1 - _OWN_TOPIC_SHARE
    even = [others / len(TOPICS) * (1.6 if topic in ("roads", "improvement", "other") else 1) for topic in TOPICS]
    return [weight + (_OWN_TOPIC_SHARE if topic == own else 0) for topic, weight in zip(TOPICS, even, strict=True)]
