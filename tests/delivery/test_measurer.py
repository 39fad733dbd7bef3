"""What is kept of measured tickets always equals what their facts say, and a report never waits for it."""

from datetime import timedelta

import pytest
from sqlalchemy import event, insert, select, update

from bot.delivery.measurer import AT_ONCE, Measurer
from bot.domain.clock import ManualClock
from bot.domain.closed_days import ClosedDays
from bot.domain.institution import parse_scope
from bot.reports.report import Report, make_report
from storage import ticket_rows
from storage.closed_days import write_closed_days
from storage.database import Database
from storage.measured import begin_measuring, keep_measured, make_due, read_kept, read_unmeasured
from storage.measured_row import MeasuredTicket
from storage.tables import messages, ticket_times, tickets
from tests.reports.archive import KAZAN, Archive, at
from tests.reports.week import FIRST, LAST, NOW, week

SCOPES = ("region", "branch:Образование", "municipality:Казань", "institution:clinic-6")


def measurer(database: Database) -> Measurer:
    return Measurer(database=database, zone=KAZAN, clock=ManualClock(NOW))


async def report(database: Database, scope: str = "region") -> Report:
    return await make_report(
        database, scope=parse_scope(scope), first=FIRST, last=LAST, zone=KAZAN, now=NOW, trend=True
    )


def mixed() -> Archive:
    """The week with tickets that were given away, also to where nobody looks, and with what is counted beside."""
    archive = week()
    archive.asked("school-12", "mon 10:00").transferred("mon 12:00", "clinic-6").answered("mon 12:30", by=3)
    archive.asked("clinic-6", "tue 10:00").transferred("tue 10:10", "culture").transferred("tue 10:15", "school-12")
    archive.asked("silent", "fri 9:00").excused("fri 9:05").says("fri 9:10")
    archive.asked("silent", "fri 9:00").reopened("fri 9:05").transferred("fri 9:30", "culture").spam("fri 10:00")
    return archive


async def test_a_report_is_the_same_before_and_after_measuring_and_in_between(database: Database) -> None:
    await mixed().store(database)
    before = {scope: await report(database, scope) for scope in SCOPES}
    assert await measurer(database).work() == 17
    assert {scope: await report(database, scope) for scope in SCOPES} == before
    async with database.unit() as connection:
        await make_due(connection, [2, 6, 14, 15])
    assert {scope: await report(database, scope) for scope in SCOPES} == before
    assert await measurer(database).work() == 4
    assert await measurer(database).work() == 0


async def test_a_report_of_measured_tickets_reads_no_messages(database: Database) -> None:
    await week().store(database)
    await measurer(database).work()
    statements: list[str] = []

    def note(_connection, _cursor, statement: str, *_others: object) -> None:
        statements.append(statement)

    event.listen(database._readers.sync_engine, "before_cursor_execute", note)
    await report(database)
    assert statements
    assert not [one for one in statements if "FROM messages" in one]
    # Only of the tickets that are listed as closed without an answer it is read how they ended.
    assert sum("FROM ticket_events" in one for one in statements) <= 1


async def test_calendars_are_read_again_only_after_a_change(database: Database) -> None:
    archive = Archive()
    school = archive.institution("school", "Школа", "Образование", "Казань")
    archive.asked(school, "mon 10:00").answered("tue 10:00", by=archive.administrator("Мария", school))
    await archive.store(database)
    judging = measurer(database)
    await judging.work()
    worked = (await kept_row(database)).working_seconds
    statements: list[str] = []

    def note(_connection, _cursor, statement: str, *_others: object) -> None:
        statements.append(statement)

    event.listen(database._readers.sync_engine, "before_cursor_execute", note)
    async with database.unit() as connection:
        await make_due(connection, [1])
    await judging.work()
    assert not [one for one in statements if "hours_versions" in one]
    monday = FIRST
    quarantine = ClosedDays(
        scope="region", first=monday, last=monday, reason="Карантин", recorded_at=at("mon 8:00"), recorded_by="1"
    )
    async with database.unit() as connection:
        await write_closed_days(connection, [quarantine])
        await make_due(connection, [1])
    await judging.work()
    assert [one for one in statements if "hours_versions" in one]
    closed = (await kept_row(database)).working_seconds
    assert worked is not None
    assert closed is not None
    assert closed < worked


async def kept_row(database: Database) -> MeasuredTicket:
    async with database.snapshot() as connection:
        return (await read_kept(connection, [1]))[1]


async def test_what_changes_while_it_is_measured_is_measured_again(database: Database) -> None:
    archive = Archive()
    school = archive.institution("school", "Школа", "Образование", "Казань")
    archive.asked(school, "mon 10:00")
    quiet = archive.asked(school, "mon 11:00")
    await archive.store(database)
    await measurer(database).work()
    async with database.unit() as connection:
        await make_due(connection, [1, 2])
        await begin_measuring(connection, [1, 2])
        kept = await read_kept(connection, [1, 2])
    async with database.unit() as connection:
        ticket = ticket_rows.write_ticket(quiet.ticket, database.vault)
        await connection.execute(update(tickets).where(tickets.c.number == 2).values(ticket))
    async with database.unit() as connection:
        assert await keep_measured(connection, kept.values()) == {1}
    async with database.reading() as connection:
        assert await read_unmeasured(connection, limit=9) == [2]


async def test_a_program_that_was_killed_while_measuring_takes_it_up_again(database: Database) -> None:
    await week().store(database)
    async with database.unit() as connection:
        await begin_measuring(connection, [1, 2, 3])
    expected = await report(database)
    assert await measurer(database).work() == 13
    assert await report(database) == expected


async def test_a_later_answer_makes_a_ticket_due_again(database: Database) -> None:
    archive = week()
    await archive.store(database)
    await measurer(database).work()
    waiting = archive.tickets[4].answered("fri 11:00", by=1)
    async with database.unit() as connection:
        written = ticket_rows.write_message(waiting.messages[-1], database.vault)
        await connection.execute(insert(messages), [written])
        await make_due(connection, [waiting.ticket.number])
    answered = (await report(database))["total"]["answered"]
    assert answered == 7
    await measurer(database).work()
    assert (await report(database))["total"]["answered"] == 7


async def test_many_tickets_are_measured_in_portions(database: Database) -> None:
    archive = Archive()
    school = archive.institution("school", "Школа", "Образование", "Казань")
    for number in range(AT_ONCE + 5):
        archive.asked(school, "", opened_at=at("mon 9:00") + timedelta(minutes=number)).answered("fri 9:00", by=None)
    await archive.store(database)
    assert await measurer(database).work() == AT_ONCE
    assert await measurer(database).work() == 5
    async with database.reading() as connection:
        assert len((await connection.execute(select(ticket_times.c.ticket))).all()) == AT_ONCE + 5


@pytest.mark.parametrize("limit", [1, 5, 100])
async def test_the_latest_tickets_come_first(database: Database, limit: int) -> None:
    await week().store(database)
    async with database.reading() as connection:
        assert await read_unmeasured(connection, limit=limit) == list(range(13, 0, -1))[:limit]
