"""What was counted once of whole months and years says the same as the tickets, and is used only while it does."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, func, select, update

from bot.delivery.measurer import Measurer
from bot.demo.past import past
from bot.domain.clock import ManualClock
from bot.domain.institution import Institution, parse_scope
from bot.reports.counting.gathering import Source
from bot.reports.counting.settling import settle
from bot.reports.counting.spans import spans_touched
from bot.reports.report import Report, make_report
from storage.aggregates import forget_aggregates, read_aggregated_spans
from storage.database import Database
from storage.institutions import write_institutions
from storage.measured import make_due
from storage.past import write_past
from storage.tables import aggregates, institutions, ticket_times, tickets
from tests.reports.archive import KAZAN

FIRST, LAST = date(2025, 11, 10), date(2026, 2, 20)
NOW = datetime(2026, 4, 1, tzinfo=UTC)
WINTER = (date(2025, 12, 1), date(2026, 1, 31))
PLACES = [
    Institution(
        code=f"place-{number}",
        name=f"Учреждение № {number}",
        branch=("Образование", "Культура", "ЖКХ")[number % 3],
        municipality=("Казань", "Альметьевский район")[number % 2],
    )
    for number in range(9)
]
SCOPES = ("region", "branch:ЖКХ", "municipality:Казань", "institution:place-2")
PERIODS = (WINTER, (date(2025, 11, 20), date(2026, 2, 3)))


async def filled(database: Database, *, first: date = FIRST, per_day: float = 3) -> None:
    async with database.unit() as connection:
        await write_institutions(connection, database.vault, PLACES)
    told = past(PLACES, first=first, last=LAST, per_day=per_day, now=NOW)
    await write_past(database, told)
    while await measurer(database).work():
        pass


def measurer(database: Database) -> Measurer:
    return Measurer(database=database, zone=KAZAN, clock=ManualClock(NOW))


async def report(database: Database, scope: str = "region", period: tuple[date, date] = WINTER, **more: Any) -> Report:
    first, last = period
    asked: dict[str, Any] = {"exact_up_to": 0, "trend": True, "zone": KAZAN, "now": NOW} | more
    return await make_report(database, scope=parse_scope(scope), first=first, last=last, **asked)


async def test_a_report_of_kept_months_says_what_rows_and_facts_say(database: Database) -> None:
    await filled(database)
    before = {
        (scope, period): await report(database, scope, period, source=Source.ROWS)
        for scope in SCOPES
        for period in PERIODS
    }
    assert before["region", PERIODS[1]]["total"]["questions"] > 150
    assert before["region", PERIODS[1]]["total"]["transferred"] > 2
    settled = await settle(database, zone=KAZAN, now=NOW, least=10)
    assert settled == ["2025-11", "2025-12", "2026-01", "2026-02", "2026-03"]
    for (scope, period), expected in before.items():
        assert await report(database, scope, period) == expected, (scope, period)
    facts = await report(database, "branch:ЖКХ", source=Source.FACTS)
    assert facts == before["branch:ЖКХ", WINTER]


async def test_a_kept_year_needs_no_rows_and_goes_with_any_of_its_months(database: Database) -> None:
    await filled(database, first=date(2024, 12, 20), per_day=1)
    year = date(2025, 1, 1), date(2025, 12, 31)
    expected = {scope: await report(database, scope, year, source=Source.ROWS, trend=False) for scope in SCOPES}
    assert (await settle(database, zone=KAZAN, now=NOW, least=10))[-1] == "2025"
    statements: list[str] = []

    def note(_connection, _cursor, statement: str, *_others: object) -> None:
        statements.append(statement)

    event.listen(database._readers.sync_engine, "before_cursor_execute", note)
    assert await report(database, period=year, trend=False) == expected["region"]
    assert statements
    assert not [one for one in statements if "ticket_times" in one]
    assert {scope: await report(database, scope, year, trend=False) for scope in SCOPES} == expected
    async with database.unit() as connection:
        await forget_aggregates(connection, spans_touched([date(2025, 3, 10)]))
    assert await report(database, period=year, trend=False) == expected["region"]
    assert await settle(database, zone=KAZAN, now=NOW, least=10) == ["2025-03", "2025"]
    assert await report(database, period=year, trend=False) == expected["region"]


async def test_few_tickets_are_counted_exactly_whatever_is_kept(database: Database) -> None:
    await filled(database)
    await settle(database, zone=KAZAN, now=NOW, least=10)
    made = await report(database, exact_up_to=50_000)
    assert made == await report(database, exact_up_to=50_000, source=Source.ROWS)
    assert made["percentiles"] == "exact"
    assert (await report(database))["percentiles"] == "within 1 %"


async def test_a_changed_ticket_counts_at_once_and_its_month_is_counted_again(database: Database) -> None:
    await filled(database)
    await settle(database, zone=KAZAN, now=NOW, least=10)
    before = await report(database)
    async with database.unit() as connection:
        opened = datetime(2025, 12, 10, tzinfo=UTC)
        query = select(tickets.c.number).where(tickets.c.opened_at > opened, tickets.c.grade.is_(None))
        number = (await connection.execute(query.order_by(tickets.c.opened_at).limit(1))).scalar_one()
        await connection.execute(update(tickets).where(tickets.c.number == number).values(grade=5))
        await make_due(connection, [number])
    changed = await report(database)
    assert changed["total"]["grades"]["n"] == before["total"]["grades"]["n"] + 1
    await measurer(database).work()
    assert await report(database) == changed
    async with database.reading() as connection:
        known = await read_aggregated_spans(connection)
    assert known.keys() == {"2025-11", "2026-01", "2026-02", "2026-03"}
    assert await settle(database, zone=KAZAN, now=NOW, least=10) == ["2025-12"]
    assert await report(database) == changed


@pytest.mark.both_databases
async def test_an_institution_that_moves_to_another_branch_takes_its_tickets_along(database: Database) -> None:
    await filled(database)
    await settle(database, zone=KAZAN, now=NOW, least=10)
    async with database.unit() as connection:
        moved = update(institutions).where(institutions.c.code == "place-2").values(branch="Культура")
        await connection.execute(moved)
    for scope in ("branch:ЖКХ", "branch:Культура", "municipality:Казань"):
        made = await report(database, scope)
        assert made == await report(database, scope, source=Source.ROWS)
        assert made["total"]["questions"] > 20


@pytest.mark.both_databases
async def test_a_month_with_deadlines_ahead_is_not_settled(database: Database) -> None:
    await filled(database)
    period = date(2025, 12, 1), date(2025, 12, 31)
    async with database.reading() as connection:
        of_december = ticket_times.c.opened_at < datetime(2025, 12, 31, 20, tzinfo=UTC)
        query = select(func.max(ticket_times.c.deadline_at)).where(of_december)
        last: datetime = (await connection.execute(query)).scalar_one()
    before, after = last - timedelta(seconds=1), last + timedelta(days=1)
    assert "2025-12" not in await settle(database, zone=KAZAN, now=before, least=10)
    assert "2025-12" in await settle(database, zone=KAZAN, now=max(after, NOW), least=10)
    # Seen from a moment before its last deadline, a kept month is not used.
    then = await report(database, period=period, now=before)
    assert then == await report(database, period=period, now=before, source=Source.ROWS)
    assert then["total"]["overdue"] < (await report(database, period=period))["total"]["overdue"]


async def test_days_of_another_zone_are_counted_anew(database: Database) -> None:
    await filled(database)
    await settle(database, zone=KAZAN, now=NOW, least=10)
    other = ZoneInfo("Asia/Vladivostok")
    made = await report(database, zone=other)
    assert made == await report(database, zone=other, source=Source.ROWS)


@pytest.mark.both_databases
async def test_nothing_is_kept_for_scopes_with_few_tickets(database: Database) -> None:
    await filled(database)
    await settle(database, zone=KAZAN, now=NOW, least=10_000)
    async with database.reading() as connection:
        scopes = set((await connection.execute(select(aggregates.c.scope).distinct())).scalars())
    assert scopes == {"region"}
    assert await report(database, "branch:ЖКХ") == await report(database, "branch:ЖКХ", source=Source.ROWS)


async def test_what_is_not_over_is_not_settled(database: Database) -> None:
    await filled(database)
    assert await settle(database, zone=KAZAN, now=datetime(2025, 11, 30, 12, tzinfo=UTC), least=1) == []
