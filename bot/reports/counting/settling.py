"""Counting whole months and years once, when nothing in them is likely to change any more."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from bot.domain.institution import Institution, Scope, ScopeKind
from bot.reports.counting.columns import Columns
from bot.reports.counting.cuts import Cuts, add_up, count, grouped
from bot.reports.counting.gathering import Asked, Source, columns_of, count_gathered, gather
from bot.reports.counting.packing import Head, pack, read_head
from bot.reports.counting.scales import logarithmic_scale
from bot.reports.counting.spans import months_in, period_of, years_in
from bot.reports.period import Period
from storage.aggregates import has_deadlines_ahead, measured_from_to, read_aggregated_spans, read_heads, write_aggregate
from storage.database import Connection, Database
from storage.measured import read_due
from storage.measured_row import Mark
from storage.statistics import read_places

LEAST = 2_000
"""Tickets of a scope in a span below which its rows are read as quickly as what was counted of them."""
_REGION = Scope(kind=ScopeKind.REGION)
_DAYS_AT_ONCE = 5
"""A month is counted in portions: a whole one of a large country would take gigabytes."""
_AT_ONCE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What was counted of one scope in one span."""

    scope: Scope
    head: Head
    cuts: Cuts


async def settle(database: Database, *, zone: ZoneInfo, now: datetime, least: int = LEAST) -> list[str]:
    """Count every month and year that is over, settled, and not kept yet; returns their names."""
    async with database.snapshot() as connection:
        open_spans = await _unsettled(connection, zone=zone, now=now)
    return [span for span in open_spans if await settle_span(database, span, zone=zone, now=now, least=least)]


async def _unsettled(connection: Connection, *, zone: ZoneInfo, now: datetime) -> list[str]:
    """Return the spans that are over and not kept, the months first."""
    bounds = await measured_from_to(connection)
    if bounds is None:
        return []
    first, last = (moment.astimezone(zone).date() for moment in bounds)
    over = now.astimezone(zone).date() - timedelta(days=1)
    through = Period(first=first.replace(day=1), last=min(over, period_of(str(last.year)).last))
    if through.last < through.first:
        return []
    years = years_in(Period(first=first.replace(month=1, day=1), last=through.last))
    known = await read_aggregated_spans(connection)
    return [span for span in [*months_in(through), *years] if str(_REGION) not in known.get(span, ())]


async def settle_span(database: Database, span: str, *, zone: ZoneInfo, now: datetime, least: int = LEAST) -> bool:
    """Count one span and keep it for every scope that is large enough; False when it is too early."""
    period = period_of(span)
    start, end = period.bounds(zone)
    async with database.snapshot() as connection:
        if await read_due(connection, scope=_REGION, start=start, end=end):
            return False
        if await has_deadlines_ahead(connection, start=start, end=end, now=now):
            return False
        places = {place.code: place for place in await read_places(connection)}
        if len(span) == 4:
            settled = await _year(connection, span, places=places, zone=zone, now=now)
        else:
            settled = await _month(connection, period, places=places, zone=zone, now=now, least=least)
    if not settled or settled[0].head.holds_from > now.timestamp():
        return False
    # The region comes last: without its head none of the others is used.
    for each in reversed(settled):
        packed = await asyncio.to_thread(lambda: {name: pack(cut) for name, cut in each.cuts.items()})  # noqa: B023
        await write_aggregate(database, span=span, scope=str(each.scope), head=each.head.packed(), cuts=packed)
    return True


async def _month(
    connection: Connection,
    period: Period,
    *,
    places: Mapping[str, Institution],
    zone: ZoneInfo,
    now: datetime,
    least: int,
) -> list[Settled]:
    asked = Asked(
        scope=_REGION,
        codes=places.keys(),
        is_whole=True,
        zone=zone,
        now=now,
        source=Source.ROWS,
    )
    counting = MonthCounting(places=places, zone=zone)
    first = period.first
    while first <= period.last:
        last = min(first + timedelta(days=_DAYS_AT_ONCE - 1), period.last)
        gathered = await gather(connection, asked, Period(first=first, last=last), exact=True)
        columns = await asyncio.to_thread(columns_of, [gathered], asked)
        await asyncio.to_thread(counting.add, columns)
        first = last + timedelta(days=1)
    return await asyncio.to_thread(counting.settled, least)


