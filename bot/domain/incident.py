"""One matter about which many people write at once (масштабное событие): one answer goes to all."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One mass event of one institution. Each of its tickets stays a ticket and is measured on its own."""

    number: int
    institution: str
    matter: str
    """What it is about, in the administrator's words; newcomers whose words have all of it join."""
    answer: str = field(default="", repr=False)
    """What newcomers read at once; empty until somebody has answered."""
    draft: str = field(default="", repr=False)
    """An answer that waits for its confirmation."""
    drafted_by: int | None = None
    opened_at: datetime
    opened_by: int | None = None
    """The administrator's id."""
    reminded_at: datetime | None = None
    """When the work chat was told that the first of its tickets is late."""
    escalated_at: datetime | None = None
    """When the supervisors were told."""
    closed_at: datetime | None = None
    card: int | None = None
    """The outbox row of its message in the work chat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """How many tickets a mass event has."""

    all: int
    waiting: int
    """Those in which somebody waits for an answer."""
