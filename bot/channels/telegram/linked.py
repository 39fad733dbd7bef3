"""What a raw update does not tell: to which channel its group is linked or whose mailbox it is, and the bot's own name.

The receiver notes it beside the update before that becomes durable, so that reading the update later needs nobody.
Telegram is asked once a day for a group in which somebody replies to somebody; the posts that Telegram itself forwards
into the group tell it as well. It is asked for the bot's name when the first command comes that bears a bot's name.
"""

import time
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.channels.telegram.api import BotApi
from bot.channels.telegram.reading import maybe_number, maybe_thing, maybe_username, maybe_words
from bot.channels.telegram.surroundings import NAME_NOTE, NOTE, is_in_a_thread
from bot.domain.channel import Account
from bot.domain.errors import ChannelBusyError, ChannelError
from bot.domain.names import is_addressed

_KNOWN_FOR = timedelta(days=1)
_ASKED_AGAIN_AFTER = timedelta(minutes=10)
_BUSY_FOR = timedelta(seconds=10)
_TRIES = 2
_TIMEOUT = timedelta(seconds=5)
_MESSAGES = ("message", "edited_message")


class LinkedChannels:
    """Knows the channels of the groups in which one bot is."""

    def __init__(self, api: BotApi, account: Account) -> None:
        self._api = api
        self._account = account
        self._known: dict[int, tuple[float, dict[str, Any]]] = {}
        """By group: until when we believe it, and the channel; empty when there is none."""
        self._own_name = ""

    async def note(self, updates: Sequence[Any]) -> Sequence[Any]:
        """Return the updates, each message with what must be noted of it; raises nothing."""
        return [await self._noted(update) for update in updates]

    async def _noted(self, update: Any) -> Any:
        message = _message_of(update)
        if message is None:
            return update
        if is_addressed(maybe_words(message, "text") or maybe_words(message, "caption")):
            update = {**update, NAME_NOTE: await self._name()}
        chat = maybe_thing(message, "chat")
        group = maybe_number(chat, "id")
        if group is None or group > 0:
            return update
        for post in (message, maybe_thing(message, "reply_to_message")):
            if post.get("is_automatic_forward") is True:
                self._keep(group, _described(maybe_thing(post, "sender_chat")), _KNOWN_FOR)
        if not (is_in_a_thread(message) or chat.get("is_direct_messages") is True):
            return update
        channel = await self._channel_of(group)
        return {**update, NOTE: channel} if channel else update

    async def _channel_of(self, group: int) -> Mapping[str, Any]:
        known_until, known = self._known.get(group, (0.0, {}))
        if time.monotonic() < known_until:
            return known
        try:
            asked = await self._ask(group)
        except ChannelError as error:
            is_busy = isinstance(error, ChannelBusyError)
            return self._keep(group, known, _BUSY_FOR if is_busy else _ASKED_AGAIN_AFTER)
        parent = maybe_thing(asked, "parent_chat")
        linked = maybe_number(asked, "linked_chat_id")
        if parent or linked is None:
            return self._keep(group, _described(parent), _KNOWN_FOR)
        try:
            return self._keep(group, {"id": linked, **_described(await self._ask(linked))}, _KNOWN_FOR)
        except ChannelError:  # a bot that is not in the channel may not see it, but knows its number
            return self._keep(group, {"id": linked}, _KNOWN_FOR)

    async def _name(self) -> str:
        """Return what Telegram calls the bot, empty while it does not say."""
        if not self._own_name:
            try:
                me = await self._api.call(self._account, "getMe", timeout=_TIMEOUT)
            except ChannelError:
                return ""
            self._own_name = maybe_username(me) if isinstance(me, dict) else ""
        return self._own_name

    async def _ask(self, chat: int) -> dict[str, Any]:
        for left in reversed(range(_TRIES)):
            try:
                answer = await self._api.call(self._account, "getChat", {"chat_id": chat}, timeout=_TIMEOUT)
            except ChannelBusyError:
                if not left:
                    raise
            else:
                return answer if isinstance(answer, dict) else {}
        return {}

    def _keep(self, group: int, channel: dict[str, Any], believed_for: timedelta) -> dict[str, Any]:
        self._known[group] = (time.monotonic() + believed_for.total_seconds(), channel)
        return channel


def _message_of(update: Any) -> Mapping[str, Any] | None:
    if not isinstance(update, dict):
        return None
    return next((update[kind] for kind in _MESSAGES if isinstance(update.get(kind), dict)), None)


def _described(channel: Mapping[str, Any]) -> dict[str, Any]:
    number, username = maybe_number(channel, "id"), maybe_username(channel)
    if number is None:
        return {}
    return {"id": number, **({"username": username} if username else {})}
