"""The report: one scope, one period, every cut (the layout of the interface, section 5)."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.errors import SettingsError
from bot.domain.incident import Incident, Members
from bot.domain.institution import Institution, Scope, ScopeKind
from bot.domain.policies import Policies
from bot.domain.reaction import Sentiments
from bot.reports.counting import cuts as cuts_of
from bot.reports.counting.collector import resting_collector
from bot.reports.counting.cuts import Cuts
from bot.reports.counting.gathering import EXACT_UP_TO, Asked, Gathered, Source, count_gathered, gather
from bot.reports.counting.norm import norm_of
from bot.reports.counting.replaying import read_replay
from bot.reports.counting.trend import look_back, previous_and_weeks
from bot.reports.counting.unanswered import read_closed_silently, read_unanswered
from bot.reports.period import EARLIEST, LATEST, Period
from bot.reports.scope import known_scope
from storage.database import Connection, Database
from storage.incidents import count_members, read_incidents
from storage.outages import read_outages, seconds_by_channel
from storage.policies import read_policy_rules
from storage.reactions import read_reaction_counts
from storage.set_aside import count_silenced
from storage.statistics import read_administrator_names, read_places

DEFINITIONS = "2"
"""Raise it with every change of what a figure means, with a migration that has every ticket measured anew."""

_DAY = timedelta(days=1)
_NO_TOPICS: Mapping[str, tuple[str, str]] = MappingProxyType({})

Report = dict[str, Any]
"""The whole report as plain values, ready for JSON."""


async def make_report(
    database: Database,
    *,
    scope: Scope,
    first: date,
    last: date,
    zone: ZoneInfo,
    now: datetime,
    sentiments: Sentiments | None = None,
    topics: Mapping[str, tuple[str, str]] = _NO_TOPICS,
    within: Sequence[Scope] = (),
    trend: bool = False,
    span: str = "",
    source: Source = Source.KEPT,
    exact_up_to: int = EXACT_UP_TO,
) -> Report:
    """Count the tickets of `scope` that opened from `first` to `last` (days in `zone`), as things stand at `now`.

    Institutions, branches, municipalities and channels have a line when something was asked of them; every day has one.
    `sentiments` says what reactions mean; without it they are all neutral.
    `topics` tells the names of topics and the classifier's codes by key.
    `within` leaves of the scope only what lies in each of these as well: a branch within a municipality.
    `trend` adds the period before, the last twelve whole weeks, and the tickets that wait for a first answer.
    `span` says of what the days are the beginning where they do not tell (`Period.span`).
    `source` changes nothing but the time that it takes, unless it is a replay by today's rules.
    Percentiles of more than `exact_up_to` tickets are within 1 %.
    Raises SettingsError for an impossible period and for a scope that the directory does not know.
    """
    period = _checked(Period(first=first, last=last, span=span))
    start, end = period.bounds(zone)
    sentiments = sentiments or Sentiments()
    async with database.snapshot() as connection:
        places = {place.code: place for place in await read_places(connection)}
        scope = known_scope(scope, list(places.values()))
        within = [known_scope(each, list(places.values())) for each in within]
        codes = {
            code for code, place in places.items() if scope.covers(place) and all(each.covers(place) for each in within)
        }
        replay = await read_replay(connection, places=places, zone=zone, now=now) if source is Source.REPLAY else None
        asked = Asked(
            scope=scope,
            codes=codes,
            is_whole=not within,
            zone=zone,
            now=now,
            calendar_at=replay.calendar_at if replay else None,
            promised=replay.promised if replay else None,
            exact_up_to=exact_up_to,
            source=source,
        )
        gathered = await gather(connection, asked, period)
        counted = await asyncio.to_thread(count_gathered, [gathered], asked)
        found = await read_reaction_counts(connection, scope=scope, first=period.first, last=period.last)
        reactions = [each for each in found if each.institution in codes]
        counted = await asyncio.to_thread(cuts_of.with_reactions, counted, reactions, sentiments)
        silenced = await count_silenced(connection, first=period.first, last=period.last)
        meant = [each for each in silenced if each[0] in codes]
        counted = await asyncio.to_thread(cuts_of.with_silenced, counted, meant)
        names = await read_administrator_names(connection, database.vault, cuts_of.people(counted))
        incidents = [
            incident
            for incident in await read_incidents(connection, database.vault, scope=scope, start=start, end=end)
            if incident.institution in codes
        ]
        members = await count_members(connection, [incident.number for incident in incidents])
        outages = seconds_by_channel(await read_outages(connection, start=start, end=end), start=start, end=end)
        norm = norm_of(
            replay.policies if replay else Policies(await read_policy_rules(connection)),
            [scope, *within],
            places,
            at=now if replay else min(end - timedelta(microseconds=1), now),
        )
        more = await _trend(connection, asked, gathered, places=places, topics=topics) if trend else {}
    laid_out = _Layout(
        asked=asked,
        within=within,
        period=period,
        places=places,
        names=names,
        topics=topics,
        incidents=incidents,
        members=members,
        outages=outages,
        norm=norm,
    )
    return {**await asyncio.to_thread(laid_out.report, counted), **more}


def _checked(period: Period) -> Period:
    if period.last < period.first:
        raise SettingsError(f"период: {period.last} раньше, чем {period.first}; поменяйте даты местами")
    if not period.is_possible:
        raise SettingsError(f"период: не больше десяти лет, с {EARLIEST} по {LATEST}")
    return period


async def _trend(
    connection: Connection,
    asked: Asked,
    gathered: Gathered,
    *,
    places: Mapping[str, Institution],
    topics: Mapping[str, tuple[str, str]],
) -> Report:
    previous, until = gathered.period.compared(now=asked.now, zone=asked.zone)
    until = until and until.astimezone(asked.zone)
    earlier = [
        await gather(connection, asked, each, cuts=("day",), exact=None if gathered.counted else True)
        for each in _stretches(
            look_back(gathered.period, previous), previous.last if gathered.counted and until else None
        )
    ]
    days = await asyncio.to_thread(count_gathered, [*earlier, gathered], asked, cuts=("day",), parted_at=until)
    weighed = partial(previous_and_weeks, before=previous, until=until)
    return {
        **await asyncio.to_thread(weighed, days["day"], gathered.period, asked.now),
        "unanswered_tickets": await read_unanswered(connection, asked, gathered, places=places, topics=topics),
        "closed_unanswered": await read_closed_silently(connection, asked, gathered, places=places, topics=topics),
    }


def _stretches(period: Period, parted: date | None) -> list[Period]:
    """Return a period without what is counted once for a whole month where one of its days is to be parted."""
    if parted is None:
        return [period]
    day = Period(first=parted, last=parted)
    around = (Period(first=period.first, last=parted - _DAY), day, Period(first=parted + _DAY, last=period.last))
    return [each for each in around if each.first <= each.last]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """What a report says besides its figures."""

    asked: Asked
    within: Sequence[Scope]
    period: Period
    places: Mapping[str, Institution]
    names: Mapping[int, str]
    topics: Mapping[str, tuple[str, str]]
    incidents: Sequence[Incident]
    members: Mapping[int, Members]
    outages: Mapping[str, int]
    norm: timedelta

    def report(self, cuts: Cuts) -> Report:
        with resting_collector():
            return self._report(cuts)

    def _report(self, cuts: Cuts) -> Report:
        areas = cuts_of.areas(cuts, self.places)
        scope, zone, now, places = self.asked.scope, self.asked.zone, self.asked.now, self.places
        return {
            "scope": str(scope),
            **({"within": [str(each) for each in self.within]} if self.within else {}),
            "scope_name": places[scope.name].title if scope.kind is ScopeKind.INSTITUTION else scope.name,
            "from": self.period.first.isoformat(),
            "to": self.period.last.isoformat(),
            "generated_at": now.astimezone(zone).isoformat(timespec="seconds"),
            "definitions": DEFINITIONS,
            **({"replayed": True} if self.asked.source is Source.REPLAY else {}),
            "norm_seconds": int(self.norm.total_seconds()),
            "percentiles": "exact" if cuts["institution"].counted.scale.is_exact else "within 1 %",
            "total": cuts_of.total(areas, now),
            "by_branch": cuts_of.by_group(areas, "branch", places, lambda place: place.branch, now),
            "by_municipality": cuts_of.by_group(areas, "municipality", places, lambda place: place.municipality, now),
            "by_institution": cuts_of.by_institution(cuts, places, now),
            "by_administrator": cuts_of.by_administrator(cuts, self.names, now),
            "by_channel": cuts_of.by_channel(cuts, now),
            "by_day": cuts_of.by_day(cuts, (day.isoformat() for day in self.period.days()), now),
            "by_topic": cuts_of.by_topic(cuts, self.topics, now),
            "outages": [{"channel": channel, "seconds": seconds} for channel, seconds in self.outages.items()],
            "incidents": [self._incident(incident) for incident in self.incidents],
        }

    def _incident(self, incident: Incident) -> Report:
        zone, members = self.asked.zone, self.members[incident.number]
        return {
            "number": incident.number,
            "institution": incident.institution,
            "matter": incident.matter,
            "tickets": members.all,
            "unanswered": members.waiting,
            "opened_at": incident.opened_at.astimezone(zone).isoformat(timespec="seconds"),
            "closed_at": incident.closed_at and incident.closed_at.astimezone(zone).isoformat(timespec="seconds"),
        }
