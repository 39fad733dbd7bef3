"""Asking Telegram what the regional bot is called, for links that are made before the program has ever run."""

import asyncio
from typing import TYPE_CHECKING

from bot.domain.errors import ChannelError

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.database import Database

_PATIENCE_SECONDS = 3.0


async def introduce_regional_bot(settings: "Settings", database: "Database") -> None:
    """Keep the bot's name, if Telegram tells it at once; an invitation is good without a link, too."""
    from bot.channels.telegram.channel import TelegramChannel
    from bot.delivery.accounts import accounts_of
    from storage.inbox import store_profile

    account = next((each for each in accounts_of((), settings) if each.channel == "telegram"), None)
    if account is None:
        return
    channel = TelegramChannel(
        api_url=settings.telegram_api_url, proxy=settings.telegram_proxy.get_secret_value() or None
    )
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            profile = await channel.profile(account)
    except (ChannelError, TimeoutError):
        return
    finally:
        await channel.close()
    async with database.unit() as connection:
        await store_profile(
            connection, account.channel, account.community, title=profile.title, address=profile.address
        )
