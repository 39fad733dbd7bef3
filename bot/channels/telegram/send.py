"""One call to Telegram for one row of the outbox. Words go as plain text, so that every character shows as it is."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import structlog

from bot.channels.telegram.api import BotApi
from bot.channels.telegram.destination import answering, as_number, chat_of, whereto
from bot.channels.telegram.entities import quotations
from bot.channels.telegram.errors import (
    NO_TEXT_TO_EDIT,
    NOT_MODIFIED,
    NOTHING_TO_DELETE,
    PRESS_TOO_OLD,
    UNKNOWN_OPTION,
    is_about_file,
    says,
)
from bot.channels.telegram.files import replace_file, send_files
from bot.channels.telegram.limits import CAPTION, PRESS_ANSWER
from bot.channels.telegram.places import only_place, send_place
from bot.channels.telegram.shorten import shortened
from bot.channels.telegram.topics import TopicIcons, edit_topic, make_topic
from bot.domain.channel import Account, OpenFile
from bot.domain.errors import ChannelBusyError, ChannelRefusedError, RefusalReason
from bot.domain.message import Button, OutgoingKind, OutgoingMessage, Place, Sent

log = structlog.get_logger()

_MAY_BE_A_LINK = re.compile(r"\S\.[^\W\d_]{2}")


async def send(
    api: BotApi, icons: TopicIcons, outgoing: OutgoingMessage, *, account: Account, place: Place, open_file: OpenFile
) -> Sent:
    """Make the call that `outgoing` asks for; raises ChannelBusyError, ChannelRefusedError, ChatMovedError."""
    match outgoing.kind:
        case OutgoingKind.PRESS_ANSWER:
            return await _answer_press(api, outgoing, account=account)
        case OutgoingKind.TYPING:
            return await _show_typing(api, outgoing, account=account, place=place)
        case OutgoingKind.REACTION:
            return await _react(api, outgoing, account=account, place=place)
        case OutgoingKind.EDIT:
            return await _edit(api, outgoing, account=account, place=place, open_file=open_file)
        case OutgoingKind.DELETE:
            return await _delete(api, outgoing, account=account, place=place)
        case OutgoingKind.TOPIC:
            return await make_topic(api, icons, outgoing, account=account, place=place)
        case OutgoingKind.TOPIC_EDIT:
            return await edit_topic(api, icons, outgoing, account=account, place=place)
        case OutgoingKind.MESSAGE | OutgoingKind.COMMENT:
            # A comment under a channel's post is a message in the channel's discussion group.
            where = whereto(place, thread=outgoing.thread)
            params = {**where, **answering(outgoing, place), **_keyboard(outgoing)}
            if not outgoing.attachments:
                words = {**params, "text": outgoing.text, **_drawn(outgoing)}
                return sent_from(await _send_words(api, words, account=account))
            if (on_map := only_place(outgoing)) is not None:
                return sent_from(await send_place(api, on_map, params=params, account=account))
            result, text_left = await send_files(api, outgoing, params=params, account=account, open_file=open_file)
            sent = [sent_from(result)] if result is not None else []
            if text_left:
                rest = params if result is None else where
                drawn = _drawn(outgoing) if outgoing.text and text_left.startswith(outgoing.text) else {}
                words = {**rest, "text": text_left, **drawn}
                sent.append(sent_from(await _send_words(api, words, account=account)))
            return Sent(message_ids=tuple(id_ for each in sent for id_ in each.message_ids), at=sent[-1].at)


def sent_from(result: Any) -> Sent:
    """Read the message, or the messages of an album, that Telegram made; what it did not tell stays empty."""
    messages = [each for each in (result if isinstance(result, list) else [result]) if isinstance(each, dict)]
    dates = [each["date"] for each in messages if isinstance(each.get("date"), int)]
    return Sent(
        message_ids=tuple(str(each["message_id"]) for each in messages if "message_id" in each),
        at=datetime.fromtimestamp(dates[0], UTC) if dates else None,
    )


async def _send_words(api: BotApi, params: Mapping[str, Any], *, account: Account, method: str = "sendMessage") -> Any:
    """Send or edit a text without the preview of a page that somebody's link leads to."""
    if not _MAY_BE_A_LINK.search(params["text"]):
        return await api.call(account, method, params)
    try:
        return await api.call(account, method, {**params, "link_preview_options": {"is_disabled": True}})
    except ChannelRefusedError as error:
        if not says(error, UNKNOWN_OPTION):
            raise
        return await api.call(account, method, params)


