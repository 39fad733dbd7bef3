"""An invented past: the tickets of many institutions over any time, the same for the same seed.

It is made of habits (`bot.demo.habits`), not of people's words. The demo, the tests and the benchmarks share it.
"""

import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from bot.demo import habits
from bot.demo.past_course import Course, Promise
from bot.domain.institution import Institution
from bot.domain.past import PastTicket
from bot.domain.work_calendar import WorkCalendar

ZONE = ZoneInfo("Europe/Moscow")
_DAY = timedelta(days=1)
_EVENT_BRANCHES = ("ЖКХ", "Транспорт", "Образование")


def past(
    institutions: Sequence[Institution],
    *,
    first: date,
    last: date,
    seed: int = 16,
    per_day: float,
    now: datetime | None = None,
    is_settled: bool = False,
    calendar: WorkCalendar | None = None,
) -> Iterator[PastTicket]:
    """Yield the tickets that opened from `first` to `last`, the earliest first, as they stand at `now`.

    `per_day` is the mean of all institutions together over a usual year. What lies after `now` (by default a month
    after `last`) has not happened yet: the last questions are still open. A settled past leaves nobody waiting.
    """
    now = now or datetime.combine(last + 31 * _DAY, time(0), ZONE).astimezone(UTC)
    calendar = calendar or WorkCalendar(zone=ZONE)
    chance = random.Random(seed)  # noqa: S311 - an invented past
    region = _Region(institutions, seed)
    course = Course(chance, calendar=calendar, promise=Promise(calendar), now=now, is_settled=is_settled)
    citizens = told = 0
    day = first
    while day <= last:
        for opened_at, place, is_event in region.questions_of(day, chance, per_day):
            if opened_at >= now:
                continue
            came_again = citizens > 50 and chance.random() < 0.2
            if not came_again:
                citizens += 1
            yield course.of(
                place,
                region.skills[place.code],
                opened_at=opened_at,
                citizen=chance.randrange(max(1, citizens - 5_000), citizens) if came_again else citizens,
                told=told,
                elsewhere=region.neighbour_of(place, chance),
                is_event=is_event,
            )
            told += 1
        day += _DAY


class _Region:
    """Who is asked how much on which day."""

    def __init__(self, institutions: Sequence[Institution], seed: int) -> None:
        self._institutions = institutions
        self.skills = {place.code: habits.skill_of(place, seed) for place in institutions}
        self._schools = [place for place in institutions if habits.is_school(place)]
        self._others = [place for place in institutions if not habits.is_school(place)]
        self._loads = [self._cumulated(self._schools), self._cumulated(self._others)]
        self._event_places = [place for place in institutions if place.branch.startswith(_EVENT_BRANCHES)]
        self._by_municipality: dict[str, list[Institution]] = {}
        for place in institutions:
            self._by_municipality.setdefault(place.municipality, []).append(place)

    def questions_of(
        self, day: date, chance: random.Random, per_day: float
    ) -> list[tuple[datetime, Institution, bool]]:
        """Return when who is asked on a day, and whether it belongs to a mass event; the earliest first."""
        asked: list[tuple[datetime, Institution, bool]] = []
        all_loads = sum(loads[-1] for loads in self._loads if loads)
        for group, loads, school in zip((self._schools, self._others), self._loads, (True, False), strict=True):
            if not group:
                continue
            mean = per_day * loads[-1] / all_loads * habits.day_load(day, is_school=school)
            for _ in range(_poisson(mean, chance)):
                place = group[bisect(loads, chance.random() * loads[-1], hi=len(group) - 1)]
                asked.append((_moment(day, chance), place, False))
        if self._event_places and per_day >= 5 and chance.random() < 1 / habits.EVENT_EVERY_DAYS:
            place, began = chance.choice(self._event_places), _moment(day, chance)
            size = min(40, max(5, round(per_day / 4)))
            asked += [(began + timedelta(seconds=chance.randrange(7_200)), place, True) for _ in range(size)]
        return sorted(asked, key=lambda question: question[0])

    def neighbour_of(self, place: Institution, chance: random.Random) -> Institution | None:
        """Return another institution of the same municipality, to which a question may be given."""
        near = self._by_municipality[place.municipality]
        other = chance.choice(near)
        return other if other.code != place.code else None

    def _cumulated(self, places: Sequence[Institution]) -> list[float]:
        return list(accumulate(self.skills[place.code].load for place in places))


_HOURS = list(accumulate(habits.HOURS))


def _moment(day: date, chance: random.Random) -> datetime:
    hour = bisect(_HOURS, chance.random() * _HOURS[-1])
    if day.weekday() > 4:
        hour = min(hour + 2, 23)
    within = time(hour, chance.randrange(60), chance.randrange(60))
    return datetime.combine(day, within, ZONE).astimezone(UTC)


def _poisson(mean: float, chance: random.Random) -> int:
    if mean > 30:
        return max(0, round(chance.gauss(mean, mean**0.5)))
    count, waited = 0, chance.expovariate(1)
    while waited < mean:
        count += 1
        waited += chance.expovariate(1)
    return count
