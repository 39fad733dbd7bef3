"""The norm that a report names: the policy of its whole scope at the end of its period."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.institution import Institution, parse_scope
from bot.domain.policies import Policies, PolicyRule
from bot.reports.counting.norm import norm_of
from bot.reports.report import Report, make_report
from storage.database import Database
from storage.policies import write_policy_rule
from tests.reports.archive import KAZAN
from tests.reports.week import NOW, week

JUNE = datetime(2026, 6, 1, tzinfo=UTC)
SCHOOL = Institution(code="school-12", name="Школа № 12", branch="Образование", municipality="Казань")


def rule(number: int, scope: str, answer: str, *, topic: str = "", since: datetime = JUNE) -> PolicyRule:
    return PolicyRule(
        id=number,
        scope=parse_scope(scope),
        topic=topic,
        effective_at=since,
        terms={"answer": answer},
        recorded_at=since,
    )


RULES = (
    rule(1, "region", "7h"),
    rule(2, "branch:Образование", "6h"),
    rule(3, "municipality:Казань", "5h"),
    rule(4, "institution:school-12", "4h"),
    rule(5, "region", "1h", topic="housing"),
)


@pytest.mark.parametrize(
    ("scopes", "hours"),
    [
        (["region"], 7),
        (["branch:Образование"], 6),
        (["branch:Культура"], 7),
        (["municipality:Казань"], 5),
        (["municipality:Кукмор"], 7),
        (["municipality:Кукмор", "branch:Образование"], 6),
        (["branch:Культура", "municipality:Казань"], 5),
        (["institution:school-12"], 4),
        (["region", "institution:school-12"], 4),
    ],
)
def test_a_rule_for_a_part_is_not_the_norm_of_the_whole(scopes: list[str], hours: int) -> None:
    policies = Policies(RULES)
    norm = norm_of(policies, [parse_scope(each) for each in scopes], {"school-12": SCHOOL}, at=JUNE)
    assert norm == timedelta(hours=hours)


async def report(database: Database, first: date, last: date) -> Report:
    return await make_report(
        database, scope=parse_scope("region"), first=first, last=last, zone=KAZAN, now=NOW, trend=True
    )


async def test_a_report_names_the_norm_at_the_end_of_its_period(database: Database) -> None:
    await week().store(database)
    july = datetime(2026, 7, 1, tzinfo=KAZAN).astimezone(UTC)
    async with database.unit() as connection:
        await write_policy_rule(connection, rule(0, "region", "4h", since=july))
        await write_policy_rule(connection, rule(0, "region", "90m", since=NOW + timedelta(minutes=1)))
    assert (await report(database, date(2026, 5, 1), date(2026, 6, 29)))["norm_seconds"] == 8 * 3600
    # What holds from the first of July promised nothing in June.
    assert (await report(database, date(2026, 6, 1), date(2026, 6, 30)))["norm_seconds"] == 8 * 3600
    assert (await report(database, date(2026, 7, 1), date(2026, 7, 1)))["norm_seconds"] == 4 * 3600
    # What nobody promised before now is no norm of a period that has not ended.
    assert (await report(database, date(2026, 11, 1), date(2026, 11, 30)))["norm_seconds"] == 4 * 3600
