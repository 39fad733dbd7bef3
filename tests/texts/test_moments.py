"""How moments and days are said."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.texts import LANGUAGES, Texts
from bot.texts.moments import say_at, say_by, say_date, say_day, say_moment, say_moment_shortly, say_until

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


@pytest.mark.parametrize(
    ("hours", "russian", "tatar"),
    [
        (0, "сегодня до 10:40", "бүген 10:40 сәгатькә кадәр"),
        (22, "завтра до 8:40", "иртәгә 8:40 сәгатькә кадәр"),
        (48, "в четверг, 26 ноября, до 10:40", "пәнҗешәмбе, 26 ноябрь, 10:40 сәгатькә кадәр"),
        (7 * 24, "во вторник, 1 декабря, до 10:40", "сишәмбе, 1 декабрь, 10:40 сәгатькә кадәр"),
        (-24, "в понедельник, 23 ноября, до 10:40", "дүшәмбе, 23 ноябрь, 10:40 сәгатькә кадәр"),
    ],
)
def test_near_days_are_not_dated(texts: Texts, hours: int, russian: str, tatar: str) -> None:
    then = TUESDAY + timedelta(hours=hours)
    assert say_by(texts, "ru", then, zone=KAZAN, now=TUESDAY) == russian
    assert say_by(texts, "tt", then, zone=KAZAN, now=TUESDAY) == tatar


def test_today_is_the_day_where_the_institution_is(texts: Texts) -> None:
    evening = TUESDAY + timedelta(hours=9)
    vladivostok = ZoneInfo("Asia/Vladivostok")
    assert say_at(texts, "ru", TUESDAY + timedelta(hours=25), zone=KAZAN, now=evening) == "завтра в 11:40"
    assert say_at(texts, "ru", TUESDAY + timedelta(hours=25), zone=vladivostok, now=evening) == "сегодня в 18:40"
    assert say_at(texts, "tt", TUESDAY, zone=KAZAN, now=TUESDAY) == "бүген 10:40 сәгатьтә"


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
