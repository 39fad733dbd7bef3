"""Words on their way in and out: VK reads marks inside a text, we want it shown as it was typed."""

import re
from typing import Final

from bot.domain.parts import first_units, utf16_length

TEXT_LIMIT: Final = 4096
"""VK's schema says 9,000 characters, libraries were refused beyond this."""
_JOINER: Final = "\u2060"
"""A character without width or meaning (WORD JOINER)."""

_OUR_MARKS: Final = re.compile(
    r"""
    \[(?=[^\[\]|]+\|[^\[\]]+\])   # [id1|Name], [https://vk.com/…|words]
    | (?<!\w)[@*](?=[a-z0-9_]|(?:все|тут|онлайн)\b)  # @id1, *id1, @all, @все; short addresses are Latin
    | &(?=\#?\w+;)                # &#64; would become the character itself
    """,
    re.VERBOSE | re.IGNORECASE,
)
# One pattern for all: one for each community would be compiled anew as soon as there are more than Python remembers.
_CALL: Final = re.compile(r"\s*(?:\[(?:club|public)(\d+)(?::bp-?\d+_\d+)?\|[^\[\]]*\]|@(?:club|public)(\d+)\b)")
_COMMAND: Final = re.compile(r"[\s,:]*(/[A-Za-z]\w*)")
_MENTION: Final = re.compile(r"\[(?:id|club|public|event)\d+(?::bp-?\d+_\d+)?\|([^\[\]]*)\]")


def as_typed(text: str) -> str:
    """Return `text` so that nothing in it mentions anybody or turns into something else.

    A citizen's `[id1|name]`, `@id1`, `*all` or `&#64;` sent on by us would call people or change its look. A character
    without width after the first one prevents it. `#` stays: a tag is only coloured and calls nobody. In a text so
    full of marks that it would not fit any more, their first characters become their wide twins instead.
    """
    marked = _OUR_MARKS.sub(lambda mark: mark[0] + _JOINER, text)
    if utf16_length(marked) <= TEXT_LIMIT:
        return marked
    return _OUR_MARKS.sub(lambda mark: chr(ord(mark[0]) + 0xFEE0), text)


def for_reader(text: str, *, community: str) -> str:
    """Return a received text as VK shows it: mentions by their names, without our own at the beginning.

    In a conversation people call the bot by `@club77 /open`, and VK begins a reply to a comment of ours with
    `[club77|Name], `.
    """
    called = _CALL.match(text)
    if called and community in called.groups():
        text = text[called.end() :].lstrip(" ,:") or text  # a bare call keeps its name, so that something is said
    elif called and (command := _COMMAND.match(text, called.end())):
        # A command for another community bears its name, as in Telegram.
        text = f"{command[1]}@club{called[1] or called[2]}{text[command.end() :]}"
    return _MENTION.sub(r"\1", text)


def shortened(text: str, limit: int) -> str:
    """Return `text`, cut with an ellipsis if it has more than `limit` UTF-16 units."""
    if utf16_length(text) <= limit:
        return text
    return first_units(text, limit - 1).rstrip() + "…"
