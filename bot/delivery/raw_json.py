"""A messenger's JSON as values that every database can keep: no half characters and no NUL."""

import json
from typing import Any

import orjson

from bot.domain.errors import MalformedEventError


def read_json(payload: bytes) -> Any:
    """Read a raw event; raises MalformedEventError when it is no JSON.

    JSON may escape half a surrogate pair (RFC 8259, 8.2: "unpredictable"), which is no character and cannot be
    encoded: it becomes a question mark, the words around it stay. PostgreSQL keeps no NUL in a text: it goes.
    """
    try:
        value = orjson.loads(payload)
    except orjson.JSONDecodeError:
        value = _mended(payload)
    return _without_nul(value) if b"\\u0000" in payload else value


def _mended(payload: bytes) -> Any:
    try:
        return orjson.loads(json.dumps(json.loads(payload), ensure_ascii=False).encode(errors="replace"))
    except (ValueError, RecursionError) as error:
        raise MalformedEventError("not JSON") from error


def _without_nul(value: Any) -> Any:
    match value:
        case str():
            return value.replace("\x00", "")
        case list():
            return [_without_nul(item) for item in value]
        case dict():
            return {_without_nul(name): _without_nul(item) for name, item in value.items()}
        case _:
            return value
