"""What one ticket counts as in a report: the definitions of version 1, applied to its facts."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from bot.domain.measures import FactKind, TicketTimes, Wait, measure
from bot.domain.ticket import TicketOrigin, TicketState
from bot.domain.work_calendar import WorkCalendar
from storage.statistics import TicketFacts


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
    is_in_time: bool
    """… at or before the deadline of the policy in force when it opened."""
    is_overdue: bool
    """Not answered, and that deadline has passed."""
    waiting_since: datetime | None
    """Since when somebody waits for the first answer; None when answered, closed or no question."""
    is_reopened: bool
    is_comment: bool


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
        is_in_time=first is not None and first.ended_at is not None and first.ended_at <= deadline,
        is_overdue=first is not None and not is_answered and deadline < now,
        waiting_since=first.started_at if first is not None and not is_answered and not is_ended else None,
        is_reopened=any(fact.kind is FactKind.REOPENED for fact in ticket.facts),
        is_comment=ticket.origin is TicketOrigin.COMMENT,
    )


def _deadline(ticket: TicketFacts, first: Wait | None, calendar: WorkCalendar) -> datetime:
    """Return until when the first answer was due.

    When the words that opened the ticket needed no answer and others followed, those have as much working time as
    the policy gave when the ticket opened.
    """
    if first is None or first.started_at <= ticket.opened_at:
        return ticket.first_deadline_at
    allowed = calendar.working_between(ticket.opened_at, ticket.first_deadline_at)
    return calendar.add(first.started_at, allowed)
