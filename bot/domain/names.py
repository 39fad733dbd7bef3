"""People's and files' names as they are shown: one line that can play no tricks; a bot's name behind a command."""

import re
from collections.abc import Collection
from unicodedata import category

_JOINER = "\u200d"
"""Holds the parts of one emoji together."""
_LONGEST_FILE_NAME = 120
_LONGEST_ENDING = 12
_MIME = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,60}", re.ASCII)
_ADDRESSED = re.compile(r"/\w+@(\w+)")


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


def file_name(name: str) -> str:
    """Return a file's name as every messenger takes it.

    It has no signs that nobody sees or that turn the direction of writing (which show `fdp.exe` as `exe.pdf`), no
    folders, and at most 120 signs, its ending kept.
    """
    if len(name) <= _LONGEST_FILE_NAME and name.isprintable() and "/" not in name and "\\" not in name:
        return name.strip()
    name = shown_name(name[: 2 * _LONGEST_FILE_NAME] + name[2 * _LONGEST_FILE_NAME :][-_LONGEST_ENDING:])
    name = name.replace("/", "_").replace("\\", "_")
    if len(name) <= _LONGEST_FILE_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > _LONGEST_ENDING:
        return name[:_LONGEST_FILE_NAME].strip()
    return f"{stem[: _LONGEST_FILE_NAME - len(ending) - 1].strip()}{dot}{ending}"


def mime_type(mime: str) -> str:
    """Return what kind of file it is, empty when that is not told in the usual form."""
    return mime if _MIME.fullmatch(mime) else ""


def is_addressed(text: str) -> bool:
    """Tell whether words begin with a command that bears a bot's name."""
    return _ADDRESSED.match(text) is not None


def is_for_another_bot(text: str, own: Collection[str]) -> bool:
    """Tell whether words begin with a command that bears another bot's name.

    `own` are the names of the bot that received the words, in small letters; without any, every name may be ours.
    """
    found = _ADDRESSED.match(text)
    return found is not None and bool(own) and found.group(1).casefold() not in own


def is_only_command(text: str) -> bool:
    """Tell whether words are nothing but a command that bears a bot's name."""
    found = _ADDRESSED.match(text)
    return found is not None and not text[found.end() :].strip()
