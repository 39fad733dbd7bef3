"""What a report is counted from: what was counted before and holds, kept rows, and tickets judged on the spot."""

import asyncio
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.institution import Scope
from bot.reports.counting.columns import Columns, make_columns
from bot.reports.counting.cuts import CUTS, Cuts, add_up, count
from bot.reports.counting.kept import Kept, Wanted, find_kept, read_kept
from bot.reports.counting.known_calendars import read_calendar_at
from bot.reports.counting.replaying import Promised
from bot.reports.counting.scales import exact_scale, logarithmic_scale
from bot.reports.counting.verdict import CalendarAt, judge
from bot.reports.period import Period
from storage.database import Connection
from storage.measured import count_measured, read_due, read_held_elsewhere, read_measured
from storage.measured_row import COLUMNS, MeasuredTicket, PlainRow, plain
from storage.statistics import read_facts_of

EXACT_UP_TO = 50_000
"""Tickets whose percentiles are exact; those of more are within 1 %."""
_JUDGED_AT_ONCE = 250
"""Tickets: messages that come meanwhile wait some hundredths of a second for it."""
_TICKET, _INSTITUTION = COLUMNS.index("ticket"), COLUMNS.index("institution")


class Source(StrEnum):
    """From what a report is made; the figures of the first three are the same."""

    KEPT = "kept"
    """What was counted before, and rows for the rest: the quickest way."""
    ROWS = "rows"
    """Rows of measured tickets."""
    FACTS = "facts"
    """Every ticket is judged anew."""
    REPLAY = "replay"
    """… as if today's calendars and policies had always been in force: these are other figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whose tickets are wanted, and how they are judged."""

    scope: Scope
    codes: Set[str]
    """The institutions of the scope, or fewer."""
    is_whole: bool
    """Whether the codes are all of the scope."""
    zone: ZoneInfo
    now: datetime
    calendar_at: CalendarAt | None = None
    """None: the calendars as they were known; they are read when something must be judged."""
    exact_up_to: int = EXACT_UP_TO
    source: Source = Source.KEPT
    promised: Promised | None = None
    """What a ticket was promised, if it is not what it says itself."""
    with_years: bool = True
    """Whether whole years may be used that were counted before."""

    @property
    def is_everything(self) -> bool:
        """Tell whether no ticket lies outside."""
        return self.is_whole and not self.scope.name


@dataclass(slots=True, kw_only=True)
class Gathered:
    """The tickets of a period."""

    period: Period
    portions: list[Sequence[PlainRow]] = field(default_factory=list)
    """Rows to be counted; in each portion moments have one form."""
    judged: list[MeasuredTicket] = field(default_factory=list)
    """Those of them that were measured on the spot."""
    counted: list[Cuts] = field(default_factory=list)
    """What was counted before, on the logarithmic scale."""

    @property
    def rows(self) -> int:
        """How many rows there are to be counted."""
        return sum(map(len, self.portions))


_FROM_FACTS = (Source.FACTS, Source.REPLAY)


async def gather(
    connection: Connection, asked: Asked, period: Period, *, cuts: Sequence[str] = CUTS, exact: bool | None = None
) -> Gathered:
    """Read the tickets that opened in a period. Use one `snapshot` for everything.

    `exact`: whether every percentile is wanted exactly; None leaves it to the number of tickets.
    """
    start, end = period.bounds(asked.zone)
    is_from_facts = asked.source in _FROM_FACTS
    due = await read_due(connection, scope=asked.scope, start=start, end=end, with_all=is_from_facts)
    gathered = Gathered(period=period)
    judged = await _judge(connection, due, asked)
    gathered.judged = [row for row in judged if _concerns(row, asked.codes)]
    gathered.portions.append([plain(row) for row in gathered.judged])
    if is_from_facts:
        return gathered
    kept = await _kept(connection, asked, period, judged, exact=exact)
    gathered.counted = await read_kept(connection, asked.scope, kept.spans, cuts=cuts)
    too_old = set(due)
    for stretch in kept.rest:
        gathered.portions += await _read_rows(connection, asked, stretch, too_old)
    return gathered


