"""Changing a message's words and buttons without losing the files on it."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.channels.vk.api import Api
from bot.channels.vk.batches import Batches
from bot.channels.vk.errors import BOT_ABILITIES_OFF, UNKNOWN_METHOD, VkRefusedError, code_of
from bot.channels.vk.keyboard import NO_BUTTONS, keyboard
from bot.channels.vk.words import as_typed
from bot.domain.channel import Account
from bot.domain.errors import ChannelError, ChannelRefusedError, RefusalReason
from bot.domain.message import OutgoingMessage, Place

_REMEMBERED: Final = 10_000


class Edits:
    """Edits messages. `messages.edit` takes away every attachment that is not named again.

    What is on our latest messages is remembered, what is on older ones is asked.
    """

    def __init__(self, *, api: Api, batches: Batches) -> None:
        self._api = api
        self._batches = batches
        self._files: OrderedDict[tuple[str, str], Sequence[str]] = OrderedDict()

    def remember(self, place: Place, number: str, files: Sequence[str]) -> None:
        """Note what was sent with a message."""
        self._files[place.lane, number] = files
        while len(self._files) > _REMEMBERED:
            self._files.popitem(last=False)

    async def edit(
        self, outgoing: OutgoingMessage, *, account: Account, place: Place, files: Sequence[str] | None = None
    ) -> None:
        """Give the message `outgoing.target` these words and buttons; its files stay, or make way for `files`."""
        if files is None:
            files = await self._files_on(account, place, outgoing.target)
        else:
            self.remember(place, outgoing.target, files)
        params = {
            "peer_id": place.chat,
            **_which(outgoing.target),
            "message": as_typed(outgoing.text),
            "attachment": files or None,
            "keyboard": keyboard(outgoing.buttons) or NO_BUTTONS,
            "keep_forward_messages": True,
            "keep_snippets": True,
            "dont_parse_links": True,
            "disable_mentions": True,
        }
        try:
            await self._batches.call(account, "messages.edit", params)
        except VkRefusedError as error:
            if error.code != BOT_ABILITIES_OFF:
                raise
            await self._batches.call(account, "messages.edit", params | {"keyboard": None})

    async def _files_on(self, account: Account, place: Place, number: str) -> Sequence[str]:
        known = self._files.get((place.lane, number))
        if known is not None:
            return known
        if not number.isdecimal():
            return ()  # only our own latest messages are ever known by the other number
        try:
            found = await self._api.call(
                account,
                "messages.getByConversationMessageId",
                {"peer_id": place.chat, "conversation_message_ids": number, "group_id": account.community},
            )
        except ChannelError as error:
            if code_of(error) != UNKNOWN_METHOD:
                raise
            return ()
        match found:
            case {"items": [Mapping() as message, *_]}:
                files = _names(message)
            case _:
                raise ChannelRefusedError("the message to edit is gone", reason=RefusalReason.MESSAGE_GONE)
        self.remember(place, number, files)
        return files


def _which(target: str) -> dict[str, str]:
    if target.isdecimal():
        # The second is its name in VK's older documentation.
        return {"cmid": target, "conversation_message_id": target}
    if not target.removeprefix("id").isdecimal():
        raise ChannelRefusedError("the message has no number to edit it by", reason=RefusalReason.MESSAGE_GONE)
    return {"message_id": target.removeprefix("id")}


def numbers_of(target: str) -> dict[str, str]:
    """Return the parameter by which `messages.delete` knows a message."""
    if target.isdecimal():
        return {"cmids": target}
    return {"message_ids": _which(target)["message_id"]}


def _names(message: Mapping[str, Any]) -> list[str]:
    attachments = message.get("attachments")
    names = []
    for attachment in attachments if isinstance(attachments, list) else ():
        match attachment:
            case {"type": str(kind), **rest}:
                thing = rest.get(kind)
            case _:
                continue
        match thing:
            case {"owner_id": int(owner), "id": int(number), "access_key": str(key)}:
                names.append(f"{kind}{owner}_{number}_{key}")
            case {"owner_id": int(owner), "id": int(number)}:
                names.append(f"{kind}{owner}_{number}")
    return names
