"""Calls that carry bytes. aiogram lays them into a form; it is imported, in a thread, when the first file goes out.

Its import takes seconds and 169 MB, which a process that carries no files never pays.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import FormData

from bot.channels.telegram.api import BotApi
from bot.domain.channel import Account
from bot.domain.message import File


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file of a message: `kind` is its name in the Bot API, `content` its file id or its bytes."""

    kind: str
    content: str | File


async def upload(api: BotApi, method: str, params: Mapping[str, Any], *, account: Account) -> Any:
    """Call `method`; wherever `params` hold a `File` its bytes go along. Raises the ChannelError family."""
    lay_out = await asyncio.to_thread(_form_maker)
    chat = params.get("chat_id")
    in_private = isinstance(chat, int) and chat > 0
    return await api.upload(account, method, lay_out(method, params), in_private=in_private)


def _form_maker() -> Callable[[str, Mapping[str, Any]], FormData]:
    from bot.channels.telegram.form import lay_out  # noqa: PLC0415 - see above

    return lay_out
