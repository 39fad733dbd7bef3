"""A server that speaks the Bot API need not know every method: what goes without, goes; nothing waits for days."""

from collections.abc import Callable

import pytest

from bot.domain.channel import Severity
from bot.domain.errors import ChannelBusyError, ChannelRefusedError, RefusalReason
from bot.domain.message import Attachment, AttachmentKind, File, OutgoingKind, OutgoingMessage, Sent
from tests.channels.telegram_parts import CITIZEN, channel_at, sends
from tests.pretend.telegram import PretendTelegram

Unknown = Callable[[PretendTelegram, str], None]


def in_json(status: int) -> Unknown:
    return lambda telegram, method: telegram.fail_next(method, status=status, times=9)


def in_words(status: int) -> Unknown:
    return lambda telegram, method: telegram.garble_next(method, status=status, times=9)


ways = pytest.mark.parametrize("forget", [in_json(404), in_json(501), in_words(404), in_words(405)])


@ways
async def test_an_unknown_method_is_no_wrong_token(forget: Unknown) -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        await telegram.citizen_writes(CITIZEN, "?")
        sent = await sends(channel, telegram, OutgoingMessage(text="№ 1"))
        forget(telegram, "editMessageText")
        edit = OutgoingMessage(kind=OutgoingKind.EDIT, text="№ 1 закрыто", target=sent.message_ids[0])
        with pytest.raises(ChannelRefusedError) as refused:
            await sends(channel, telegram, edit)
        assert refused.value.reason is RefusalReason.BAD_MESSAGE


@ways
async def test_a_press_that_cannot_be_answered_holds_up_nobody(forget: Unknown) -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        forget(telegram, "answerCallbackQuery")
        answer = OutgoingMessage(kind=OutgoingKind.PRESS_ANSWER, text="Взято", target="1")
        assert await sends(channel, telegram, answer) == Sent()


@ways
async def test_words_arrive_where_files_cannot_be_sent(forget: Unknown) -> None:
    async def open_file(attachment: Attachment) -> File:
        return File(name="a.jpg", mime="image/jpeg", content=b"jpeg")

    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        await telegram.citizen_writes(CITIZEN, "?")
        for method in ("sendPhoto", "sendDocument"):
            forget(telegram, method)
        photo = Attachment(kind=AttachmentKind.PHOTO, channel="vk", community="77", reference="a", fallback="[Фото]")
        await sends(channel, telegram, OutgoingMessage(text="Вот", attachments=(photo,)), open_file=open_file)
        assert telegram.messages(CITIZEN)[-1].text == "Вот\n\n[Фото]"


async def test_a_gateway_that_knows_nothing_at_all_is_waited_for() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.garble_next(status=404, times=9)
        with pytest.raises(ChannelBusyError):
            await sends(channel, telegram, OutgoingMessage(text="Да"))


async def test_the_check_does_without_what_a_server_cannot_tell() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.fail_next("getWebhookInfo", status=404)
        (finding,) = await channel.check(telegram.account())
        assert finding.severity is Severity.OK
