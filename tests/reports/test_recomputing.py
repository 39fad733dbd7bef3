"""Whatever is kept is proved by the facts; what was tampered with is found and mended."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from bot.delivery.measurer import Measurer
from bot.domain.clock import ManualClock
from bot.domain.institution import parse_scope
from bot.reports.counting.gathering import Source
from bot.reports.counting.settling import settle
from bot.reports.recomputing import Proof, recompute, repair
from bot.reports.report import Report, make_report
from storage.database import Database
from storage.tables import closed_days, policies, ticket_times
from tests.reports.archive import KAZAN, Archive
from tests.reports.week import NOW, week

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
LATER = NOW + timedelta(days=30)


def measurer(database: Database) -> Measurer:
    return Measurer(database=database, zone=KAZAN, clock=ManualClock(LATER))


async def proof_of(database: Database, scope: str = "region") -> Proof:
    return await recompute(database, scope=parse_scope(scope), first=FIRST, last=LAST, zone=KAZAN, now=LATER)


async def report(database: Database, **more: Any) -> Report:
    asked: dict[str, Any] = {"scope": parse_scope("region"), "first": FIRST, "last": LAST, "zone": KAZAN, "now": LATER}
    return await make_report(database, **asked, **more)


@pytest.mark.both_databases
@pytest.mark.parametrize("scope", ["region", "branch:Здравоохранение", "institution:school-12"])
async def test_what_is_kept_equals_the_facts(database: Database, scope: str) -> None:
    archive = week()
    archive.asked("school-12", "mon 10:00").transferred("mon 12:00", "clinic-6").answered("mon 12:30", by=3)
    await archive.store(database)
    await measurer(database).work()
    await settle(database, zone=KAZAN, now=LATER, least=1)
    proof = await proof_of(database, scope)
    assert proof.differences == []
    assert proof.is_equal
    assert proof.tickets >= 6
    assert proof.figures > 100


@pytest.mark.both_databases
async def test_what_was_tampered_with_is_found_and_mended(database: Database) -> None:
    await week().store(database)
    await measurer(database).work()
    async with database.unit() as connection:
        longer = update(ticket_times).where(ticket_times.c.ticket == 1).values(first_seconds=5, grade=5)
        await connection.execute(longer)
    proof = await proof_of(database)
    rows = [(each.ticket, each.name, each.kept, each.facts) for each in proof.differences if each.ticket]
    assert rows == [(1, "grade", 5, None), (1, "first_seconds", 5, 1800)]
    figures = {(each.where, each.name): (each.kept, each.facts) for each in proof.differences if not each.ticket}
    assert figures["total", "grades.n"] == (1, 0)
    await repair(database, proof, first=FIRST, last=LAST)
    assert await measurer(database).work() == 1
    assert (await proof_of(database)).is_equal


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("broken", "name"), [("nothing that was ever written", "ticket"), ('[["nowhere",5.0,true]]', "holders")]
)
async def test_a_row_that_cannot_be_counted_is_found_and_mended(database: Database, broken: str, name: str) -> None:
    await week().store(database)
    await measurer(database).work()
    async with database.unit() as connection:
        await connection.execute(update(ticket_times).where(ticket_times.c.ticket == 1).values(holders=broken))
    proof = await proof_of(database)
    assert [(each.ticket, each.name) for each in proof.differences] == [(1, name)]
    await repair(database, proof, first=FIRST, last=LAST)
    assert await measurer(database).work() == 1
    assert (await proof_of(database)).is_equal


@pytest.mark.both_databases
async def test_a_replay_measures_by_todays_calendar_and_policy_and_alters_nothing(database: Database) -> None:
    archive = Archive()
    school = archive.institution("school", "Школа", "Образование", "Казань")
    # Asked on Monday at nine, answered after twenty working hours, late by eight hours.
    archive.asked(school, "mon 9:00").answered("wed 11:00", by=None)
    await archive.store(database)
    await measurer(database).work()
    before = await report(database)
    assert (before["total"]["answered_in_time"], before["total"]["first_response_working"]["max_seconds"]) == (0, 72000)
    learnt = LATER - timedelta(days=1)
    async with database.unit() as connection:
        closed = {"scope": "institution:school", "first": "2026-11-24", "last": "2026-11-24", "reason": "карантин"}
        await connection.execute(insert(closed_days).values(**closed, recorded_at=learnt, recorded_by="test"))
        rule = {"scope": "region", "topic": "", "terms": json.dumps({"answer": "12h"}), "recorded_by": "test"}
        await connection.execute(insert(policies).values(**rule, effective_at=learnt, recorded_at=learnt))
    assert await report(database) == before
    replayed = await report(database, source=Source.REPLAY)
    assert replayed["replayed"] is True
    assert replayed["total"]["first_response_working"]["max_seconds"] == 39600
    assert replayed["total"]["answered_in_time"] == 1
    assert await report(database) == before
    assert (await proof_of(database)).is_equal
