"""The only file that imports aiogram: its models check a call with files and lay it into a multipart form."""

from collections.abc import Mapping
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import SendDocument, SendMediaGroup, SendPhoto
from aiogram.types import BufferedInputFile, InputMediaDocument, InputMediaPhoto
from aiohttp import FormData

from bot.domain.message import File

_METHODS = {"sendPhoto": SendPhoto, "sendDocument": SendDocument, "sendMediaGroup": SendMediaGroup}
_MEDIA = {"photo": InputMediaPhoto, "document": InputMediaDocument}


def lay_out(method: str, params: Mapping[str, Any]) -> FormData:
    """Return the form of a call in which every `File` stands for its bytes."""
    session = AiohttpSession()
    # aiogram asks a bot for its defaults; ours has none, and this token goes nowhere.
    nobody = Bot(token="1:none", session=session)  # noqa: S106 - see above
    fields = {name: _laid(value) for name, value in params.items()}
    return session.build_form_data(nobody, _METHODS[method](**fields))


def _laid(value: Any) -> Any:
    if isinstance(value, File):
        return BufferedInputFile(value.content, filename=value.name or "file")
    if isinstance(value, list):
        return [_MEDIA[item["type"]](**{name: _laid(field) for name, field in item.items()}) for item in value]
    return value
