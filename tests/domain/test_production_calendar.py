"""The shipped calendars: every day of the country's against an independent source, the region's as its decrees say."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import holidays
import pytest

from bot.domain.calendar_file import read_calendar_file
from bot.domain.production_calendar import ProductionCalendar, SpecialDay
from tests.domain.production import production

YEARS = range(2020, 2028)
_SATURDAY = 5


def days_of(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def is_working(calendar: ProductionCalendar, day: date) -> bool:
    """Tell it for people who work five days a week."""
    special = calendar.day(day)
    if special is None or (not special.off and special.hours_of is None):
        return day.weekday() < _SATURDAY
    return not special.off


@pytest.mark.parametrize("year", YEARS)
def test_every_day_of_the_country_is_what_the_holidays_package_says(year: int) -> None:
    russia = holidays.country_holidays("RU", years=year)
    theirs = [day for day in days_of(year) if russia.is_working_day(day)]
    assert theirs == [day for day in days_of(year) if is_working(production("ru"), day)]


@pytest.mark.parametrize("year", YEARS)
def test_a_working_saturday_takes_the_hours_of_a_day_that_is_off_for_it(year: int) -> None:
    russia = holidays.country_holidays("RU", years=year, language="en_US")
    moved = {day: special.hours_of for day, special in production("ru").year(year).items() if special.hours_of}
    weekend_workdays = {day for day in days_of(year) if day.weekday() >= _SATURDAY and russia.is_working_day(day)}
    assert weekend_workdays == set(moved)
    for saturday, replaced in moved.items():
        assert replaced is not None
        assert f"substituted from {saturday:%m/%d/%Y}" in russia[replaced]


@pytest.mark.parametrize(
    ("name", "year", "working"),
    [("ru", 2025, 247), ("ru", 2026, 247), ("ru", 2027, 247), ("ru-ta", 2025, 245), ("ru-ta", 2026, 244)],
)
def test_working_days_of_a_year(name: str, year: int, working: int) -> None:
    assert sum(is_working(production(name), day) for day in days_of(year)) == working


@pytest.mark.parametrize(
    ("name", "year", "short"),
    [
        ("ru", 2025, ["03-07", "04-30", "06-11", "11-01"]),
        ("ru", 2026, ["04-30", "05-08", "06-11", "11-03"]),
        ("ru", 2027, ["02-20", "04-30", "06-11", "11-03"]),
        ("ru-ta", 2025, ["03-07", "04-30", "06-05", "06-11", "08-29", "11-01", "11-05"]),
        ("ru-ta", 2026, ["03-19", "04-30", "05-08", "05-26", "06-11", "11-03", "11-05"]),
    ],
)
def test_short_days_of_a_year(name: str, year: int, short: list[str]) -> None:
    found = [day for day, special in production(name).year(year).items() if special.is_short]
    assert [f"{day:%m-%d}" for day in sorted(found)] == short
    assert all(is_working(production(name), day) for day in found)


def test_days_say_why_they_are_special() -> None:
    calendar = production("ru-ta")
    assert calendar.day(date(2026, 3, 20)) == SpecialDay(off="Ураза-байрам")
    assert calendar.day(date(2026, 11, 6)) == SpecialDay(off="День Конституции Республики Татарстан")
    assert calendar.day(date(2026, 5, 11)) == SpecialDay(off="09.05")
    assert calendar.day(date(2025, 11, 1)) == SpecialDay(hours_of=date(2025, 11, 3), is_short=True)
    assert calendar.day(date(2026, 11, 24)) is None
    assert production("ru").day(date(2026, 3, 20)) is None


def test_a_year_that_no_file_has_keeps_the_fixed_holidays() -> None:
    calendar = production("ru-ta")
    assert calendar.day(date(2031, 6, 12)) == SpecialDay(off="День России")
    assert calendar.day(date(2031, 8, 30)) == SpecialDay(off="День Республики Татарстан")
    assert len(calendar.year(2031)) == 16


def test_what_is_not_known_of_a_year_is_told() -> None:
    assert production("ru-ta").gaps(2026) == []
    assert [(gap.calendar, gap.awaits) for gap in production("ru-ta").gaps(2027)] == [
        ("ru-ta", ("Ураза-байрам", "Курбан-байрам"))
    ]
    assert [gap.calendar for gap in production("ru-ta").gaps(2028)] == ["ru", "ru-ta"]
    assert production("ru").gaps(2027) == []


def test_the_narrower_calendar_has_the_last_word() -> None:
    city = read_calendar_file(
        {
            "base": "ru",
            "every_year": {"08-30": "День города"},
            "years": {"2026": {"working": {"05-11": "05-11"}, "short": ["05-12"], "holidays": {"06-11": "Сабантуй"}}},
        },
        name="city",
    )
    calendar = ProductionCalendar(*production("ru").files, city)
    assert calendar.day(date(2026, 5, 11)) == SpecialDay(hours_of=date(2026, 5, 11))
    assert calendar.day(date(2026, 5, 12)) == SpecialDay(is_short=True)
    # The country's short day is the city's holiday.
    assert calendar.day(date(2026, 6, 11)) == SpecialDay(off="Сабантуй")
    assert [gap.calendar for gap in calendar.gaps(2027)] == ["city"]


WRONG = [
    ([], "в файле: нужны фигурные скобки"),
    ({"holidays": {}}, "незнакомое «holidays»"),
    ({"name": "other"}, "не совпадает с именем файла"),
    ({"base": "Россия"}, "не имя календаря"),
    ({"base": "x"}, "сам на себе"),
    ({"title": 5}, "нужен текст"),
    ({"every_year": {"02-29": "День"}}, "бывает не каждый год"),
    ({"every_year": {"13-01": "День"}}, "дня «13-01»"),
    ({"every_year": {"01-01": ""}}, "нет названия"),
    ({"years": {"26": {}}}, "не год"),
    ({"years": {"2026": []}}, "2026: нужны фигурные скобки"),
    ({"years": {"2026": {"days": {}}}}, "2026: незнакомое «days»"),
    ({"years": {"2026": {"holidays": {"02-29": "День"}}}}, "дня «02-29» в 2026 году нет"),
    ({"years": {"2026": {"short": "03-20"}}}, "2026, short: нужен список"),
    ({"years": {"2026": {"short": ["20.03"]}}}, "дня «20.03»"),
    ({"years": {"2026": {"moved": {"05-11": "09.05"}}}}, "дня «09.05»"),
    ({"years": {"2026": {"working": {"05-11": "05-11"}, "moved": {"05-11": "05-09"}}}}, "и рабочий день, и выходной"),
]


@pytest.mark.parametrize(("content", "says"), WRONG)
def test_a_wrong_file_is_refused_in_plain_words(content: object, says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        read_calendar_file(content, name="x")
