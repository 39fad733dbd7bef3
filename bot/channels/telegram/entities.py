"""Quotations as Telegram draws them (core.telegram.org/bots/api#messageentity)."""

from typing import Any

from bot.domain.message import OutgoingMessage
from bot.domain.parts import utf16_length

_LONG = 1000
"""Characters beyond which a quotation is folded up until somebody opens it."""


def quotations(outgoing: OutgoingMessage, *, within: int | None = None) -> list[dict[str, Any]]:
    """Return the entities of the quoted words; `within`: of so many characters of the text at most.

    Offsets are in UTF-16 units. White space at the ends of a quotation does not belong to it.
    """
    text = outgoing.text if within is None else outgoing.text[:within]
    found = []
    for start, end in outgoing.quotes:
        words = text[start:end]
        begin = start + len(words) - len(words.lstrip())
        words = words.strip()
        if words:
            kind = "expandable_blockquote" if len(words) > _LONG else "blockquote"
            entity = {"type": kind, "offset": utf16_length(text[:begin]), "length": utf16_length(words)}
            found.append(entity)
    return found
