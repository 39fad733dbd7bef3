"""What can wait does not wake anybody."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.waking import not_at_night

KAZAN = ZoneInfo("Europe/Moscow")


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        ((24, 9, 0), (24, 9, 0)),  # the first moment of the day
        ((24, 20, 59), (24, 20, 59)),  # the last
        ((24, 21, 0), (25, 9, 0)),  # the evening waits for tomorrow
        ((24, 0, 30), (24, 9, 0)),  # the small hours for today
        ((30, 23, 0), (31, 9, 0)),
    ],
)
def test_from_nine_in_the_evening_to_nine_in_the_morning_people_sleep(
    local: tuple[int, int, int], expected: tuple[int, int, int]
) -> None:
    day, hour, minute = local
    moment = datetime(2026, 10, day, hour, minute, tzinfo=KAZAN)
    day, hour, minute = expected
    assert not_at_night(moment, KAZAN) == datetime(2026, 10, day, hour, minute, tzinfo=KAZAN)
    assert not_at_night(moment, KAZAN).tzinfo is UTC
