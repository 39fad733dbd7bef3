"""The way out: every row of the outbox reaches its messenger, in order within its lane, at the messenger's pace."""

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.delivery.bell import Bell
from bot.delivery.outcomes import Outcomes, Result, again, delayed, moved, needless, refused, sent, too_old
from bot.delivery.pace import Pace
from bot.domain.channel import Account, Channel, OpenFile
from bot.domain.clock import Clock
from bot.domain.errors import (
    ChannelBusyError,
    ChannelRefusedError,
    ChatMovedError,
    FileUnavailableError,
    RefusalReason,
    StorageError,
)
from bot.domain.message import Attachment, File, OutgoingKind, OutgoingMessage, Place, Sent
from bot.domain.retry import next_try
from bot.metrics import Metrics
from storage import outbox
from storage.codec import INTERNAL
from storage.database import Database
from storage.made_files import read_file
from storage.outbox import Shut
from storage.outbox_row import OutboxKind, OutboxRow, Priority

log = structlog.get_logger()

LANES = 256
"""Lanes in hand at once."""
ROWS_PER_LANE = 20
_POLL_SECONDS = 0.5
_GATHERING_SECONDS = 0.003
_LONGEST_GATHERING_SECONDS = 0.01
_LONGEST_WAIT_IN_HAND = timedelta(seconds=2)
"""A chat that must wait longer goes back to the outbox: it would only take up a place here."""
_MOST_SHUT = 5_000
"""Full rooms that a claim is told of."""
_REFERENCE_PAUSE = timedelta(seconds=1)
_MOVED_PAUSE = timedelta(milliseconds=500)
_BAD_TOKEN_PAUSE = timedelta(minutes=1)
_UNKNOWN_ACCOUNT_PAUSE = timedelta(minutes=1)
_TOLD_AFTER = timedelta(minutes=1)
"""An answer that cannot go for so long is told of in the work chat."""
_ASKED_AFTER = timedelta(hours=24)
"""An answer that could not go for so long goes only when somebody says that it is still right."""
_NO_ACCOUNT = "no token for this community"
_TRIES_OF_A_BUG = 5
_TRIES_OF_A_FILE = 3
_LONGEST_WAIT_FOR_FILE = timedelta(minutes=2)
"""A file that its messenger does not give for so long is named: other people's words must not wait behind it."""
_TAKE_BACK_SECONDS = 2.0
_STOP_SECONDS = 6.0
"""How long a stopping sender waits for calls under way; the whole program has ten seconds."""


@dataclass(slots=True)
class _LaneWork:
    """The rows of one lane in hand, and how far they have come."""

    rows: Sequence[OutboxRow]
    sent_ids: dict[int, str] = field(default_factory=dict)
    waits: set[int] = field(default_factory=set)
    """Rows of other lanes that rows of this one refer to and that have still to be sent."""


