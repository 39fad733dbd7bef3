"""Our form of a call with files is the one that aiogram, which nobody here wrote, lays for the same call."""

import json
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import SendDocument, SendMediaGroup, SendPhoto
from aiogram.types import BufferedInputFile, InputMediaDocument, InputMediaPhoto
from aiohttp import ClientSession, FormData, web
from aiohttp.test_utils import TestServer

from bot.channels.telegram.form import lay_out
from bot.domain.message import File

PICTURE = File(name="двор.jpg", mime="image/jpeg", content=b"\xff\xd8 picture")
PLAN = File(name='план "б".pdf', mime="application/pdf", content=b"%PDF plan")
REPLY = {"message_id": 7, "allow_sending_without_reply": True}
BUTTONS = {"inline_keyboard": [[{"text": "Взять", "callback_data": "t:1:take"}]]}
METHODS = {"sendPhoto": SendPhoto, "sendDocument": SendDocument, "sendMediaGroup": SendMediaGroup}
MEDIA: dict[str, Any] = {"photo": InputMediaPhoto, "document": InputMediaDocument}


def by_aiogram(method: str, params: dict[str, Any]) -> FormData:
    nobody = Bot(token="1:none", session=AiohttpSession())
    fields = {name: _given(value) for name, value in params.items()}
    return nobody.session.build_form_data(nobody, METHODS[method](**fields))  # type: ignore[attr-defined]


def _given(value: Any) -> Any:
    if isinstance(value, File):
        return BufferedInputFile(value.content, filename=value.name)
    if isinstance(value, list):
        return [MEDIA[item["type"]](**{name: _given(field) for name, field in item.items()}) for item in value]
    return value


async def parts_of(form: FormData) -> dict[str, Any]:
    """The parts as a server reads them, with the files' own names numbered in their order."""
    texts: dict[str, str] = {}
    files: dict[str, tuple[str, bytes]] = {}

    async def receive(request: web.Request) -> web.Response:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = (value.filename, value.file.read())
            else:
                texts[name] = str(value)
        return web.Response()

    application = web.Application()
    application.router.add_post("/", receive)
    async with TestServer(application) as server, ClientSession() as session:
        await (await session.post(server.make_url("/"), data=form)).read()
    numbers = {name: f"file{number}" for number, name in enumerate(files)}

    def numbered(text: str) -> str:
        for theirs, ours in numbers.items():
            text = text.replace(f"attach://{theirs}", f"attach://{ours}")
        return text

    return {name: _read(numbered(text)) for name, text in texts.items()} | {
        numbers[name]: file for name, file in files.items()
    }


def _read(text: str) -> Any:
    try:
        return _without_nothing(json.loads(text))
    except ValueError:
        return text


def _without_nothing(value: Any) -> Any:
    match value:
        case dict():
            return {name: _without_nothing(each) for name, each in value.items() if each is not None}
        case list():
            return [_without_nothing(each) for each in value]
    return value


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("sendPhoto", {"chat_id": -100, "photo": PICTURE, "caption": "№ 1 <b>&", "reply_parameters": REPLY}),
        ("sendDocument", {"chat_id": 5, "document": PLAN, "reply_markup": BUTTONS}),
        (
            "sendMediaGroup",
            {
                "chat_id": -100,
                "reply_parameters": REPLY,
                "media": [
                    {"type": "photo", "media": PICTURE, "caption": "Двор"},
                    {"type": "photo", "media": "known-by-id"},
                    {"type": "document", "media": PLAN},
                ],
            },
        ),
    ],
)
async def test_the_form_is_the_one_that_aiogram_lays(method: str, params: dict[str, Any]) -> None:
    assert await parts_of(by_aiogram(method, params)) == await parts_of(lay_out(params))


async def test_an_empty_caption_is_left_out() -> None:
    assert set(await parts_of(lay_out({"chat_id": 5, "caption": "", "photo": PICTURE}))) == {
        "chat_id",
        "photo",
        "file0",
    }
