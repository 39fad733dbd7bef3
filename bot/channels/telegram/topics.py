"""Topics of a group: made, renamed, and given one of the icons that Telegram offers."""

from collections.abc import Mapping
from typing import Any

import structlog

from bot.channels.telegram.api import BotApi
from bot.channels.telegram.destination import as_number, chat_of
from bot.channels.telegram.errors import NOT_MODIFIED_TOPIC, says
from bot.channels.telegram.limits import TOPIC_NAME
from bot.channels.telegram.shorten import shortened
from bot.domain.channel import Account
from bot.domain.errors import ChannelBusyError, ChannelError, ChannelRefusedError
from bot.domain.message import OutgoingMessage, Place, Sent

log = structlog.get_logger()

_VARIATION = "\ufe0f"


class TopicIcons:
    """The icons that Telegram offers to everybody, asked for once."""

    def __init__(self, api: BotApi) -> None:
        self._api = api
        self._known: dict[str, str] | None = None

    async def id_of(self, emoji: str, *, account: Account) -> str:
        """Return the id of the icon with this emoji, empty when there is none; never raises a ChannelError."""
        if not emoji:
            return ""
        if self._known is None:
            try:
                self._known = _icons(await self._api.call(account, "getForumTopicIconStickers"))
            except ChannelError as error:  # a topic without its icon is better than none
                log.info("topic_icons_not_known", community=account.community, reason=str(error))
                return ""
        return self._known.get(emoji.removesuffix(_VARIATION), "")


async def make_topic(
    api: BotApi, icons: TopicIcons, outgoing: OutgoingMessage, *, account: Account, place: Place
) -> Sent:
    """Make the topic and return its id as that of a message; raises ChannelBusyError, ChannelRefusedError."""
    params = {**chat_of(place), **await _look(icons, outgoing, account=account)}
    made = await api.call(account, "createForumTopic", params)
    thread = made.get("message_thread_id") if isinstance(made, dict) else None
    if not isinstance(thread, int):
        raise ChannelBusyError("Telegram names no topic")
    return Sent(message_ids=(str(thread),))


async def edit_topic(
    api: BotApi, icons: TopicIcons, outgoing: OutgoingMessage, *, account: Account, place: Place
) -> Sent:
    """Rename the topic and change its icon; an icon that Telegram does not offer stays as it was."""
    look = await _look(icons, outgoing, account=account)
    params = {**chat_of(place), "message_thread_id": as_number(outgoing.thread), **look}
    try:
        await api.call(account, "editForumTopic", params)
    except ChannelRefusedError as error:
        if not says(error, NOT_MODIFIED_TOPIC):
            raise
    return Sent()


async def _look(icons: TopicIcons, outgoing: OutgoingMessage, *, account: Account) -> Mapping[str, str]:
    icon = await icons.id_of(outgoing.icon, account=account)
    name = shortened(outgoing.text.strip(), TOPIC_NAME)
    return {**({"name": name} if name else {}), **({"icon_custom_emoji_id": icon} if icon else {})}


def _icons(stickers: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in stickers if isinstance(stickers, list) else []:
        emoji, number = (each.get("emoji"), each.get("custom_emoji_id")) if isinstance(each, dict) else (None, None)
        if isinstance(emoji, str) and isinstance(number, str):
            found.setdefault(emoji.removesuffix(_VARIATION), number)
    return found
