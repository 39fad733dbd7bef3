"""What Telegram's refusals mean, in the house's own errors.

The sentences are those of Telegram's Bot API server (tdlib/telegram-bot-api, `Client.cpp`); only parts of them are
compared, because their beginnings and ends change between versions.
"""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.domain.errors import (
    ChannelBusyError,
    ChannelError,
    ChannelRefusedError,
    ChatMovedError,
    ConflictError,
    RefusalReason,
)

NOT_MODIFIED = ("message is not modified",)
NOT_MODIFIED_TOPIC = ("topic_not_modified",)
NOTHING_TO_DELETE = ("message to delete not found",)
NO_TEXT_TO_EDIT = ("there is no text in the message to edit",)
PRESS_TOO_OLD = ("query is too old", "query id is invalid", "query_id_invalid")
UNKNOWN_OPTION = ("link_preview_options is not supported",)
"""Said by servers that speak the Bot API without being Telegram's, such as lo-bot-api-emulator."""
_UNKNOWN_METHOD = "does not know the method"
FILE_TOO_LARGE = ("too big", "entity too large", "too large")
FILE_REFUSED = (
    *FILE_TOO_LARGE,
    "file must be non-empty",
    "wrong file identifier",
    "wrong remote file identifier",
    "wrong file_id",
    "file_reference_",
    "can't use file of type",
    "type of file mismatch",
    "photo_",
    "image_process_failed",
    "media_empty",
    "media_invalid",
    "file_part",
    "voice_messages_forbidden",
    _UNKNOWN_METHOD,
)
"""The words of the message are good, a file of it is not."""
_NOT_THIS_KIND = re.compile(
    r"not enough rights to (?:send (?!(?:a |text )?messages?\b)|add web page)|chat_send_(?!plain_|text_)\w+_forbidden"
    r"|(?:have no|need \w+) rights? to send (?!(?:a |text )?messages?\b)"
)
"""A right about one kind of content: photos, videos, voice messages, stickers, polls, previews of pages …"""

_REASONS: tuple[tuple[str, RefusalReason], ...] = (
    ("bot was blocked", RefusalReason.BLOCKED),
    ("user_is_blocked", RefusalReason.BLOCKED),
    ("user is deactivated", RefusalReason.PERSON_GONE),
    ("user_deactivated", RefusalReason.PERSON_GONE),
    ("can't initiate conversation", RefusalReason.NOT_STARTED),
    ("bot was kicked", RefusalReason.CHAT_GONE),
    ("bot is not a member", RefusalReason.CHAT_GONE),
    ("bot is not a participant", RefusalReason.CHAT_GONE),
    ("channel_private", RefusalReason.CHAT_GONE),
    ("group chat was deleted", RefusalReason.CHAT_GONE),
    ("group chat was deactivated", RefusalReason.CHAT_GONE),
    ("thread not found", RefusalReason.TOPIC_GONE),
    ("topic_deleted", RefusalReason.TOPIC_GONE),
    ("topic_id_invalid", RefusalReason.TOPIC_GONE),
    ("topic_closed", RefusalReason.TOPIC_GONE),
    ("topic not found", RefusalReason.TOPIC_GONE),
    ("not a forum", RefusalReason.FORBIDDEN),
    ("channel_forum_missing", RefusalReason.FORBIDDEN),
    ("message to edit not found", RefusalReason.MESSAGE_GONE),
    ("message can't be edited", RefusalReason.TOO_LATE),
    ("message_edit_time_expired", RefusalReason.TOO_LATE),
    ("no caption in the message to edit", RefusalReason.TOO_LATE),
    ("message can't be deleted", RefusalReason.TOO_LATE),
    ("message_delete_forbidden", RefusalReason.TOO_LATE),
    ("message_id_invalid", RefusalReason.MESSAGE_GONE),
    ("message to be replied not found", RefusalReason.MESSAGE_GONE),
    ("replied message not found", RefusalReason.MESSAGE_GONE),
    ("not enough rights", RefusalReason.FORBIDDEN),
    ("have no rights", RefusalReason.FORBIDDEN),
    ("no write access", RefusalReason.FORBIDDEN),
    ("user_banned_in_channel", RefusalReason.FORBIDDEN),
    ("chat_guest_send_forbidden", RefusalReason.FORBIDDEN),
    ("need administrator rights", RefusalReason.FORBIDDEN),
    ("chat_write_forbidden", RefusalReason.FORBIDDEN),
    ("chat_restricted", RefusalReason.FORBIDDEN),
    ("chat_admin_required", RefusalReason.FORBIDDEN),
    ("chat_send_", RefusalReason.FORBIDDEN),
)
_NO_SUCH_CHAT = ("chat not found", "user not found", "peer_id_invalid", "chat_id_invalid")


def says(error: ChannelError, phrases: tuple[str, ...]) -> bool:
    """Tell whether Telegram's words contain one of `phrases` (written in small letters)."""
    words = str(error).lower()
    return any(phrase in words for phrase in phrases)


def is_about_file(error: ChannelError) -> bool:
    """Tell whether a refusal may concern the file alone: the words are then tried without it."""
    is_forbidden = isinstance(error, ChannelRefusedError) and error.reason is RefusalReason.FORBIDDEN
    return is_forbidden or is_about_right(error) or says(error, FILE_REFUSED)


def is_about_right(error: ChannelError) -> bool:
    """Tell whether the chat forbids this kind of content: as a document the file would only go round the ban."""
    return _NOT_THIS_KIND.search(str(error).lower()) is not None


def unknown_method(method: str) -> ChannelRefusedError:
    """Return the error of a method that the server lacks, although it takes the token."""
    return ChannelRefusedError(f"this Bot API {_UNKNOWN_METHOD} {method}", reason=RefusalReason.BAD_MESSAGE)


def error_from(*, status: int, answer: Mapping[str, Any], in_private: bool) -> ChannelError:
    """Return the error that stands for a refusing `answer`; `in_private` says that the call was for one person.

    `parameters` count more than the status: Telegram puts `retry_after` and `migrate_to_chat_id` beside any.
    """
    description = answer.get("description")
    words = description if isinstance(description, str) and description else f"Telegram answered with status {status}"
    parameters = answer.get("parameters")
    if isinstance(parameters, Mapping):
        new_chat, wish = parameters.get("migrate_to_chat_id"), parameters.get("retry_after")
        if isinstance(new_chat, int):
            return ChatMovedError(str(new_chat))
        if isinstance(wish, int | float) and wish >= 0:
            return ChannelBusyError(words, retry_after=timedelta(seconds=min(wish, 86400)))
    match status:
        case 401 | 404:
            return ChannelRefusedError(words, reason=RefusalReason.BAD_TOKEN)
        case 409:
            return ConflictError(words)
        case _ if 400 <= status < 500 and status not in (408, 425, 429):
            return ChannelRefusedError(words, reason=_reason(status, words.lower(), in_private=in_private))
        case _:
            return ChannelBusyError(words)


def _reason(status: int, words: str, *, in_private: bool) -> RefusalReason:
    if _NOT_THIS_KIND.search(words):
        return RefusalReason.BAD_MESSAGE
    for phrase, reason in _REASONS:
        if phrase in words:
            return reason
    if any(phrase in words for phrase in _NO_SUCH_CHAT):
        # Telegram knows no private chat in which the person has never written a word.
        return RefusalReason.NOT_STARTED if in_private else RefusalReason.CHAT_GONE
    return RefusalReason.FORBIDDEN if status == 403 else RefusalReason.BAD_MESSAGE
