"""The whole product by polling against lo-bot-api-emulator, a Bot API server that nobody here wrote.

A citizen asks in private, the card comes into a group, the administrator's reply comes back to the citizen.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from lo_bot_api_emulator import LoBotApiEmulator
from lo_bot_api_emulator.journal import verdict

from bot.app import PARTS, build
from bot.channels.telegram.channel import TelegramChannel
from bot.domain.institution import InviteRole, parse_scope
from bot.settings import Settings
from storage.database import Database
from storage.institutions import write_institutions
from storage.invites import make_invite
from tests import present
from tests.stories.region import CLINIC, CLUB, SCHOOL, words

TOKEN = "7:synthetic"
BOT = {"id": 7, "is_bot": True, "first_name": "Отклик"}
CITIZEN = {"id": 501, "is_bot": False, "first_name": "Алсу"}
ADMINISTRATOR = {"id": 601, "is_bot": False, "first_name": "Анна"}
PRIVATE = {"id": 501, "type": "private", "first_name": "Алсу"}
GROUP = {"id": -1000000000601, "type": "supergroup", "title": "Рабочий чат"}


class Judge(LoBotApiEmulator):  # type: ignore[misc]  # the package ships no types
    """The emulator, the people on it, and what it was told."""

    def __init__(self, journal: Path) -> None:
        super().__init__(journal=journal)
        self.said: list[tuple[str, dict[str, Any], Any]] = []
        self._numbers = count(1000)

    def validate(self, method: str, fields: dict[str, Any], uploads: dict[str, Any]) -> Any:
        """Judge a call, and remember those that were found good."""
        result = super().validate(method, fields, uploads)
        self.said.append((method, fields, result))
        return result

    async def writes(self, text: str, *, reply_to: dict[str, Any] | None = None, in_group: bool = False) -> None:
        """Somebody writes, in private or in the group."""
        message: dict[str, Any] = {
            "message_id": next(self._numbers),
            "from": ADMINISTRATOR if in_group else CITIZEN,
            "chat": GROUP if in_group else PRIVATE,
            "date": int(present.now().timestamp()),
            "text": text,
        }
        if reply_to is not None:
            message["reply_to_message"] = reply_to
        await self.enqueue_update({"message": message}, token=TOKEN)

    async def presses(self, label: str, message: dict[str, Any]) -> None:
        """An administrator presses a button of a message in the group."""
        rows = message["reply_markup"]["inline_keyboard"]
        action = next(button["callback_data"] for row in rows for button in row if button["text"] == label)
        press = {"id": "55", "from": ADMINISTRATOR, "message": message, "chat_instance": "1", "data": action}
        await self.enqueue_update({"callback_query": press}, token=TOKEN)

    async def shows(self, part: str, *, method: str = "sendMessage", in_group: bool = False) -> dict[str, Any]:
        """Wait until the bot has said something and return it as Telegram would show it."""
        chat = GROUP if in_group else PRIVATE
        async with asyncio.timeout(15):
            while True:
                for called, fields, result in self.said:
                    if called == method and part in str(fields.get("text")) and self._is_in(fields, chat):
                        number = result["message_id"] if isinstance(result, dict) else 0
                        markup = fields.get("reply_markup") or "{}"
                        return {
                            "message_id": number,
                            "from": BOT,
                            "chat": chat,
                            "date": int(present.now().timestamp()),
                            "text": fields["text"],
                            "reply_markup": json.loads(markup) if isinstance(markup, str) else markup,
                        }
                await asyncio.sleep(0.02)

    def _is_in(self, fields: dict[str, Any], chat: dict[str, Any]) -> bool:
        return "chat_id" not in fields or str(fields["chat_id"]) == str(chat["id"])


@pytest.fixture
async def judge(tmp_path: Path) -> AsyncIterator[tuple[Judge, str]]:
    emulator = Judge(tmp_path / "journal.jsonl")
    runner = web.AppRunner(emulator.app(), access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield emulator, f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_a_question_goes_to_the_group_and_its_answer_comes_back(
    judge: tuple[Judge, str], database: Database, tmp_path: Path
) -> None:
    emulator, url = judge
    async with database.unit() as connection:
        await write_institutions(connection, database.vault, (SCHOOL, CLINIC, CLUB))
        code = await make_invite(
            connection,
            database.vault,
            role=InviteRole.ADMINISTRATOR,
            scope=parse_scope("institution:club-1"),
            expires_at=present.now() + timedelta(days=1),
        )
    channel = TelegramChannel(api_url=url, proxy=None)
    settings = Settings(
        _env_file=None,
        data_dir=tmp_path,
        telegram_token=TOKEN,
        telegram_api_url=url,
        consent="off",
        pace="off",
    )
    application = build(settings, database, {"telegram": channel})
    running = asyncio.create_task(application.run(set(PARTS) - {"web"}))
    try:
        await emulator.writes(f"/bind {code}", in_group=True)
        await emulator.shows("это рабочий чат", in_group=True)
        await emulator.writes("/start club-1")
        await emulator.shows("Это Дом культуры")
        await emulator.writes("Будет ли ёлка <b>& *зимой*?")
        await emulator.shows("Принято, № 1 ·")

        card = await emulator.shows("Будет ли ёлка <b>& *зимой*?", in_group=True)
        await emulator.presses("Ещё…", card)
        menu = await emulator.shows("Будет ли ёлка", method="editMessageText", in_group=True)
        await emulator.presses("Взять", {**card, "reply_markup": menu["reply_markup"]})
        await emulator.shows(words("card-taken", name="Анна"), method="editMessageText", in_group=True)
        await emulator.writes("Да, 28 декабря.", reply_to=card, in_group=True)
        answer = await emulator.shows("Да, 28 декабря.")
        assert answer["text"] == f"{words('answer-head', number=1, institution=CLUB.name)}\n\nДа, 28 декабря."
        await emulator.shows("✔ Ответ", method="editMessageText", in_group=True)
    finally:
        running.cancel()
        await asyncio.wait({running})
        await channel.close()
    judged = verdict(
        tmp_path / "journal.jsonl",
        require_response=True,
        require_methods=["getUpdates", "sendMessage", "answerCallbackQuery", "editMessageText"],
        # It knows no way to switch off the preview of a link (the notice names a site); the words go without.
        allowed_refusals=["sendMessage:400"],
    )
    assert judged["ok"], judged
