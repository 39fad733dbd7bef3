"""Every account is listened to, whatever the messenger does not tell about it, and the operator sees which are not."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.channels.memory import MemoryChannel
from bot.channels.vk.channel import VK_LIMITS
from bot.delivery import listeners as listeners_module
from bot.delivery.bell import Bell
from bot.delivery.intake import SharedIntake
from bot.delivery.listeners import Listeners
from bot.domain.channel import Account, Intake, Profile
from bot.domain.clock import SystemClock
from bot.domain.errors import ChannelBusyError, ChannelError, ChannelRefusedError, DatabaseAwayError, RefusalReason
from bot.metrics import make_metrics

SCHOOL = Account(channel="vk", community="77", token="secret")
CLINIC = Account(channel="vk", community="78", token="secret")


class Messenger(MemoryChannel):
    """Says nothing of an account's name; whoever is in `silent` is never answered, whoever in `refused` not let in."""

    def __init__(self, error: ChannelError | None = None) -> None:
        super().__init__("vk", VK_LIMITS)
        self.error = error or ChannelBusyError("later")
        self.silent: set[Account] = set()
        self.refused: set[Account] = set()
        self.begun: list[Account] = []
        self.is_listening = asyncio.Event()

    async def profile(self, account: Account) -> Profile:
        raise self.error

    async def receive(self, account: Account, intake: Intake) -> None:
        self.begun.append(account)
        self.is_listening.set()
        if account in self.refused:
            raise ChannelRefusedError("VK error 5: invalid token", reason=RefusalReason.BAD_TOKEN)
        await intake.reached(account, is_reached=account not in self.silent)
        await asyncio.Event().wait()


class Accounts:
    """The directory: its accounts, and whether the database answers."""

    def __init__(self, *known: Account) -> None:
        self.known = known
        self.is_away = False
        self.asked = 0

    async def __call__(self) -> Sequence[Account]:
        self.asked += 1
        if self.is_away:
            raise DatabaseAwayError("the database is away")
        return self.known


@asynccontextmanager
async def listening(channel: Messenger, accounts: Accounts) -> AsyncIterator[Listeners]:
    database: Any = None  # nothing comes in
    clock, metrics = SystemClock(), make_metrics()
    intake = SharedIntake(database=database, clock=clock, metrics=metrics, desk_bell=Bell())
    listeners = Listeners(channels={"vk": channel}, accounts=accounts, intake=intake, clock=clock, metrics=metrics)
    running = asyncio.create_task(listeners.run())
    try:
        async with asyncio.timeout(30):
            await channel.is_listening.wait()
        await asyncio.sleep(0)
        yield listeners
    finally:
        running.cancel()
        await asyncio.wait({running})


@pytest.mark.parametrize(
    "error",
    [
        ChannelBusyError("later"),
        ChannelRefusedError("VK error 3: Unknown method", reason=RefusalReason.BAD_MESSAGE),
        ChannelRefusedError("VK error 15: Access denied", reason=RefusalReason.FORBIDDEN),
    ],
)
async def test_an_account_without_a_name_is_listened_to(error: ChannelError) -> None:
    async with listening(Messenger(error), Accounts(SCHOOL)) as listeners:
        assert (listeners.heard, listeners.accounts, listeners.troubles) == (1, 1, {})


async def test_whoever_is_not_let_in_is_named_and_whoever_does_not_answer_is_not_counted() -> None:
    messenger = Messenger()
    messenger.refused.add(SCHOOL)
    messenger.silent.add(CLINIC)
    async with listening(messenger, Accounts(SCHOOL, CLINIC)) as listeners:
        assert (listeners.heard, listeners.accounts) == (0, 2)
        assert list(listeners.troubles) == ["vk 77"]
        assert "invalid token" in listeners.troubles["vk 77"]


async def test_while_the_database_is_away_everybody_goes_on_being_listened_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listeners_module, "LOOK_EVERY_SECONDS", 0.0)
    messenger, accounts = Messenger(), Accounts(SCHOOL)
    async with listening(messenger, accounts) as listeners:
        accounts.is_away = True
        asked = accounts.asked
        while accounts.asked < asked + 3:  # noqa: ASYNC110 - it rings no bell
            await asyncio.sleep(0)
        assert (listeners.heard, messenger.begun) == (1, [SCHOOL])