async def _edit(api: BotApi, outgoing: OutgoingMessage, *, account: Account, place: Place, open_file: OpenFile) -> Sent:
    params = {**chat_of(place), "message_id": as_number(outgoing.target), **_keyboard(outgoing)}
    try:
        result = await _edit_file(api, outgoing, params=params, account=account, open_file=open_file)
        if result is None:
            result = await _edit_words(api, outgoing, params=params, account=account)
    except ChannelRefusedError as error:
        if not says(error, NOT_MODIFIED):
            raise
        return Sent()  # an earlier try succeeded, and its answer did not reach us
    edited = result.get("edit_date") if isinstance(result, dict) else None
    return Sent(at=datetime.fromtimestamp(edited, UTC) if isinstance(edited, int) else None)


async def _edit_file(
    api: BotApi, outgoing: OutgoingMessage, *, params: Mapping[str, Any], account: Account, open_file: OpenFile
) -> Any | None:
    """Put another file into a message, which may have been plain words; None: there is none, or it cannot go."""
    if not outgoing.attachments:
        return None
    try:
        return await replace_file(api, outgoing, params=params, account=account, open_file=open_file)
    except ChannelRefusedError as error:
        if not is_about_file(error):
            raise
        return None


async def _edit_words(api: BotApi, outgoing: OutgoingMessage, *, params: Mapping[str, Any], account: Account) -> Any:
    try:
        words = {**params, "text": outgoing.text, **_drawn(outgoing)}
        return await _send_words(api, words, account=account, method="editMessageText")
    except ChannelRefusedError as error:
        if not says(error, NO_TEXT_TO_EDIT):
            raise
        caption = {**params, "caption": shortened(outgoing.text, CAPTION)}
        if entities := quotations(outgoing, within=len(caption["caption"])):
            caption["caption_entities"] = entities
        return await api.call(account, "editMessageCaption", caption)


async def _delete(api: BotApi, outgoing: OutgoingMessage, *, account: Account, place: Place) -> Sent:
    try:
        await api.call(account, "deleteMessage", {**chat_of(place), "message_id": as_number(outgoing.target)})
    except ChannelRefusedError as error:
        if not says(error, NOTHING_TO_DELETE):
            raise
    return Sent()


async def _answer_press(api: BotApi, outgoing: OutgoingMessage, *, account: Account) -> Sent:
    params = {"callback_query_id": outgoing.target, "text": shortened(outgoing.text, PRESS_ANSWER)}
    try:
        await api.call(account, "answerCallbackQuery", params)
    except ChannelRefusedError as error:
        if error.reason is RefusalReason.BAD_TOKEN:
            raise
        # Most often the button stopped waiting by itself. Whatever it is, a chat must not wait for it.
        if not says(error, PRESS_TOO_OLD):
            log.info("press_not_answered", channel="telegram", community=account.community, reason=str(error))
    return Sent()


async def _react(api: BotApi, outgoing: OutgoingMessage, *, account: Account, place: Place) -> Sent:
    """Put a reaction; a chat may allow none, or not this one, and an old server may not know the method."""
    sign = [{"type": "emoji", "emoji": outgoing.icon}]
    params = {**chat_of(place), "message_id": as_number(outgoing.target), "reaction": sign}
    try:
        await api.call(account, "setMessageReaction", params)
    except ChannelRefusedError as error:
        if error.reason is RefusalReason.BAD_TOKEN:
            raise
        log.info("reaction_not_put", channel="telegram", community=account.community, reason=str(error))
        if outgoing.text:
            where = whereto(place, thread=outgoing.thread)
            words = {**where, **answering(outgoing, place), **_keyboard(outgoing), "text": outgoing.text}
            return sent_from(await _send_words(api, words, account=account))
    return Sent()


async def _show_typing(api: BotApi, outgoing: OutgoingMessage, *, account: Account, place: Place) -> Sent:
    params = {**whereto(place, thread=outgoing.thread), "action": "typing"}
    try:
        await api.call(account, "sendChatAction", params)
    except (ChannelBusyError, ChannelRefusedError) as error:
        # Not worth another try: by then the answer is there.
        log.info("typing_not_shown", channel="telegram", community=account.community, reason=str(error))
    return Sent()


def _drawn(outgoing: OutgoingMessage) -> dict[str, Any]:
    entities = quotations(outgoing)
    return {"entities": entities} if entities else {}


def _keyboard(outgoing: OutgoingMessage) -> dict[str, Any]:
    if not outgoing.buttons:
        return {}  # an edit without a keyboard removes the one that was there
    return {"reply_markup": {"inline_keyboard": [[_button(button) for button in row] for row in outgoing.buttons]}}


def _button(button: Button) -> dict[str, str]:
    if button.url:
        return {"text": button.text, "url": button.url}
    return {"text": button.text, "callback_data": button.action}
