"""Every account is listened to, whatever the messenger does not tell about it."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from bot.channels.memory import MemoryChannel
from bot.channels.vk.channel import VK_LIMITS
from bot.delivery.bell import Bell
from bot.delivery.intake import SharedIntake
from bot.delivery.listeners import Listeners
from bot.domain.channel import Account, Intake, Profile
from bot.domain.clock import SystemClock
from bot.domain.errors import ChannelBusyError, ChannelError, ChannelRefusedError, RefusalReason
from bot.metrics import make_metrics

ACCOUNT = Account(channel="vk", community="77", token="secret")


class Unknown(MemoryChannel):
    """A messenger that cannot say what an account is called."""

    def __init__(self, error: ChannelError) -> None:
        super().__init__("vk", VK_LIMITS)
        self.error = error
        self.is_listening = asyncio.Event()

    async def profile(self, account: Account) -> Profile:
        raise self.error

    async def receive(self, account: Account, intake: Intake) -> None:
        self.is_listening.set()
        await asyncio.Event().wait()


async def hears(error: ChannelError) -> bool:
    channel = Unknown(error)

    async def accounts() -> Sequence[Account]:
        return [ACCOUNT]

    database: Any = None  # nothing comes in
    clock, metrics = SystemClock(), make_metrics()
    intake = SharedIntake(database=database, clock=clock, metrics=metrics, desk_bell=Bell())
    listeners = Listeners(channels={"vk": channel}, accounts=accounts, intake=intake, clock=clock, metrics=metrics)
    running = asyncio.create_task(listeners.run())
    try:
        async with asyncio.timeout(0.1):
            await channel.is_listening.wait()
    except TimeoutError:
        return False
    else:
        return True
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
    assert await hears(error)


async def test_an_account_whose_token_is_wrong_is_not() -> None:
    assert not await hears(ChannelRefusedError("wrong token", reason=RefusalReason.BAD_TOKEN))
