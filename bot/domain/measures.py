"""Response times as one pure function of stored facts (definitions: interface, "The report", version 1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.domain.ticket import TicketEventKind


class FactKind(StrEnum):
    """What matters for the times of a ticket."""

    ASKED = "asked"
    """The citizen said something; the messenger's time."""
    ANSWERED = "answered"
    """The messenger delivered a human answer; refused and automatic ones are no facts."""
    EXCUSED = "excused"
    """An administrator marked the waiting words as needing no answer."""
    ENDED = "ended"
    REOPENED = "reopened"
    SPAM = "spam"
    DUPLICATE = "duplicate"
    """It asks the same as another ticket, in which the answer is given."""
    TRANSFERRED = "transferred"
    """Another institution has the ticket from then on; the citizen's times are not touched by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One stored fact of a ticket's time line."""

    kind: FactKind
    at: datetime
    administrator: int | None = None
    institution: str = ""
    """TRANSFERRED: the code of the institution that has the ticket from then on."""
    is_interim: bool = False
    """ANSWERED: an administrator said that it is not the final answer."""
    since: datetime | None = None
    """ASKED: when words were said that came into this ticket only later; they wait since then."""


class WorkingTime(Protocol):
    """What tells working time: a calendar, or what was known of an institution's calendar at each moment."""

    def working_between(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time between two aware moments."""
        ...


FACT_OF_EVENT = {
    TicketEventKind.CLOSED: FactKind.ENDED,
    TicketEventKind.CLOSED_BY_SILENCE: FactKind.ENDED,
    TicketEventKind.REOPENED: FactKind.REOPENED,
    TicketEventKind.NO_ANSWER_NEEDED: FactKind.EXCUSED,
    TicketEventKind.SPAM: FactKind.SPAM,
    TicketEventKind.DUPLICATE: FactKind.DUPLICATE,
    TicketEventKind.TRANSFERRED: FactKind.TRANSFERRED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """One stretch in which the citizen waited for a person."""

    is_first: bool
    started_at: datetime
    ended_at: datetime | None = None
    """None: still unanswered, or closed without an answer."""
    administrator: int | None = None
    """Whose answer ended it."""
    wall: timedelta | None = None
    working: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketTimes:
    """Everything measured about one ticket."""

    waits: tuple[Wait, ...]
    """In order. The first one is the first response; what was excused is no wait."""
    is_question: bool
    """False when all its words need no answer, it is spam or a duplicate: counted beside, never inside."""
    is_spam: bool
    is_duplicate: bool
    """It asks the same as another ticket."""
    excused: int
    """How many times an administrator marked words as needing no answer."""
    ended_at: datetime | None
    resolution: timedelta | None
    """From the opening to the last end; None while open."""
    is_interim: bool
    """Its latest answer was an interim one, and it goes on: a final answer is owed."""
    resolved_at: datetime | None
    """When the final answer was delivered, or the ticket ended without one; None while one or the other is awaited."""

    @property
    def first(self) -> Wait | None:
        """The wait for the first answer."""
        return next((wait for wait in self.waits if wait.is_first), None)


def measure(facts: Iterable[Fact], calendar: WorkingTime) -> TicketTimes:
    """Compute a ticket's times from its facts, in any order.

    A wait runs from the earliest words without an answer to the next delivered human answer. An answer that was
    delivered while nobody waited ends nothing and is nobody's first response. Marking "no answer needed" takes the
    running wait out of the times. Closing a ticket leaves the running wait unanswered: it stays in the count.
    An interim answer ends a wait like any other, but resolves nothing. What is opened again is not resolved, unless the
    words that opened it turn out to need no answer.
    """
    waits: list[Wait] = []
    opened_at: datetime | None = None
    waiting_since: datetime | None = None
    ended_at: datetime | None = None
    excused = 0
    is_spam = is_duplicate = False
    ordered = in_order(facts)
    is_interim, resolved_at = _resolution(ordered)
    for fact in ordered:
        match fact.kind:
            case FactKind.ASKED:
                said_at = fact.since or fact.at
                opened_at = min(opened_at or said_at, said_at)
                waiting_since = min(waiting_since or said_at, said_at)
            case FactKind.ANSWERED if waiting_since is not None:
                waits.append(
                    Wait(
                        is_first=not waits,
                        started_at=waiting_since,
                        ended_at=fact.at,
                        administrator=fact.administrator,
                        wall=fact.at - waiting_since,
                        working=calendar.working_between(waiting_since, fact.at),
                    )
                )
                waiting_since = None
            case FactKind.EXCUSED:
                excused += waiting_since is not None
                waiting_since = None
            case FactKind.ENDED:
                ended_at = fact.at
            case FactKind.REOPENED:
                ended_at, is_spam, is_duplicate = None, False, False
            case FactKind.SPAM:
                ended_at, is_spam = fact.at, True
            case FactKind.DUPLICATE:
                ended_at, is_duplicate = fact.at, True
    if waiting_since is not None:
        waits.append(Wait(is_first=not waits, started_at=waiting_since))
    return TicketTimes(
        waits=tuple(waits),
        is_question=not is_spam and not is_duplicate and bool(waits),
        is_spam=is_spam,
        is_duplicate=is_duplicate,
        excused=excused,
        ended_at=ended_at,
        resolution=ended_at - opened_at if ended_at is not None and opened_at is not None else None,
        is_interim=is_interim,
        resolved_at=resolved_at,
    )


def _resolution(ordered: Iterable[Fact]) -> tuple[bool, datetime | None]:
    """Tell whether a final answer is owed after an interim one, and when the ticket was resolved."""
    is_interim = False
    resolved_at: datetime | None = None
    before: datetime | None = None
    for fact in ordered:
        match fact.kind:
            case FactKind.ANSWERED:
                is_interim = fact.is_interim
                resolved_at = None if is_interim else resolved_at or fact.at
            case FactKind.REOPENED:
                resolved_at, before = None, resolved_at
            case FactKind.EXCUSED:
                resolved_at = resolved_at or before
            case FactKind.ENDED | FactKind.SPAM | FactKind.DUPLICATE:
                resolved_at, is_interim = resolved_at or fact.at, False
    return is_interim, resolved_at


_RANK = {
    FactKind.ENDED: 0,
    FactKind.SPAM: 1,
    FactKind.DUPLICATE: 2,
    FactKind.REOPENED: 3,
    FactKind.ASKED: 4,
    FactKind.ANSWERED: 5,
    FactKind.EXCUSED: 6,
    FactKind.TRANSFERRED: 7,
}
"""What comes first of one moment (messengers tell whole seconds): words reopen what has ended, answers follow words."""


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """Return facts in the order in which they count."""
    return sorted(facts, key=_order)


def _order(fact: Fact) -> tuple[datetime, int, int]:
    return fact.at, _RANK[fact.kind], fact.administrator or 0