class MonthCounting:
    """Counts portions of one span for the region, every branch, municipality and institution at once."""

    def __init__(self, *, places: Mapping[str, Institution], zone: ZoneInfo) -> None:
        self._zone = zone
        self._scopes: dict[Scope, set[str]] = {_REGION: set(places)}
        for place in places.values():
            for kind, name in (
                (ScopeKind.BRANCH, place.branch),
                (ScopeKind.MUNICIPALITY, place.municipality),
                (ScopeKind.INSTITUTION, place.code),
            ):
                self._scopes.setdefault(Scope(kind=kind, name=name), set()).add(place.code)
        self._places = places
        self._portions: list[Columns] = []

    def scopes(self) -> Sequence[tuple[Scope, Set[str]]]:
        """Return every scope with its institutions, the region first."""
        return list(self._scopes.items())

    def add(self, columns: Columns) -> None:
        """Add the tickets of some days."""
        if len(columns.ticket):
            self._portions.append(columns)

    def settled(self, least: int) -> list[Settled]:
        """Return what was counted: the region first, then every scope with so many tickets at least."""
        found = [self._settle(_REGION)]
        found += [self._settle(scope) for scope in self._large(least)]
        return found

    def _large(self, least: int) -> list[Scope]:
        sizes: defaultdict[str, int] = defaultdict(int)
        for columns in self._portions:
            for code, tickets in zip(
                columns.institution.names,
                np.bincount(columns.institution.index, minlength=len(columns.institution.names)).tolist(),
                strict=True,
            ):
                sizes[code] += tickets
        return [
            scope
            for scope, codes in self._scopes.items()
            if scope != _REGION and sum(sizes[code] for code in codes) >= least
        ]

    def _settle(self, scope: Scope) -> Settled:
        codes = None if scope == _REGION else self._scopes[scope]
        scale = logarithmic_scale()
        parts: list[Cuts] = []
        tickets, holds_from, members = 0, -np.inf, set[str]()
        for portion in self._portions:
            columns = portion if codes is None else narrowed(portion, codes)
            tickets += len(columns.ticket)
            holds_from = max(holds_from, _holds_from(columns))
            members |= _members(columns)
            parts.append(count(columns, scale=scale, now=np.inf))
            if len(parts) >= _AT_ONCE:
                parts = [add_up(parts, scale=scale)]
        head = Head(
            zone=str(self._zone),
            tickets=tickets,
            holds_from=max(holds_from, 0.0),
            institutions=tuple(sorted(members)),
        )
        cuts = add_up(parts, scale=scale)
        mine = grouped(cuts["institution"], lambda code: code if code in members else None)
        return Settled(scope=scope, head=head, cuts={**cuts, "institution": mine})


def narrowed(columns: Columns, codes: Set[str]) -> Columns:
    """Return the tickets that some institutions have or have held."""
    has = np.array([code in codes for code in columns.institution.names], dtype=bool)
    holds = np.array([code in codes for code in columns.holders.who.names], dtype=bool)
    is_own = has[columns.institution.index]
    is_held = holds[columns.holders.who.index] if len(columns.holders.row) else np.zeros(0, dtype=bool)
    concerns = is_own.copy()
    concerns[columns.holders.row[is_held]] = True
    taken = np.flatnonzero(concerns)
    moved = np.full(len(concerns), -1, dtype=np.int64)
    moved[taken] = np.arange(len(taken))
    plain = ("ticket", "marks", "excused", "grade", "deadline_at", "waiting_since", "resolve_by_at", "first")
    named = ("day", "institution", "channel", "topic", "administrator")
    chosen = {name: getattr(columns, name)[taken] for name in (*plain, "working", "resolution")}
    chosen |= {name: replace(getattr(columns, name), index=getattr(columns, name).index[taken]) for name in named}
    later, held = columns.later, columns.holders
    is_later = concerns[later.row] if len(later.row) else np.zeros(0, dtype=bool)
    return Columns(
        **chosen,
        is_own=is_own[taken],
        later=replace(
            later,
            row=moved[later.row[is_later]],
            who=replace(later.who, index=later.who.index[is_later]),
            seconds=later.seconds[is_later],
            is_given=later.is_given[is_later],
        ),
        holders=replace(
            held,
            row=moved[held.row[is_held]],
            who=replace(held.who, index=held.who.index[is_held]),
            seconds=held.seconds[is_held],
            is_given=held.is_given[is_held],
        ),
    )


def _holds_from(columns: Columns) -> float:
    """Return the latest moment at which something becomes overdue."""
    is_open = columns.has(Mark.QUESTION)
    ahead = np.concatenate([columns.deadline_at[is_open], columns.resolve_by_at[is_open]])
    ahead = ahead[~np.isnan(ahead)]
    # Overdue is what is due before the moment of the report, not at it.
    return float(ahead.max()) + 0.001 if len(ahead) else -np.inf


def _members(columns: Columns) -> set[str]:
    have = columns.institution.names
    hold = columns.holders.who.names
    own = np.unique(columns.institution.index[columns.is_own])
    return {have[number] for number in own} | {hold[number] for number in np.unique(columns.holders.who.index)}


async def _year(
    connection: Connection, year: str, *, places: Mapping[str, Institution], zone: ZoneInfo, now: datetime
) -> list[Settled]:
    """Add up the months of a year, for every scope that is kept in one of them; nothing if a month is missing."""
    months = months_in(period_of(year))
    known = await read_aggregated_spans(connection)
    if any(str(_REGION) not in known.get(month, ()) for month in months):
        return []
    kept = {scope for month in months for scope in known[month]}
    settled: list[Settled] = []
    for scope, codes in MonthCounting(places=places, zone=zone).scopes():
        if str(scope) not in kept:
            continue
        settled.append(await _year_of(connection, year, scope, codes, zone=zone, now=now, months=months))
    return settled


async def _year_of(
    connection: Connection,
    year: str,
    scope: Scope,
    codes: Set[str],
    *,
    zone: ZoneInfo,
    now: datetime,
    months: Sequence[str],
) -> Settled:
    asked = Asked(
        scope=scope,
        codes=codes,
        is_whole=True,
        zone=zone,
        now=now,
        exact_up_to=-1,
        with_years=False,
    )
    gathered = await gather(connection, asked, period_of(year), exact=False)
    cuts = await asyncio.to_thread(count_gathered, [gathered], asked)
    raw = await read_heads(connection, spans=months, scopes={str(_REGION)})
    heads = [head for content in raw.values() if (head := read_head(content)) is not None]
    members = {code for head in heads for code in head.institutions if code in codes}
    tickets = int(cuts["institution"].counted.counts[:, 0].sum())
    head = Head(
        zone=str(zone),
        tickets=tickets,
        holds_from=max((head.holds_from for head in heads), default=0.0),
        institutions=tuple(sorted(members)),
    )
    return Settled(scope=scope, head=head, cuts=cuts)
