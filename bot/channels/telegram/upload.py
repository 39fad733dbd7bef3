"""Calls that carry bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.telegram.api import BotApi
from bot.channels.telegram.form import lay_out
from bot.domain.channel import Account
from bot.domain.message import File


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file of a message: `kind` is its name in the Bot API, `content` its file id or its bytes."""

    kind: str
    content: str | File


async def upload(api: BotApi, method: str, params: Mapping[str, Any], *, account: Account) -> Any:
    """Call `method`; wherever `params` hold a `File` its bytes go along. Raises the ChannelError family."""
    chat = params.get("chat_id")
    in_private = isinstance(chat, int) and chat > 0
    return await api.upload(account, method, lay_out(params), in_private=in_private)
