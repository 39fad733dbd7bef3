"""A place on the map, as Telegram itself shows it."""

from collections.abc import Mapping
from typing import Any

from bot.channels.telegram.api import BotApi
from bot.domain.channel import Account
from bot.domain.errors import ChannelRefusedError, RefusalReason
from bot.domain.message import Attachment, OutgoingMessage
from bot.domain.parts import is_place


def only_place(outgoing: OutgoingMessage) -> Attachment | None:
    """Return the place, when a message is nothing else."""
    match outgoing.attachments:
        case (Attachment() as attachment,) if not outgoing.text and is_place(attachment):
            return attachment
        case _:
            return None


async def send_place(api: BotApi, place: Attachment, *, params: Mapping[str, Any], account: Account) -> Any:
    """Send a place with its name, or without; where Telegram does not take it, the sentence goes in its stead."""
    where = {**params, "latitude": place.latitude, "longitude": place.longitude}
    name, _, address = place.title.partition(", ")
    try:
        if any(letter.isalpha() for letter in name):
            return await api.call(account, "sendVenue", {**where, "title": name, "address": address or name})
        return await api.call(account, "sendLocation", where)
    except ChannelRefusedError as error:
        if error.reason not in (RefusalReason.BAD_MESSAGE, RefusalReason.FORBIDDEN) or not place.fallback:
            raise
        return await api.call(account, "sendMessage", {**params, "text": place.fallback})
