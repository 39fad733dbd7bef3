"""From when to when a report looks: whole days in the report's zone, both ends included."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bot.domain.errors import RuleError

DEFAULT = "month"
LONGEST = timedelta(days=3_660)
"""Ten years and a little: every day gets a line."""
EARLIEST = date(2000, 1, 1)
LATEST = date(2199, 12, 31)

_DAY = timedelta(days=1)
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{1,2}-\d{1,2}")
_BETWEEN = re.compile(r"(с|from)?\s*DATE(\s*(-|–|—|\.\.|\s|по|to)\s*DATE)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days from `first` to `last`, both included."""

    first: date
    last: date
    span: str = field(default="", compare=False)
    """Of what it is the beginning, where one day does not tell: a Monday of a `week`, a first of a `month`, `year` …"""

    def days(self) -> Iterator[date]:
        """Yield every day."""
        for number in range((self.last - self.first).days + 1):
            yield self.first + number * _DAY

    def bounds(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """Return the UTC moments at which the period begins (included) and ends (not included)."""
        return _midnight(self.first, zone), _midnight(self.last + _DAY, zone)

    def before(self, *, is_running: bool = False) -> "Period":
        """Return what the period is compared with.

        The month (quarter, half-year, year) before, as far into it as this one goes; the week before; otherwise as many
        days as this one has. One that is running is whole only in appearance: the 30th of June is no end of May.
        """
        months = self._months()
        if months:
            after = _months_earlier(self.last + _DAY, months)
            is_whole_month = (self.last + _DAY).day == 1 and not is_running
            last = after - _DAY if is_whole_month else _months_earlier(self.last, months)
            return Period(first=_months_earlier(self.first, months), last=last)
        days = (self.last - self.first).days + 1
        is_week = self.span == "week" or (self.first.weekday() == 0 and 1 < days <= 7)
        back = timedelta(days=7 if is_week else days)
        return Period(first=self.first - back, last=self.last - back)

    def compared(self, *, now: datetime, zone: tzinfo) -> tuple["Period", datetime | None]:
        """Return what the period is compared with, and up to which moment of its last day; None: to its end.

        One that is running is compared with the same stretch of the one before: Monday till 09:00 with last Monday till
        09:00. A month that is too short for that is taken whole.
        """
        local = now.astimezone(zone)
        today = local.date()
        if not self.first <= today <= self.last:
            return self.before(), None
        so_far = replace(self, last=today)
        before = so_far.before(is_running=True)
        if before.last.day != today.day and before.first.day == 1 == so_far.first.day:
            return before, None
        return before, datetime.combine(before.last, local.time(), zone).astimezone(UTC)

    def _months(self) -> int:
        """Return of how many months this is the whole or the beginning; 0 when it is neither."""
        if self.span in _MONTHS and self.first == self.last:
            return _MONTHS[self.span]
        days = (self.last - self.first).days + 1
        if self.first.day != 1 or days == 1 or (days <= 7 and self.first.weekday() == 0):
            return 0
        spanned = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        if spanned == 1:
            return 1
        for length in (3, 6, 12):
            if spanned <= length and (self.first.month - 1) % length == 0:
                return length
        return spanned if (self.last + _DAY).day == 1 else 0

    @property
    def token(self) -> str:
        """Return the days as `read_period` reads them again, whatever day it is by then."""
        span = self.span if self.first == self.last else ""
        return f"{self.first} {self.last} {span}".rstrip()

    @property
    def is_possible(self) -> bool:
        """Tell whether the ends stand in order, within the calendar and not too far apart."""
        return EARLIEST <= self.first <= self.last <= LATEST and self.last - self.first <= LONGEST


def read_period(typed: str, *, now: datetime, zone: tzinfo) -> Period:
    """Read `today`, `week` (Monday to today), «за октябрь», «прошлая неделя», `01.11.2026-15.11.2026`.

    Raises RuleError with kind words for whoever typed it.
    """
    today = now.astimezone(zone).date()
    words = typed.lower().replace("ё", "е").split()
    span = words.pop() if len(words) == 3 and words[-1] in _SPANS and _DATE.fullmatch(words[0]) else ""
    wanted = " ".join(words)
    named = _read_named(words, today)
    if named is not None:
        return _checked(named)
    dates = _DATE.findall(wanted)
    if not dates or not _BETWEEN.fullmatch(_DATE.sub("DATE", wanted)):
        raise RuleError("report-period-unknown")
    period = Period(first=_read_date(dates[0]), last=_read_date(dates[-1]), span=span)
    if period.last < period.first:
        raise RuleError("report-period-upside-down")
    return _checked(period)


def is_period(typed: str) -> bool:
    """Tell whether words are two dates, a month by name or a period that is over, and nothing else.

    «Месяц» or «вчера» alone may be somebody's words; these can hardly be.
    """
    if len(_DATE.findall(typed)) == 2:
        return bool(_BETWEEN.fullmatch(_DATE.sub("DATE", " ".join(typed.split()))))
    words = [word.strip(".,") for word in typed.lower().replace("ё", "е").split()]
    is_telling = any(word in _PREVIOUS or _month_named(word) for word in words)
    return is_telling and _read_named(words, date(2026, 6, 15)) is not None


def _read_named(words: list[str], today: date) -> Period | None:
    """Read a period in words; None for what is none."""
    told = [word.strip(".,") for word in words]
    told = [word for word in told if word and word not in _FILLERS]
    if not told:
        return _month(today) if not words else None
    if len(told) == 1 and told[0] in _NAMED:
        return _NAMED[told[0]](today)
    if len(told) == 2 and told[0] in _PREVIOUS and told[1] in _NAMED and _NAMED[told[1]](today).span:
        return _previous(_NAMED[told[1]](today))
    month = _month_named(told[0])
    if month:
        return _named_month(month, told[1:], today)
    if _YEAR.fullmatch(told[0]) and (len(told) == 1 or told[1:] == ["год"] or told[1:] == ["ел"]):
        return _whole(date(int(told[0]), 1, 1), 12, today)
    return None


def _named_month(month: int, year: list[str], today: date) -> Period | None:
    """Return a month by its number; without a year the latest that has begun."""
    if len(year) == 2 and year[1] in _YEAR_WORDS:
        year = year[:1]
    if not year:
        return _whole(date(today.year - (month > today.month), month, 1), 1, today)
    if len(year) == 1 and _YEAR.fullmatch(year[0]):
        return _whole(date(int(year[0]), month, 1), 1, today)
    return None


def _whole(first: date, months: int, today: date) -> Period:
    """Return so many months, up to today while they run."""
    number = first.year * 12 + first.month - 1 + months
    last = date(number // 12, number % 12 + 1, 1) - _DAY
    return Period(first=first, last=today if first <= today < last else last, span="month" if months == 1 else "year")


def _previous(running: Period) -> Period:
    """Return the whole week, month, quarter or year before one that is running."""
    last = running.first - _DAY
    return replace(_NAMED[running.span](last), first=_NAMED[running.span](last).first, last=last)


def _month_named(word: str) -> int:
    """Return the number of a month by its name in any case or language, 0 for other words."""
    for number, forms in enumerate(_MONTH_NAMES, start=1):
        if forms.fullmatch(word):
            return number
    return 0


def _checked(period: Period) -> Period:
    if not period.is_possible:
        raise RuleError("report-period-too-long")
    return period


def _read_date(typed: str) -> date:
    try:
        if "." in typed:
            day, month, year = map(int, typed.split("."))
        else:
            year, month, day = map(int, typed.split("-"))
        return date(year, month, day)
    except ValueError:
        raise RuleError("report-period-unknown") from None


def _today(today: date) -> Period:
    return Period(first=today, last=today)


def _yesterday(today: date) -> Period:
    return _today(today - _DAY)


def _week(today: date) -> Period:
    return Period(first=today - today.weekday() * _DAY, last=today, span="week")


def _month(today: date) -> Period:
    return Period(first=today.replace(day=1), last=today, span="month")


def _quarter(today: date) -> Period:
    return Period(first=today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1), last=today, span="quarter")


def _year(today: date) -> Period:
    return Period(first=today.replace(month=1, day=1), last=today, span="year")


def _months_earlier(day: date, months: int) -> date:
    """Return the same day of an earlier month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    while True:
        try:
            return date(year, month + 1, day.day)
        except ValueError:
            day -= _DAY


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(0), zone).astimezone(UTC)


def _last_week(today: date) -> Period:
    return _previous(_week(today))


def _last_month(today: date) -> Period:
    return _previous(_month(today))


_NAMED: dict[str, Callable[[date], Period]] = {
    **dict.fromkeys(("today", "сегодня", "день", "бүген"), _today),
    **dict.fromkeys(("yesterday", "вчера", "кичә"), _yesterday),
    **dict.fromkeys(("week", "неделя", "неделю", "неделе", "недели", "атна", "атнада"), _week),
    **dict.fromkeys(("month", "месяц", "месяце", "месяца", "ай", "айда"), _month),
    **dict.fromkeys(("quarter", "квартал", "квартале", "квартала", "кварталда"), _quarter),
    **dict.fromkeys(("year", "год", "году", "года", "ел", "елда"), _year),
    "lastweek": _last_week,
    "lastmonth": _last_month,
}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_SPANS = frozenset({"week", *_MONTHS})
_FILLERS = frozenset(
    {
        "за",
        "в",
        "во",
        "на",
        "по",
        "этот",
        "эту",
        "этом",
        "этой",
        "весь",
        "всю",
        "текущий",
        "текущую",
        "this",
        "for",
        "in",
    }
    | {"the", "of", "бу", "өчен", "буенча"}
)
_PREVIOUS = frozenset(
    {"прошлый", "прошлая", "прошлую", "прошлой", "прошлом", "прошлого", "предыдущий", "предыдущая", "предыдущую"}
    | {"last", "previous", "узган", "үткән"}
)
_YEAR = re.compile(r"20\d\d|21\d\d")
_YEAR_WORDS = frozenset({"год", "года", "году", "г", "ел", "елда", "елның"})
_MONTH_NAMES = tuple(
    re.compile(rf"(?:{stem})(?:[ьйяюе]|а|у|ә|дә|да|тә|та|ьдә|ьда|ьтә|ьта|ем|ом)?|{english}")
    for stem, english in (
        ("январ|гыйнвар", "january"),
        ("феврал", "february"),
        ("март", "march"),
        ("апрел", "april"),
        ("ма(?=[йяюе])", "may"),
        ("июн", "june"),
        ("июл", "july"),
        ("август", "august"),
        ("сентябр", "september"),
        ("октябр", "october"),
        ("ноябр", "november"),
        ("декабр", "december"),
    )
)
"""«Октябрь», «октябре», «октябрьдә», «гыйнварда», «august»."""
