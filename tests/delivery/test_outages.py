"""How long a messenger was out of reach is known, also after a kill, and no account counts twice."""

from datetime import timedelta

from bot.delivery.outages import OutageNotes
from bot.domain.channel import Account
from bot.domain.clock import ManualClock
from storage.database import Database
from storage.outages import read_outages, seconds_by_channel
from tests.reports.archive import at

SCHOOL = Account(channel="vk", community="77", institution="school-12", token="secret")
CLINIC = Account(channel="vk", community="78", institution="clinic-6", token="secret")
BOT = Account(channel="telegram", community="500", institution=None, token="secret")


async def seconds(database: Database) -> dict[str, int]:
    start, end = at("mon 0:00"), at("sun 0:00")
    async with database.reading() as connection:
        return seconds_by_channel(await read_outages(connection, start=start, end=end), start=start, end=end)


async def test_an_outage_lasts_until_every_account_is_heard_again(database: Database) -> None:
    clock = ManualClock(at("mon 10:00"))
    notes = OutageNotes(database=database, clock=clock)
    await notes.failed(SCHOOL)
    await notes.failed(CLINIC)
    clock.advance(timedelta(minutes=5))
    await notes.heard(CLINIC)
    await notes.heard(BOT)
    clock.advance(timedelta(minutes=5))
    await notes.heard(SCHOOL)
    clock.advance(timedelta(minutes=5))
    await notes.heard(SCHOOL)
    assert await seconds(database) == {"vk": 600}
    await notes.failed(SCHOOL)
    clock.advance(timedelta(minutes=1))
    await notes.heard(SCHOOL)
    assert await seconds(database) == {"vk": 660}


async def test_a_killed_program_leaves_what_was_known(database: Database) -> None:
    clock = ManualClock(at("mon 10:00"))
    notes = OutageNotes(database=database, clock=clock)
    for _ in range(10):
        await notes.failed(BOT)
        clock.advance(timedelta(seconds=29))
    assert 200 < (await seconds(database))["telegram"] <= 290
