"""Telegram draws quoted words as quotations, in texts, captions and edits."""

from typing import Any

from bot.channels.telegram.entities import quotations
from bot.domain.message import OutgoingKind, OutgoingMessage
from bot.domain.quotation import quoted, read_quotations
from tests.channels.telegram_parts import GROUP, channel_at, sends
from tests.pretend.telegram import PretendTelegram


def message(text: str, **more: Any) -> OutgoingMessage:
    plain, quotes = read_quotations(text)
    return OutgoingMessage(text=plain, quotes=quotes, **more)


def test_offsets_are_told_in_utf_16_units() -> None:
    assert quotations(message(f"👍 № 1\n{quoted('😀 слова')}\nконец")) == [
        {"type": "blockquote", "offset": 7, "length": 8}
    ]
    assert quotations(message("без цитат")) == []


def test_a_long_quotation_is_folded_and_one_that_is_cut_ends_with_the_text() -> None:
    assert [each["type"] for each in quotations(message(quoted("слово " * 300)))] == ["expandable_blockquote"]
    assert quotations(message(quoted("слово")), within=3) == [{"type": "blockquote", "offset": 0, "length": 3}]


async def test_words_and_their_changes_carry_the_quotation() -> None:
    entity = {"type": "blockquote", "offset": 4, "length": 12}
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.create_group(GROUP)
        sent = await sends(channel, telegram, message(f"№ 1\n{quoted('Где бассейн?')}"), to=GROUP)
        change = message(f"№ 1\n{quoted('Где бассейн?')}\n✅", kind=OutgoingKind.EDIT, target=sent.message_ids[0])
        await sends(channel, telegram, change, to=GROUP)
        await sends(channel, telegram, message("№ 1"), to=GROUP)
        first, last = telegram.calls_of("sendMessage")
        [edit] = telegram.calls_of("editMessageText")
        assert first.params["entities"] == edit.params["entities"] == [entity]
        assert "entities" not in last.params
