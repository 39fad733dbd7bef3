"""The invented past as columns, for millions of tickets: one number a ticket and column, drawn all at once by numpy.

The same habits as in `bot.demo.past`, without what columns cannot hold: who gave what to whom, second answers' times.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from bot.demo import habits
from bot.domain.institution import Institution
from bot.domain.work_calendar import WorkCalendar

ZONE = ZoneInfo("Europe/Moscow")
CHANNELS = ("vk", "telegram")
_DAY = 86_400.0
_OPENS = 9 * 3_600.0
_ANSWER = 8 * 3_600.0
_MOST_ADMINISTRATORS = 3
_LATER = timedelta(days=60)

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastColumns:
    """Columns of equal length, the earliest ticket first. Moments are seconds since 1970 in UTC, NaN for never."""

    institution: Whole
    """The position in the institutions given."""
    channel: Whole
    """The position in CHANNELS."""
    topic: Whole
    """The position in `habits.TOPICS`."""
    is_comment: Flags
    opened_at: Floats
    deadline_at: Floats
    """Of the first answer."""
    first_seconds: Floats
    """Until the first answer; NaN without one."""
    working_seconds: Floats
    resolution_seconds: Floats
    """Until its end; NaN while it is open."""
    waiting_since: Floats
    """For those without an answer."""
    is_answered: Flags
    is_in_time: Flags
    is_spam: Flags
    is_duplicate: Flags
    excused: Whole
    """How often words were marked as needing no answer."""
    is_question: Flags
    """Neither spam nor a duplicate nor mere thanks."""
    is_reopened: Flags
    is_transferred: Flags
    grade: Whole
    """1 to 5; 0 for none."""
    administrator: Whole
    """`institution * 3 + 0, 1 or 2` of the first answer; -1 without one."""

    def __len__(self) -> int:
        """Return how many tickets there are."""
        return len(self.institution)


def past_columns(
    institutions: Sequence[Institution], *, first: date, last: date, count: int, seed: int = 16
) -> PastColumns:
    """Draw `count` tickets that opened from `first` to `last`; the same for the same seed."""
    chance = np.random.default_rng(seed)
    skills = [habits.skill_of(place, seed) for place in institutions]
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    place, day = _places_and_days(institutions, [skill.load for skill in skills], days, count, chance)
    order = np.argsort(day, kind="stable")
    place, day = place[order], day[order]
    hours = np.array(habits.HOURS) / sum(habits.HOURS)
    opened_local = day * _DAY + chance.choice(24, count, p=hours) * 3_600.0 + chance.random(count) * 3_600
    opened_local = np.sort(opened_local)
    clock = _Clock(first, last + _LATER)

    median = np.array([skill.median_minutes for skill in skills])[place] * 60
    spread = np.array([skill.spread for skill in skills])[place]
    answers = np.array([skill.answers for skill in skills])[place]
    took = 120 + np.exp(np.log(median) + spread * chance.standard_normal(count))
    is_off_hours = chance.random(count) < habits.OFF_HOURS
    answered_local = np.where(is_off_hours, opened_local + took * 0.3, clock.add(opened_local, took))
    luck = chance.random(count)
    is_spam = luck < habits.SPAM
    is_thanks = ~is_spam & (luck < habits.SPAM + habits.THANKS_ONLY)
    is_duplicate = ~is_spam & ~is_thanks & (luck < habits.SPAM + habits.THANKS_ONLY + habits.DUPLICATES)
    is_question = ~(is_spam | is_thanks | is_duplicate)
    is_answered = is_question & (chance.random(count) < answers)
    deadline = clock.add(opened_local, np.full(count, _ANSWER))
    ended = clock.add(answered_local, 180 + chance.exponential(5 * 3_600.0, count))
    kindness = np.array([skill.kindness for skill in skills])[place]
    grade = np.clip(np.rint(kindness + 0.9 * chance.standard_normal(count)), 1, 5).astype(np.int64)
    team = np.array([skill.administrators for skill in skills])[place]
    who = (chance.random(count) * team).astype(np.int64)
    start = datetime.combine(first, time(0), ZONE).timestamp()
    return PastColumns(
        institution=place,
        channel=(chance.random(count) < habits.TELEGRAM).astype(np.int64),
        topic=_topics(institutions, place, chance),
        is_comment=chance.random(count) < habits.COMMENTS,
        opened_at=start + opened_local,
        deadline_at=start + deadline,
        first_seconds=np.where(is_answered, answered_local - opened_local, np.nan),
        working_seconds=np.where(is_answered, clock.worked(answered_local) - clock.worked(opened_local), np.nan),
        resolution_seconds=np.where(is_answered, ended - opened_local, np.nan),
        waiting_since=np.where(is_question & ~is_answered, start + opened_local, np.nan),
        is_answered=is_answered,
        is_in_time=is_answered & (answered_local <= deadline),
        is_spam=is_spam,
        is_duplicate=is_duplicate,
        excused=(is_thanks | (is_answered & (chance.random(count) < habits.THANKS_AFTERWARDS))).astype(np.int64),
        is_question=is_question,
        is_reopened=is_answered & (chance.random(count) < habits.REOPENED),
        is_transferred=is_question & (chance.random(count) < habits.TRANSFERS),
        grade=np.where(is_answered & (chance.random(count) < habits.GRADED), grade, 0),
        administrator=np.where(is_answered, place * _MOST_ADMINISTRATORS + who, -1),
    )


class _Clock:
    """Working time of whole columns: seconds since the first day's midnight to seconds worked, and back."""

    def __init__(self, first: date, last: date) -> None:
        calendar = WorkCalendar(zone=ZONE)
        midnights = [
            datetime.combine(first + timedelta(days=number), time(0), ZONE) for number in range((last - first).days + 2)
        ]
        lengths = [calendar.working_between(start, end).total_seconds() for start, end in pairwise(midnights)]
        self._lengths = np.array(lengths)
        self._before = np.concatenate(([0.0], np.cumsum(self._lengths)))

    def worked(self, moments: Floats) -> Floats:
        """Return the seconds worked until each moment."""
        day = np.minimum((moments // _DAY).astype(np.int64), len(self._lengths) - 1)
        within = np.clip(moments - day * _DAY - _OPENS, 0, self._lengths[day])
        return self._before[day] + within

    def add(self, moments: Floats, seconds: Floats) -> Floats:
        """Return when so much has been worked since each moment."""
        wanted = np.minimum(self.worked(moments) + seconds, self._before[-1] - 1)
        day = np.searchsorted(self._before, wanted, side="left") - 1
        day = np.clip(day, 0, len(self._lengths) - 1)
        reached: Floats = day * _DAY + _OPENS + (wanted - self._before[day])
        return reached


def _places_and_days(
    institutions: Sequence[Institution],
    loads: Sequence[float],
    days: Sequence[date],
    count: int,
    chance: np.random.Generator,
) -> tuple[Whole, Whole]:
    load = np.array(loads) / sum(loads)
    place = chance.choice(len(institutions), count, p=load)
    is_school = np.array([habits.is_school(each) for each in institutions])[place]
    day = np.empty(count, dtype=np.int64)
    for school in (True, False):
        weights = np.array([habits.day_load(each, is_school=school) for each in days])
        chosen = is_school == school
        day[chosen] = chance.choice(len(days), int(chosen.sum()), p=weights / weights.sum())
    return place, day


def _topics(institutions: Sequence[Institution], place: Whole, chance: np.random.Generator) -> Whole:
    topic = np.empty(len(place), dtype=np.int64)
    branches = np.array([each.branch for each in institutions])
    of = branches[place]
    for branch in sorted(set(branches.tolist())):
        chosen = of == branch
        weights = np.array(habits.topic_weights(branch))
        topic[chosen] = chance.choice(len(habits.TOPICS), int(chosen.sum()), p=weights / weights.sum())
    return topic
