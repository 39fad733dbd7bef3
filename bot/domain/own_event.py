"""What we tell ourselves through the inbox: deliveries, deadlines, and work that is done later or aside."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import RefusalReason
from bot.domain.message import Person, Place
from bot.domain.ticket import Ring


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """The sender's report: the last part of an answer was taken by the messenger."""

    ticket: int
    message: int
    """Our id of the answer."""
    delivered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFailed:
    """The sender's report: a messenger will never take this message."""

    outbox_id: int
    kind: str
    """The outbox row's kind: `answer`, `card` …"""
    place: Place
    ticket: int | None
    message: int | None
    reason: RefusalReason
    failed_at: datetime
    is_new: bool = True
    """Whether it would have been a new message: to change or delete one may be forbidden where to write is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineDue:
    """The clock's report: a ticket's `ring_at` has come."""

    ticket: int
    ring: Ring
    ring_at: datetime
    """If the ticket's has changed since, the event is void."""
    institution: str = ""
    """Who held the ticket then: what else is due there is told together with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicMade:
    """The sender's report: the topic of a ticket exists now in the work chat."""

    ticket: int
    place: Place
    thread: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketInherited:
    """Our own report: the holder of a ticket has ended, and its successor goes on with it."""

    ticket: int
    holder: str
    successor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardsDue:
    """Our own report: it is time to see whether a work chat takes the next cards of a rush."""

    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldDue:
    """Our own report: what was held under this key has waited long enough (`Desk.hold`)."""

    key: str
    place: Place
    sender: Person
    """Whose words they are."""
    latest: str = ""
    """The messenger's id of what was held last when this was decided: what came since has its own report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FloodCalmed:
    """Our own report: it is time to look whether a citizen's flood is over."""

    ticket: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsDue:
    """Our own report: words that were put off open their ticket now."""

    sender: Person
    institution: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceOver:
    """Our own report: the time for which somebody was silenced is over."""

    silence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CardMenuDue:
    """Our own report: a card has shown other buttons than its own for long enough."""

    ticket: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyHeard:
    """Our own report: a ticket speaks of an emergency; the duty person is told."""

    ticket: int
    emergency: str
    """The kind (`bot.safety.emergency.Emergency`)."""
    also: str = ""
    """The code of the institution in whose community it was said, when another one holds the ticket."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonErased:
    """Our own report: a citizen's data were erased; what work chats show of them is taken away."""

    citizen: int
    tickets: tuple[int, ...]
    follow_ups: tuple[tuple[int, int], ...]
    """Ticket numbers with the outbox rows that showed further words of theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceDue:
    """Our own report: a day begins on which an administrator is away, or on which everybody is."""

    institution: str
    administrator: int | None
    """None: it may be that nobody is there."""
    day: str
    """`YYYY-MM-DD` in the institution's zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkChatBound:
    """Our own report: an institution has a new work chat; what waits is shown there."""

    institution: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentAnswered:
    """Our own report: the answer of a mass event goes to its next tickets."""

    incident: int
    administrator: int
    text: str
    after: int
    """The last ticket that has it already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRepeated:
    """Our own report: an answer goes also to those whose tickets repeat this one."""

    ticket: int
    message: int
    """Our id of the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentGrown:
    """Our own report: the numbers on the message of a mass event are old by now."""

    incident: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDelayed:
    """The sender's report: an answer cannot go for now, or has waited so long that it must be asked about."""

    ticket: int
    message: int
    why: str
    """`token`: the token is refused; `community`: no such community is connected; `day`: it waited for a day."""
    asked: int = 0
    """How often the work chat was asked about it before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentSuspected:
    """The clock's report: many tickets of one institution speak of one matter."""

    institution: str
    matter: str
    count: int


class ReportView(StrEnum):
    """What of a report somebody wants to see."""

    SUMMARY = "summary"
    CUT = "cut"
    FILE = "file"
    OVERDUE = "overdue"
    RATING = "rating"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarMissing:
    """The clock's report: December has come, and the calendar of the next year lacks days."""

    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDue:
    """Somebody asked for a report; it is worked out aside from the desk."""

    place: Place
    scope: str
    period: str
    """`today`, `week`, `month` …"""
    language: str
    asked_at: datetime
    view: ReportView = ReportView.SUMMARY
    asked_by: str = ""
    """The identity of whoever asked: that they may is looked at anew when the report is made."""
    cut: str = ""
    """CUT: `branch`, `municipality` …"""
    skip: int = 0
    """CUT, OVERDUE: how many lines have been shown already."""
    form: str = ""
    """FILE: `xlsx`, `pdf` …"""
    message_id: str = ""
    """The message whose button was pressed, which is changed; empty: the answer is a new one."""
    reply_to: str = ""
    thread: str = ""
    """The topic in which it was asked, in a group with topics."""
    every: str = ""
    """How often it comes by itself; empty when somebody asked for it now."""


OwnEvent = (
    Delivered
    | DeliveryFailed
    | DeadlineDue
    | TopicMade
    | TicketInherited
    | CardMenuDue
    | CardsDue
    | HeldDue
    | FloodCalmed
    | WordsDue
    | SilenceOver
    | EmergencyHeard
    | PersonErased
    | AbsenceDue
    | WorkChatBound
    | AnswerRepeated
    | AnswerDelayed
    | IncidentAnswered
    | IncidentGrown
    | IncidentSuspected
    | CalendarMissing
    | ReportDue
)
