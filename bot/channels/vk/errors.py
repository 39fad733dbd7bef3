"""What VK's error codes mean for us: try later, or never.

The codes are those of VK's public schema (VKCOM/vk-api-schema, `errors.json`). A code that nobody has named here counts
as "try later": that costs a delay and, after days, a word to a person; "never" would cost the message.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.domain.errors import ChannelBusyError, ChannelError, ChannelRefusedError, RefusalReason

UNKNOWN_METHOD = 3
"""A server that speaks VK's language without being VK need not know every method."""
TOO_MANY_REQUESTS = 6
PROGRAM_ERRORS = frozenset({12, 13})
"""`execute` could not read or finish its program."""
BAD_PARAMETER = 100
BAD_KEYBOARD = 911
BOT_ABILITIES_OFF = 912
UNREADABLE_REPLY = frozenset({BAD_PARAMETER, 913, 921})
"""What VK answers when the message to reply to is gone or may not be named; the message itself may still be good."""

NO_SUCH_FILE = frozenset({114, 118, 121, 129, 200, 201, 204, 300, 1150, 1151, 1152})
"""What is attached cannot be found, or may not be shown by us."""
LESS_MAY_DO = frozenset({BAD_PARAMETER, 7, 15, 24, 203, BAD_KEYBOARD, 913, 921, BOT_ABILITIES_OFF, 925, *NO_SUCH_FILE})
"""Refusals that may concern what goes along with the words alone: the reply, the buttons, the files."""
HARD_TO_REPLY = frozenset({1, 10})
"""VK's "internal error": said for ever of some messages that reply to one which is gone."""

_PAUSES: Mapping[int, timedelta] = {
    TOO_MANY_REQUESTS: timedelta(seconds=1),
    14: timedelta(minutes=10),  # captcha: there is nobody to solve it, it goes away by itself
    29: timedelta(minutes=30),  # the quota of this method is used up
    103: timedelta(minutes=30),
}

_REASONS: Mapping[int, RefusalReason] = {
    code: reason
    for reason, codes in {
        # 901 is said of people who never wrote and of those who forbade messages. We write in private only to people
        # who wrote first, so that it means the second.
        RefusalReason.BLOCKED: (900, 901, 902, 985, 987, 988),
        RefusalReason.NOT_STARTED: (950,),
        RefusalReason.PERSON_GONE: (18, 113),
        RefusalReason.CHAT_GONE: (922, 927, 935, 936, 945, 946),
        RefusalReason.BAD_TOKEN: (5, 27, 28, 1117),
        RefusalReason.FORBIDDEN: (
            *(7, 15, 17, 20, 21, 23, 24, 30, 125, 203, 212, 213, 219, 222, 223),
            *(BOT_ABILITIES_OFF, 917, 925, 932, 943, 944, 1012),
        ),
        RefusalReason.MESSAGE_GONE: (920,),
        RefusalReason.TOO_LATE: (909, 924),
        RefusalReason.BAD_MESSAGE: (
            *sorted(NO_SUCH_FILE),
            UNKNOWN_METHOD,
            8,
            BAD_PARAMETER,
            910,
            911,
            913,
            914,
            921,
            940,
        ),
    }.items()
    for code in codes
}


class VkBusyError(ChannelBusyError):
    """VK asks to try later; `code` is its own number for it."""

    def __init__(self, message: str, *, code: int) -> None:
        super().__init__(message, retry_after=_PAUSES.get(code))
        self.code = code


class VkRefusedError(ChannelRefusedError):
    """VK will never do this; `code` is its own number for it."""

    def __init__(self, message: str, *, reason: RefusalReason, code: int) -> None:
        super().__init__(message, reason=reason)
        self.code = code


def code_of(error: ChannelError) -> int | None:
    """Return VK's number of an error, None when it is not from VK itself."""
    return error.code if isinstance(error, VkBusyError | VkRefusedError) else None


def error_of(error: Any) -> ChannelError:
    """Translate VK's error (`{"error_code": 6, "error_msg": "…"}`, inside an answer's array `code`, `description`).

    Anything unreadable is a reason to try later.
    """
    if not isinstance(error, Mapping):
        return ChannelBusyError("VK named an error that cannot be read")
    code = error.get("error_code", error.get("code"))
    if not isinstance(code, int):
        return ChannelBusyError("VK named an error without a code")
    message = f"VK error {code}: {error.get('error_msg', error.get('description', ''))}"
    if code in _REASONS:
        return VkRefusedError(message, reason=_REASONS[code], code=code)
    return VkBusyError(message, code=code)
