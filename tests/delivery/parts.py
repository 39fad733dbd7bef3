"""What tests of the post room share: rows put out by hand, a sender and a desk built around pretend messengers."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.channels.memory import MemoryChannel
from bot.delivery.bell import Bell
from bot.delivery.desk import DeskRoom
from bot.delivery.intake import SharedIntake
from bot.delivery.loop_watch import LoopWatch
from bot.delivery.outcomes import Outcomes
from bot.delivery.pace import Pace
from bot.delivery.sender import Sender
from bot.directory.search import DirectorySearch
from bot.domain.channel import Account, Incoming
from bot.domain.clock import ManualClock
from bot.domain.message import OutgoingKind, OutgoingMessage, Place
from bot.metrics import make_metrics
from bot.settings import Settings
from bot.texts import Texts
from handlers.rules import Rules
from storage.database import Database
from storage.loading import lock
from storage.outbox_row import OutboxKind, OutboxRow, ticket_lane
from storage.tables import inbox, outbox
from storage.working_set import Changes
from storage.writing import write
from tests.stories.region import pretend_messengers

NOON = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TELEGRAM = Account(channel="telegram", community="500", token="500:t")
VK = Account(channel="vk", community="77", token="v")


class PostRoom:
    """The parts of the post room on one database, each run by hand."""

    def __init__(
        self,
        database: Database,
        *,
        clock: ManualClock | None = None,
        messengers: tuple[MemoryChannel, MemoryChannel] | None = None,
        seconds: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.database = database
        self.clock = clock or ManualClock(NOON)
        self.telegram, self.vk = messengers or pretend_messengers(self.clock)
        self.channels = {"telegram": self.telegram, "vk": self.vk}
        self.accounts = [TELEGRAM, VK]
        self.desk_bell, self.sender_bell = Bell(), Bell()
        metrics = make_metrics()
        self.watch = LoopWatch(metrics=metrics, seconds=seconds)
        limits = {name: channel.limits for name, channel in self.channels.items()}
        settings = Settings(_env_file=None)
        self.intake = SharedIntake(database=database, clock=self.clock, metrics=metrics, desk_bell=self.desk_bell)
        self.outcomes = Outcomes(database=database, clock=self.clock, metrics=metrics, desk_bell=self.desk_bell)
        self.desk = DeskRoom(
            database=database,
            channels=self.channels,
            rules=Rules(texts=Texts.load(), limits=limits, zone=settings.zone),
            make_search=DirectorySearch,
            clock=self.clock,
            metrics=metrics,
            bell=self.desk_bell,
            sender_bell=self.sender_bell,
            reporter_bell=Bell(),
            watch=self.watch,
        )
        self.sender = Sender(
            database=database,
            channels=self.channels,
            accounts=self._accounts,
            outcomes=self.outcomes,
            pace=Pace(limits=limits, clock=self.clock),
            clock=self.clock,
            metrics=metrics,
            bell=self.sender_bell,
        )

    async def _accounts(self) -> list[Account]:
        return self.accounts

    async def put_out(
        self,
        text: str,
        *,
        chat: str = "31",
        account: Account = VK,
        kind: OutboxKind = OutboxKind.NOTICE,
        does: OutgoingKind = OutgoingKind.MESSAGE,
        refers_to: int | None = None,
        ticket: int | None = None,
        answer: int | None = None,
        of: int | None = None,
    ) -> int:
        """Put one row into the outbox, perhaps `of` a ticket in a chat of many, and return its id."""
        async with self.database.unit() as connection:
            number = (await lock(connection))["outbox"] + 1
            place = Place(channel=account.channel, community=account.community, chat=chat)
            row = OutboxRow(
                id=number,
                place=place,
                lane=place.lane if of is None else ticket_lane(place, of),
                kind=kind,
                message=OutgoingMessage(kind=does, text=text),
                ticket=ticket,
                answer=answer,
                refers_to=refers_to,
                created_at=self.clock.now(),
            )
            changes = Changes(outbox=[row], counters={"outbox": number})
            await write(connection, self.database.vault, changes, now=self.clock.now())
        self.sender_bell.ring()
        return number

    async def repeat(self, times: int) -> None:
        """Put the first row out so many times more, each for another ticket of the same chat."""
        async with self.database.unit() as connection:
            first = dict((await connection.execute(select(outbox))).mappings().one())
            lane = first["lane"].rpartition(":")[0]
            rows = [first | {"id": number, "lane": f"{lane}:{number}"} for number in range(2, times + 2)]
            await connection.execute(outbox.insert(), rows)
            await write(connection, self.database.vault, Changes(counters={"outbox": times + 1}), now=self.clock.now())

    async def tried_again(self) -> int:
        """Return how many rows have gone back to wait for a later time."""
        async with self.database.reading() as connection:
            found = await connection.execute(select(outbox.c.id).where(outbox.c.not_before.is_not(None)))
            return len(found.all())

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[None]:
        """Run the sender for the block."""
        running = asyncio.create_task(self.sender.run())
        try:
            yield
        finally:
            running.cancel()
            await asyncio.wait({running})
            if not running.cancelled():
                running.result()

    async def later(self, duration: timedelta) -> None:
        """Move the clock on and let the sender look."""
        self.clock.advance(duration)
        self.sender_bell.ring()

    async def states(self) -> dict[int, str]:
        """Return the state of every outbox row."""
        async with self.database.reading() as connection:
            found = await connection.execute(select(outbox.c.id, outbox.c.state).order_by(outbox.c.id))
            return {row.id: row.state for row in found}

    async def events(self) -> list[tuple[str, str, int]]:
        """Return key, state and attempts of every inbox row, in order."""
        async with self.database.reading() as connection:
            found = await connection.execute(select(inbox.c.key, inbox.c.state, inbox.c.attempts).order_by(inbox.c.id))
            return [(row.key, row.state, row.attempts) for row in found]

    async def until(self, is_so: Callable[[dict[int, str]], bool], seconds: float = 30.0) -> None:
        """Wait until the outbox is as wished."""
        async with asyncio.timeout(seconds):
            while not is_so(await self.states()):
                self.sender_bell.ring()
                await asyncio.sleep(0.005)

    async def until_tried(self, times: int, *, row: int = 1) -> None:
        """Wait until a row has been tried that often and waits."""
        query = select(outbox.c.attempts).where(outbox.c.id == row, outbox.c.state == "todo")
        async with asyncio.timeout(30):
            while True:
                async with self.database.reading() as connection:
                    if (await connection.execute(query)).scalar_one_or_none() == times:
                        return
                self.sender_bell.ring()
                await asyncio.sleep(0.005)

    def said(self, account: Account, chat: str) -> list[str]:
        """Return what the bot shows in a conversation."""
        channel = self.channels[account.channel]
        return [shown.text for shown in channel.transcript(account.community, chat) if not shown.user_id]


def incoming(key: str, *, lane: str = "", payload: bytes = b"{}", account: Account = VK) -> Incoming:
    """An event for the inbox."""
    return Incoming(
        channel=account.channel, community=account.community, key=key, lane=lane or f"lane-{key}", payload=payload
    )
