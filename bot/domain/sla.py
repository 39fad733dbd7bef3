"""The norm: how long an answer may take."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.work_calendar import WorkCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class SlaPolicy:
    """Eight working hours for an answer, one more before the supervisor hears of it, three silent days to the end."""

    answer: timedelta = timedelta(hours=8)
    escalation: timedelta = timedelta(hours=1)
    silence: timedelta = timedelta(hours=27)
    """Working time (three days of nine hours) of the citizen's silence after an answer that closes a ticket."""
    grade_after: timedelta = timedelta(minutes=10)
    """After an answer the citizen is asked whether it helped; zero for never."""
    reopen_within: timedelta = timedelta(hours=72)

    def deadline(self, calendar: WorkCalendar, asked_at: datetime) -> datetime:
        """Return until when a question asked at this moment must be answered (UTC)."""
        return calendar.add(asked_at, self.answer)

    def escalation_at(self, calendar: WorkCalendar, deadline_at: datetime) -> datetime:
        """Return when the supervisor is told of a missed deadline (UTC)."""
        return calendar.add(deadline_at, self.escalation)

    def silence_ends_at(self, calendar: WorkCalendar, answered_at: datetime) -> datetime:
        """Return when a ticket closes if the citizen says nothing after an answer (UTC)."""
        return calendar.add(answered_at, self.silence)
