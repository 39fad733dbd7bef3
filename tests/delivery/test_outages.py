"""How long a messenger was out of reach is known, also after a kill, and no account counts twice."""

from datetime import timedelta

from bot.delivery.bell import Bell
from bot.delivery.intake import SharedIntake
from bot.delivery.outages import OutageNotes
from bot.domain.channel import Account
from bot.domain.clock import ManualClock
from bot.metrics import make_metrics
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


async def test_one_call_that_fails_is_no_outage(database: Database) -> None:
    clock = ManualClock(at("mon 10:00"))
    notes = OutageNotes(database=database, clock=clock)
    for _ in range(3):
        await notes.failed(BOT)
        clock.advance(timedelta(seconds=9))
        await notes.heard(BOT)
    assert await seconds(database) == {}


async def test_receivers_note_outages_by_their_intake(database: Database) -> None:
    clock = ManualClock(at("mon 10:00"))
    notes = OutageNotes(database=database, clock=clock)
    intake = SharedIntake(database=database, clock=clock, metrics=make_metrics(), desk_bell=Bell(), outages=notes)
    await intake.reached(BOT, is_reached=True)
    await intake.reached(BOT, is_reached=False)
    clock.advance(timedelta(minutes=2))
    await intake.reached(BOT, is_reached=False)
    await intake.reached(BOT, is_reached=True)
    assert await seconds(database) == {"telegram": 120}
