"""As many lines as one message takes: a list that is cut goes on where it stopped."""

from collections.abc import Sequence

from bot.domain.parts import utf16_length


def fitting(head: Sequence[str], lines: Sequence[str], *, limit: int) -> int:
    """Return how many of `lines` fit below `head` into a text of `limit` UTF-16 units."""
    room = limit - sum(utf16_length(line) + 1 for line in head)
    for number, line in enumerate(lines):
        room -= utf16_length(line) + 1
        if room < 0:
            return number
    return len(lines)


def shortened(text: str, *, limit: int) -> str:
    """Return a text without its last lines, if it is longer than a message takes; no heading stays without lines."""
    lines = text.split("\n")
    kept = lines[: max(fitting((), lines, limit=limit + 1), 1)]
    while len(kept) < len(lines) and len(kept) > 1 and (not kept[-1] or kept[-1].endswith(":")):
        kept.pop()
    return "\n".join(kept).rstrip()
