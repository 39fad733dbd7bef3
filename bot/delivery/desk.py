"""The desk: load what a batch of events needs, let the handlers decide, write everything with one commit."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import chain

import structlog

from bot.delivery.bell import Bell
from bot.delivery.loop_watch import LoopWatch
from bot.delivery.raw_json import read_json
from bot.domain.channel import Channel
from bot.domain.clock import Clock
from bot.domain.errors import MalformedEventError, NotYetError, RuleError, StorageError, UnstorableError
from bot.domain.event import ButtonPressed, CommentReceived, Event, MessageReceived, not_after
from bot.domain.institution import Institution
from bot.metrics import Metrics
from handlers.albums import is_of_album
from handlers.buttons import as_heard, kept_tokens
from handlers.contents import handle
from handlers.desk import Desk
from handlers.needs import needs_of
from handlers.rules import Rules, Search
from storage import inbox
from storage.codec import INTERNAL, decode_event
from storage.database import Connection, Database
from storage.inbox import Failure, InboxRow
from storage.loading import load, lock, make_counters
from storage.needs import Needs
from storage.outbox_row import OutboxKind
from storage.registry import Registry, read_registry
from storage.working_set import DIRECTORY, LATER, PICTURES, WorkingSet
from storage.writing import write

log = structlog.get_logger()

BATCH = 256
TRIES = 4
"""A handler that fails this often on one event has a bug that another try will not mend."""
_FIRST_PAUSE = timedelta(seconds=1)
_POLL_SECONDS = 0.5
_SMALL_BATCH = 16
_LONGEST_GATHERING_SECONDS = 0.005
_LONGEST_PAUSE_SECONDS = 10.0


@dataclass(slots=True, kw_only=True)
class _Batch:
    """What became of the events of one batch."""

    done: list[int] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    forgotten: list[int] = field(default_factory=list)
    """Those of which nothing may be kept."""
    has_asked: bool = False
    """Whether somebody asked for something that is done aside."""


class DeskRoom:
    """Takes events from the inbox in the order of their lanes."""

    def __init__(
        self,
        *,
        database: Database,
        channels: Mapping[str, Channel],
        rules: Rules,
        make_search: Callable[[Sequence[Institution]], Search],
        clock: Clock,
        metrics: Metrics,
        bell: Bell,
        sender_bell: Bell,
        reporter_bell: Bell,
        watch: LoopWatch,
    ) -> None:
        self._database = database
        self._channels = channels
        self._rules = rules
        self._make_search = make_search
        self._clock = clock
        self._metrics = metrics
        self._bell = bell
        self._sender_bell = sender_bell
        self._reporter_bell = reporter_bell
        self._watch = watch
        self._registry = Registry()
        self._search = make_search(())
        self._searched_on = date.min
        self._has_counters = False
        self._one_by_one = 0
        """How many events are still handled alone, because a batch with one of them could not be written."""

    async def run(self) -> None:
        """Handle events until cancelled; survives the database's failures."""
        pause = 0.0
        while True:
            started = time.perf_counter()
            try:
                handled = await self.work()
                pause = 0.0
            except StorageError:
                pause = min(max(pause * 2, 0.2), _LONGEST_PAUSE_SECONDS)
                handled = 0
            if not handled:
                await self._bell.wait(pause or _POLL_SECONDS)
            elif handled < _SMALL_BATCH:
                # A batch costs much the same whether it has one event or ten: what comes meanwhile shares the next.
                await asyncio.sleep(min(time.perf_counter() - started, _LONGEST_GATHERING_SECONDS))

    async def work(self) -> int:
        """Handle one batch; returns how many events it had. Raises StorageError."""
        started = time.perf_counter()
        limit = 1 if self._one_by_one else BATCH
        rows: list[InboxRow] = []
        try:
            if not self._has_counters:
                async with self._database.unit() as connection:
                    await make_counters(connection)
                self._has_counters = True
            async with self._database.unit() as connection:
                counters = await lock(connection)
                rows = await inbox.claim(connection, self._database.vault, now=self._clock.now(), limit=limit)
                if not rows:
                    self._one_by_one = 0
                    return 0
                await self._refresh_registry(connection, counters[DIRECTORY])
                batch = await self._handle(connection, rows, counters)
        except UnstorableError as error:
            await self._find_culprit(rows, error)
            return len(rows)
        except BaseException:
            self._registry.version = -1
            raise
        self._one_by_one = max(self._one_by_one - 1, 0)
        self._count(rows, batch, time.perf_counter() - started)
        self._sender_bell.ring()
        if batch.has_asked:
            self._reporter_bell.ring()
        return len(rows)

    async def _handle(self, connection: Connection, rows: Sequence[InboxRow], counters: dict[str, int]) -> _Batch:
        now = self._clock.now()
        batch = _Batch()
        needs = Needs()
        events: dict[int, Event | None] = {}
        for row in rows:
            started = self._watch.seconds()
            try:
                event = self._read(row)
            except MalformedEventError as error:
                batch.failed.append(_dead(row, f"malformed: {error}"))
                continue
            events[row.id] = event
            if event is not None:
                needs.add(needs_of(event, self._registry))
                self._watch.did(type(event).__name__, since=started)
        loaded = await self._load(
            connection,
            needs,
            events,
            now,
            has_pictures=counters.get(PICTURES, 0) > 0,
            has_put_off=counters.get(LATER, 0) > 0,
        )
        loaded.counters = counters
        desk = Desk(loaded=loaded, registry=self._registry, search=self._search, rules=self._rules, now=now)
        self._decide(desk, [row for row in rows if row.id in events], events, batch)
        batch.has_asked = bool(desk.changes.aside)
        await write(connection, self._database.vault, desk.changes, now=now)
        await inbox.finish(connection, batch.done, batch.failed)
        await inbox.forget(connection, batch.forgotten)
        # New closed days have their numbers from the database: the calendars are read anew.
        known = -1 if desk.changes.closed else desk.changes.counters.get(DIRECTORY, self._registry.version)
        self._registry.version = known
        return batch

    async def _load(
        self,
        connection: Connection,
        needs: Needs,
        events: dict[int, Event | None],
        now: datetime,
        *,
        has_pictures: bool,
        has_put_off: bool,
    ) -> WorkingSet:
        """Load what the batch needs, what words need that were held before, and presses that were kept by a token."""
        if not has_pictures:
            needs.held = {key for key in needs.held if not is_of_album(key)}
        if not self._rules.asks_consent:
            needs.consents.clear()
        needs.put_off = needs.put_off and has_put_off
        needs.crowds |= self._registry.crowds.many
        loaded = await self._load_once(connection, needs, now)
        for lane, cards in loaded.crowds.items():
            self._registry.crowds.know(lane, cards, limit=self._rules.crowd_of(lane.partition(":")[0]))
        further = Needs()
        for number, event in events.items():
            if isinstance(event, ButtonPressed) and (whole := _whole_press(event, loaded)) is not event:
                events[number] = whole
                further.add(needs_of(whole, self._registry))
        for held in chain.from_iterable(loaded.held.values()):
            further.add(needs_of(held, self._registry))
        further.put_off = further.put_off and has_put_off
        if not has_pictures:
            further.held = {key for key in further.held if not is_of_album(key)}
        if not needs.covers(further):
            needs.add(further)
            loaded = await self._load_once(connection, needs, now)
        return loaded

    async def _load_once(self, connection: Connection, needs: Needs, now: datetime) -> WorkingSet:
        longest = self._registry.policies.longest_reopening(self._rules.policy)
        return await load(connection, self._database.vault, needs, now=now, reopen_within=longest)

    def _decide(self, desk: Desk, rows: Sequence[InboxRow], events: Mapping[int, Event | None], batch: _Batch) -> None:
        """Let the handlers change the desk; after a failure the rest of that lane waits for its turn."""
        stopped: set[str] = set()
        for row in rows:
            if row.lane in stopped:
                continue
            event = events[row.id]
            if event is None:
                batch.done.append(row.id)
                continue
            try:
                self._handle_one(event, desk)
            except NotYetError as error:
                desk.drop()
                again_at = self._clock.now() + _FIRST_PAUSE
                batch.failed.append(Failure(id=row.id, attempts=row.attempts, error=str(error), not_before=again_at))
                stopped.add(row.lane)
                continue
            except RuleError as error:
                desk.drop()
                _tell(desk, event, error)
            except Exception as error:
                # One event's bug must not stop the others: it is kept, and the operator is told.
                desk.drop()
                failure = _failure(row, repr(error), self._clock.now())
                batch.failed.append(failure)
                if failure.not_before is not None:
                    stopped.add(row.lane)
                log.exception("event_not_handled", inbox=row.id, attempts=failure.attempts)
                continue
            if desk.is_forgetting:
                batch.forgotten.append(row.id)
            desk.accept()
            batch.done.append(row.id)

    def _handle_one(self, event: Event, desk: Desk) -> None:
        started = self._watch.seconds()
        try:
            handle(event, desk)
        finally:
            self._watch.did(type(event).__name__, since=started)

    def _read(self, row: InboxRow) -> Event | None:
        payload = read_json(row.payload)
        if row.channel == INTERNAL:
            return decode_event(payload)
        channel = self._channels.get(row.channel)
        if channel is None:
            raise MalformedEventError(f"no such channel: {row.channel}")
        if not isinstance(payload, dict):
            raise MalformedEventError("not a JSON object")
        event = channel.convert(row.community, payload)
        if event is None:
            return None
        channel.server_clock.told(getattr(event, "sent_at", row.received_at), received_at=row.received_at)
        return as_heard(not_after(event, row.received_at))

    async def _refresh_registry(self, connection: Connection, version: int) -> None:
        today = self._clock.now().astimezone(self._rules.zone).date()
        has_begun = self._registry.version == version and self._searched_on != today
        if has_begun and any(each.closed_on for each in self._registry.institutions.values()):
            self._search_among_open(today)
        if self._registry.version != version:
            crowds = self._registry.crowds
            self._registry = await read_registry(connection, self._database.vault, version, zone=self._rules.zone)
            self._registry.crowds = crowds
            self._search_among_open(today)

    def _search_among_open(self, today: date) -> None:
        """Institutions that have ended are not found; a new day may end some."""
        self._searched_on = today
        institutions = self._registry.institutions.values()
        self._search = self._make_search([each for each in institutions if not each.is_closed(today)])

    async def _find_culprit(self, rows: Sequence[InboxRow], error: UnstorableError) -> None:
        """A batch could not be written: its events are tried alone, and the one that still fails is set aside."""
        self._registry.version = -1
        if len(rows) > 1:
            self._one_by_one = len(rows)
            return
        failure = _failure(rows[0], str(error), self._clock.now())
        log.error("event_not_stored", inbox=rows[0].id, attempts=failure.attempts)
        async with self._database.unit() as connection:
            await inbox.finish(connection, [], [failure])

    def _count(self, rows: Sequence[InboxRow], batch: _Batch, seconds: float) -> None:
        self._metrics.desk_batch_seconds.observe(seconds)
        self._metrics.desk_batch_events.observe(len(rows))
        channels = {row.id: row.channel for row in rows}
        for channel, count in Counter(channels[number] for number in batch.done).items():
            self._metrics.inbox_events.labels(channel, "done").inc(count)
        for failure in batch.failed:
            state = "retried" if failure.not_before else "dead"
            self._metrics.inbox_events.labels(channels[failure.id], state).inc()
            if state == "dead":
                log.error("event_kept_as_dead", inbox=failure.id, remedy="otklik inbox list --dead")


def _whole_press(event: ButtonPressed, loaded: WorkingSet) -> ButtonPressed:
    """Return a press with the action that its button was too short for."""
    action = next((loaded.presses[token] for token in kept_tokens(event.action) if token in loaded.presses), None)
    return event if action is None else replace(event, action=action)


def _dead(row: InboxRow, error: str) -> Failure:
    return Failure(id=row.id, attempts=row.attempts + 1, error=error, not_before=None)


def _failure(row: InboxRow, error: str, now: datetime) -> Failure:
    attempts = row.attempts + 1
    again_at = now + _FIRST_PAUSE * 2 ** (attempts - 1) if attempts < TRIES else None
    return Failure(id=row.id, attempts=attempts, error=error, not_before=again_at)


def _tell(desk: Desk, event: Event, error: RuleError) -> None:
    """A refusal is no failure: the person who tried reads why."""
    if isinstance(event, MessageReceived | CommentReceived | ButtonPressed):
        text = desk.say(desk.rules.language, error.text_key, **error.arguments)
        desk.send(event.place, OutboxKind.NOTICE, text)
