"""How moments and days are said."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.texts import LANGUAGES, Texts
from bot.texts.moments import say_date, say_day, say_moment, say_moment_shortly, say_until

KAZAN = ZoneInfo("Europe/Moscow")
TUESDAY = datetime(2026, 11, 24, 7, 40, tzinfo=UTC)


@pytest.fixture(scope="module")
def texts() -> Texts:
    return Texts.load()


def test_a_moment_is_told_in_the_readers_zone(texts: Texts) -> None:
    assert say_moment(texts, "ru", TUESDAY, zone=KAZAN) == "вторник, 24 ноября, 10:40"
    assert say_moment(texts, "tt", TUESDAY, zone=KAZAN) == "сишәмбе, 24 ноябрь, 10:40"
    assert say_moment(texts, "ru", TUESDAY, zone=ZoneInfo("Asia/Vladivostok")) == "вторник, 24 ноября, 17:40"


def test_until_is_followed_by_the_genitive(texts: Texts) -> None:
    assert say_until(texts, "ru", TUESDAY, zone=KAZAN) == "вторника, 24 ноября, 10:40"
    assert say_until(texts, "tt", TUESDAY, zone=KAZAN) == "сишәмбе, 24 ноябрь, 10:40"


def test_short_forms(texts: Texts) -> None:
    assert say_moment_shortly(texts, "ru", TUESDAY, zone=KAZAN) == "24.11 10:40"
    assert say_day(texts, "ru", date(2026, 5, 1)) == "1 мая"
    assert say_day(texts, "tt", date(2026, 5, 1)) == "1 май"
    assert say_date(date(2026, 5, 1)) == "01.05.2026"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_weekday_and_month_has_its_own_word(texts: Texts, language: str) -> None:
    week = {say_until(texts, language, TUESDAY + timedelta(days=day), zone=KAZAN).split(",")[0] for day in range(7)}
    year = {say_day(texts, language, date(2026, month, 1)) for month in range(1, 13)}
    assert (len(week), len(year)) == (7, 12)
