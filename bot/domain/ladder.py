"""The ladder that a ticket climbs while a citizen waits, and when the clock looks at it next.

A ticket has one slot for its next moment: the earliest of everything that is still ahead of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from bot.domain.sla import SlaPolicy
from bot.domain.ticket import Ring, Ticket, TicketOrigin
from bot.domain.waking import not_at_night
from bot.domain.work_calendar import WorkCalendar

DEADLINE_TOLD = 100
"""`Ticket.warned` when the missed deadline was told; below it, the percent of the last warning."""
SUPERVISORS_TOLD = 101
SOLVE_WARNING = 0.8
"""The share of the time for a solution after which the work chat is reminded of the final answer that is owed."""
LADDER = (Ring.WARNING, Ring.DEADLINE, Ring.ESCALATION, Ring.RESOLUTION)
_QUARTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One thing that is told once while a citizen waits for an answer, or for the final one."""

    ring: Ring
    at: datetime
    mark: int
    """What `Ticket.warned` or `Ticket.solve_warned` is when it was told."""


def next_ring(
    ticket: Ticket,
    *,
    policy: SlaPolicy,
    calendar: WorkCalendar,
    zone: tzinfo,
    quiet_since: datetime | None = None,
) -> tuple[Ring | None, datetime | None]:
    """Return why and when the clock looks at a ticket next, None twice for never.

    `quiet_since`: since when nobody waits, if no answer ended the wait: then nobody is asked whether it helped.
    """
    if ticket.is_ended:
        return None, None
    # Each of the two gives its rungs in order, and only the first is worked out here.
    moments = [
        (rung.ring, rung.at)
        for rung in (
            next(wait_rungs(ticket, policy=policy, calendar=calendar, zone=zone), None),
            next(solve_rungs(ticket, policy=policy, calendar=calendar, zone=zone), None),
        )
        if rung is not None
    ]
    if ticket.waiting_since is None and ticket.interim_at is None:
        if quiet_since is not None:
            moments.append((Ring.SILENCE, policy.silence_ends_at(calendar, quiet_since)))
        elif ticket.last_answer_at is not None:
            moments.append(_after_answer(ticket, ticket.last_answer_at, policy=policy, calendar=calendar, zone=zone))
    return min(moments, key=lambda moment: moment[1], default=(None, None))


def wait_rungs(ticket: Ticket, *, policy: SlaPolicy, calendar: WorkCalendar, zone: tzinfo) -> Iterator[Rung]:
    """Yield what is still to be told in the present wait, in order: warnings, the missed deadline, the supervisors.

    Nobody is disturbed at night unless the ticket speaks of an emergency.
    """
    if ticket.waiting_since is None or ticket.deadline_at is None or ticket.is_ended:
        return
    for share in policy.warn_at:
        mark = round(share * 100)
        if mark > ticket.warned and calendar.working_between(ticket.waiting_since, ticket.deadline_at):
            at = policy.warning_at(calendar, since=ticket.waiting_since, deadline_at=ticket.deadline_at, share=share)
            yield Rung(ring=Ring.WARNING, at=_by_day(at, ticket, zone), mark=mark)
    if ticket.warned < DEADLINE_TOLD:
        yield Rung(ring=Ring.DEADLINE, at=_by_day(ticket.deadline_at, ticket, zone), mark=DEADLINE_TOLD)
    if ticket.warned < SUPERVISORS_TOLD:
        limit = ticket.hard_limit_at
        if ticket.first_answered_at is not None:
            limit = policy.hard_limit_at(ticket.waiting_since)
        at = policy.escalation_at(calendar, ticket.deadline_at, limit)
        # Whatever is missed in one quarter of an hour reaches the supervisors as one message an institution.
        at = at if ticket.is_urgent else _next_quarter(at)
        yield Rung(ring=Ring.ESCALATION, at=_by_day(at, ticket, zone), mark=SUPERVISORS_TOLD)


def solve_rungs(ticket: Ticket, *, policy: SlaPolicy, calendar: WorkCalendar, zone: tzinfo) -> Iterator[Rung]:
    """Yield what is still to be told of a final answer that is owed after an interim one, in order, in working hours.

    An interim answer that comes when its time is nearly over is not followed by a warning at once.
    """
    if ticket.interim_at is None or ticket.resolve_by_at is None or ticket.is_ended:
        return
    warned_at = ticket.opened_at + (ticket.resolve_by_at - ticket.opened_at) * SOLVE_WARNING
    end = max(ticket.resolve_by_at, ticket.interim_at)
    moments = [
        *([(round(SOLVE_WARNING * 100), warned_at)] if warned_at > ticket.interim_at else []),
        (DEADLINE_TOLD, end),
        (SUPERVISORS_TOLD, _next_quarter(calendar.add(end, policy.escalation))),
    ]
    for mark, at in moments:
        if mark > ticket.solve_warned:
            yield Rung(ring=Ring.RESOLUTION, at=not_at_night(calendar.next_opening(at), zone), mark=mark)


def _by_day(moment: datetime, ticket: Ticket, zone: tzinfo) -> datetime:
    return moment if ticket.is_urgent else not_at_night(moment, zone)


def _after_answer(
    ticket: Ticket, since: datetime, *, policy: SlaPolicy, calendar: WorkCalendar, zone: tzinfo
) -> tuple[Ring, datetime]:
    """Say what is looked for while nobody waits: once a ticket whether it helped, then the citizen's silence."""
    if policy.grade_after and ticket.grade_asked_at is None and ticket.origin is TicketOrigin.PRIVATE:
        return Ring.GRADE, not_at_night(since + policy.grade_after, zone)
    return Ring.SILENCE, policy.silence_ends_at(calendar, since)


def _next_quarter(moment: datetime) -> datetime:
    past = timedelta(minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond)
    return moment + (_QUARTER - past) if past else moment
