"""The proof that what is kept equals the facts: every row and every figure is worked out anew and compared."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.institution import Scope
from bot.reports.counting.gathering import Source
from bot.reports.counting.known_calendars import read_calendar_at
from bot.reports.counting.spans import months_in, years_in
from bot.reports.counting.verdict import judge
from bot.reports.period import Period
from bot.reports.report import Report, make_report
from bot.reports.scope import known_scope
from storage.aggregates import forget_aggregates
from storage.database import Database
from storage.loading import lock
from storage.measured import make_due, read_due, read_kept
from storage.measured_row import COLUMNS
from storage.statistics import read_facts_of, read_places

_AT_ONCE = 500
_ALL = 10**12
_NAMES = ("code", "branch", "municipality", "administrator", "channel", "date", "topic")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Something kept that the facts do not bear out."""

    ticket: int | None = None
    """The number, of a row; None for a figure."""
    where: str = ""
    """Of a figure: the cut and the line."""
    name: str
    kept: Any
    facts: Any


@dataclass(slots=True, kw_only=True)
class Proof:
    """What was compared, and what was not equal."""

    tickets: int = 0
    figures: int = 0
    differences: list[Difference] = field(default_factory=list)

    @property
    def is_equal(self) -> bool:
        """Tell whether everything was."""
        return not self.differences


async def recompute(
    database: Database, *, scope: Scope, first: date, last: date, zone: ZoneInfo, now: datetime
) -> Proof:
    """Work a report out anew from the facts and compare every kept row and every figure with it."""
    proof = Proof()
    async with database.snapshot() as connection:
        scope = known_scope(scope, await read_places(connection))
        start, end = Period(first=first, last=last).bounds(zone)
        calendar_at = await read_calendar_at(connection, zone=zone)
        due = set(await read_due(connection, scope=scope, start=start, end=end))
        everything = await read_due(connection, scope=scope, start=start, end=end, with_all=True)
        measured = sorted(set(everything) - due)
        for begin in range(0, len(measured), _AT_ONCE):
            numbers = measured[begin : begin + _AT_ONCE]
            found = await read_facts_of(connection, numbers)
            kept = await read_kept(connection, numbers)
            judged = await asyncio.to_thread(lambda: [judge(ticket, calendar_at) for ticket in found])  # noqa: B023
            for row in judged:
                proof.differences += _compared(row, kept.get(row.ticket))
    proof.tickets = len(everything)
    asked: dict[str, Any] = {"scope": scope, "first": first, "last": last, "zone": zone, "now": now}
    try:
        ready = await make_report(database, **asked)
    except (LookupError, ValueError):
        if proof.is_equal:
            raise
        # Rows that were tampered with cannot always be counted; what is wrong with them has been said.
        return proof
    limit = _ALL if ready["percentiles"] == "exact" else -1
    facts = await make_report(database, **asked, source=Source.FACTS, exact_up_to=limit)
    expected, found_now = dict(_figures(facts)), dict(_figures(ready))
    proof.figures = len(expected)
    proof.differences += [
        Difference(where=where, name=name, kept=found_now.get((where, name)), facts=expected.get((where, name)))
        for where, name in sorted(expected.keys() | found_now.keys())
        if found_now.get((where, name), _ALL) != expected.get((where, name), _ALL)
    ]
    return proof


async def repair(database: Database, proof: Proof, *, first: date, last: date) -> None:
    """Have every row measured again that differs, and every month and year of the period counted again."""
    numbers = sorted({each.ticket for each in proof.differences if each.ticket is not None})
    first_month = first.replace(day=1)
    around = Period(first=first.replace(month=1, day=1), last=last.replace(month=12, day=31))
    async with database.unit() as connection:
        await lock(connection)
        await make_due(connection, numbers)
        spans = [span for span in months_in(around) if first_month.isoformat()[:7] <= span <= last.isoformat()[:7]]
        await forget_aggregates(connection, [*spans, *years_in(around)])


def _compared(facts: Any, kept: Any) -> Iterator[Difference]:
    if kept is None:
        yield Difference(ticket=facts.ticket, name="ticket", kept=None, facts=facts.ticket)
        return
    for name in COLUMNS:
        if getattr(kept, name) != getattr(facts, name):
            yield Difference(
                ticket=facts.ticket, name=name, kept=_plain(getattr(kept, name)), facts=_plain(getattr(facts, name))
            )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _figures(report: Report) -> Iterator[tuple[tuple[str, str], Any]]:
    """Yield every figure of a report with its line and name."""
    yield from ((("total", name), value) for name, value in _leaves(report["total"]))
    for cut, lines in report.items():
        if not cut.startswith("by_"):
            continue
        counted: dict[str, int] = {}
        for line in lines:
            key = " ".join(str(line[name]) for name in (*_NAMES, "institution") if line.get(name) is not None)
            counted[key] = counted.get(key, 0) + 1
            where = f"{cut} {key}" + (f" ({counted[key]})" if counted[key] > 1 else "")
            yield from (((where, name), value) for name, value in _leaves(line))


def _leaves(line: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in line.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{before}{name}.")
        elif not isinstance(value, str):
            yield f"{before}{name}", value
