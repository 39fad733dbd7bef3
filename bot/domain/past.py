"""A ticket of the past as plain facts: what was said when, and what befell it. No words, no names."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ticket import TicketEventKind, TicketOrigin, TicketState


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAnswer:
    """One human answer that was delivered."""

    at: datetime
    institution: str
    """For which institution it was given."""
    administrator: int
    """Which of its administrators gave it, counted from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastEvent:
    """One fact besides what was said."""

    kind: TicketEventKind
    at: datetime
    detail: str = ""
    """What the kind needs, as in `TicketEvent`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastTicket:
    """One ticket as it stands at the end of the past that is told."""

    institution: str
    """The code of the institution that holds it."""
    came_to: str = ""
    """The code of the institution that held it first, if it is another one now."""
    citizen: int
    """The same number is the same person."""
    channel: str
    origin: TicketOrigin
    topic: str
    opened_at: datetime
    first_deadline_at: datetime
    hard_limit_at: datetime
    resolve_by_at: datetime
    questions: tuple[datetime, ...]
    """When the citizen wrote; the first one opened the ticket."""
    answers: tuple[PastAnswer, ...] = ()
    events: tuple[PastEvent, ...] = ()
    state: TicketState
    waiting_since: datetime | None = None
    closed_at: datetime | None = None
    grade: int | None = None
    """1 to 5."""
    repeats: int | None = None
    """How many tickets before this one the ticket was told that asks the same; None when it repeats nothing."""

    @property
    def is_reopened(self) -> bool:
        """Tell whether the citizen wrote again after its end."""
        return any(event.kind is TicketEventKind.REOPENED for event in self.events)