class Sender:
    """Sends lane by lane; of several processes only the one with the lease runs it."""

    def __init__(
        self,
        *,
        database: Database,
        channels: Mapping[str, Channel],
        accounts: Callable[[], Awaitable[Sequence[Account]]],
        outcomes: Outcomes,
        pace: Pace,
        clock: Clock,
        metrics: Metrics,
        bell: Bell,
    ) -> None:
        self._database = database
        self._channels = channels
        self._accounts_now = accounts
        self._outcomes = outcomes
        self._pace = pace
        self._clock = clock
        self._metrics = metrics
        self._bell = bell
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._rooms: Counter[str] = Counter()
        """How many lanes in hand lead into each room."""
        self._full: dict[tuple[str, int], datetime] = {}
        """Rooms that take nothing of a priority, and until when."""
        self._accounts: dict[tuple[str, str], Account] = {}
        self._known_accounts: Sequence[Account] = ()
        self._refused: set[tuple[str, str]] = set()
        """Accounts whose token was refused last."""
        self._calling: set[str] = set()
        """Lanes whose call or result is under way: cut off now, a message would be taken without our knowing."""
        self._is_stopping = False

    async def run(self) -> None:
        """Send until cancelled; what is on its way then is finished, everything else goes back to the outbox."""
        self._is_stopping = False
        for channel, rows in (await self._take_back()).items():
            self._metrics.repeats.labels(channel).inc(rows)
            log.warning("sending_again_after_interruption", channel=channel, rows=rows)
        try:
            while True:
                started = time.perf_counter()
                await self._start_lanes()
                # What comes within the time that a claim takes anyway shares the next one.
                took = time.perf_counter() - started
                await asyncio.sleep(min(max(took, _GATHERING_SECONDS), _LONGEST_GATHERING_SECONDS))
                await self._bell.wait(_POLL_SECONDS)
        finally:
            await self._finish()

    async def _finish(self) -> None:
        self._is_stopping = True
        for lane, task in self._busy.items():
            if lane not in self._calling:
                task.cancel()
        under_way = list(self._busy.values())
        if under_way:
            _, late = await asyncio.wait(under_way, timeout=_STOP_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.wait(under_way, timeout=1)
        # Without an answer of the database the next sender takes them back.
        with contextlib.suppress(StorageError, TimeoutError):
            async with asyncio.timeout(_TAKE_BACK_SECONDS):
                await self._take_back()

    async def _take_back(self) -> Counter[str]:
        async with self._database.unit() as connection:
            return await outbox.take_back(connection)

    async def _start_lanes(self) -> None:
        """Take the most urgent lanes that are free."""
        free = LANES - len(self._busy)
        if free <= 0:
            return
        try:
            async with self._database.unit() as connection:
                rows = await outbox.claim(
                    connection,
                    self._database.vault,
                    now=self._clock.now(),
                    lanes=free,
                    rows_per_lane=ROWS_PER_LANE,
                    shut=self.shut(),
                    takes=self._takes,
                )
                referred = {row.refers_to for row in rows if row.refers_to is not None}
                known = await outbox.sent_ids(connection, sorted(referred))
                waits = await outbox.unfinished(connection, sorted(referred - known.keys()))
        except StorageError:
            await asyncio.sleep(1)
            self._bell.ring()
            return
        # After the claim: a community that was connected before its rows were taken must be known.
        await self._know_accounts()
        lanes: dict[str, list[OutboxRow]] = {}
        for row in rows:
            lanes.setdefault(row.lane, []).append(row)
        for lane, in_lane in lanes.items():
            work = _LaneWork(rows=in_lane, sent_ids=known, waits=waits - {row.id for row in in_lane})
            # Its last result is written, but its task may have a step to go.
            task = asyncio.create_task(self._send_lane(work, after=self._busy.get(lane)), name=f"send {lane}")
            self._busy[lane] = task
            room = in_lane[0].place.room_lane if in_lane[0].is_message else ""
            self._rooms[room] += 1
            task.add_done_callback(partial(self._free, lane, room))

    def shut(self) -> Shut:
        """Return the rooms known to be full, so that a claim need not find it out from their rows."""
        now = self._clock.now()
        self._full = {key: until for key, until in self._full.items() if until > now}
        shut = Shut()
        for room, priority in list(self._full)[:_MOST_SHUT]:
            shut.add(room, priority)
        for room, in_hand in self._rooms.items():
            for priority in (Priority.NOTICE, Priority.CARD):
                if room and self._pace.free_within(Place.of_room(room), priority, _LONGEST_WAIT_IN_HAND) <= in_hand:
                    shut.add(room, priority)
        return shut

    def _takes(self, room: str, priority: int) -> int:
        """Return how many more lanes may lead into a room: those that need not wait there for long."""
        place = Place.of_room(room)
        free = self._pace.free_within(place, priority, _LONGEST_WAIT_IN_HAND)
        if free <= 0:
            kind = Priority.CARD if priority >= Priority.CARD else Priority.NOTICE
            self._full[room, kind] = self._pace.chat_free_at(place, priority) - _LONGEST_WAIT_IN_HAND
        return free - self._rooms[room]

    async def _know_accounts(self) -> None:
        try:
            accounts = await self._accounts_now()
        except StorageError:
            return  # what was claimed is sent by the accounts that are known
        if accounts is not self._known_accounts:
            self._known_accounts = accounts
            self._accounts = {(a.channel, a.community): a for a in accounts}

    def _free(self, lane: str, room: str, task: asyncio.Task[None]) -> None:
        self._rooms[room] -= 1
        if not self._rooms[room]:
            del self._rooms[room]
        if self._busy.get(lane) is task:
            del self._busy[lane]
        self._bell.ring()
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("lane_failed", error=repr(error))

    async def _send_lane(self, work: _LaneWork, *, after: asyncio.Task[None] | None) -> None:
        """Send the rows of a lane in order; at the first that must wait, the rest goes back.

        A row's result is durable before the next row goes: a crash repeats at most the one that was under way.
        """
        if after is not None:
            await asyncio.wait({after})
        for index, row in enumerate(work.rows):
            if self._is_stopping:
                await self._give_back(work.rows[index:], "stopping")
                return
            result = await self._send_row(row, work, work.rows[index + 1 :])
            await self._record_under_way(result)
            if result.outcome.state == "todo":
                await self._give_back(
                    work.rows[index + 1 :], "an earlier one waits", trouble=self._trouble(row, result)
                )
                return

    async def _record_under_way(self, result: Result) -> None:
        """Write a result; a stop waits for it."""
        lane = result.outcome.row.lane
        self._calling.add(lane)
        try:
            await self._record([result])
        finally:
            self._calling.discard(lane)

    async def _record(self, results: Sequence[Result]) -> None:
        """Write results, however long the database takes: forgetting one would send its message again."""
        while True:
            try:
                await self._outcomes.put(results)
            except StorageError:
                await asyncio.sleep(1)
            else:
                return

    async def _give_back(self, rows: Sequence[OutboxRow], why: str, *, trouble: str = "") -> None:
        results = []
        for row in rows:
            if self._is_too_old(row):
                results.append(too_old(row))
                continue
            result = again(row, at=None, error=why, is_try=False)
            is_told = trouble and self._clock.now() - row.created_at >= _TOLD_AFTER
            results.append(delayed(row, result, trouble) if is_told else result)
        await self._record(results)

    def _is_too_old(self, row: OutboxRow) -> bool:
        return row.kind is OutboxKind.ANSWER and self._clock.now() - row.created_at >= _ASKED_AFTER

    def _trouble(self, row: OutboxRow, result: Result) -> str:
        """Return what is wrong with the whole account, so that nothing at all goes there; empty for other reasons."""
        if result.outcome.error == _NO_ACCOUNT:
            return "community"
        return "token" if (row.place.channel, row.place.community) in self._refused else ""

    async def _send_row(self, row: OutboxRow, work: _LaneWork, later: Sequence[OutboxRow]) -> Result:
        if self._is_too_old(row):
            return too_old(row)
        if any(_makes_needless(other, row) for other in later):
            return needless(row, "a newer state follows")
        if row.refers_to in work.waits:
            at = self._clock.now() + _REFERENCE_PAUSE
            return again(row, at=at, error="what it refers to has still to be sent", is_try=False)
        message = _with_reference(row, work.sent_ids)
        if message is None:
            return needless(row, "there is nothing to edit")
        account = self._accounts.get((row.place.channel, row.place.community))
        channel = self._channels.get(row.place.channel)
        now = self._clock.now()
        if account is None or channel is None:
            result = again(row, at=now + _UNKNOWN_ACCOUNT_PAUSE, error=_NO_ACCOUNT)
            return delayed(row, result, "community") if now - row.created_at >= _TOLD_AFTER else result
        if (waits := await self._await_turn(row, later)) is not None:
            return waits
        self._calling.add(row.lane)
        opened: list[File] = []

        async def open_file(attachment: Attachment) -> File:
            try:
                opened.append(await self._open_file(attachment))
            except ChannelBusyError as error:
                is_hopeless = row.attempts + 1 >= _TRIES_OF_A_FILE
                if not is_hopeless or self._clock.now() - row.created_at < _LONGEST_WAIT_FOR_FILE:
                    raise
                raise FileUnavailableError(str(error)) from error
            return opened[-1]

        try:
            taken = await _call(channel, row, message, account=account, open_file=open_file)
        except Exception as error:  # noqa: BLE001 - even a bug must not stop a lane for ever: a person is told
            return self._failed(row, error)
        finally:
            self._calling.discard(row.lane)
            for file in opened:
                file.close()
        return self._sent(row, taken, work)

    async def _await_turn(self, row: OutboxRow, later: Sequence[OutboxRow]) -> Result | None:
        """Wait until the messenger's pace lets the row through; one that would wait too long goes back."""
        # What waits behind a row is as urgent for it: a card must not keep an emergency's words waiting.
        urgency = min(other.priority for other in (row, *later))
        # Many lanes may lead into one chat: whoever has slept looks again.
        while row.is_message and (free_at := self._pace.chat_free_at(row.place, urgency)) > (now := self._clock.now()):
            if free_at - now > _LONGEST_WAIT_IN_HAND:
                return again(row, at=free_at, error="the chat's pace", is_try=False)
            await self._clock.sleep(free_at - now)
        await self._pace.admit(row.place, urgency, is_message=row.is_message)
        return again(row, at=None, error="stopping", is_try=False) if self._is_stopping else None

    def _failed(self, row: OutboxRow, error: Exception) -> Result:
        """Decide what follows from an error of the messenger, or of our own."""
        now = self._clock.now()
        match error:
            case ChannelBusyError():
                if error.retry_after is not None and row.is_message:
                    self._pace.shut(row.place, now + error.retry_after)
                return self._busy_result(row, error)
            case ChatMovedError():
                return moved(row, error.new_chat, now, now + _MOVED_PAUSE)
            case ChannelRefusedError(reason=RefusalReason.BAD_TOKEN):
                # The operator can mend the token; what waits must not be lost meanwhile.
                log.error("token_refused", channel=row.place.channel, community=row.place.community)
                self._refused.add((row.place.channel, row.place.community))
                result = self._busy_result(row, ChannelBusyError(str(error), retry_after=_BAD_TOKEN_PAUSE))
                return delayed(row, result, "token") if now - row.created_at >= _TOLD_AFTER else result
            case ChannelRefusedError():
                log.warning("message_refused", outbox=row.id, kind=row.kind.value, reason=error.reason.value)
                return refused(row, error.reason, str(error), now)
            case _:
                log.error("message_not_sent", outbox=row.id, kind=row.kind.value, exc_info=error)
                if row.attempts + 1 >= _TRIES_OF_A_BUG:
                    return refused(row, RefusalReason.BAD_MESSAGE, repr(error), now)
                return self._busy_result(row, ChannelBusyError(repr(error)))

    def _sent(self, row: OutboxRow, taken: Sent, work: _LaneWork) -> Result:
        self._refused.discard((row.place.channel, row.place.community))
        if taken.message_ids:
            work.sent_ids[row.id] = taken.message_ids[0]
        # A message that exists already (an edit) must not be linked once more.
        is_new = row.message.kind in (OutgoingKind.MESSAGE, OutgoingKind.COMMENT, OutgoingKind.TOPIC)
        now = self._clock.now()
        return sent(row, taken.message_ids if is_new else (), min(taken.at or now, now))

    def _busy_result(self, row: OutboxRow, error: ChannelBusyError) -> Result:
        now = self._clock.now()
        at = next_try(now=now, created_at=row.created_at, attempt=row.attempts + 1, retry_after=error.retry_after)
        if at is None:
            return refused(row, RefusalReason.TOO_MANY_TRIES, str(error), now)
        return again(row, at=at, error=str(error))

    async def _open_file(self, attachment: Attachment) -> File:
        if attachment.channel == INTERNAL:
            return await self._open_own_file(attachment)
        account = self._accounts.get((attachment.channel, attachment.community))
        channel = self._channels.get(attachment.channel)
        if account is None or channel is None:
            raise FileUnavailableError("the community of this file is not connected")
        return await channel.fetch(attachment, account=account)

    async def _open_own_file(self, attachment: Attachment) -> File:
        """Fetch a file that we made ourselves."""
        try:
            async with self._database.reading() as connection:
                return await read_file(connection, self._database.vault, attachment)
        except StorageError as error:
            raise ChannelBusyError(str(error)) from error


_STATES = (OutboxKind.CARD_EDIT, OutboxKind.TOPIC_EDIT, OutboxKind.GATHERED)


def _makes_needless(later: OutboxRow, row: OutboxRow) -> bool:
    """Tell whether a later row shows a newer state of the same card, topic or message."""
    if row.kind not in _STATES or later.kind is not row.kind:
        return False
    if row.kind is OutboxKind.GATHERED and row.refers_to is None:
        return False  # the message itself, not a change of it
    return (later.refers_to, later.message.thread) == (row.refers_to, row.message.thread)


async def _call(
    channel: Channel, row: OutboxRow, message: OutgoingMessage, *, account: Account, open_file: OpenFile
) -> Sent:
    """Make the call; a report that can no longer be changed is shown anew."""
    try:
        return await channel.send(message, account=account, place=row.place, row=row.id, open_file=open_file)
    except ChannelRefusedError as error:
        anew = _anew(row, error)
        if anew is None:
            raise
        return await channel.send(anew, account=account, place=row.place, row=row.id, open_file=open_file)


_CANNOT_BE_CHANGED = (RefusalReason.TOO_LATE, RefusalReason.MESSAGE_GONE, RefusalReason.FORBIDDEN)


def _anew(row: OutboxRow, error: ChannelRefusedError) -> OutgoingMessage | None:
    """Return the message that shows a report anew where the old one can no longer be changed."""
    is_report = row.kind is OutboxKind.REPORT and row.message.kind is OutgoingKind.EDIT
    if not is_report or error.reason not in _CANNOT_BE_CHANGED:
        return None
    return replace(row.message, kind=OutgoingKind.MESSAGE, target="")


def _with_reference(row: OutboxRow, sent_ids: Mapping[int, str]) -> OutgoingMessage | None:
    """Fill in the messenger's id of the message that the row edits or replies to; None: there is nothing to edit."""
    if row.refers_to is None:
        return row.message
    target = sent_ids.get(row.refers_to, "")
    if row.message.kind in (OutgoingKind.EDIT, OutgoingKind.DELETE):
        return replace(row.message, target=target) if target else None
    return replace(row.message, reply_to=target)
