"""Menus are set once, anew when they change, and a messenger that refuses them keeps nobody waiting."""

import pytest

from bot.channels.memory import MemoryChannel
from bot.channels.memory_limits import TELEGRAM_LIKE
from bot.delivery.menus import Menus
from bot.domain.channel import Account, Menu
from bot.domain.errors import ChannelBusyError, ChannelError, ChannelRefusedError, RefusalReason
from bot.texts import Texts
from storage.database import Database

BOT = Account(channel="telegram", community="500", token="secret")


class Messenger(MemoryChannel):
    """Answers with an error while there is one."""

    def __init__(self) -> None:
        super().__init__("telegram", TELEGRAM_LIKE)
        self.error: ChannelError | None = None
        self.asked = 0

    async def show_commands(self, account: Account, menu: Menu) -> None:
        self.asked += 1
        if self.error is not None:
            raise self.error
        await super().show_commands(account, menu)


def made(database: Database, messenger: Messenger) -> Menus:
    async def accounts() -> list[Account]:
        return [BOT]

    return Menus(
        database=database, channels={"telegram": messenger}, accounts=accounts, texts=Texts.load(), language="ru"
    )


@pytest.mark.parametrize(
    "error",
    [
        ChannelBusyError("later"),
        ChannelRefusedError("Unauthorized", reason=RefusalReason.BAD_TOKEN),
    ],
)
async def test_an_account_that_answers_with_an_error_is_left_alone_for_a_while(
    database: Database, error: ChannelError, monkeypatch: pytest.MonkeyPatch
) -> None:
    messenger = Messenger()

    menus = made(database, messenger)
    messenger.error = error
    await menus.look()
    await menus.look()
    assert messenger.asked == 1
    messenger.error = None
    menus = made(database, messenger)
    monkeypatch.setattr("bot.delivery.menus._AGAIN_SECONDS", 0.0)
    messenger.error = error
    await menus.look()
    messenger.error, messenger.asked = None, 1
    await menus.look()
    assert len(messenger.menus) == 6
    await menus.look()
    assert messenger.asked == 7
