"""Working hours as a person types them into the sheet: `Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-13:00`."""

import re
from dataclasses import dataclass
from itertools import pairwise

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_RUSSIAN_DAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
_NUMBERS = {name: number for names in (_DAYS, _RUSSIAN_DAYS) for number, name in enumerate(map(str.lower, names))}
_DAY_MINUTES = 24 * 60
_RULE = re.compile(r"(?P<days>[^\d]+)(?P<hours>\d.*)")
_HOURS = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSpan:
    """One stretch of work on one weekday; minutes since midnight, `opens` before `closes`, 24:00 is 1440."""

    day: int
    """Monday is 0."""
    opens: int
    closes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkHours:
    """A working week."""

    spans: tuple[OpenSpan, ...]
    """In the order of the week, without overlaps."""
    text: str
    """The same hours in the sheet's own spelling; parsing it gives the same again."""

    @property
    def is_round_the_clock(self) -> bool:
        """Tell whether somebody is always there: such a duty knows no holidays."""
        return sum(span.closes - span.opens for span in self.spans) == 7 * _DAY_MINUTES


def parse_work_hours(text: str) -> WorkHours:
    """Read rules separated by `;`, days (`Mo-Fr`, `Mo,We`, `Пн-Пт`) before hours; `24/7` is all week.

    ValueError with the reason in Russian: an unknown day, an impossible time, an end that is not after its start (a
    night shift is two stretches, up to 24:00 and from 00:00), hours that overlap.
    """
    text = re.sub(r"\s+", " ", re.sub("[‐‑‒–—−]", "-", text)).strip(" ;")
    if text == "24/7":
        spans = [OpenSpan(day=day, opens=0, closes=_DAY_MINUTES) for day in range(7)]
        return WorkHours(spans=tuple(spans), text=text)
    spans, texts = [], []
    for rule in filter(None, map(str.strip, text.split(";"))):
        match = _RULE.fullmatch(rule)
        if not match:
            raise ValueError(f"часы «{rule}» не понятны; нужно так: Mo-Fr 08:00-12:00,13:00-17:00")
        days, days_text = _days(match["days"])
        hours = [_hours(part.strip()) for part in match["hours"].split(",")]
        spans += [OpenSpan(day=day, opens=opens, closes=closes) for day in days for opens, closes in hours]
        texts.append(f"{days_text} " + ",".join(f"{_clock(opens)}-{_clock(closes)}" for opens, closes in hours))
    if not spans:
        raise ValueError("часов нет; нужно так: Mo-Fr 08:00-12:00,13:00-17:00")
    spans.sort(key=lambda span: (span.day, span.opens))
    for earlier, later in pairwise(spans):
        if earlier.day == later.day and later.opens < earlier.closes:
            raise ValueError(f"часы дня {_DAYS[later.day]} накладываются: {_clock(later.opens)} уже рабочее время")
    return WorkHours(spans=tuple(spans), text="; ".join(texts))


def _days(text: str) -> tuple[list[int], str]:
    days: list[int] = []
    texts = []
    for part in text.split(","):
        first, dash, last = (piece.strip(" .:").lower() for piece in part.partition("-"))
        unknown = [name for name in ([first, last] if dash else [first]) if name not in _NUMBERS]
        if unknown:
            raise ValueError(f"день «{unknown[0]}» не понятен; дни: {', '.join(_DAYS)}")
        start, end = _NUMBERS[first], _NUMBERS[last if dash else first]
        # `Sa-Mo` runs over the week's end.
        days += [(start + step) % 7 for step in range((end - start) % 7 + 1)]
        texts.append(f"{_DAYS[start]}-{_DAYS[end]}" if dash else _DAYS[start])
    return days, ",".join(texts)


def _hours(text: str) -> tuple[int, int]:
    match = _HOURS.fullmatch(text)
    if not match:
        raise ValueError(f"часы «{text}» не понятны; нужно так: 08:00-12:00")
    opens_hour, opens_minute, closes_hour, closes_minute = map(int, match.groups())
    opens, closes = opens_hour * 60 + opens_minute, closes_hour * 60 + closes_minute
    if max(opens_minute, closes_minute) > 59 or opens >= _DAY_MINUTES or closes > _DAY_MINUTES:
        raise ValueError(f"времени «{text}» не бывает; часы от 00:00 до 24:00")
    if closes <= opens:
        raise ValueError(f"в «{text}» конец не позже начала")
    return opens, closes


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


OFFICE_HOURS = parse_work_hours("Mo-Fr 09:00-18:00")
"""Of an institution whose sheet says nothing else."""
