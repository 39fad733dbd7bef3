"""How durations are said."""

from datetime import timedelta

import pytest

from bot.texts import Texts
from bot.texts.duration import say_duration


@pytest.mark.parametrize(
    ("duration", "russian", "tatar"),
    [
        (timedelta(seconds=-3), "меньше минуты", "бер минуттан азрак"),
        (timedelta(seconds=59), "меньше минуты", "бер минуттан азрак"),
        (timedelta(minutes=1), "1 мин", "1 мин."),
        (timedelta(minutes=59, seconds=59), "59 мин", "59 мин."),
        (timedelta(hours=1, minutes=5), "1 ч 05 мин", "1 сәг. 5 мин."),
        (timedelta(hours=23, minutes=59), "23 ч 59 мин", "23 сәг. 59 мин."),
        (timedelta(days=2, hours=3, minutes=59), "2 дн 3 ч", "2 көн 3 сәг."),
    ],
)
def test_durations_are_short_and_never_rounded_up(duration: timedelta, russian: str, tatar: str) -> None:
    texts = Texts.load()
    assert say_duration(texts, "ru", duration) == russian
    assert say_duration(texts, "tt", duration) == tatar


def test_where_there_is_little_room_less_than_a_minute_is_short() -> None:
    texts = Texts.load()
    said = [say_duration(texts, language, timedelta(seconds=20), is_narrow=True) for language in ("ru", "tt")]
    assert [words.replace("\N{NO-BREAK SPACE}", " ") for words in said] == ["< 1 мин", "< 1 мин."]
