"""What one ticket counts as in a report: the definitions of version 1, applied to its facts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from bot.domain.holders import holdings
from bot.domain.measures import FactKind, TicketTimes, Wait, measure
from bot.domain.ticket import TicketOrigin, TicketState
from bot.domain.work_calendar import WorkCalendar
from storage.statistics import TicketFacts

Measured = tuple[str, float]
"""The name of a time (one of TIMES) and how many seconds it took."""
TIMES = ("first_response", "first_response_working", "next_response", "resolution", "held")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What one holder of a ticket has done with it."""

    institution: str
    seconds: float | None
    """How long the citizen waited for this institution; None when it goes on, or nobody waited."""
    is_given_away: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One judged ticket."""

    institution: str
    channel: str
    day: date
    """The day on which it opened, in the report's zone."""
    times: TicketTimes
    is_answered: bool
    """A person's answer to its first words was delivered."""
    answered_by: int | None
    """The administrator who gave it; None when there is none or the messenger did not tell."""
    is_in_time: bool
    """… at or before the deadline of the policy in force when it opened."""
    is_overdue: bool
    """Not answered, and that deadline has passed."""
    waiting_since: datetime | None
    """Since when somebody waits for the first answer; None when answered, closed or no question."""
    is_reopened: bool
    is_comment: bool
    topic: str
    """The topic's key, empty for unknown."""
    grade: int | None
    """1 to 5, from the citizen."""
    first_times: tuple[Measured, ...]
    """Of the first answer and of the end."""
    next_answers: tuple[tuple[int | None, float], ...]
    """Of each later answer: whose it was and how many seconds it took."""
    holders: tuple[Held, ...]
    """Everybody who held it, in order."""


def judge(ticket: TicketFacts, *, calendar: WorkCalendar, zone: tzinfo, now: datetime) -> Verdict:
    """Measure a ticket and say what it counts as at the moment `now`."""
    times = measure(ticket.facts, calendar)
    first = times.first if times.is_question else None
    deadline = _deadline(ticket, first, calendar)
    is_answered = first is not None and first.ended_at is not None
    is_ended = ticket.state in (TicketState.CLOSED, TicketState.SPAM)
    return Verdict(
        institution=ticket.institution,
        channel=ticket.channel,
        day=ticket.opened_at.astimezone(zone).date(),
        times=times,
        is_answered=is_answered,
        answered_by=first.administrator if first is not None else None,
        is_in_time=first is not None and first.ended_at is not None and first.ended_at <= deadline,
        is_overdue=first is not None and not is_answered and deadline < now,
        waiting_since=first.started_at if first is not None and not is_answered and not is_ended else None,
        is_reopened=any(fact.kind is FactKind.REOPENED for fact in ticket.facts),
        is_comment=ticket.origin is TicketOrigin.COMMENT,
        topic=ticket.topic,
        grade=ticket.grade,
        first_times=tuple(_first_times(times, first)),
        next_answers=tuple(
            (wait.administrator, wait.wall.total_seconds()) for wait in times.waits[1:] if wait.wall is not None
        ),
        holders=_holders(ticket, times, calendar),
    )


def _holders(ticket: TicketFacts, times: TicketTimes, calendar: WorkCalendar) -> tuple[Held, ...]:
    if not ticket.transfers:
        first = times.first
        seconds = first.wall.total_seconds() if first is not None and first.wall is not None else None
        return (Held(institution=ticket.institution, seconds=seconds, is_given_away=False),)
    held = holdings(ticket.facts, ticket.came_to or ticket.institution, lambda _: calendar)
    return tuple(
        Held(
            institution=each.institution,
            seconds=each.wall.total_seconds() if each.wall is not None else None,
            is_given_away=each.until is not None,
        )
        for each in held
    )


def _first_times(times: TicketTimes, first: Wait | None) -> Iterator[Measured]:
    if first is not None and first.wall is not None and first.working is not None:
        yield "first_response", first.wall.total_seconds()
        yield "first_response_working", first.working.total_seconds()
    if times.resolution is not None:
        yield "resolution", times.resolution.total_seconds()


def _deadline(ticket: TicketFacts, first: Wait | None, calendar: WorkCalendar) -> datetime:
    """Return until when the first answer was due.

    When the words that opened the ticket needed no answer and others followed, those have as much working time as
    the policy gave when the ticket opened.
    """
    if first is None or first.started_at <= ticket.opened_at:
        return ticket.first_deadline_at
    allowed = calendar.working_between(ticket.opened_at, ticket.first_deadline_at)
    return calendar.add(first.started_at, allowed)
