"""Reports that people asked for in a chat: worked out aside from the desk, answered through the outbox."""

from datetime import datetime

import orjson
import structlog

from bot.delivery.bell import Bell
from bot.domain.clock import Clock
from bot.domain.errors import MalformedEventError, OtklikError, RuleError, StorageError
from bot.domain.institution import parse_scope
from bot.domain.own_event import ReportDue
from bot.reports.overdue import say_overdue
from bot.reports.period import read_period
from bot.reports.report import make_report
from bot.reports.words import say_report
from handlers.desk import Desk
from handlers.rules import Rules, Search
from handlers.supervisor_command import OVERDUE
from storage import inbox
from storage.codec import REPORTS, decode_event
from storage.database import Database
from storage.inbox import Failure, InboxRow
from storage.loading import lock
from storage.outbox import OutboxKind
from storage.overdue import read_overdue
from storage.registry import Registry
from storage.working_set import WorkingSet
from storage.writing import write

log = structlog.get_logger()

_POLL_SECONDS = 1.0


class Reporter:
    """Answers requests for reports one after another; the desk goes on meanwhile."""

    def __init__(
        self, *, database: Database, rules: Rules, search: Search, clock: Clock, bell: Bell, sender_bell: Bell
    ) -> None:
        self._database = database
        self._rules = rules
        self._search = search
        self._clock = clock
        self._bell = bell
        self._sender_bell = sender_bell

    async def run(self) -> None:
        """Answer until cancelled."""
        while True:
            try:
                answered = await self.work()
            except StorageError as error:
                log.error("reporter_waits_for_database", reason=str(error))
                answered = False
            if not answered:
                await self._bell.wait(_POLL_SECONDS)

    async def work(self) -> bool:
        """Answer the oldest request; False when there is none."""
        now = self._clock.now()
        async with self._database.reading() as connection:
            rows = await inbox.claim(connection, self._database.vault, now=now, limit=1, aside=REPORTS)
        if not rows:
            return False
        await self._answer(rows[0], now)
        self._sender_bell.ring()
        return True

    async def _answer(self, row: InboxRow, now: datetime) -> None:
        event, failed, text = None, [], ""
        try:
            decoded = decode_event(orjson.loads(row.payload))
            if not isinstance(decoded, ReportDue):
                raise MalformedEventError("not a request for a report")
            event = decoded
            text = await self._words(event, now)
        except RuleError as error:
            text = self._rules.texts.say(self._rules.language, error.text_key, **error.arguments)
        except StorageError:
            raise
        except (OtklikError, ValueError) as error:
            failed = [Failure(id=row.id, attempts=row.attempts + 1, error=str(error), not_before=None)]
            log.error("report_not_made", inbox=row.id)
        await self._write(row, event, text, failed)

    async def _write(self, row: InboxRow, event: ReportDue | None, text: str, failed: list[Failure]) -> None:
        """Put the answer into the outbox, unless another process has meanwhile done so."""
        now = self._clock.now()
        async with self._database.unit() as connection:
            counters = await lock(connection)
            still = await inbox.claim(connection, self._database.vault, now=now, limit=1, aside=REPORTS)
            if not still or still[0].id != row.id:
                return
            desk = Desk(
                loaded=WorkingSet(counters=counters),
                registry=Registry(),
                search=self._search,
                rules=self._rules,
                now=now,
            )
            if event is not None and text:
                desk.send(event.place, OutboxKind.REPORT, text)
                desk.accept()
            await write(connection, self._database.vault, desk.changes, now=now)
            await inbox.finish(connection, [] if failed else [row.id], failed)

    async def _words(self, event: ReportDue, now: datetime) -> str:
        scope = parse_scope(event.scope)
        texts, language = self._rules.texts, event.language
        if event.period == OVERDUE:
            async with self._database.reading() as connection:
                overdue = await read_overdue(connection, self._database.vault, scope=scope, now=now)
            return say_overdue(overdue, texts=texts, language=language, now=now)
        period = read_period(event.period, now=now, zone=self._rules.zone)
        report = await make_report(
            self._database,
            scope=scope,
            first=period.first,
            last=period.last,
            zone=self._rules.zone,
            now=now,
            sentiments=self._rules.sentiments,
            topics=self._rules.topics.names_and_codes("ru"),
        )
        return say_report(report, texts=texts, language=language)
