"""What a report is counted from: kept rows, and tickets that nobody has measured yet, judged on the spot."""

import asyncio
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from bot.domain.institution import Scope
from bot.reports.columns import make_columns
from bot.reports.counting import Scale, exact_scale, logarithmic_scale
from bot.reports.cuts import CUTS, Cuts, add_up, count
from bot.reports.period import Period
from bot.reports.verdict import CalendarAt, judge
from storage.database import Connection
from storage.measured import (
    COLUMNS,
    Mark,
    MeasuredTicket,
    PlainRow,
    plain,
    read_held_elsewhere,
    read_measured,
    read_unmeasured_in,
)
from storage.statistics import read_facts_of

EXACT_UP_TO = 50_000
"""Tickets whose percentiles are exact; those of more are within 1 %."""
_JUDGED_AT_ONCE = 250
"""Tickets: messages that come meanwhile wait some hundredths of a second for it."""
_TICKET, _INSTITUTION = COLUMNS.index("ticket"), COLUMNS.index("institution")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whose tickets are wanted, and how they are judged."""

    scope: Scope
    codes: Set[str]
    """The institutions of the scope, or fewer."""
    is_whole: bool
    """Whether the codes are all of the scope."""
    zone: tzinfo
    now: datetime
    calendar_at: CalendarAt
    exact_up_to: int = EXACT_UP_TO


@dataclass(slots=True, kw_only=True)
class Gathered:
    """The tickets of a period."""

    period: Period
    portions: list[Sequence[PlainRow]] = field(default_factory=list)
    """Rows to be counted; in each portion moments have one form."""
    judged: list[MeasuredTicket] = field(default_factory=list)
    """Those of them that were measured on the spot."""

    @property
    def size(self) -> int:
        """How many rows there are."""
        return sum(map(len, self.portions))


async def gather(connection: Connection, asked: Asked, period: Period) -> Gathered:
    """Read the tickets that opened in a period. Use one `snapshot` for everything."""
    start, end = period.bounds(asked.zone)
    gathered = Gathered(period=period)
    due = await read_unmeasured_in(connection, scope=asked.scope, start=start, end=end)
    kept = [await read_measured(connection, scope=asked.scope, start=start, end=end)]
    if len(asked.codes) != 0 and not _is_everything(asked):
        kept.append(await read_held_elsewhere(connection, codes=asked.codes, start=start, end=end))
    judged = await _judge(connection, due, asked.calendar_at)
    gathered.judged = [row for row in judged if _concerns(row, asked.codes)]
    too_old = set(due)
    gathered.portions = [_chosen(rows, asked, too_old) for rows in kept[:1]]
    gathered.portions += [[row for row in rows if row[_TICKET] not in too_old] for rows in kept[1:]]
    gathered.portions.append([plain(row) for row in gathered.judged])
    return gathered


def _is_everything(asked: Asked) -> bool:
    return asked.is_whole and not asked.scope.name


def _chosen(rows: Sequence[PlainRow], asked: Asked, too_old: Set[int]) -> Sequence[PlainRow]:
    if asked.is_whole and not too_old:
        return rows
    return [row for row in rows if row[_TICKET] not in too_old and row[_INSTITUTION] in asked.codes]


def _concerns(row: MeasuredTicket, codes: Set[str]) -> bool:
    return row.institution in codes or any(held[0] in codes for held in row.holders)


async def _judge(connection: Connection, numbers: Sequence[int], calendar_at: CalendarAt) -> list[MeasuredTicket]:
    judged: list[MeasuredTicket] = []
    for begin in range(0, len(numbers), _JUDGED_AT_ONCE):
        found = await read_facts_of(connection, numbers[begin : begin + _JUDGED_AT_ONCE])
        # Judging a year of a region takes many seconds: the loop must stay free for messages meanwhile.
        judged += await asyncio.to_thread(lambda: [judge(ticket, calendar_at) for ticket in found])  # noqa: B023
    return judged


def count_gathered(gathered: Sequence[Gathered], asked: Asked, *, cuts: Sequence[str] = CUTS) -> Cuts:
    """Count everything gathered, of periods that have no day in common."""
    first, last = min(each.period.first for each in gathered), max(each.period.last for each in gathered)
    columns = make_columns(
        [portion for each in gathered for portion in each.portions],
        period=Period(first=first, last=last),
        zone=asked.zone,
        codes=None if _is_everything(asked) else asked.codes,
    )
    is_small = sum(each.size for each in gathered) <= asked.exact_up_to
    scale: Scale = exact_scale(columns) if is_small else logarithmic_scale()
    counted = count(columns, scale=scale, now=asked.now.timestamp(), cuts=cuts)
    return add_up([counted], scale=scale)


def is_waiting(row: MeasuredTicket) -> bool:
    """Tell whether somebody waits for the first answer."""
    return row.waiting_since is not None and bool(row.marks & Mark.QUESTION)
