"""From December on the region's supervisors hear that the next year's calendar lacks days, once a week, by day."""

from datetime import timedelta

from tests.stories.region import BOT, Region

_TOLD = "Производственный календарь 2027 года ещё не полон: не назначены Ураза-байрам, Курбан-байрам"


def told(region: Region, user: str) -> int:
    return sum(_TOLD in text for text in region.said_in(region.telegram, BOT, user))


async def test_supervisors_of_the_region_are_told_once_a_week_from_december(region: Region) -> None:
    await region.join("7001", "region")
    await region.join("7002", "branch:Образование")
    # Tuesday, 24 November, ten o'clock: too early in the year.
    await region.later(timedelta(minutes=1))
    assert told(region, "7001") == 0
    # Monday, 30 November, and 1 December at three in the night.
    await region.later(timedelta(days=6))
    await region.later(timedelta(hours=17))
    assert told(region, "7001") == 0
    await region.later(timedelta(hours=8))
    assert told(region, "7001") == 1
    for _ in range(5):
        await region.later(timedelta(days=1))
    assert told(region, "7001") == 1
    await region.later(timedelta(days=1))
    assert told(region, "7001") == 2
    assert told(region, "7002") == 0
