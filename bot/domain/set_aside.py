"""Words that are kept outside any ticket: those that open one later, and those of somebody who is silenced."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.ticket import RoutedBy, TicketMessage


class Why(StrEnum):
    """Why words lie aside."""

    LATER = "later"
    """Their writer has opened as many tickets as an hour allows."""
    SILENCED = "silenced"
    """Their writer is silenced for the institution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """One message that lies aside."""

    message: TicketMessage = field(repr=False)
    institution: str
    """The code of the institution for which it is meant."""
    why: Why
    routed_by: RoutedBy
    day: str
    """`YYYY-MM-DD` on which it was said, in the zone of the settings."""
    due_at: datetime | None = None
    """LATER: when it opens a ticket."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A person of whom an institution reads nothing new for a while."""

    id: int
    citizen: int
    institution: str
    ticket: int
    """The number of the ticket that was spam for the second time."""
    name: str = field(repr=False)
    """What the citizen was called."""
    by: str = field(repr=False)
    """What the administrator was called who asked for it."""
    began_at: datetime
    ends_at: datetime
    lifted_at: datetime | None = None
