"""What people may type for a period, and which moments that means."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import RuleError
from bot.reports.period import EARLIEST, LATEST, Period, read_period
from bot.texts import LANGUAGES, Texts

KAZAN = ZoneInfo("Europe/Moscow")
# Still Friday in UTC, Saturday in Kazan.
NOW = datetime(2026, 11, 27, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("today", date(2026, 11, 28), date(2026, 11, 28)),
        ("Сегодня", date(2026, 11, 28), date(2026, 11, 28)),
        ("вчера", date(2026, 11, 27), date(2026, 11, 27)),
        ("", date(2026, 11, 1), date(2026, 11, 28)),
        (" week ", date(2026, 11, 23), date(2026, 11, 28)),
        ("неделя", date(2026, 11, 23), date(2026, 11, 28)),
        ("атна", date(2026, 11, 23), date(2026, 11, 28)),
        ("month", date(2026, 11, 1), date(2026, 11, 28)),
        ("месяц", date(2026, 11, 1), date(2026, 11, 28)),
        ("quarter", date(2026, 10, 1), date(2026, 11, 28)),
        ("КВАРТАЛ", date(2026, 10, 1), date(2026, 11, 28)),
        ("year", date(2026, 1, 1), date(2026, 11, 28)),
        ("год", date(2026, 1, 1), date(2026, 11, 28)),
        ("прошлый месяц", date(2026, 10, 1), date(2026, 10, 31)),
        ("За прошлый месяц", date(2026, 10, 1), date(2026, 10, 31)),
        ("в прошлом месяце", date(2026, 10, 1), date(2026, 10, 31)),
        ("узган ай", date(2026, 10, 1), date(2026, 10, 31)),
        ("lastmonth", date(2026, 10, 1), date(2026, 10, 31)),
        ("прошлая неделя", date(2026, 11, 16), date(2026, 11, 22)),
        ("на прошлой неделе", date(2026, 11, 16), date(2026, 11, 22)),
        ("үткән атна өчен", date(2026, 11, 16), date(2026, 11, 22)),
        ("прошлый квартал", date(2026, 7, 1), date(2026, 9, 30)),
        ("в прошлом году", date(2025, 1, 1), date(2025, 12, 31)),
        ("за неделю", date(2026, 11, 23), date(2026, 11, 28)),
        ("Октябрь", date(2026, 10, 1), date(2026, 10, 31)),
        ("за октябрь 2026", date(2026, 10, 1), date(2026, 10, 31)),
        ("октябрь 2025 года", date(2025, 10, 1), date(2025, 10, 31)),
        ("в октябре", date(2026, 10, 1), date(2026, 10, 31)),
        ("октябрьдә", date(2026, 10, 1), date(2026, 10, 31)),
        ("гыйнвар", date(2026, 1, 1), date(2026, 1, 31)),
        ("в мае", date(2026, 5, 1), date(2026, 5, 31)),
        ("августта", date(2026, 8, 1), date(2026, 8, 31)),
        # One that has not come yet is last year's; one that runs goes to today.
        ("декабрь", date(2025, 12, 1), date(2025, 12, 31)),
        ("ноябрь", date(2026, 11, 1), date(2026, 11, 28)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("за 2025 год", date(2025, 1, 1), date(2025, 12, 31)),
        ("01.11.2026-15.11.2026", date(2026, 11, 1), date(2026, 11, 15)),
        ("1.11.2026 – 15.11.2026", date(2026, 11, 1), date(2026, 11, 15)),
        ("с 01.11.2026 по 15.11.2026", date(2026, 11, 1), date(2026, 11, 15)),
        ("2026-11-01 2026-11-15", date(2026, 11, 1), date(2026, 11, 15)),
        ("2026-11-01-2026-11-15", date(2026, 11, 1), date(2026, 11, 15)),
        ("01.11.2026", date(2026, 11, 1), date(2026, 11, 1)),
    ],
)
def test_periods_as_people_type_them(typed: str, first: date, last: date) -> None:
    assert read_period(typed, now=NOW, zone=KAZAN) == Period(first=first, last=last)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("завтра", "report-period-unknown"),
        ("прошлый", "report-period-unknown"),
        ("октябрь ноябрь", "report-period-unknown"),
        ("маяк", "report-period-unknown"),
        ("за", "report-period-unknown"),
        ("октябрь 2250", "report-period-unknown"),
        ("31.02.2026", "report-period-unknown"),
        ("01.11.2026-15.11.2026-20.11.2026", "report-period-unknown"),
        ("с начала 01.11.2026", "report-period-unknown"),
        ("01.11.26", "report-period-unknown"),
        ("15.11.2026-01.11.2026", "report-period-upside-down"),
        ("01.01.2001-01.01.2026", "report-period-too-long"),
        ("01.01.0001", "report-period-too-long"),
        ("31.12.9999", "report-period-too-long"),
    ],
)
def test_what_cannot_be_a_period_is_told_in_kind_words(typed: str, key: str) -> None:
    with pytest.raises(RuleError) as refused:
        read_period(typed, now=NOW, zone=KAZAN)
    assert refused.value.text_key == key
    texts = Texts.load()
    assert all(texts.say(language, key) for language in LANGUAGES)


@pytest.mark.parametrize(("month", "begins"), [(1, 1), (3, 1), (4, 4), (6, 4), (7, 7), (9, 7), (10, 10), (12, 10)])
def test_a_quarter_begins_with_its_first_month(month: int, begins: int) -> None:
    period = read_period("quarter", now=datetime(2026, month, 15, tzinfo=UTC), zone=KAZAN)
    assert period.first == date(2026, begins, 1)


def test_days_begin_at_the_midnight_of_the_zone() -> None:
    period = Period(first=date(2026, 11, 23), last=date(2026, 11, 24))
    assert period.bounds(KAZAN) == (
        datetime(2026, 11, 22, 21, tzinfo=UTC),
        datetime(2026, 11, 24, 21, tzinfo=UTC),
    )
    assert list(period.days()) == [date(2026, 11, 23), date(2026, 11, 24)]


@given(first=st.dates(EARLIEST, LATEST), second=st.dates(EARLIEST, LATEST))
def test_a_possible_period_has_days_and_bounds_that_follow_one_another(first: date, second: date) -> None:
    period = Period(first=first, last=second)
    if not period.is_possible:
        assert second < first or (second - first).days > 3_650
        return
    assert len(list(period.days())) == (second - first).days + 1
    start, end = period.bounds(KAZAN)
    assert start < end
