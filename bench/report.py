"""Reports of a region's year and of a country's, in all cuts, against plain SQL over the same rows."""

import resource
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from sqlalchemy import text

from bench.databases import own_database
from bench.figure import Figure
from bench.region import make_institutions
from bot.demo.habits import TOPICS
from bot.demo.past_columns import CHANNELS, ZONE, PastColumns, past_columns
from bot.domain.institution import Institution, Scope, ScopeKind
from bot.reports.counting.columns import Aside, Columns, Named
from bot.reports.counting.gathering import Source
from bot.reports.counting.packing import pack
from bot.reports.counting.settling import MonthCounting, settle, settle_span
from bot.reports.counting.spans import months_in, period_of
from bot.reports.report import Report, make_report
from storage.aggregates import write_aggregate
from storage.database import Database
from storage.institutions import write_institutions
from storage.measured import write_measured
from storage.measured_row import Mark, MeasuredTicket

INSTITUTIONS = 5_000
REGION_TICKETS = 700_000
"""A year of Tatarstan."""
COUNTRY_TICKETS = 20_000_000
"""A year of Russia, in one database of so many institutions."""
YEAR = "2025"
NOW = datetime(2026, 3, 1, tzinfo=UTC)
_REGION = Scope(kind=ScopeKind.REGION)
_EACH = 5_000


async def measure() -> list[Figure]:
    """Measure both databases, as far as they are there."""
    figures: list[Figure] = []
    places = make_institutions(INSTITUTIONS, with_vk=False)
    region = past_columns(places, first=date(2025, 1, 1), last=date(2025, 12, 31), count=REGION_TICKETS)
    for kind in ("sqlite", "postgresql"):
        async with own_database(kind) as database:
            if database is not None:
                figures += await _region(kind, database, places, region)
    months = _counted_country(places)
    for kind in ("sqlite", "postgresql"):
        async with own_database(kind) as database:
            if database is not None:
                figures += await _country(kind, database, places, months)
    return figures


async def _region(kind: str, database: Database, places: Sequence[Institution], past: PastColumns) -> list[Figure]:
    async with database.unit() as connection:
        await write_institutions(connection, database.vault, places)
    for begin in range(0, len(past), _EACH):
        async with database.unit() as connection:
            await write_measured(connection, _rows(past, places, begin))
    if kind == "postgresql":
        async with database.unit() as connection:
            await connection.execute(text("ANALYZE ticket_times"))
    from_rows = await _quickest(database, tries=1, source=Source.ROWS)
    month = await _quickest(database, span=f"{YEAR}-10", source=Source.ROWS)
    started = time.monotonic()
    await settle(database, zone=ZONE, now=NOW)
    settled = time.monotonic() - started
    year = await _quickest(database)
    branch = await _quickest(database, scope=Scope(kind=ScopeKind.BRANCH, name=places[0].branch))
    with_trend = await _quickest(database, trend=True)
    sql = await _plain_sql(database)
    says = f"report of {REGION_TICKETS:,} tickets, {INSTITUTIONS:,} institutions, {kind}"
    return [
        Figure(
            name=f"report.{kind}.year", says=f"{says}, all cuts", measured=year, unit="s", goal=0.5, is_ceiling=True
        ),
        Figure(
            name=f"report.{kind}.trend", says="with the year before and twelve weeks", measured=with_trend, unit="s"
        ),
        Figure(name=f"report.{kind}.branch", says="one branch of five", measured=branch, unit="s"),
        Figure(
            name=f"report.{kind}.month",
            says="a month of it from rows, percentiles of all cuts",
            measured=month,
            unit="s",
        ),
        Figure(
            name=f"report.{kind}.rows", says="the year from rows, without what is kept", measured=from_rows, unit="s"
        ),
        Figure(name=f"report.{kind}.settling", says="counting the whole year once, aside", measured=settled, unit="s"),
        Figure(
            name=f"report.{kind}.sql",
            says="SQL alone: two percentiles of one time by institution",
            measured=sql,
            unit="s",
        ),
        Figure(
            name=f"report.{kind}.ratio",
            says="SQL for one time of one cut, against the whole report",
            measured=sql / year,
            unit="×",
        ),
    ]


