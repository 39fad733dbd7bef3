"""The norm: how long an answer may take, when its lack is told to whom, and until when a question should be solved."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.work_calendar import WorkCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class SlaPolicy:
    """Eight working hours for an answer, one more before the supervisor hears of it, three silent days to the end."""

    answer: timedelta = timedelta(hours=8)
    """Working time."""
    warn_at: tuple[float, ...] = (0.5, 0.8)
    """At which shares of the working time until the deadline the work chat is reminded, in order."""
    hard_limit: timedelta | None = timedelta(hours=24)
    """Wall time within which the first answer should come whatever the hours; None for no such limit."""
    resolution: timedelta | None = timedelta(days=10)
    """Wall time from the opening to a final answer or an end; None for no such norm."""
    escalation: timedelta = timedelta(hours=1)
    """Working time after a missed deadline, then the supervisor hears of it; sooner if the hard limit ends before."""
    silence: timedelta = timedelta(hours=27)
    """Working time (three days of nine hours) of the citizen's silence after an answer that closes a ticket."""
    grade_after: timedelta = timedelta(minutes=10)
    """After an answer the citizen is asked whether it helped; zero for never."""
    reopen_within: timedelta = timedelta(hours=72)

    def deadline(self, calendar: WorkCalendar, asked_at: datetime) -> datetime:
        """Return until when a question asked at this moment must be answered (UTC)."""
        return calendar.add(asked_at, self.answer)

    def hard_limit_at(self, asked_at: datetime) -> datetime | None:
        """Return when the hard limit of such a question ends; None without one."""
        return asked_at + self.hard_limit if self.hard_limit is not None else None

    def resolve_by_at(self, opened_at: datetime) -> datetime | None:
        """Return until when a ticket opened at this moment should have a final answer or an end; None for no norm."""
        return opened_at + self.resolution if self.resolution is not None else None

    def warning_at(self, calendar: WorkCalendar, *, since: datetime, deadline_at: datetime, share: float) -> datetime:
        """Return when this share of the working time from the question to its deadline has passed (UTC)."""
        return calendar.add(since, calendar.working_between(since, deadline_at) * share)

    def escalation_at(self, calendar: WorkCalendar, deadline_at: datetime, limit_at: datetime | None) -> datetime:
        """Return when the supervisor is told of a missed deadline (UTC); the hard limit waits for no working hours.

        Never before the deadline itself.
        """
        at = calendar.add(deadline_at, self.escalation)
        return max(deadline_at, min(at, limit_at)) if limit_at is not None else at

    def silence_ends_at(self, calendar: WorkCalendar, answered_at: datetime) -> datetime:
        """Return when a ticket closes if the citizen says nothing after an answer (UTC)."""
        return calendar.add(answered_at, self.silence)
