"""A message that only passes on one other: its words are what was said, and its author is named."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.vk import attachments
from bot.channels.vk.read import text
from bot.channels.vk.words import for_reader
from bot.domain.message import Attachment


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a message says."""

    text: str
    attachments: tuple[Attachment, ...]
    forwarded_from: str = ""
    """The number of who said it first; empty when the sender did."""


def read(community: str, message: Mapping[str, Any], *, link: str) -> Said:
    """Read words and attachments. Several forwarded messages, or some beside own words, stay attachments."""
    only = _only_forward(message)
    if only is None:
        return Said(
            text=for_reader(text(message, "text"), community=community),
            attachments=attachments.of_message(community, message, link=link),
        )
    return Said(
        text=for_reader(text(only, "text"), community=community),
        attachments=attachments.of_message(community, only, link=link),
        forwarded_from=forwarded_author(message) or "?",
    )


def forwarded_author(message: Mapping[str, Any]) -> str | None:
    """Return the number of who said first what a message only passes on; None when it says something of its own."""
    only = _only_forward(message)
    author = only.get("from_id") if only is not None else None
    return str(author) if isinstance(author, int) and not isinstance(author, bool) else None


def _only_forward(message: Mapping[str, Any]) -> Mapping[str, Any] | None:
    forwarded = message.get("fwd_messages")
    if not isinstance(forwarded, list) or len(forwarded) != 1 or not isinstance(forwarded[0], Mapping):
        return None
    [only] = forwarded
    has_own = bool(message.get("text") or message.get("attachments") or message.get("geo"))
    has_more = bool(message.get("is_cropped") or only.get("fwd_messages") or only.get("reply_message"))
    is_readable = isinstance(only.get("text"), str) and bool(only["text"])
    return only if is_readable and not has_own and not has_more else None
