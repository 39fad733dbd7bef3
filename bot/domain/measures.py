"""Response times as one pure function of stored facts (definitions: interface, "The report", version 2)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
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
    WITHDRAWN = "withdrawn"
    """The citizen took the ticket back."""
    VOIDED = "voided"
    """The citizen wrote again after a press that had taken their words out: it counts as if it had never been made."""
    MOVED = "moved"
    """The waiting words were taken over by another ticket, in which the wait goes on."""
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


Due = Callable[[datetime], datetime]
"""Until when the answer to words that began to wait at a moment was due."""


def never_due(_since: datetime) -> datetime:
    """Tell of no deadline at all: whatever takes words out came in time."""
    return datetime.max.replace(tzinfo=UTC)


FACT_OF_EVENT = {
    TicketEventKind.CLOSED: FactKind.ENDED,
    TicketEventKind.CLOSED_BY_SILENCE: FactKind.ENDED,
    TicketEventKind.REOPENED: FactKind.REOPENED,
    TicketEventKind.NO_ANSWER_NEEDED: FactKind.EXCUSED,
    TicketEventKind.SPAM: FactKind.SPAM,
    TicketEventKind.DUPLICATE: FactKind.DUPLICATE,
    TicketEventKind.TRANSFERRED: FactKind.TRANSFERRED,
    TicketEventKind.WITHDRAWN: FactKind.WITHDRAWN,
    TicketEventKind.PRESS_VOIDED: FactKind.VOIDED,
    TicketEventKind.TOOK_OVER: FactKind.ASKED,
    TicketEventKind.TAKEN_OVER: FactKind.MOVED,
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
    """In order. The first one is the first response; what was taken out before its deadline is no wait."""
    is_question: bool
    """False when all its words were taken out in time: counted beside, never inside."""
    is_spam: bool
    is_duplicate: bool
    """It asks the same as another ticket."""
    is_withdrawn: bool
    """The citizen took it back before the deadline and before any answer."""
    excused: int
    """How many times an administrator marked words as needing no answer, whether it counted or not."""
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


def measure(facts: Iterable[Fact], calendar: WorkingTime, *, due: Due = never_due) -> TicketTimes:
    """Compute a ticket's times from its facts, in any order.

    A wait runs from the earliest words without an answer to the next delivered human answer. An answer that was
    delivered while nobody waited ends nothing and is nobody's first response. What takes words out of the times does so
    only by its deadline (`judged`). Closing a ticket leaves the running wait unanswered: it stays in the count.
    An interim answer ends a wait like any other, but resolves nothing. What is opened again is not resolved, unless the
    words that opened it turn out to need no answer.
    """
    waits: list[Wait] = []
    opened_at: datetime | None = None
    waiting_since: datetime | None = None
    ended_at: datetime | None = None
    excused = 0
    told = list(judged(facts, due))
    standing = [fact for fact, verdict in told if verdict is not Verdict.VOID]
    for fact, verdict in told:
        excused += fact.kind is FactKind.EXCUSED and waiting_since is not None
        if verdict is Verdict.VOID:
            continue
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
            case FactKind.EXCUSED if waiting_since is not None and not waits:
                ended_at = fact.at
            case FactKind.REOPENED:
                ended_at = None
            case kind if kind in _ENDING:
                ended_at = fact.at
        if verdict is Verdict.TAKEN_OUT:
            waiting_since = None
    if waiting_since is not None:
        waits.append(Wait(is_first=not waits, started_at=waiting_since))
    is_interim, resolved_at = _resolution(standing)
    last = _last_end(standing)
    is_taken_back = (Verdict.TAKEN_OUT, FactKind.WITHDRAWN) in {(verdict, fact.kind) for fact, verdict in told}
    return TicketTimes(
        waits=tuple(waits),
        is_question=bool(waits),
        is_spam=last is FactKind.SPAM,
        is_duplicate=last is FactKind.DUPLICATE,
        is_withdrawn=is_taken_back,
        excused=excused,
        ended_at=ended_at,
        resolution=ended_at - opened_at if ended_at is not None and opened_at is not None else None,
        is_interim=is_interim,
        resolved_at=resolved_at,
    )


class Verdict(StrEnum):
    """What a fact does to the words that wait."""

    STANDS = "stands"
    TAKEN_OUT = "taken-out"
    """They are taken out of the times."""
    VOID = "void"
    """It counts as if it had never been."""


_PRESSES = frozenset({FactKind.EXCUSED, FactKind.SPAM, FactKind.DUPLICATE})
_TAKING_OUT = _PRESSES | {FactKind.WITHDRAWN}
"""What takes waiting words out of the times, if it came by their deadline."""
_ENDING = frozenset({FactKind.ENDED, FactKind.SPAM, FactKind.DUPLICATE, FactKind.WITHDRAWN})


def judged(facts: Iterable[Fact], due: Due) -> Iterator[tuple[Fact, Verdict]]:
    """Yield facts in the order in which they count, each with what it does to the words that wait.

    A press that came after the deadline takes nothing out: the breach stays. One after which the ticket was opened
    again is void, and the wait runs from the original words. A citizen withdraws only what nobody has answered yet.
    """
    ordered = in_order(facts)
    void = _voided(ordered)
    waiting_since: datetime | None = None
    is_answered = False
    for place, fact in enumerate(ordered):
        verdict = Verdict.VOID if place in void else Verdict.STANDS
        match fact.kind:
            case FactKind.ASKED:
                said_at = fact.since or fact.at
                waiting_since = min(waiting_since or said_at, said_at)
            case FactKind.ANSWERED:
                waiting_since, is_answered = None, True
            case FactKind.MOVED if waiting_since is not None:
                verdict, waiting_since = Verdict.TAKEN_OUT, None
            case kind if kind in _TAKING_OUT and waiting_since is not None and verdict is not Verdict.VOID:
                is_too_late = fact.at > due(waiting_since) or (kind is FactKind.WITHDRAWN and is_answered)
                if not is_too_late:
                    verdict, waiting_since = Verdict.TAKEN_OUT, None
        yield fact, verdict


def _voided(ordered: Iterable[Fact]) -> set[int]:
    """Return the places of the presses that were made void; what ended a ticket afterwards ends also that it can be."""
    void: set[int] = set()
    press: int | None = None
    is_last = False
    for place, fact in enumerate(ordered):
        if fact.kind in _PRESSES:
            press, is_last = place, True
        elif fact.kind in (FactKind.ENDED, FactKind.WITHDRAWN):
            is_last = False
        elif fact.kind is FactKind.VOIDED or (fact.kind is FactKind.REOPENED and is_last):
            void |= {press} if press is not None else set()
            press, is_last = None, False
    return void


def _last_end(ordered: Iterable[Fact]) -> FactKind | None:
    """Return what the ticket is, of spam and a duplicate, since it was last opened."""
    last: FactKind | None = None
    for fact in ordered:
        if fact.kind in (FactKind.SPAM, FactKind.DUPLICATE):
            last = fact.kind
        elif fact.kind is FactKind.REOPENED:
            last = None
    return last


def _resolution(ordered: Iterable[Fact]) -> tuple[bool, datetime | None]:
    """Tell whether a final answer is owed after an interim one, and when the ticket was resolved."""
    is_interim = is_answered = False
    resolved_at: datetime | None = None
    before: datetime | None = None
    for fact in ordered:
        match fact.kind:
            case FactKind.ANSWERED:
                is_interim, is_answered = fact.is_interim, True
                resolved_at = None if is_interim else resolved_at or fact.at
            case FactKind.REOPENED:
                resolved_at, before = None, resolved_at
            case FactKind.EXCUSED:
                # What nobody has answered ends with it.
                resolved_at = resolved_at or before or (None if is_answered else fact.at)
            case FactKind.ENDED | FactKind.SPAM | FactKind.DUPLICATE | FactKind.WITHDRAWN:
                resolved_at, is_interim = resolved_at or fact.at, False
    return is_interim, resolved_at


_RANK = {
    kind: rank
    for rank, kind in enumerate(
        (
            FactKind.ENDED,
            FactKind.ASKED,
            FactKind.ANSWERED,
            FactKind.EXCUSED,
            FactKind.SPAM,
            FactKind.DUPLICATE,
            FactKind.WITHDRAWN,
            FactKind.REOPENED,
            FactKind.VOIDED,
            FactKind.MOVED,
            FactKind.TRANSFERRED,
        )
    )
}
"""What comes first of one moment (messengers tell whole seconds): answers and presses follow the words they concern."""


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """Return facts in the order in which they count."""
    return sorted(facts, key=_order)


def _order(fact: Fact) -> tuple[datetime, int, int]:
    return fact.at, _RANK[fact.kind], fact.administrator or 0
