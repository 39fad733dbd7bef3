"""What one ticket counts as in a report: the definitions of version 2, applied to its facts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.domain.holders import holdings
from bot.domain.measures import Due, FactKind, TicketTimes, Wait, measure
from bot.domain.ticket import TicketOrigin, TicketState
from bot.domain.work_calendar import WorkCalendar
from storage.measured_row import Mark, MeasuredTicket
from storage.statistics import TicketFacts

TIMES = ("first_response", "first_response_working", "next_response", "resolution", "held")
"""Every time that a report measures."""

CalendarAt = Callable[[str, datetime], WorkCalendar]
"""The calendar of an institution, as it was known at a moment."""


def judge(ticket: TicketFacts, calendar_at: CalendarAt) -> MeasuredTicket:
    """Measure a ticket and say what it counts as.

    Every wait is measured by the calendar as it was known when the wait ended: what is learned later alters nothing.
    """
    calendar = _AsKnown(institution=ticket.institution, calendar_at=calendar_at)
    due = partial(_due, ticket, calendar)
    times = measure(ticket.facts, calendar, due=due)
    first = times.first
    beside = _marks_beside(times)
    if first is None:
        return MeasuredTicket(
            ticket=ticket.number,
            opened_at=ticket.opened_at,
            institution=ticket.institution,
            channel=ticket.channel,
            topic=ticket.topic,
            marks=beside,
            excused=times.excused,
        )
    is_answered = first.ended_at is not None
    is_ended = ticket.state in (TicketState.CLOSED, TicketState.SPAM)
    deadline_at = due(first.started_at)
    resolve_by_at = _later(ticket.resolve_by_at, ticket, first)
    return MeasuredTicket(
        ticket=ticket.number,
        opened_at=ticket.opened_at,
        institution=ticket.institution,
        channel=ticket.channel,
        topic=ticket.topic,
        marks=beside | _marks(ticket, times, deadline_at) | _marks_of_end(times.resolved_at, resolve_by_at),
        excused=times.excused,
        grade=ticket.grade,
        administrator=first.administrator,
        deadline_at=None if is_answered else deadline_at,
        waiting_since=None if is_answered or is_ended else first.started_at,
        resolve_by_at=resolve_by_at if times.resolved_at is None else None,
        first_seconds=_seconds(first.wall),
        working_seconds=_seconds(first.working),
        resolution_seconds=_seconds(times.resolution),
        later=tuple(
            (wait.administrator, wait.wall.total_seconds()) for wait in times.waits[1:] if wait.wall is not None
        ),
        holders=_holders(ticket, calendar, due) if ticket.transfers else (),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _AsKnown:
    """Working time of an institution by what was known at the end of each stretch."""

    institution: str
    calendar_at: CalendarAt

    def working_between(self, start: datetime, end: datetime) -> timedelta:
        return self.calendar_at(self.institution, end).working_between(start, end)


def _marks_beside(times: TicketTimes) -> Mark:
    """Return what is counted whether the ticket is a question or not: a press that came too late is a press."""
    spam = Mark.SPAM if times.is_spam else Mark(0)
    duplicate = Mark.DUPLICATE if times.is_duplicate else Mark(0)
    return spam | duplicate | (Mark.WITHDRAWN if times.is_withdrawn else Mark(0))


def _marks(ticket: TicketFacts, times: TicketTimes, deadline_at: datetime) -> Mark:
    first, marks = times.first, Mark.QUESTION
    if ticket.origin is TicketOrigin.COMMENT:
        marks |= Mark.COMMENT
    if any(fact.kind is FactKind.REOPENED for fact in ticket.facts):
        marks |= Mark.REOPENED
    if first is None or first.ended_at is None:
        return marks
    marks |= Mark.ANSWERED
    if first.ended_at <= deadline_at:
        marks |= Mark.IN_TIME
    hard_limit_at = _later(ticket.hard_limit_at, ticket, first)
    if hard_limit_at is not None and first.ended_at <= hard_limit_at:
        marks |= Mark.WITHIN_HARD_LIMIT
    if times.is_interim:
        marks |= Mark.INTERIM
    return marks


def _marks_of_end(resolved_at: datetime | None, resolve_by_at: datetime | None) -> Mark:
    if resolved_at is None or resolve_by_at is None:
        return Mark(0)
    return Mark.RESOLVED | (Mark.RESOLVED_IN_TIME if resolved_at <= resolve_by_at else Mark(0))


def _holders(ticket: TicketFacts, calendar: _AsKnown, due: Due) -> tuple[tuple[str, float | None, bool], ...]:
    held = holdings(ticket.facts, ticket.came_to or ticket.institution, lambda _: calendar, due=due)
    return tuple((each.institution, _seconds(each.wall), each.until is not None) for each in held)


def _due(ticket: TicketFacts, calendar: _AsKnown, since: datetime) -> datetime:
    """Return until when words that began to wait at a moment were due.

    Those that opened the ticket have the deadline that was promised; others as much working time as the policy gave
    when the ticket opened.
    """
    if since <= ticket.opened_at:
        return ticket.first_deadline_at
    known = calendar.calendar_at(ticket.institution, since)
    return known.add(since, known.working_between(ticket.opened_at, ticket.first_deadline_at))


def _later(due_at: datetime | None, ticket: TicketFacts, first: Wait) -> datetime | None:
    """Return a due time in wall time, moved in the same way."""
    return due_at + max(first.started_at - ticket.opened_at, timedelta(0)) if due_at is not None else None


def _seconds(duration: timedelta | None) -> float | None:
    return duration.total_seconds() if duration is not None else None