async def _country(
    kind: str, database: Database, places: Sequence[Institution], months: dict[str, tuple[bytes, dict[str, bytes]]]
) -> list[Figure]:
    async with database.unit() as connection:
        await write_institutions(connection, database.vault, places)
    for span, (head, cuts) in months.items():
        await write_aggregate(database, span=span, scope=str(_REGION), head=head, cuts=cuts)
    from_months = await _quickest(database)
    started = time.monotonic()
    await settle_span(database, YEAR, zone=ZONE, now=NOW)
    settled = time.monotonic() - started
    year = await _quickest(database)
    says = f"report of {COUNTRY_TICKETS:,} tickets, {INSTITUTIONS:,} institutions, {kind}"
    return [
        Figure(
            name=f"report.country.{kind}.year",
            says=f"{says}, all cuts",
            measured=year,
            unit="s",
            goal=1,
            is_ceiling=True,
        ),
        Figure(
            name=f"report.country.{kind}.months", says="the same from twelve months", measured=from_months, unit="s"
        ),
        Figure(
            name=f"report.country.{kind}.settling", says="adding the months up once, aside", measured=settled, unit="s"
        ),
        Figure(
            name=f"report.country.{kind}.memory",
            says="most memory of this process",
            measured=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            unit="MB",
        ),
    ]


