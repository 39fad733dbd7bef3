"""The report: one scope, one period, every cut (the layout of the interface, section 5)."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.errors import SettingsError
from bot.domain.incident import Incident, Members
from bot.domain.institution import Institution, Scope, ScopeKind
from bot.domain.reaction import Sentiments
from bot.domain.work_calendar import WorkCalendar
from bot.reports.cuts import Cuts
from bot.reports.period import EARLIEST, LATEST, Period
from bot.reports.scope import known_scope
from bot.reports.verdict import Verdict, judge
from storage.database import Database
from storage.incidents import count_members, read_incidents
from storage.reactions import read_reaction_counts
from storage.statistics import TicketFacts, read_administrator_names, read_facts, read_given_away, read_places

DEFINITIONS = "1"

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
) -> Report:
    """Count the tickets of `scope` that opened from `first` to `last` (days in `zone`), as things stand at `now`.

    Institutions, branches, municipalities and channels have a line when something was asked of them; every day has one.
    `sentiments` says what reactions mean; without it they are all neutral.
    `topics` tells the names of topics and the classifier's codes by key.
    `within` leaves of the scope only what lies in each of these as well: a branch within a municipality.
    Raises SettingsError for an impossible period and for a scope that the directory does not know.
    """
    period = _checked(Period(first=first, last=last))
    start, end = period.bounds(zone)
    async with database.reading() as connection:
        places = {place.code: place for place in await read_places(connection)}
        scope = known_scope(scope, list(places.values()))
        within = [known_scope(each, list(places.values())) for each in within]
        codes = {
            code for code, place in places.items() if scope.covers(place) and all(each.covers(place) for each in within)
        }
        cuts = Cuts(codes=codes)
        calendars = {code: WorkCalendar(zone=_zone(place, zone)) for code, place in places.items()}
        async for tickets in read_facts(connection, scope=scope, start=start, end=end):
            tickets = [ticket for ticket in tickets if ticket.institution in codes] if within else tickets
            # Measuring a year of a region takes many seconds: the loop must stay free for messages meanwhile.
            await asyncio.to_thread(_count, cuts.add, tickets, calendars=calendars, zone=zone, now=now)
        if scope.kind is not ScopeKind.REGION or within:
            async for tickets in read_given_away(connection, codes=codes, start=start, end=end):
                await asyncio.to_thread(_count, cuts.add_holders, tickets, calendars=calendars, zone=zone, now=now)
        for counted in await read_reaction_counts(connection, scope=scope, first=period.first, last=period.last):
            if counted.institution not in codes:
                continue
            cuts.add_reactions(counted, (sentiments or Sentiments()).of(counted.reaction))
        people = {person for person, _ in cuts.administrators if person is not None}
        names = await read_administrator_names(connection, database.vault, people)
        incidents = [
            incident
            for incident in await read_incidents(connection, database.vault, scope=scope, start=start, end=end)
            if incident.institution in codes
        ]
        members = await count_members(connection, [incident.number for incident in incidents])
    return await asyncio.to_thread(
        _layout,
        cuts,
        scope=scope,
        within=within,
        period=period,
        zone=zone,
        now=now,
        places=places,
        names=names,
        incidents=incidents,
        members=members,
        topics=topics,
    )


def _checked(period: Period) -> Period:
    if period.last < period.first:
        raise SettingsError(f"период: {period.last} раньше, чем {period.first}; поменяйте даты местами")
    if not period.is_possible:
        raise SettingsError(f"период: не больше десяти лет, с {EARLIEST} по {LATEST}")
    return period


def _zone(place: Institution, default: ZoneInfo) -> ZoneInfo:
    return ZoneInfo(place.time_zone) if place.time_zone else default


def _count(
    count: Callable[[Verdict], None],
    tickets: Sequence[TicketFacts],
    *,
    calendars: Mapping[str, WorkCalendar],
    zone: ZoneInfo,
    now: datetime,
) -> None:
    for ticket in tickets:
        count(judge(ticket, calendar=calendars[ticket.institution], zone=zone, now=now))


def _layout(
    cuts: Cuts,
    *,
    scope: Scope,
    within: Sequence[Scope],
    period: Period,
    zone: ZoneInfo,
    now: datetime,
    places: Mapping[str, Institution],
    names: Mapping[int, str],
    topics: Mapping[str, tuple[str, str]],
    incidents: Sequence[Incident],
    members: Mapping[int, Members],
) -> Report:
    return {
        "scope": str(scope),
        **({"within": [str(each) for each in within]} if within else {}),
        "scope_name": places[scope.name].name if scope.kind is ScopeKind.INSTITUTION else scope.name,
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "generated_at": now.astimezone(zone).isoformat(timespec="seconds"),
        "definitions": DEFINITIONS,
        "total": cuts.total(now),
        "by_branch": cuts.by_group("branch", lambda place: place.branch, places, now),
        "by_municipality": cuts.by_group("municipality", lambda place: place.municipality, places, now),
        "by_institution": cuts.by_institution(places, now),
        "by_administrator": cuts.by_administrator(names, now),
        "by_channel": cuts.by_channel(now),
        "by_day": cuts.by_day(period.days(), now),
        "by_topic": cuts.by_topic(topics, now),
        "incidents": [
            {
                "number": incident.number,
                "institution": incident.institution,
                "matter": incident.matter,
                "tickets": members[incident.number].all,
                "unanswered": members[incident.number].waiting,
                "opened_at": incident.opened_at.astimezone(zone).isoformat(timespec="seconds"),
                "closed_at": incident.closed_at and incident.closed_at.astimezone(zone).isoformat(timespec="seconds"),
            }
            for incident in incidents
        ],
    }
