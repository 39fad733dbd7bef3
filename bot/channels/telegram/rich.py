"""The words of a rich message, whose text lies in a tree of blocks (Bot API 10.1)."""

from collections.abc import Iterator, Mapping
from typing import Any

_DEEPEST = 50


def rich_words(message: Mapping[str, Any]) -> str:
    """Return all words of a rich message in their order, empty for any other message."""
    rich = message.get("rich_message")
    blocks = rich.get("blocks") if isinstance(rich, dict) else None
    if not isinstance(blocks, list):
        return ""
    lines = ("".join(_words(block, is_text=False, depth=0)).strip() for block in blocks)
    return "\n".join(line for line in lines if line).encode("utf-8", errors="replace").decode().replace("\x00", "")


def _words(value: Any, *, is_text: bool, depth: int) -> Iterator[str]:
    """Yield the strings that stand as a text: rich texts are strings, lists of rich texts, or objects with a text."""
    if depth > _DEEPEST:
        return
    match value:
        case str() if is_text:
            yield value
        case list():
            for each in value:
                yield from _words(each, is_text=is_text, depth=depth + 1)
        case dict():
            for key, each in value.items():
                yield from _words(each, is_text=key in ("text", "summary", "caption"), depth=depth + 1)
