"""Reading raw JSON: what should be there and is not makes a MalformedEventError, and nothing else ever does."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.domain.errors import MalformedEventError

_LARGEST = 2**63


def mapping(source: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return the object under `name`."""
    value = source.get(name)
    if not isinstance(value, Mapping):
        raise MalformedEventError(f"{name} is not an object")
    return value


def items(source: Mapping[str, Any], name: str) -> Sequence[Any]:
    """Return the list under `name`; missing and null are an empty one."""
    value = source.get(name)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise MalformedEventError(f"{name} is not a list")
    return value


def integer(source: Mapping[str, Any], name: str) -> int:
    """Return the whole number under `name`."""
    value = maybe_integer(source, name)
    if value is None:
        raise MalformedEventError(f"{name} is missing")
    return value


def maybe_integer(source: Mapping[str, Any], name: str) -> int | None:
    """Return the whole number under `name`; None when it is missing or null."""
    value = source.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= _LARGEST:
        raise MalformedEventError(f"{name} is not a whole number")
    return value


def text(source: Mapping[str, Any], name: str) -> str:
    """Return the string under `name`, missing and null as an empty one; without what databases refuse."""
    value = source.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise MalformedEventError(f"{name} is not a string")
    return clean(value)


def moment(source: Mapping[str, Any], name: str) -> datetime:
    """Return the Unix time under `name` as UTC."""
    value = integer(source, name)
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, OSError, ValueError) as error:
        raise MalformedEventError(f"{name} is not a time") from error


def clean(value: str) -> str:
    """Return `value` without zero characters and halves of surrogate pairs: neither can be stored or sent."""
    return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
