"""People's names as they are shown: one line that can play no tricks."""

from unicodedata import category

_JOINER = "\u200d"
"""Holds the parts of one emoji together."""


def shown_name(name: str) -> str:
    """Return a name as one line, without signs that nobody sees or that turn the direction of writing.

    People choose their names themselves; one with a line break could pass for a line of the bot's own.
    """
    if name.isprintable():
        return name.strip()
    visible = (
        sign if sign == _JOINER or category(sign)[0] != "C" else " " if sign in "\n\r\t" else "" for sign in name
    )
    return " ".join("".join(visible).split())
