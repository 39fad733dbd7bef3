"""Which tickets a figure counts: the list behind a number has as many entries as the number says."""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.institution import Institution, Scope
from bot.domain.ticket import TicketState
from bot.domain.work_calendar import WorkCalendar
from bot.reports.period import Period
from bot.reports.verdict import Verdict, judge
from storage.database import Database
from storage.statistics import TicketFacts, read_facts, read_given_away

NO_TOPIC = "-"
_GOOD = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Whose tickets are wanted; what is empty or None narrows nothing."""

    figure: str = ""
    """One of FIGURES, empty for every ticket."""
    channel: str = ""
    topic: str = ""
    """The topic's key, `-` for tickets without one."""
    state: TicketState | None = None
    administrator: int | None = None
    """Who answered; 0 for one whom the messenger did not tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """One ticket of a list, without words and people."""

    number: int
    institution: str
    """Who has it now; for what was given away that may be somebody else's."""
    state: TicketState
    channel: str
    topic: str
    opened_at: datetime
    times: int
    """How often the figure counts it: a ticket can be given away twice."""
    waiting_since: datetime | None
    is_in_time: bool | None
    """Of the first answer; None while there is none and it is not late, and for what is no question."""
    seconds: Mapping[str, float]
    """`first`, `working`, `next` (the longest) and `resolution`, as far as they were measured."""


async def choose_tickets(
    database: Database,
    *,
    choice: Choice,
    scope: Scope,
    codes: Collection[str],
    places: Mapping[str, Institution],
    period: Period,
    zone: ZoneInfo,
    now: datetime,
) -> list[Chosen]:
    """Return the tickets of `codes` (institutions of `scope`) that opened in the period and that the choice counts.

    `places` are all institutions: a ticket that was given away may lie with any of them.
    """
    start, end = period.bounds(zone)
    calendars = {code: WorkCalendar(zone=ZoneInfo(place.time_zone or zone.key)) for code, place in places.items()}
    found: list[Chosen] = []

    def take(tickets: Sequence[TicketFacts]) -> None:
        for ticket in tickets:
            verdict = judge(ticket, calendar=calendars[ticket.institution], zone=zone, now=now)
            if times := _times(ticket, verdict, choice, codes):
                found.append(_chosen(ticket, verdict, times))

    async with database.reading() as connection:
        async for tickets in read_facts(connection, scope=scope, start=start, end=end):
            await asyncio.to_thread(take, [ticket for ticket in tickets if ticket.institution in codes])
        if choice.figure == "transferred":
            async for tickets in read_given_away(connection, codes=codes, start=start, end=end):
                await asyncio.to_thread(take, tickets)
    return found


def _times(ticket: TicketFacts, verdict: Verdict, choice: Choice, codes: Collection[str]) -> int:
    """Return how often a choice counts a ticket."""
    if choice.channel and choice.channel != ticket.channel:
        return 0
    if choice.topic and choice.topic != (ticket.topic or NO_TOPIC):
        return 0
    if choice.state is not None and choice.state is not ticket.state:
        return 0
    if choice.administrator is not None:
        return _times_by(choice.administrator or None, verdict, choice.figure)
    if choice.figure == "transferred":
        given = (held for held in verdict.holders if held.is_given_away and held.institution in codes)
        return sum(1 for _ in given) if verdict.times.is_question else 0
    return FIGURES[choice.figure](verdict) if choice.figure in FIGURES else 0


def _times_by(administrator: int | None, verdict: Verdict, figure: str) -> int:
    """A person's line holds the answers that this person gave."""
    if not verdict.times.is_question:
        return 0
    own_next = sum(person == administrator for person, _ in verdict.next_answers)
    is_own_first = verdict.is_answered and verdict.answered_by == administrator
    match figure:
        case "next":
            return own_next
        case "":
            return int(is_own_first or own_next > 0)
        case "transferred" | "no_answer_needed" | "spam":
            return 0
    return FIGURES[figure](verdict) if is_own_first and figure in FIGURES else 0


def _chosen(ticket: TicketFacts, verdict: Verdict, times: int) -> Chosen:
    measured = {_SHORT[name]: seconds for name, seconds in verdict.first_times if name in _SHORT}
    if verdict.next_answers:
        measured["next"] = max(seconds for _, seconds in verdict.next_answers)
    is_judged = verdict.times.is_question and (verdict.is_answered or verdict.is_overdue)
    return Chosen(
        number=ticket.number,
        institution=ticket.institution,
        state=ticket.state,
        channel=ticket.channel,
        topic=ticket.topic,
        opened_at=ticket.opened_at,
        times=times,
        waiting_since=verdict.waiting_since,
        is_in_time=verdict.is_in_time if is_judged else None,
        seconds=measured,
    )


def _of_questions(counts: Callable[[Verdict], bool]) -> Callable[[Verdict], int]:
    return lambda verdict: int(verdict.times.is_question and counts(verdict))


_SHORT = {"first_response": "first", "first_response_working": "working", "resolution": "resolution"}
FIGURES: Mapping[str, Callable[[Verdict], int]] = {
    "": lambda _: 1,
    "questions": _of_questions(lambda _: True),
    "answered": _of_questions(lambda verdict: verdict.is_answered),
    "answered_in_time": _of_questions(lambda verdict: verdict.is_in_time),
    "late": _of_questions(lambda verdict: verdict.is_answered and not verdict.is_in_time),
    "unanswered": _of_questions(lambda verdict: not verdict.is_answered),
    "overdue": _of_questions(lambda verdict: verdict.is_overdue),
    "waiting": _of_questions(lambda verdict: verdict.waiting_since is not None),
    "reopened": _of_questions(lambda verdict: verdict.is_reopened),
    "comments": _of_questions(lambda verdict: verdict.is_comment),
    "graded": _of_questions(lambda verdict: verdict.grade is not None),
    "good": _of_questions(lambda verdict: verdict.grade is not None and verdict.grade >= _GOOD),
    "next": lambda verdict: len(verdict.next_answers) if verdict.times.is_question else 0,
    "resolved": _of_questions(lambda verdict: verdict.times.resolution is not None),
    "no_answer_needed": lambda verdict: verdict.times.excused,
    "spam": lambda verdict: int(verdict.times.is_spam),
}
"""How often a figure counts a ticket; `transferred` depends on who looks and stands beside."""
