"""The channel against lo-bot-api-emulator, a Bot API server that nobody here wrote: by polling, end to end.

The emulator refuses every field that it does not know, keeps updates until a higher offset confirms them, and writes
a journal of what it was asked.
"""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import orjson
import pytest
from aiohttp import web
from lo_bot_api_emulator import LoBotApiEmulator
from lo_bot_api_emulator.journal import verdict

from bot.domain.channel import Account
from bot.domain.event import ButtonPressed, MessageReceived
from bot.domain.message import Attachment, AttachmentKind, Button, File, OutgoingKind, OutgoingMessage, Sent
from tests.channels.telegram_parts import channel_at, place, receiving
from tests.pretend.telegram_intake import RememberingIntake

ACCOUNT = Account(channel="telegram", community="7", token="7:synthetic")
CITIZEN = {"id": 501, "is_bot": False, "first_name": "Алсу"}
CHAT = {"id": 501, "type": "private", "first_name": "Алсу"}


class Judge:
    """The running emulator."""

    def __init__(self, emulator: LoBotApiEmulator, url: str, journal: Path) -> None:
        self.emulator = emulator
        self.url = url
        self.journal = journal

    async def writes(self, text: str, message_id: int) -> None:
        message = {"message_id": message_id, "from": CITIZEN, "chat": CHAT, "date": 1_795_424_400, "text": text}
        await self.emulator.enqueue_update({"message": message}, token=ACCOUNT.token)

    async def presses(self, action: str, message_id: int) -> None:
        press = {
            "id": "55",
            "from": CITIZEN,
            "message": {"message_id": message_id, "chat": CHAT, "date": 1_795_424_400},
            "chat_instance": "1",
            "data": action,
        }
        await self.emulator.enqueue_update({"callback_query": press}, token=ACCOUNT.token)

    def batches(self) -> list[list[int]]:
        entries = [orjson.loads(line) for line in self.journal.read_bytes().splitlines()]
        return [entry["update_ids"] for entry in entries if entry.get("method") == "getUpdates" and entry["update_ids"]]


@pytest.fixture
async def judge(tmp_path: Path) -> AsyncIterator[Judge]:
    journal = tmp_path / "journal.jsonl"
    emulator = LoBotApiEmulator(journal=journal)
    runner = web.AppRunner(emulator.app(), access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield Judge(emulator, f"http://127.0.0.1:{runner.addresses[0][1]}", journal)
    await runner.cleanup()


async def test_a_question_is_received_stored_answered_and_confirmed(judge: Judge) -> None:
    intake = RememberingIntake()
    await judge.writes("/start school-7", 1)
    await judge.writes("Когда откроют каток <b>&", 2)
    async with channel_at(judge.url) as channel, receiving(channel, ACCOUNT, intake):
        await intake.until(lambda: len(intake.kept) == 2)
        start, question = (channel.convert("7", payload) for payload in intake.payloads)
        assert isinstance(start, MessageReceived)
        assert isinstance(question, MessageReceived)
        assert (start.deep_link, question.text) == ("school-7", "Когда откроют каток <b>&")
        buttons = ((Button(text="Закрыть", action="close:412"),),)
        answer = OutgoingMessage(text="В субботу, № 412 <b>&", reply_to=question.message_id, buttons=buttons)
        sent = await say(judge, answer)
        await judge.presses("close:412", int(sent.message_ids[0]))
        await intake.until(lambda: len(intake.kept) == 3)
        press = channel.convert("7", intake.payloads[-1])
        assert isinstance(press, ButtonPressed)
        await say(judge, OutgoingMessage(kind=OutgoingKind.PRESS_ANSWER, target=press.press_id, text="Закрыто"))
        edit = OutgoingMessage(kind=OutgoingKind.EDIT, target=press.message_id, text="№ 412 закрыто")
        await say(judge, edit)
        # The next poll carries the offset that lets the emulator forget the press.
        async with asyncio.timeout(30):
            while judge.emulator._update_queues.info(ACCOUNT.token)["pending_update_count"]:  # noqa: ASYNC110 - rings no bell
                await asyncio.sleep(0.01)
    required = ["getUpdates", "sendMessage", "answerCallbackQuery", "editMessageText"]
    judged = verdict(judge.journal, require_response=True, require_methods=required)
    assert (judged["ok"], judged["refusals"], judged["missing_methods"]) == (True, [], [])
    assert judge.batches() == [[1, 2], [3]]


async def test_what_the_intake_could_not_store_is_delivered_again(judge: Judge) -> None:
    intake = RememberingIntake()
    intake.fail_times = 1
    await judge.writes("Не потеряйте", 1)
    async with channel_at(judge.url) as channel:
        with pytest.raises(OSError, match="disk full"):
            await channel.receive(ACCOUNT, intake)
        async with receiving(channel, ACCOUNT, intake):
            await intake.until(lambda: intake.texts == ["Не потеряйте"])
    assert judge.batches()[:2] == [[1], [1]]


async def test_files_go_out_alone_and_as_albums(judge: Judge) -> None:
    photo = Attachment(kind=AttachmentKind.PHOTO, channel="vk", community="77", reference="p")
    document = Attachment(kind=AttachmentKind.DOCUMENT, channel="vk", community="77", reference="d")
    for attachments in ([photo], [document], [photo, photo], [document, document]):
        # albums carry no buttons, and the emulator would refuse them
        buttons = ((Button(text="Взять", action="take:1"),),)
        outgoing = OutgoingMessage(text="Яма & <b>", attachments=tuple(attachments), reply_to="1", buttons=buttons)
        sent = await say(judge, outgoing)
        assert len(sent.message_ids) == len(attachments)
    judged = verdict(judge.journal, require_methods=["sendPhoto", "sendDocument", "sendMediaGroup"])
    assert (judged["ok"], judged["refusals"]) == (True, [])


async def test_words_with_a_link_arrive_although_the_emulator_cannot_switch_previews_off(judge: Judge) -> None:
    sent = await say(judge, OutgoingMessage(text="Подробнее: https://kazan.ru"))
    assert len(sent.message_ids) == 1
    assert verdict(judge.journal, require_response=True, allowed_refusals=["sendMessage:400"])["ok"]


async def say(judge: Judge, outgoing: OutgoingMessage) -> Sent:
    """Send to the citizen through a channel of its own."""

    async def opened(attachment: Attachment) -> File:
        return File(name=f"{attachment.reference}.bin", mime="", content=attachment.reference.encode())

    async with channel_at(judge.url) as channel:
        return await channel.send(outgoing, account=ACCOUNT, place=place(501, "7"), row=1, open_file=opened)
