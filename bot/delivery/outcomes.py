"""What became of the calls to the messengers: written together, with the events that follow from them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.delivery.bell import Bell
from bot.delivery.together import Together
from bot.domain.channel import Incoming
from bot.domain.clock import Clock
from bot.domain.errors import RefusalReason
from bot.domain.event import ChatMigrated
from bot.domain.message import OutgoingKind
from bot.domain.own_event import AnswerDelayed, Delivered, DeliveryFailed, TopicMade
from bot.metrics import Metrics
from storage import inbox, outbox
from storage.codec import INTERNAL, InternalEvent, encode_event
from storage.database import Database
from storage.outbox import Outcome
from storage.outbox_row import OutboxKind, OutboxRow

_REST_SECONDS = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The outcome of a row and what the desk must hear of it."""

    outcome: Outcome
    tells: Incoming | None = None


class Outcomes:
    """Writes results; many at once share a commit."""

    def __init__(self, *, database: Database, clock: Clock, metrics: Metrics, desk_bell: Bell) -> None:
        self._database = database
        self._clock = clock
        self._metrics = metrics
        self._desk_bell = desk_bell
        self._together: Together[Sequence[Result]] = Together(self._write, rest_seconds=_REST_SECONDS)

    async def put(self, results: Sequence[Result]) -> None:
        """Return when the results are durable. Raises StorageError."""
        if results:
            await self._together.put(results)

    async def _write(self, groups: Sequence[Sequence[Result]]) -> None:
        results = [result for group in groups for result in group]
        told = [result.tells for result in results if result.tells is not None]
        async with self._database.unit() as connection:
            await outbox.record(connection, [result.outcome for result in results])
            await inbox.store(connection, self._database.vault, told, now=self._clock.now())
        became = Counter((result.outcome.row.kind.value, result.outcome.state) for result in results)
        for (kind, state), count in became.items():
            self._metrics.outbox_rows.labels(kind, "retried" if state == "todo" else state).inc(count)
        if told:
            self._desk_bell.ring()


def sent(row: OutboxRow, ids: tuple[str, ...], at: datetime) -> Result:
    """The messenger took it; the last part of an answer stops the clock."""
    tells = None
    if row.kind is OutboxKind.ANSWER and row.answer is not None and row.is_last and row.ticket is not None:
        delivered = Delivered(ticket=row.ticket, message=row.answer, delivered_at=at)
        tells = _event(row, delivered, key=f"delivered:{row.id}")
    if row.message.kind is OutgoingKind.TOPIC and row.ticket is not None and ids:
        tells = _event(row, TopicMade(ticket=row.ticket, place=row.place, thread=ids[0]), key=f"topic:{row.id}")
    outcome = Outcome(row=row, state="sent", sent_ids=ids, sent_at=at, attempts=row.attempts + 1)
    return Result(outcome=outcome, tells=tells)


def needless(row: OutboxRow, why: str) -> Result:
    """There was nothing to do."""
    return Result(outcome=Outcome(row=row, state="sent", attempts=row.attempts, error=why))


def again(row: OutboxRow, *, at: datetime | None, error: str, is_try: bool = True) -> Result:
    """It will be tried again at a time, or as soon as its lane is free."""
    attempts = row.attempts + is_try
    return Result(outcome=Outcome(row=row, state="todo", not_before=at, attempts=attempts, error=error))


def delayed(row: OutboxRow, result: Result, why: str) -> Result:
    """Let the desk hear of an answer that cannot go; it is told once."""
    if row.kind is not OutboxKind.ANSWER or row.answer is None or row.ticket is None:
        return result
    event = AnswerDelayed(ticket=row.ticket, message=row.answer, why=why)
    return replace(result, tells=_event(row, event, key=f"delayed:{row.id}:{why}"))


def too_old(row: OutboxRow) -> Result:
    """An answer waited so long that only a person can say whether it is still right: the row ends here."""
    outcome = Outcome(row=row, state="dead", attempts=row.attempts, error="it waited for a day: the work chat is asked")
    return delayed(row, Result(outcome=outcome), "day")


def refused(row: OutboxRow, reason: RefusalReason, error: str, now: datetime) -> Result:
    """The messenger will never take it: a person is told."""
    failed = DeliveryFailed(
        outbox_id=row.id,
        kind=row.kind.value,
        place=row.place,
        ticket=row.ticket,
        message=row.answer,
        reason=reason,
        failed_at=now,
        is_new=row.message.kind in (OutgoingKind.MESSAGE, OutgoingKind.COMMENT, OutgoingKind.TOPIC),
    )
    outcome = Outcome(row=row, state="dead", attempts=row.attempts + 1, error=error)
    # A row that the operator sends again may fail again: the attempt makes the key its own.
    return Result(outcome=outcome, tells=_event(row, failed, key=f"failed:{row.id}:{row.attempts}"))


def moved(row: OutboxRow, new_chat: str, now: datetime, at: datetime) -> Result:
    """The chat lives elsewhere now: the desk follows it, and the row goes there."""
    migrated = ChatMigrated(place=row.place, new_chat=new_chat, happened_at=now)
    # Each row tells for itself: one that was put out for the old chat later must be led to the new one too.
    tells = _event(row, migrated, key=f"moved:{row.id}:{row.place.lane}:{new_chat}")
    outcome = Outcome(row=row, state="todo", not_before=at, attempts=row.attempts, error="chat moved")
    return Result(outcome=outcome, tells=tells)


def _event(row: OutboxRow, event: InternalEvent, *, key: str) -> Incoming:
    lane = f"{INTERNAL}:ticket:{row.ticket}" if row.ticket is not None else f"{INTERNAL}:{row.lane}"
    return Incoming(channel=INTERNAL, community="", key=key, lane=lane, payload=encode_event(event))
