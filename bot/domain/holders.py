"""Who held a ticket and how long each of them let the citizen wait: a pure function of stored facts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.measures import Due, Fact, FactKind, Verdict, WorkingTime, judged, never_due


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One stretch in which an institution had a ticket."""

    institution: str
    since: datetime
    """When it got the ticket."""
    until: datetime | None = None
    """When it gave the ticket away; None while it has it."""
    started_at: datetime | None = None
    """From when somebody waited for this institution; None when nobody did."""
    is_answered: bool = False
    """Its own time ended with its answer; otherwise with giving the ticket away, or it goes on."""
    wall: timedelta | None = None
    """Its own time: until its first delivered answer, or until it gave the ticket away; None while it goes on."""
    working: timedelta | None = None
    """The same in its own working hours."""


def holdings(
    facts: Iterable[Fact], first: str, calendar_of: Callable[[str], WorkingTime], *, due: Due = never_due
) -> tuple[Holding, ...]:
    """Return who held a ticket, in order; `first` is the code of the institution to which the citizen wrote.

    An institution's own time begins when it gets a ticket in which somebody waits, else with the next words that wait
    for it. What was taken out of the times begins anew, as in `bot.domain.measures.measure`.
    """
    told: list[Holding] = []
    now: Holding | None = None
    is_waiting = False
    for fact, verdict in judged(facts, due):
        if now is None:
            now = Holding(institution=first, since=fact.at)
        match fact.kind:
            case FactKind.ASKED:
                is_waiting = True
                if now.started_at is None:
                    now = replace(now, started_at=fact.at)
            case FactKind.ANSWERED if is_waiting:
                is_waiting = False
                now = replace(_stopped(now, fact.at, calendar_of), is_answered=now.is_answered or now.wall is None)
            case _ if verdict is Verdict.TAKEN_OUT:
                is_waiting = False
                if now.wall is None:
                    now = replace(now, started_at=None)
            case FactKind.TRANSFERRED:
                told.append(replace(_stopped(now, fact.at, calendar_of), until=fact.at))
                started_at = fact.at if is_waiting else None
                now = Holding(institution=fact.institution, since=fact.at, started_at=started_at)
            case _:
                pass
    return (*told, now) if now is not None else ()


def _stopped(holding: Holding, at: datetime, calendar_of: Callable[[str], WorkingTime]) -> Holding:
    """Stop an institution's own clock, if it runs."""
    if holding.started_at is None or holding.wall is not None:
        return holding
    calendar = calendar_of(holding.institution)
    return replace(holding, wall=at - holding.started_at, working=calendar.working_between(holding.started_at, at))
