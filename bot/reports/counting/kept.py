"""Which whole months and years of a period need not be counted again, because what was counted of them still holds."""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from bot.domain.institution import Scope
from bot.reports.counting.cuts import Cuts
from bot.reports.counting.packing import Head, read_head, unpack
from bot.reports.counting.spans import months_in, spans_touched, without, years_in
from bot.reports.period import Period
from storage.aggregates import read_aggregate, read_heads
from storage.database import Connection

_REGION = "region"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Spans of a period that hold, and what is left of it."""

    spans: Sequence[str]
    rest: Sequence[Period]
    tickets: int
    """How many lie within the spans."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Of what, and as of when."""

    scope: Scope
    codes: Set[str]
    zone: tzinfo
    now: datetime
    with_years: bool = True


async def find_kept(connection: Connection, wanted: Wanted, period: Period, *, changed: Iterable[date] = ()) -> Kept:
    """Return the spans of a period that hold; `changed` are days whose tickets are not measured yet."""
    stale = spans_touched(changed)
    years = [year for year in years_in(period) if wanted.with_years and year not in stale]
    months = [month for month in months_in(period) if month not in stale]
    scope = str(wanted.scope)
    raw = await read_heads(connection, spans=[*years, *months], scopes={scope, _REGION})
    heads = {key: head for key, content in raw.items() if (head := read_head(content)) is not None}
    chosen: dict[str, Head] = {}
    for span in years:
        if head := _valid(heads, span, wanted):
            chosen[span] = head
    for span in months:
        if span[:4] not in chosen and (head := _valid(heads, span, wanted)):
            chosen[span] = head
    return Kept(
        spans=list(chosen),
        rest=without(period, chosen),
        tickets=sum(head.tickets for head in chosen.values()),
    )


def _valid(heads: Mapping[tuple[str, str], Head], span: str, wanted: Wanted) -> Head | None:
    """Return the head of a span if what is kept is what would be counted now."""
    head, everybody = heads.get((span, str(wanted.scope))), heads.get((span, _REGION))
    if head is None or everybody is None or head.zone != str(wanted.zone) or head.holds_from > wanted.now.timestamp():
        return None
    # Between branches institutions move with the sheet; whoever had no ticket does not matter.
    members = [code for code in everybody.institutions if code in wanted.codes]
    return head if list(head.institutions) == members else None


async def read_kept(connection: Connection, scope: Scope, spans: Iterable[str], *, cuts: Collection[str]) -> list[Cuts]:
    """Return what was counted of each span along these cuts."""
    found: list[Cuts] = []
    for span in spans:
        content = await read_aggregate(connection, span=span, scope=str(scope), cuts=cuts)
        found.append(await asyncio.to_thread(_unpacked, content))
    return found


def _unpacked(content: Mapping[str, bytes]) -> Cuts:
    return {cut: unpack(written) for cut, written in content.items()}
