"""Reports that come by themselves: at their moment, once, and no longer than anybody may read them."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import delete

from bot.channels.memory_transcript import ShownAuthor
from bot.domain.clock import ManualClock
from storage.database import Database
from storage.tables import subscriptions, supervisors
from tests.stories.region import BOT, TUESDAY, Region, living_region, pretend_messengers, words

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
UNTIL_MONDAY = 5 * DAY + 22 * HOUR
"""From Tuesday 10:00 to Monday 8:00 in Kazan."""


def reports(region: Region, chat: str = "7001") -> list[str]:
    """Return the first lines of the reports in a conversation."""
    shown = region.telegram.transcript(BOT, chat)
    firsts = [each.text.split("\n")[0] for each in shown if each.author is ShownAuthor.BOT]
    return [line for line in firsts if line.startswith("Отчёт: ")]


async def subscribes(region: Region, every: str = "", *, by: str = "7001") -> None:
    region.telegram.citizen_writes(BOT, by, f"/subscribe {every}")
    await region.settled()


async def test_a_weekly_report_comes_on_monday_of_the_finished_week(region: Region) -> None:
    await region.asks()
    await region.join()
    await subscribes(region, "week")
    await region.later(UNTIL_MONDAY - timedelta(seconds=1))
    assert reports(region) == []
    await region.later(timedelta(seconds=1))
    assert reports(region) == ["Отчёт: весь регион, 23.11.2026 – 29.11.2026"]
    await region.later(HOUR)
    assert len(reports(region)) == 1
    await region.later(7 * DAY)
    assert reports(region)[1:] == ["Отчёт: весь регион, 30.11.2026 – 06.12.2026"]


async def test_buttons_switch_it_on_and_off(region: Region) -> None:
    await region.join()
    await subscribes(region)
    shown = region.telegram.transcript(BOT, "7001")[-1]
    assert shown.text.count("выключено") == 3
    for press, off in (("Включить ежедневный", 2), ("Включить ежемесячный", 1), ("Выключить ежедневный", 2)):
        region.telegram.presses(BOT, "7001", "7001", shown.id, press)
        await region.settled()
        now = region.telegram.transcript(BOT, "7001")[-1]
        assert (now.id, now.text.count("выключено")) == (shown.id, off)
    assert await region.count(subscriptions) == 1
    region.telegram.citizen_writes(BOT, "7001", "/unsubscribe")
    await region.telegram.shows(BOT, "7001", words("subscribe-nothing-comes"))
    assert await region.count(subscriptions) == 0


async def test_after_a_pause_one_late_report_comes(database: Database, tmp_path: Path) -> None:
    clock = ManualClock(TUESDAY)
    messengers = pretend_messengers(clock)
    async with living_region(database, tmp_path, clock=clock, messengers=messengers) as region:
        await region.join()
        await subscribes(region, "day")
    clock.advance(6 * DAY + HOUR)  # the next Monday, 11:00
    async with living_region(database, tmp_path, clock=clock, messengers=messengers) as region:
        await region.later(HOUR)
        assert reports(region) == ["Отчёт: весь регион, 27.11.2026 – 29.11.2026"]


async def test_it_ends_with_the_role(region: Region) -> None:
    await region.join()
    await subscribes(region, "week")
    async with region.database.unit() as connection:
        await connection.execute(delete(supervisors))
    await region.later(UNTIL_MONDAY)
    assert (reports(region), await region.count(subscriptions)) == ([], 0)


async def test_it_ends_where_nobody_can_be_reached(region: Region) -> None:
    await region.join()
    await subscribes(region, "week")
    region.telegram.block("7001")
    await region.later(UNTIL_MONDAY)
    assert await region.count(subscriptions) == 0


async def test_a_work_chat_gets_its_institution_and_follows_to_its_new_number(region: Region) -> None:
    chat = await region.bind_telegram("school-12")
    region.telegram.group_writes(BOT, chat, "9001", "/subscribe week", name="Анна")
    await region.settled()
    region.telegram.group_moves(BOT, chat, "-100777")
    await region.later(UNTIL_MONDAY)
    assert reports(region, "-100777") == ["Отчёт: Школа № 12, 23.11.2026 – 29.11.2026"]
    region.telegram.leaves_group(BOT, "-100777")
    await region.settled()
    assert await region.count(subscriptions) == 0


async def test_twenty_reports_of_one_morning_all_come(region: Region) -> None:
    people = [await region.join(str(7100 + number)) for number in range(20)]
    for person in people:
        await subscribes(region, "month", by=person)
    await region.later(7 * DAY)
    assert [reports(region, person) for person in people] == [["Отчёт: весь регион, 01.11.2026 – 30.11.2026"]] * 20
