"""A call that carries bytes, as the multipart form of https://core.telegram.org/bots/api#sending-files.

aiogram lays the same form (a test compares the two), but its import takes 4-8 seconds in which everything else in the
process is slow, and the first picture of a day would wait for it.
"""

from collections.abc import Mapping
from typing import Any

import orjson
from aiohttp import FormData

from bot.domain.message import File


def lay_out(params: Mapping[str, Any]) -> FormData:
    """Return the form of a call in which every `File` stands for its bytes."""
    files: dict[str, File] = {}
    form = FormData(quote_fields=False)
    for name, value in params.items():
        plain = _plain(value, files)
        if plain not in (None, ""):
            form.add_field(name, plain if isinstance(plain, str) else orjson.dumps(plain).decode())
    for name, file in files.items():
        form.add_field(name, file.opened(), filename=file.name or name)
    return form


def _plain(value: Any, files: dict[str, File]) -> Any:
    """Return what JSON can hold; files are noted and named by where they stand in the form."""
    match value:
        case File():
            name = f"file{len(files)}"
            files[name] = value
            return f"attach://{name}"
        case Mapping():
            return {name: _plain(each, files) for name, each in value.items() if each is not None}
        case list() | tuple():
            return [_plain(each, files) for each in value]
        case _:
            return value