async def _quickest(
    database: Database, *, scope: Scope = _REGION, span: str = YEAR, tries: int = 3, **more: Any
) -> float:
    period, took = period_of(span), []
    for _ in range(tries):
        started = time.monotonic()
        made: Report = await make_report(
            database, scope=scope, first=period.first, last=period.last, zone=ZONE, now=NOW, **more
        )
        took.append(time.monotonic() - started)
        if not made["total"]["questions"]:
            raise RuntimeError("the report is empty")
    return sorted(took)[len(took) // 2]


async def _plain_sql(database: Database) -> float:
    """Let the database itself find the median and the 90th percentile of first answers by institution."""
    query = _SQLITE if database.is_sqlite else _POSTGRESQL
    async with database.reading() as connection:
        started = time.monotonic()
        (await connection.execute(text(query))).all()
        return time.monotonic() - started


_POSTGRESQL = """SELECT institution, count(*),
 percentile_cont(0.5) WITHIN GROUP (ORDER BY first_seconds), percentile_cont(0.9) WITHIN GROUP (ORDER BY first_seconds)
 FROM ticket_times WHERE first_seconds IS NOT NULL GROUP BY institution"""
_SQLITE = """WITH ranked AS (SELECT institution, first_seconds,
 row_number() OVER (PARTITION BY institution ORDER BY first_seconds) AS place,
 count(*) OVER (PARTITION BY institution) AS n FROM ticket_times WHERE first_seconds IS NOT NULL)
 SELECT institution, n, max(CASE WHEN place = (n + 1) / 2 THEN first_seconds END),
 max(CASE WHEN place = (n * 9 + 9) / 10 THEN first_seconds END) FROM ranked GROUP BY institution, n"""


def _marks(past: PastColumns, some: slice = slice(None)) -> Any:
    marks = np.where(past.is_question, int(Mark.QUESTION), 0)[some]
    for flags, mark in (
        (past.is_answered, Mark.ANSWERED | Mark.RESOLVED | Mark.WITHIN_HARD_LIMIT),
        (past.is_in_time, Mark.IN_TIME | Mark.RESOLVED_IN_TIME),
        (past.is_reopened, Mark.REOPENED),
        (past.is_comment & past.is_question, Mark.COMMENT),
        (past.is_spam, Mark.SPAM),
        (past.is_duplicate, Mark.DUPLICATE),
    ):
        marks = marks | np.where(flags[some], int(mark), 0)
    return marks


def _rows(past: PastColumns, places: Sequence[Institution], begin: int) -> list[MeasuredTicket]:
    """Return some of the invented tickets as rows."""
    some = slice(begin, begin + _EACH)
    marks = _marks(past, some).tolist()

    def moment(seconds: float) -> datetime | None:
        return datetime.fromtimestamp(seconds, UTC) if seconds == seconds else None  # noqa: PLR0124 - NaN is none

    def number(value: float) -> float | None:
        return value if value == value else None  # noqa: PLR0124 - NaN is none

    columns = zip(
        range(begin + 1, begin + _EACH + 1),
        past.opened_at[some].tolist(),
        past.institution[some].tolist(),
        past.channel[some].tolist(),
        past.topic[some].tolist(),
        marks,
        past.excused[some].tolist(),
        past.grade[some].tolist(),
        past.administrator[some].tolist(),
        past.deadline_at[some].tolist(),
        past.waiting_since[some].tolist(),
        past.first_seconds[some].tolist(),
        past.working_seconds[some].tolist(),
        past.resolution_seconds[some].tolist(),
        strict=False,
    )
    return [
        MeasuredTicket(
            ticket=ticket,
            opened_at=datetime.fromtimestamp(opened_at, UTC),
            institution=places[place].code,
            channel=CHANNELS[channel],
            topic=TOPICS[topic],
            marks=Mark(marked),
            excused=excused,
            grade=grade or None,
            administrator=person if person >= 0 else None,
            deadline_at=moment(deadline_at) if since == since else None,  # noqa: PLR0124 - NaN is none
            waiting_since=moment(since),
            first_seconds=number(first),
            working_seconds=number(working),
            resolution_seconds=number(resolution),
        )
        for (
            ticket,
            opened_at,
            place,
            channel,
            topic,
            marked,
            excused,
            grade,
            person,
            deadline_at,
            since,
            first,
            working,
            resolution,
        ) in columns
    ]


def _counted_country(places: Sequence[Institution]) -> dict[str, tuple[bytes, dict[str, bytes]]]:
    """Let the product count a country's year month by month, as it does aside from the desk."""
    by_code = {place.code: place for place in places}
    counted = {}
    months = months_in(period_of(YEAR))
    for number, month in enumerate(months):
        counting = MonthCounting(places=by_code, zone=ZONE)
        period = period_of(month)
        past = past_columns(
            places, first=period.first, last=period.last, count=COUNTRY_TICKETS // len(months), seed=number
        )
        counting.add(_columns(past, places, period.first))
        [settled] = counting.settled(COUNTRY_TICKETS)
        counted[month] = (settled.head.packed(), {name: pack(cut) for name, cut in settled.cuts.items()})
    return counted


def _columns(past: PastColumns, places: Sequence[Institution], first: date) -> Columns:
    """Return invented tickets in the form in which rows are counted."""
    codes = [place.code for place in places]
    start = datetime(first.year, first.month, first.day, tzinfo=ZONE).timestamp()
    day = ((past.opened_at - start) // 86_400).astype(np.int64)
    days = [(first + timedelta(days=number)).isoformat() for number in range(int(day.max()) + 1)]
    is_question = np.flatnonzero(past.is_question)
    nothing = np.zeros(0, dtype=np.int64)
    return Columns(
        ticket=np.arange(len(past)),
        day=Named(names=days, index=day),
        institution=Named(names=codes, index=past.institution),
        channel=Named(names=CHANNELS, index=past.channel),
        topic=Named(names=TOPICS, index=past.topic),
        administrator=Named(names=list(range(3 * len(places))), index=past.administrator),
        marks=_marks(past),
        excused=past.excused,
        grade=past.grade,
        deadline_at=np.where(np.isnan(past.waiting_since), np.nan, past.deadline_at),
        waiting_since=past.waiting_since,
        resolve_by_at=np.full(len(past), np.nan),
        first=past.first_seconds,
        working=past.working_seconds,
        resolution=past.resolution_seconds,
        is_own=np.ones(len(past), dtype=bool),
        later=Aside(
            row=nothing,
            who=Named(names=[], index=nothing),
            seconds=np.zeros(0),
            is_given=np.zeros(0, dtype=bool),
        ),
        holders=Aside(
            row=is_question,
            who=Named(names=codes, index=past.institution[is_question]),
            seconds=past.first_seconds[is_question],
            is_given=np.zeros(len(is_question), dtype=bool),
        ),
    )
