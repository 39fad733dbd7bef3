"""Sending to Telegram: words, replies, buttons, edits and the answers to presses."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.telegram.shorten import shortened
from bot.domain.errors import ChannelBusyError, ChannelRefusedError, RefusalReason
from bot.domain.message import Button, OutgoingKind, OutgoingMessage, Sent
from bot.domain.parts import split_message, utf16_length
from tests import present
from tests.channels.telegram_parts import CITIZEN, GROUP, channel_at, sends
from tests.pretend.telegram import PretendTelegram

TAKE = ((Button(text="Взять", action="take:412"), Button(text="Сайт", url="https://example.org")),)


def words(text: str, **fields: object) -> OutgoingMessage:
    return OutgoingMessage(text=text, **fields)  # type: ignore[arg-type] # tests name real fields


async def test_words_arrive_as_they_are_whatever_their_characters() -> None:
    text = "<b>№ 412</b> & _подчёркнуто_ *звёзды* =СУММ(A1) [ссылка](http://x.ru) 👍🏽"
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        await telegram.citizen_writes(CITIZEN, "?")
        sent = await sends(channel, telegram, words(text))
        shown = telegram.messages(CITIZEN)[-1]
        assert (str(shown.id), shown.text, shown.is_bot) == (sent.message_ids[0], text, True)
        assert "parse_mode" not in telegram.calls_of("sendMessage")[0].params


async def test_the_messengers_own_time_is_told() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        await telegram.citizen_writes(CITIZEN, "?")
        sent = await sends(channel, telegram, words("Принято"))
        assert sent.at is not None
        assert abs(present.now() - sent.at) < timedelta(seconds=3)
        assert len(sent.message_ids) == 1


async def test_a_reply_stands_under_its_message_and_goes_without_it_if_that_was_deleted() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        asked = await telegram.citizen_writes(CITIZEN, "?")
        await sends(channel, telegram, words("Ответ", reply_to=str(asked)))
        await sends(channel, telegram, words("Ответ на стёртое", reply_to="99"))
        assert [each.reply_to for each in telegram.messages(CITIZEN)] == [None, asked, None]


async def test_a_comment_is_a_message_in_the_discussion_group() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.create_group(GROUP)
        comment = await telegram.group_message(GROUP, CITIZEN, "Почему так долго")
        outgoing = words("Исправили", kind=OutgoingKind.COMMENT, reply_to=str(comment))
        sent = await sends(channel, telegram, outgoing, to=GROUP)
        assert telegram.messages(GROUP)[-1].reply_to == comment
        assert sent.message_ids == ("2",)


async def test_buttons_are_offered_and_a_press_is_answered_once() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.create_group(GROUP)
        sent = await sends(channel, telegram, words("№ 412", buttons=TAKE), to=GROUP)
        assert telegram.messages(GROUP)[0].buttons == TAKE
        press = await telegram.presses(CITIZEN, GROUP, sent.message_ids[0], "Взять")
        answer = words("Вы взяли № 412", kind=OutgoingKind.PRESS_ANSWER, target=press)
        assert await sends(channel, telegram, answer, to=GROUP) == Sent()
        assert telegram.press_answer(press) == "Вы взяли № 412"
        # the same row after a crash: Telegram says "query is too old", which is as good as done
        assert await sends(channel, telegram, answer, to=GROUP) == Sent()


async def test_an_answer_to_a_press_is_cut_to_what_telegram_shows() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.create_group(GROUP)
        sent = await sends(channel, telegram, words("№ 412", buttons=TAKE), to=GROUP)
        press = await telegram.presses(CITIZEN, GROUP, sent.message_ids[0], "take:412")
        await sends(channel, telegram, words("слово " * 60, kind=OutgoingKind.PRESS_ANSWER, target=press), to=GROUP)
        shown = telegram.press_answer(press) or ""
        assert utf16_length(shown) <= 200
        assert shown.endswith("слово…")


@pytest.mark.parametrize(
    ("text", "limit", "expected"), [("12345", 5, "12345"), ("123456", 5, "1234…"), ("👍👍👍", 5, "👍👍…")]
)
def test_a_cut_is_visible_and_counts_as_telegram_counts(text: str, limit: int, expected: str) -> None:
    assert shortened(text, limit) == expected


async def test_a_card_changes_its_words_and_loses_its_buttons() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.create_group(GROUP)
        sent = await sends(channel, telegram, words("Ждёт", buttons=TAKE), to=GROUP)
        edit = words("Закрыто", kind=OutgoingKind.EDIT, target=sent.message_ids[0])
        edited = await sends(channel, telegram, edit, to=GROUP)
        shown = telegram.messages(GROUP)[0]
        assert (shown.text, shown.buttons, shown.edited, edited.message_ids) == ("Закрыто", (), True, ())


async def test_an_edit_that_was_made_already_is_a_success() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.create_group(GROUP)
        sent = await sends(channel, telegram, words("Ждёт"), to=GROUP)
        edit = words("Взято", kind=OutgoingKind.EDIT, target=sent.message_ids[0], buttons=TAKE)
        telegram.drop_next("editMessageText", taken=True)
        with pytest.raises(ChannelBusyError):
            await sends(channel, telegram, edit, to=GROUP)
        assert await sends(channel, telegram, edit, to=GROUP) == Sent()
        assert telegram.messages(GROUP)[0].buttons == TAKE


async def test_a_message_that_is_gone_cannot_be_edited() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.create_group(GROUP)
        with pytest.raises(ChannelRefusedError) as refused:
            await sends(channel, telegram, words("?", kind=OutgoingKind.EDIT, target="77"), to=GROUP)
        assert refused.value.reason is RefusalReason.MESSAGE_GONE


async def test_the_page_behind_a_link_is_not_shown() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        await telegram.citizen_writes(CITIZEN, "?")
        sent = await sends(channel, telegram, words("Подробнее: kazan.ru/news"))
        edit = words("Теперь: https://kazan.ru", kind=OutgoingKind.EDIT, target=sent.message_ids[0])
        await sends(channel, telegram, edit)
        assert [each.preview for each in telegram.messages(CITIZEN) if each.is_bot] == [False]
        assert "link_preview_options" in telegram.calls_of("editMessageText")[0].params


async def test_words_go_out_also_where_previews_cannot_be_switched_off() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        await telegram.citizen_writes(CITIZEN, "?")
        unknown = "Bad Request: link_preview_options is not supported yet"
        telegram.fail_next("sendMessage", status=400, description=unknown)
        await sends(channel, telegram, words("Подробнее: https://kazan.ru"))
        assert telegram.messages(CITIZEN)[-1].text == "Подробнее: https://kazan.ru"


async def test_a_long_text_cut_by_the_house_fits_and_keeps_its_order() -> None:
    text = "\n\n".join(f"{number} {'слово ' * 300}" for number in range(10))
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        await telegram.citizen_writes(CITIZEN, "?")
        for call in split_message(words(text), channel.limits):
            await sends(channel, telegram, call)
        shown = " ".join(each.text for each in telegram.messages(CITIZEN)[1:])
        assert shown.split() == text.split()


@pytest.mark.parametrize("outgoing", [words(""), words("   "), words("а" * 4097), words("\ud83d")])
async def test_what_telegram_cannot_show_is_refused_as_a_bad_message(outgoing: OutgoingMessage) -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        await telegram.citizen_writes(CITIZEN, "?")
        with pytest.raises(ChannelRefusedError) as refused:
            await sends(channel, telegram, outgoing)
        assert refused.value.reason is RefusalReason.BAD_MESSAGE


async def test_typing_is_shown_and_never_tried_again() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.create_group(GROUP)
        typing = words("", kind=OutgoingKind.TYPING, thread="7")
        assert await sends(channel, telegram, typing, to=GROUP) == Sent()
        assert telegram.calls_of("sendChatAction")[0].params["action"] == "typing"
        telegram.fail_next("sendChatAction", status=429, description="Too Many Requests: retry after 5")
        assert await sends(channel, telegram, typing, to=GROUP) == Sent()


async def test_a_reaction_is_put_and_where_it_cannot_be_one_line_is_said() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        said = await telegram.citizen_writes(CITIZEN, "Спасибо")
        heart = words("Рады помочь.", kind=OutgoingKind.REACTION, target=str(said), icon="❤")
        assert await sends(channel, telegram, heart) == Sent()
        assert telegram.calls_of("setMessageReaction")[0].params["reaction"] == [{"type": "emoji", "emoji": "❤"}]
        telegram.fail_next("setMessageReaction", status=400, description="Bad Request: REACTION_INVALID")
        assert (await sends(channel, telegram, heart)).message_ids
        assert [each.text for each in telegram.messages(CITIZEN)][-1] == "Рады помочь."
        telegram.fail_next("setMessageReaction", status=400, description="Bad Request: REACTION_INVALID")
        assert await sends(channel, telegram, replace(heart, text="")) == Sent()
