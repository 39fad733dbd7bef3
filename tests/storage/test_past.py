"""A past written in bulk is as good as one that came through the door."""

from datetime import UTC, date, datetime

from bot.demo.past import ZONE, past
from bot.domain.channel import Severity
from bot.domain.institution import Institution, Scope, ScopeKind
from bot.reports.report import make_report
from storage.database import Database
from storage.institutions import write_institutions
from storage.integrity import check_database
from storage.listings import read_time_line
from storage.past import write_past

FIRST, LAST = date(2026, 9, 1), date(2026, 9, 20)
NOW = datetime(2026, 9, 20, 21, tzinfo=UTC)
PLACES = [
    Institution(code=f"school-{number}", name=f"Школа № {number}", branch="Образование", municipality="Казань")
    for number in range(1, 7)
]


async def filled(database: Database) -> int:
    async with database.unit() as connection:
        await write_institutions(connection, database.vault, PLACES)
    return await write_past(
        database,
        past(PLACES, first=FIRST, last=LAST, per_day=15, now=NOW),
        names={("school-1", 0): "Алсу"},
        communities={"school-1": "771"},
    )


async def test_it_is_counted_like_any_other(database: Database) -> None:
    written = await filled(database)
    told = list(past(PLACES, first=FIRST, last=LAST, per_day=15, now=NOW))
    report = await make_report(database, scope=Scope(kind=ScopeKind.REGION), first=FIRST, last=LAST, zone=ZONE, now=NOW)

    assert written == len(told) > 150
    total = report["total"]
    assert total["first_response"]["n"] == sum(1 for ticket in told if ticket.answers)
    assert total["first_response"]["max_seconds"] == max(
        (ticket.answers[0].at - ticket.opened_at).total_seconds() for ticket in told if ticket.answers
    )
    assert total["transferred"] == sum(1 for ticket in told if ticket.came_to)
    assert total["grades"]["n"] == sum(1 for ticket in told if ticket.grade)
    assert "Алсу" in [line["administrator"] for line in report["by_administrator"]]


async def test_the_database_is_whole_and_its_words_can_be_read(database: Database) -> None:
    await filled(database)
    assert {finding.severity for finding in await check_database(database)} == {Severity.OK}
    async with database.reading() as connection:
        line = await read_time_line(connection, database.vault, 1)
    assert line.messages[0].text


async def test_a_second_past_follows_the_first(database: Database) -> None:
    written = await filled(database)
    more = await write_past(database, past(PLACES, first=FIRST, last=FIRST, per_day=15, now=NOW, seed=3))
    async with database.reading() as connection:
        assert (await read_time_line(connection, database.vault, written + more)).messages
