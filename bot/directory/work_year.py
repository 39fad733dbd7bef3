"""An institution's year: working days and hours by month, and what is special about single days."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from bot.domain.calendars import Calendars
from bot.domain.institution import Institution
from bot.domain.production_calendar import Gap, SpecialDay

_HOUR = timedelta(hours=1)
_SATURDAY = 5


def work_year(calendars: Calendars, place: Institution, year: int) -> dict[str, Any]:
    """Return the year as plain values, as it is known now."""
    calendar = calendars.of(place.code)
    days = calendar.timetable.days
    months: list[dict[str, Any]] = []
    for month in range(1, 13):
        worked = [calendar.worked_on(day) for day in _days(year, month)]
        months.append(
            {
                "month": f"{year}-{month:02}",
                "working_days": sum(bool(each) for each in worked),
                "working_hours": sum(worked, timedelta()) / _HOUR,
            }
        )
    return {
        "institution": place.code,
        "year": year,
        "work_hours": calendar.timetable.hours.text,
        "time_zone": str(calendar.zone),
        "calendar": (days.files[-1].name or days.files[-1].base) if days.files else "",
        "working_days": sum(month["working_days"] for month in months),
        "working_hours": sum(month["working_hours"] for month in months),
        "months": months,
        "special_days": [
            {"day": day.isoformat(), "says": says_of(special), "working_hours": calendar.worked_on(day) / _HOUR}
            for day, special in sorted(days.year(year).items())
            if not special.off or day.weekday() < _SATURDAY or calendar.timetable.hours.spans[-1].day >= _SATURDAY
        ],
        "closed": [
            {
                "id": each.id,
                "scope": each.scope,
                "first": each.first.isoformat(),
                "last": each.last.isoformat(),
                "reason": each.reason,
            }
            for each in calendars.closed_for(place.code)
            if each.first.year <= year <= each.last.year
        ],
        "gaps": [says_of_gap(gap, year) for gap in days.gaps(year)],
    }


def says_of(special: SpecialDay) -> str:
    """Return what is special about a day, in Russian."""
    if special.off:
        return f"выходной, перенесён с {special.off}" if special.off[:1].isdecimal() else special.off
    words = []
    if special.hours_of is not None:
        words.append(f"рабочий день, часы как {special.hours_of:%d.%m}")
    if special.is_short:
        words.append("короче на час")
    return ", ".join(words)


def says_of_gap(gap: Gap, year: int) -> str:
    """Return what a calendar lacks, in Russian."""
    if gap.awaits:
        return f"календарь {gap.calendar}: в {year} году не назначены {', '.join(gap.awaits)}"
    return f"календарь {gap.calendar}: {year} года в нём нет, известны только праздники с постоянной датой"


def _days(year: int, month: int) -> Iterator[date]:
    day = date(year, month, 1)
    while day.month == month:
        yield day
        day += timedelta(days=1)
