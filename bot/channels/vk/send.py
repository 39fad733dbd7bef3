"""Sending: one outbox row is one message, edit, comment or answer to a press."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import structlog

from bot.channels.vk.api import Api
from bot.channels.vk.batches import Batches
from bot.channels.vk.edits import Edits, numbers_of
from bot.channels.vk.errors import (
    BAD_KEYBOARD,
    BAD_PARAMETER,
    BOT_ABILITIES_OFF,
    HARD_TO_REPLY,
    LESS_MAY_DO,
    UNREADABLE_REPLY,
    VkBusyError,
    VkRefusedError,
    error_of,
)
from bot.channels.vk.keyboard import keyboard, standing
from bot.channels.vk.once import OnceKeys
from bot.channels.vk.presses import read_press_id
from bot.channels.vk.reactions import reaction_number
from bot.channels.vk.uploads import Uploads, told_instead
from bot.channels.vk.words import TEXT_LIMIT, as_typed, shortened
from bot.domain.channel import Account, OpenFile
from bot.domain.errors import ChannelError, ChannelRefusedError, RefusalReason
from bot.domain.message import OutgoingKind, OutgoingMessage, Place, Sent
from bot.domain.parts import is_place

_SNACKBAR_LIMIT: Final = 90
_REMEMBERED: Final = 1_000

log = structlog.get_logger()


class Sender:
    """Makes the calls that carry an outgoing message to VK."""

    def __init__(self, *, api: Api, uploads: Uploads, once: OnceKeys) -> None:
        self._batches = Batches(api)
        self._uploads = uploads
        self._edits = Edits(api=api, batches=self._batches)
        self._once = once
        self._hard_to_reply: dict[int, None] = {}
        """Rows that VK failed on while they were replies, the latest last."""

    async def send(
        self, outgoing: OutgoingMessage, *, account: Account, place: Place, row: int, open_file: OpenFile
    ) -> Sent:
        """Make one call; see the port."""
        match outgoing.kind:
            case OutgoingKind.MESSAGE:
                return await self._message(outgoing, account=account, place=place, row=row, open_file=open_file)
            case OutgoingKind.EDIT | OutgoingKind.DELETE if place.is_comments:
                # Neither wall.editComment nor wall.deleteComment takes a community's token (VKCOM/vk-api-schema).
                raise ChannelRefusedError("a community cannot change its comments", reason=RefusalReason.FORBIDDEN)
            case OutgoingKind.EDIT:
                return await self._edit(outgoing, account=account, place=place, open_file=open_file)
            case OutgoingKind.COMMENT:
                return await self._comment(outgoing, account=account, place=place, row=row, open_file=open_file)
            case OutgoingKind.REACTION:
                return await self._react(outgoing, account=account, place=place, row=row, open_file=open_file)
            case OutgoingKind.TYPING:
                return await self._show_typing(account=account, place=place)
            case OutgoingKind.PRESS_ANSWER:
                return await self._press_answer(outgoing, account=account)
            case OutgoingKind.DELETE:
                await self._delete(outgoing, account=account, place=place)
                return Sent()
            case OutgoingKind.TOPIC | OutgoingKind.TOPIC_EDIT:
                raise ChannelRefusedError(f"not in VK: {outgoing.kind}", reason=RefusalReason.FORBIDDEN)

    async def _message(
        self, outgoing: OutgoingMessage, *, account: Account, place: Place, row: int, open_file: OpenFile
    ) -> Sent:
        uploaded, missing = await self._uploads.for_message(
            outgoing.attachments, account=account, peer=place.chat, open_file=open_file
        )
        params = {
            # In a conversation VK tells a community the message's number only when asked with `peer_ids`.
            "peer_ids": place.chat,
            "random_id": self._once.random_id(row),
            "message": _words(outgoing.text, missing),
            "attachment": uploaded or None,
            # The sentence with the address goes along: it is what replies and searches find.
            **_on_map(outgoing),
            "keyboard": keyboard(outgoing.buttons) or standing(outgoing.keys),
            "forward": _reply(place, outgoing.reply_to),
            "dont_parse_links": True,
            "disable_mentions": True,
        }
        number, uploaded = await self._send(account, params, row=row, outgoing=outgoing, uploaded=uploaded)
        if not number:
            return Sent()
        self._edits.remember(place, number, uploaded)
        return Sent(message_ids=(number,))

    async def _edit(self, outgoing: OutgoingMessage, *, account: Account, place: Place, open_file: OpenFile) -> Sent:
        """Change a message; files of its own come in place of those that are there."""
        files: list[str] | None = None
        if outgoing.attachments:
            uploaded, missing = await self._uploads.for_message(
                outgoing.attachments, account=account, peer=place.chat, open_file=open_file
            )
            files = uploaded if not missing else None
        await self._edits.edit(outgoing, account=account, place=place, files=files)
        return Sent(message_ids=(outgoing.target,))

    async def _send(
        self,
        account: Account,
        params: dict[str, Any],
        *,
        row: int,
        outgoing: OutgoingMessage,
        uploaded: list[str],
    ) -> tuple[str, list[str]]:
        """Send with everything, and where VK refuses that with less: the words must arrive even if the rest cannot.

        VK has taken nothing then, so the same random_id may be used again. Returns the number and the files that went.
        """
        if row in self._hard_to_reply:
            params = params | {"forward": None}
        while True:
            try:
                return await self._send_once(account, params), uploaded
            except VkBusyError as error:
                if error.code in HARD_TO_REPLY and params["forward"]:
                    self._hard_to_reply[row] = None
                    while len(self._hard_to_reply) > _REMEMBERED:
                        del self._hard_to_reply[next(iter(self._hard_to_reply))]
                raise
            except VkRefusedError as error:
                if error.code not in LESS_MAY_DO:
                    raise
                if error.code in UNREADABLE_REPLY and params["forward"]:
                    left_out = "forward"
                elif error.code in (BOT_ABILITIES_OFF, BAD_KEYBOARD):
                    left_out = "keyboard"
                else:
                    left_out = next((part for part in ("attachment", "forward") if params[part]), "")
                if not left_out or not params[left_out]:
                    raise
                log.warning(
                    "sent_with_less", channel="vk", community=account.community, without=left_out, code=error.code
                )
                params = params | {left_out: None}
                if left_out == "attachment":
                    params["message"], uploaded = _words(outgoing.text, told_instead(outgoing.attachments)), []

    async def _send_once(self, account: Account, params: Mapping[str, Any]) -> str:
        match await self._batches.call(account, "messages.send", params):
            case [{"error": error}, *_]:
                raise error_of(error)
            case [{"conversation_message_id": int(number)}, *_]:
                return str(number)
            case [{"message_id": int(number)}, *_]:
                return f"id{number}"  # VK's own number of the message; see `convert.message_id`
            case int(number) | [int(number), *_] | {"message_id": int(number)} if number > 0:
                return f"id{number}"
            case _:
                # It answered without an error: repeating would bring the same, and the number is only for replies.
                log.warning("sent_message_has_no_number", channel="vk", community=account.community)
                return ""

    async def _comment(
        self, outgoing: OutgoingMessage, *, account: Account, place: Place, row: int, open_file: OpenFile
    ) -> Sent:
        """Comment as the community. A comment carries no buttons."""
        if not place.is_answerable:
            raise ChannelRefusedError("a community may comment on posts only", reason=RefusalReason.FORBIDDEN)
        owner, post = _post(place)
        uploaded, missing = await self._uploads.for_comment(outgoing.attachments, account=account, open_file=open_file)
        words = _words(outgoing.text, missing)
        params = {
            "owner_id": owner,
            "post_id": post,
            "from_group": account.community,  # the group's number; a mere 1 would be another group
            "message": words,
            "reply_to_comment": outgoing.reply_to or None,
            "attachments": uploaded or None,
            "guid": self._once.guid(row, chat=place.chat, text=outgoing.text),
        }
        try:
            answer = await self._call_comment(account, params, outgoing)
        except VkRefusedError as error:
            if error.code == BAD_PARAMETER and outgoing.reply_to:
                # The comment was deleted. A reply to nobody, in public, would be worse than none.
                raise VkRefusedError(str(error), reason=RefusalReason.MESSAGE_GONE, code=error.code) from error
            raise
        match answer:
            case {"comment_id": int(number)} | int(number) if number > 0:
                return Sent(message_ids=(str(number),))
            case _:
                log.warning("sent_comment_has_no_number", channel="vk", community=account.community)
                return Sent()

    async def _call_comment(self, account: Account, params: dict[str, Any], outgoing: OutgoingMessage) -> Any:
        try:
            return await self._batches.call(account, "wall.createComment", params)
        except VkRefusedError as error:
            if error.code == BAD_PARAMETER or error.code not in LESS_MAY_DO or not params["attachments"]:
                raise
            words = _words(outgoing.text, told_instead(outgoing.attachments))
            return await self._batches.call(
                account, "wall.createComment", params | {"attachments": None, "message": words}
            )

    async def _delete(self, outgoing: OutgoingMessage, *, account: Account, place: Place) -> None:
        """Take a message away from everybody; VK allows it for a day."""
        params = {"peer_id": place.chat, **numbers_of(outgoing.target), "delete_for_all": True}
        match await self._batches.call(account, "messages.delete", params):
            case [{"error": error}, *_]:
                raise error_of(error)

    async def _react(
        self, outgoing: OutgoingMessage, *, account: Account, place: Place, row: int, open_file: OpenFile
    ) -> Sent:
        """Put a reaction to a message of a dialogue; under comments, and where VK refuses, the words go instead."""
        reaction = reaction_number(outgoing.icon)
        if reaction is not None and outgoing.target.isdecimal() and not place.is_comments:
            params = {"peer_id": place.chat, "cmid": outgoing.target, "reaction_id": reaction}
            try:
                await self._batches.call(account, "messages.sendReaction", params)
            except VkRefusedError as error:
                if error.reason is RefusalReason.BAD_TOKEN:
                    raise
                log.info("reaction_not_put", channel="vk", community=account.community, code=error.code)
            else:
                return Sent()
        if not outgoing.text or place.is_comments:
            return Sent()
        words = replace(outgoing, kind=OutgoingKind.MESSAGE)
        return await self._message(words, account=account, place=place, row=row, open_file=open_file)

    async def _show_typing(self, *, account: Account, place: Place) -> Sent:
        params = {"peer_id": place.chat, "type": "typing", "group_id": account.community}
        try:
            await self._batches.call(account, "messages.setActivity", params)
        except ChannelError as error:
            # Not worth another try: by then the answer is there.
            log.info("typing_not_shown", channel="vk", community=account.community, error=str(error))
        return Sent()

    async def _press_answer(self, outgoing: OutgoingMessage, *, account: Account) -> Sent:
        if not outgoing.target:
            return Sent()
        event, person, peer = read_press_id(outgoing.target)
        shown = {"type": "show_snackbar", "text": shortened(outgoing.text, _SNACKBAR_LIMIT)}
        params = {"event_id": event, "user_id": person, "peer_id": peer, "event_data": shown if outgoing.text else None}
        try:
            await self._batches.call(account, "messages.sendMessageEventAnswer", params)
        except VkRefusedError as error:
            if error.reason is RefusalReason.BAD_TOKEN:
                raise
            # A press lives one minute in VK; whoever pressed no longer waits.
            log.info("press_answer_came_late", channel="vk", community=account.community, code=error.code)
        return Sent()


def _on_map(outgoing: OutgoingMessage) -> dict[str, float | None]:
    """Return where VK draws a map under the message; one message has one."""
    for attachment in outgoing.attachments:
        if is_place(attachment):
            return {"lat": attachment.latitude, "long": attachment.longitude}
    return {}


def _words(text: str, missing: list[str]) -> str:
    """Join the words with the sentences about files that could not go along, which get the room that is left."""
    words = as_typed(text)
    if missing:
        said = as_typed("\n".join(missing))
        words = shortened(f"{words}\n\n{said}" if words else said, TEXT_LIMIT)
    return words


def _reply(place: Place, number: str) -> str | None:
    if not number.isdecimal():
        return None
    return json.dumps({"peer_id": int(place.chat), "conversation_message_ids": [int(number)], "is_reply": 1})


def _post(place: Place) -> tuple[str, str]:
    match = re.fullmatch(r"wall(-?\d+)_(\d+)", place.chat)
    if match is None:
        raise ChannelRefusedError("this place is not a post in VK", reason=RefusalReason.BAD_MESSAGE)
    return match[1], match[2]