async def _kept(
    connection: Connection, asked: Asked, period: Period, judged: Sequence[MeasuredTicket], *, exact: bool | None
) -> Kept:
    nothing = Kept(spans=[], rest=[period], tickets=0)
    if exact or asked.source is not Source.KEPT or not asked.is_whole:
        return nothing
    wanted = Wanted(scope=asked.scope, codes=asked.codes, zone=asked.zone, now=asked.now, with_years=asked.with_years)
    changed = {row.opened_at.astimezone(asked.zone).date() for row in judged}
    kept = await find_kept(connection, wanted, period, changed=changed)
    if exact is None and kept.tickets <= asked.exact_up_to:
        start, end = period.bounds(asked.zone)
        limit = asked.exact_up_to + 1
        if await count_measured(connection, scope=asked.scope, start=start, end=end, at_most=limit) < limit:
            return nothing
    return kept


async def _read_rows(
    connection: Connection, asked: Asked, stretch: Period, too_old: Set[int]
) -> list[Sequence[PlainRow]]:
    start, end = stretch.bounds(asked.zone)
    found = [_chosen(await read_measured(connection, scope=asked.scope, start=start, end=end), asked, too_old)]
    if not asked.is_everything:
        elsewhere = await read_held_elsewhere(connection, codes=asked.codes, start=start, end=end)
        found.append([row for row in elsewhere if row[_TICKET] not in too_old])
    return found


def _chosen(rows: Sequence[PlainRow], asked: Asked, too_old: Set[int]) -> Sequence[PlainRow]:
    if asked.is_whole and not too_old:
        return rows
    return [row for row in rows if row[_TICKET] not in too_old and row[_INSTITUTION] in asked.codes]


def _concerns(row: MeasuredTicket, codes: Set[str]) -> bool:
    return row.institution in codes or any(held[0] in codes for held in row.holders)


async def _judge(connection: Connection, numbers: Sequence[int], asked: Asked) -> list[MeasuredTicket]:
    judged: list[MeasuredTicket] = []
    if not numbers:
        return judged
    promised = asked.promised
    calendar_at = asked.calendar_at or await read_calendar_at(connection, zone=asked.zone)
    for begin in range(0, len(numbers), _JUDGED_AT_ONCE):
        found = await read_facts_of(connection, numbers[begin : begin + _JUDGED_AT_ONCE])
        found = [promised(ticket) for ticket in found] if promised is not None else found
        # Judging a year of a region takes many seconds: the loop must stay free for messages meanwhile.
        judged += await asyncio.to_thread(lambda: [judge(ticket, calendar_at) for ticket in found])  # noqa: B023
    return judged


def count_gathered(
    gathered: Sequence[Gathered], asked: Asked, *, cuts: Sequence[str] = CUTS, parted_at: datetime | None = None
) -> Cuts:
    """Count everything gathered, of periods that have no day in common; `parted_at` parts a day in two."""
    before = [counted for each in gathered for counted in each.counted]
    columns = columns_of(gathered, asked, parted_at=parted_at)
    is_exact = not before and len(columns.ticket) <= asked.exact_up_to
    scale = exact_scale(columns) if is_exact else logarithmic_scale()
    if before and not len(columns.ticket):
        return add_up([{name: counted[name] for name in cuts} for counted in before], scale=scale)
    counted_now = count(columns, scale=scale, now=asked.now.timestamp(), cuts=cuts)
    return add_up([*({name: counted[name] for name in cuts} for counted in before), counted_now], scale=scale)


def columns_of(gathered: Sequence[Gathered], asked: Asked, *, parted_at: datetime | None = None) -> Columns:
    """Return the rows gathered as columns."""
    first, last = min(each.period.first for each in gathered), max(each.period.last for each in gathered)
    return make_columns(
        [portion for each in gathered for portion in each.portions],
        period=Period(first=first, last=last),
        zone=asked.zone,
        codes=None if asked.is_everything else asked.codes,
        parted_at=parted_at,
    )
