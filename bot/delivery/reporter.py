"""Reports that people asked for in a chat: worked out aside from the desk, answered through the outbox."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import orjson
import structlog

from bot.delivery.bell import Bell
from bot.delivery.report_answers import Answer, Answers
from bot.domain.clock import Clock
from bot.domain.errors import MalformedEventError, RuleError, StorageError
from bot.domain.institution import parse_scope
from bot.domain.message import Attachment
from bot.domain.own_event import ReportDue
from bot.domain.subscription import Every, Subscription
from handlers.desk import Desk
from handlers.rules import Rules, Search
from storage import inbox
from storage.codec import REPORTS, decode_event
from storage.database import Connection, Database
from storage.inbox import Failure, InboxRow
from storage.loading import lock
from storage.made_files import keep_files
from storage.outbox_row import OutboxKind
from storage.registry import Registry
from storage.working_set import WorkingSet
from storage.writing import write

log = structlog.get_logger()

WORKERS = 2
"""So many requests are worked out at a time; further ones wait in the inbox."""
_LOOKED_AT = 64
_POLL_SECONDS = 1.0
_PATIENCE_SECONDS = 2.0
_MOST_TYPING = 30


class Reporter:
    """Answers requests for reports, each once whatever happens; the desk goes on meanwhile."""

    def __init__(
        self, *, database: Database, rules: Rules, search: Search, clock: Clock, bell: Bell, sender_bell: Bell
    ) -> None:
        self._database = database
        self._rules = rules
        self._search = search
        self._clock = clock
        self._bell = bell
        self._sender_bell = sender_bell
        self._answers = Answers(database=database, rules=rules, clock=clock)
        self._in_hand: dict[int, str] = {}
        """By inbox row: the conversation, whose requests are answered in their order."""

    async def run(self) -> None:
        """Answer until cancelled."""
        async with asyncio.TaskGroup() as workers:
            while True:
                try:
                    rows = await self._next()
                except StorageError:
                    rows = []
                for row in rows:
                    workers.create_task(self._work(row), name=f"report {row.id}")
                await self._bell.wait(_POLL_SECONDS)

    async def _next(self) -> list[InboxRow]:
        """Take the oldest requests that nobody has in hand, one of each conversation."""
        if len(self._in_hand) >= WORKERS:
            return []
        async with self._database.reading() as connection:
            waiting = await inbox.claim(
                connection, self._database.vault, now=self._clock.now(), limit=_LOOKED_AT, aside=REPORTS
            )
        taken = []
        for row in waiting:
            talk = _talk(row)
            if row.id not in self._in_hand and talk not in self._in_hand.values() and len(self._in_hand) < WORKERS:
                self._in_hand[row.id] = talk
                taken.append(row)
        return taken

    async def _work(self, row: InboxRow) -> None:
        try:
            event = _read(row)
            async with asyncio.TaskGroup() as group:
                typing = group.create_task(self._show_typing(event, row.id))
                await self._answer(row, event)
                typing.cancel()
        except* StorageError:
            await asyncio.sleep(_POLL_SECONDS)
        finally:
            del self._in_hand[row.id]
            self._bell.ring()
        self._sender_bell.ring()

    async def _show_typing(self, event: ReportDue | None, row: int) -> None:
        """Show who waits long that the answer is being made, without another message."""
        for number in range(_MOST_TYPING):
            await asyncio.sleep(_PATIENCE_SECONDS)
            if event is None or event.every:
                return
            try:
                async with self._database.unit() as connection:
                    desk = self._desk(await lock(connection))
                    desk.show_typing(event.place, key=f"{row}:{number}", thread=event.thread)
                    desk.accept()
                    await write(connection, self._database.vault, desk.changes, now=desk.now)
            except StorageError:
                return  # whoever answers will say so
            self._sender_bell.ring()

    async def _answer(self, row: InboxRow, event: ReportDue | None) -> None:
        failed: list[Failure] = []
        answer: Answer | None = None
        try:
            if event is None:
                raise MalformedEventError("not a request for a report")
            answer = await self._answers.answer(event)
        except RuleError as error:
            answer = self._says(event, error.text_key, **error.arguments)
        except StorageError:
            raise
        except Exception as error:
            # Whoever asked is told, and a bug in one report must not stop the others.
            failed = [Failure(id=row.id, attempts=row.attempts + 1, error=repr(error), not_before=None)]
            answer = self._says(event, "report-not-made")
            log.error("report_not_made", inbox=row.id, exc_info=error)
        await self._write(row, event, answer, failed)

    def _says(self, event: ReportDue | None, key: str, **arguments: str | int) -> Answer:
        language = event.language if event is not None else self._rules.language
        return Answer(text=self._rules.texts.say(language, key, **arguments), buttons=[])

    async def _write(
        self, row: InboxRow, event: ReportDue | None, answer: Answer | None, failed: list[Failure]
    ) -> None:
        """Put the answer into the outbox, unless another process has meanwhile done so."""
        now = self._clock.now()
        async with self._database.unit() as connection:
            counters = await lock(connection)
            if not await inbox.is_waiting(connection, row.id):
                return
            desk = self._desk(counters)
            if event is not None and answer is not None:
                await self._put(connection, desk, event, answer)
            elif event is not None and event.every:
                desk.keep_subscription(_ended(event, now))
            desk.accept()
            await write(connection, self._database.vault, desk.changes, now=now)
            await inbox.finish(connection, [] if failed else [row.id], failed)

    def _desk(self, counters: dict[str, int]) -> Desk:
        return Desk(
            loaded=WorkingSet(counters=counters),
            registry=Registry(),
            search=self._search,
            rules=self._rules,
            now=self._clock.now(),
        )

    async def _put(self, connection: Connection, desk: Desk, event: ReportDue, answer: Answer) -> None:
        kept = await keep_files(connection, self._database.vault, [*answer.files, *answer.apart], now=desk.now)
        files, apart = kept[: len(answer.files)], kept[len(answer.files) :]
        if event.message_id:
            desk.edit_sent(
                event.place,
                event.message_id,
                answer.text,
                buttons=answer.buttons,
                kind=OutboxKind.REPORT,
                attachments=files,
                thread=event.thread,
            )
            self._send_apart(desk, event, apart)
            return
        desk.send(
            event.place,
            OutboxKind.REPORT,
            answer.text,
            buttons=answer.buttons,
            attachments=files,
            reply_to=event.reply_to,
            thread=event.thread,
        )
        self._send_apart(desk, event, apart)

    @staticmethod
    def _send_apart(desk: Desk, event: ReportDue, files: Sequence[Attachment]) -> None:
        if files:
            desk.send(event.place, OutboxKind.REPORT, "", attachments=files, thread=event.thread)


def _read(row: InboxRow) -> ReportDue | None:
    """Return a request, None for rubbish."""
    try:
        event = decode_event(orjson.loads(row.payload))
    except (MalformedEventError, ValueError):
        return None
    return event if isinstance(event, ReportDue) else None


def _talk(row: InboxRow) -> str:
    """Return the conversation of a request; of rubbish its own row, so that it holds up nobody."""
    event = _read(row)
    return event.place.lane if event is not None else f"row {row.id}"


def _ended(event: ReportDue, now: datetime) -> Subscription:
    """Return the subscription of somebody who may no longer see the scope: it ends without a word."""
    return Subscription(
        place=event.place,
        scope=parse_scope(event.scope),
        every=Every(event.every),
        language=event.language,
        subscribed_by=event.asked_by,
        due_at=now,
        has_ended=True,
    )
