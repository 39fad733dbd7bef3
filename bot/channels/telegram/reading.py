"""Reading somebody else's JSON: what is needed must be there and of its kind, else the event is malformed."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.domain.errors import MalformedEventError

_USERNAME = re.compile(r"\w{1,64}", re.ASCII)
_END_OF_TIME = 253_402_300_799
"""The last second of the year 9999, beyond which Python knows no date."""


def thing(parent: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return the object `name`; raises MalformedEventError if there is none."""
    value = parent.get(name)
    if not isinstance(value, dict):
        raise MalformedEventError(f"{name} is not an object")
    return value


def number(parent: Mapping[str, Any], name: str) -> int:
    """Return the whole number `name`; raises MalformedEventError if there is none."""
    value = parent.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise MalformedEventError(f"{name} is not a whole number")
    return value


def moment(parent: Mapping[str, Any], name: str) -> datetime:
    """Return the moment `name`, which Telegram tells in seconds since 1970; raises MalformedEventError."""
    seconds = number(parent, name)
    if not 0 <= seconds <= _END_OF_TIME:
        raise MalformedEventError(f"{name} is not a date")
    return datetime.fromtimestamp(seconds, UTC)


def words(parent: Mapping[str, Any], name: str) -> str:
    """Return the text `name`, empty when it is absent or null; raises MalformedEventError for anything but a text."""
    value = parent.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise MalformedEventError(f"{name} is not a text")
    return _storable(value, name)


def key_words(parent: Mapping[str, Any], name: str) -> str:
    """Return the text `name`; raises MalformedEventError if it is absent or empty."""
    value = words(parent, name)
    if not value:
        raise MalformedEventError(f"{name} is missing")
    return value


def maybe_words(parent: Mapping[str, Any], name: str) -> str:
    """Return the text `name`, empty when there is none of that kind; for things one can do without."""
    value = parent.get(name)
    if not isinstance(value, str):
        return ""
    return value.encode("utf-8", errors="replace").decode().replace("\x00", "")


def maybe_thing(parent: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return the object `name`, empty when there is none of that kind."""
    value = parent.get(name)
    return value if isinstance(value, dict) else {}


def maybe_number(parent: Mapping[str, Any], name: str) -> int | None:
    """Return the whole number `name`, None when there is none of that kind."""
    value = parent.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def maybe_size(parent: Mapping[str, Any], name: str) -> int | None:
    """Return the size `name`, None when there is none of that kind."""
    value = parent.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 62 else None


def maybe_username(parent: Mapping[str, Any]) -> str:
    """Return the user name, empty when there is none that could stand in an address."""
    value = parent.get("username")
    return value if isinstance(value, str) and _USERNAME.fullmatch(value) else ""


def _storable(value: str, name: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise MalformedEventError(f"{name} is not Unicode") from None
    # PostgreSQL stores no NUL in a text, and nobody sees one.
    return value.replace("\x00", "")
