"""The pretend Telegram is judged by aiogram, which nobody here wrote, and its own refusals are shown to work."""

import asyncio
import sys
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
)

from tests.channels.telegram_parts import CITIZEN, GROUP
from tests.pretend.telegram import PretendTelegram


class Aiogram:
    """aiogram's client at a pretend Telegram."""

    def __init__(self, telegram: PretendTelegram, token: str | None = None) -> None:
        session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url))
        self.bot = Bot(token or telegram.token, session=session)

    async def __aenter__(self) -> Bot:
        return self.bot

    async def __aexit__(self, *_: object) -> None:
        await self.bot.session.close()


async def test_aiogram_understands_every_kind_of_update() -> None:
    async with PretendTelegram() as telegram, Aiogram(telegram) as bot:
        telegram.create_group(-55)
        await telegram.citizen_writes(CITIZEN, "Слова", username="alsu")
        await telegram.citizen_writes(CITIZEN, "Фото", photo=b"jpeg", reply_to=1)
        await telegram.citizen_writes(CITIZEN, document=("акт.pdf", b"pdf"))
        await telegram.group_message(-55, 7, "В группе")
        card = await bot.send_message(-55, "№ 1", reply_markup=keyboard("take:1"))
        await telegram.presses(7, -55, card.message_id, "Взять")
        telegram.migrate(-55)
        updates = await bot.get_updates(timeout=1)
        kinds = [update.event_type for update in updates]
        assert kinds == ["my_chat_member", *["message"] * 4, "callback_query", "message", "message"]
        reply = updates[2].message
        assert reply is not None
        assert reply.reply_to_message is not None
        assert (reply.caption, reply.reply_to_message.text) == ("Фото", "Слова")
        assert updates[5].callback_query is not None
        assert await bot.answer_callback_query(updates[5].callback_query.id, text="Взято") is True


def keyboard(action: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Взять", callback_data=action)]])


async def test_aiogram_sends_files_albums_and_edits() -> None:
    async with PretendTelegram() as telegram, Aiogram(telegram) as bot:
        telegram.create_group(GROUP)
        photo = await bot.send_photo(GROUP, BufferedInputFile(b"jpeg", "a.jpg"), caption="Яма")
        assert photo.photo is not None
        again = await bot.send_photo(GROUP, photo.photo[-1].file_id)
        album = await bot.send_media_group(
            GROUP, [InputMediaDocument(media=BufferedInputFile(each, "d")) for each in (b"1", b"2")]
        )
        downloaded = await bot.download(photo.photo[-1])
        assert downloaded is not None
        assert downloaded.read() == b"jpeg"
        await bot.edit_message_caption(chat_id=GROUP, message_id=photo.message_id, caption="Ямы нет")
        shown = telegram.messages(GROUP)
        assert [each.text for each in shown] == ["Ямы нет", "", "", ""]
        assert [each.message_id for each in (photo, again, *album)] == [1, 2, 3, 4]
        assert [each.files[0].content for each in shown] == [b"jpeg", b"jpeg", b"1", b"2"]


async def test_updates_wait_until_a_higher_offset_confirms_them() -> None:
    async with PretendTelegram() as telegram, Aiogram(telegram) as bot:
        for number in range(5):
            await telegram.citizen_writes(CITIZEN, str(number))
        assert len(await bot.get_updates(limit=2)) == 2
        first = await bot.get_updates()
        assert [update.update_id for update in first] == [1001, 1002, 1003, 1004, 1005]
        assert [each.update_id for each in await bot.get_updates(offset=1004)] == [1004, 1005]
        assert [each.update_id for each in await bot.get_updates(offset=0)] == [1004, 1005]
        assert await bot.get_updates(offset=1006) == []
        assert await bot.get_updates(offset=0) == []


async def test_an_offset_from_an_earlier_life_confirms_nothing() -> None:
    async with PretendTelegram() as telegram, Aiogram(telegram) as bot:
        await telegram.citizen_writes(CITIZEN, "После недели тишины")
        assert [each.update_id for each in await bot.get_updates(offset=900_000)] == [1001]


async def test_a_poll_waits_for_words_and_a_second_one_ends_it() -> None:
    async with PretendTelegram() as telegram, Aiogram(telegram) as bot:
        waiting = asyncio.create_task(bot.get_updates(timeout=5))
        await telegram.until(lambda: telegram.calls_of("getUpdates"))
        await telegram.citizen_writes(CITIZEN, "Пора")
        assert len(await waiting) == 1
        first = asyncio.create_task(bot.get_updates(offset=1002, timeout=5))
        await telegram.until(lambda: len(telegram.calls_of("getUpdates")) == 2)
        second = asyncio.create_task(bot.get_updates(offset=1002, timeout=5))
        with pytest.raises(TelegramConflictError, match="terminated by other getUpdates"):
            await first
        await telegram.citizen_writes(CITIZEN, "Второму")
        assert len(await second) == 1


async def test_polling_beside_a_webhook_is_a_conflict() -> None:
    async with PretendTelegram() as telegram, Aiogram(telegram) as bot:
        await bot.set_webhook("https://example.org/hook")
        with pytest.raises(TelegramConflictError, match="webhook is active"):
            await bot.get_updates()
        await bot.delete_webhook()
        assert await bot.get_updates() == []


async def test_only_the_kinds_that_were_asked_for_are_queued() -> None:
    async with PretendTelegram() as telegram, Aiogram(telegram) as bot:
        await bot.get_updates(allowed_updates=["callback_query"])
        await telegram.citizen_writes(CITIZEN, "Не нужно")
        assert telegram.unconfirmed() == 0


async def test_a_bot_in_privacy_mode_hears_only_commands_and_replies() -> None:
    async with PretendTelegram() as telegram, Aiogram(telegram) as bot:
        telegram.bot().reads_all = False
        telegram.create_group(GROUP, tell=False)
        card = await bot.send_message(GROUP, "№ 1")
        await telegram.group_message(GROUP, 7, "Болтовня")
        await telegram.group_message(GROUP, 7, "/open")
        await telegram.group_message(GROUP, 7, "Ответ", reply_to=card.message_id)
        heard = [update.message.text for update in await bot.get_updates() if update.message]
        assert heard == ["/open", "Ответ"]


async def test_every_bot_has_its_own_chats_and_token() -> None:
    async with PretendTelegram("1:a", "2:b") as telegram, Aiogram(telegram, "2:b") as second:
        await telegram.citizen_writes(CITIZEN, "Первому")
        await telegram.citizen_writes(CITIZEN, "Второму", bot=2)
        assert [each.message.text for each in await second.get_updates() if each.message] == ["Второму"]
        async with Aiogram(telegram, "3:unknown") as nobody:
            with pytest.raises(TelegramUnauthorizedError):
                await nobody.get_me()


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"text": " \n"}, "message text is empty"),
    ({"text": "а" * 4097}, "message is too long"),
    ({"text": "👍" * 2049}, "message is too long"),  # counted as Telegram counts
    ({"text": "?", "reply_markup": keyboard("я" * 33)}, "BUTTON_DATA_INVALID"),
    ({"text": "?", "reply_to_message_id": 99, "reply_parameters": {"message_id": 99}}, "to be replied not found"),
    ({"text": "?", "chat_id": -66}, "chat not found"),
]


@pytest.mark.parametrize(("fields", "words"), REFUSED, ids=[each[1] + str(n) for n, each in enumerate(REFUSED)])
async def test_what_telegram_refuses_is_refused(fields: dict[str, Any], words: str) -> None:
    async with PretendTelegram() as telegram, Aiogram(telegram) as bot:
        telegram.create_group(GROUP)
        with pytest.raises(TelegramBadRequest, match=words):
            await bot.send_message(**({"chat_id": GROUP} | fields))
        assert telegram.messages(GROUP) == []


async def test_albums_and_files_are_refused_as_telegram_refuses_them() -> None:
    photo, document = BufferedInputFile(b"1", "a.jpg"), BufferedInputFile(b"2", "b.pdf")
    async with PretendTelegram("1:a", "2:b") as telegram, Aiogram(telegram) as bot:
        telegram.create_group(GROUP)
        with pytest.raises(TelegramBadRequest, match="2-10 items"):
            await bot.send_media_group(GROUP, [InputMediaPhoto(media=photo)])
        with pytest.raises(TelegramBadRequest, match="document can't be mixed"):
            await bot.send_media_group(GROUP, [InputMediaPhoto(media=photo), InputMediaDocument(media=document)])
        with pytest.raises(TelegramBadRequest, match="caption is too long"):
            await bot.send_photo(GROUP, photo, caption="а" * 1025)
        sent = await bot.send_document(GROUP, document)
        assert sent.document is not None
        with pytest.raises(TelegramBadRequest, match="can't use file of type"):
            await bot.send_photo(GROUP, sent.document.file_id)
        async with Aiogram(telegram, "2:b") as other:
            with pytest.raises(TelegramBadRequest, match="wrong file identifier"):
                await other.send_document(GROUP, sent.document.file_id)


async def test_edits_are_refused_as_telegram_refuses_them() -> None:
    async with PretendTelegram() as telegram, Aiogram(telegram) as bot:
        telegram.create_group(GROUP)
        theirs = await telegram.group_message(GROUP, 7, "Чужое")
        ours = await bot.send_message(GROUP, "Наше")
        photo = await bot.send_photo(GROUP, BufferedInputFile(b"1", "a.jpg"))
        for message_id, words in (
            (99, "message to edit not found"),
            (theirs, "message can't be edited"),
            (ours.message_id, "message is not modified"),
            (photo.message_id, "there is no text"),
        ):
            with pytest.raises(TelegramBadRequest, match=words):
                await bot.edit_message_text("Наше", chat_id=GROUP, message_id=message_id)


async def test_a_press_is_answered_once_and_soon() -> None:
    async with PretendTelegram() as telegram, Aiogram(telegram) as bot:
        telegram.create_group(GROUP)
        card = await bot.send_message(GROUP, "№ 1", reply_markup=keyboard("take:1"))
        press = await telegram.presses(7, GROUP, card.message_id, "take:1")
        await bot.answer_callback_query(press, text="Взято")
        late = await telegram.presses(7, GROUP, card.message_id, "take:1")
        telegram.expire_presses()
        for press_id in (press, late, "12345"):
            with pytest.raises(TelegramBadRequest, match="query is too old"):
                await bot.answer_callback_query(press_id)
        with pytest.raises(AssertionError, match="offers"):
            await telegram.presses(7, GROUP, card.message_id, "Нет такой")


async def test_people_and_groups_turn_away_as_in_telegram() -> None:
    async with PretendTelegram() as telegram, Aiogram(telegram) as bot:
        await telegram.citizen_writes(CITIZEN, "?")
        telegram.block(CITIZEN)
        telegram.strangers.add(502)
        telegram.create_group(-55)
        new = telegram.migrate(-55)
        for chat_id, words in ((CITIZEN, "bot was blocked"), (502, "can't initiate conversation")):
            with pytest.raises(TelegramForbiddenError, match=words):
                await bot.send_message(chat_id, "?")
        with pytest.raises(TelegramMigrateToChat) as moved:
            await bot.send_message(-55, "?")
        assert moved.value.migrate_to_chat_id == new
        await telegram.citizen_writes(CITIZEN, "Я передумал")
        await bot.send_message(CITIZEN, "Хорошо")


CHANNEL, DISCUSSION, MAILBOX, FORUM = -1_001_000_000_500, -1_001_000_000_600, -1_001_000_000_700, -1_001_000_000_800


async def test_aiogram_understands_comments_mailboxes_edits_and_reactions() -> None:
    kinds = ["message", "edited_message", "channel_post", "message_reaction", "message_reaction_count"]
    async with PretendTelegram() as telegram, Aiogram(telegram) as bot:
        await bot.get_updates(allowed_updates=kinds)
        telegram.create_channel(CHANNEL, username="school7")
        telegram.create_discussion(DISCUSSION, CHANNEL)
        telegram.create_mailbox(MAILBOX, CHANNEL)
        post, copy = await telegram.posts(CHANNEL, "Завтра каникулы")
        comment = await telegram.group_message(DISCUSSION, CITIZEN, "Почему", reply_to=copy)
        await telegram.group_message(DISCUSSION, 502, "И я", reply_to=comment)
        await telegram.speaks_for_channel(DISCUSSION, "Потому что", reply_to=comment)
        await telegram.writes_to_channel(MAILBOX, CITIZEN, "А мне лично")
        await telegram.edits(DISCUSSION, comment, "Почему так рано")
        await telegram.reacts(CITIZEN, DISCUSSION, comment, "👍")  # no administrator there: not heard
        telegram.promote(DISCUSSION)
        await telegram.reacts(CITIZEN, DISCUSSION, comment, "👎", before=("👍",))
        await telegram.post_reactions(CHANNEL, post, {"👍": 5})
        updates = await bot.get_updates()
        assert [each.event_type for each in updates] == [
            "channel_post",
            *["message"] * 5,
            *["edited_message", "message_reaction", "message_reaction_count"],
        ]
        forwarded, first, second, own, mail = (each.message for each in updates[1:6])
        assert forwarded
        assert first
        assert second
        assert own
        assert mail
        assert (forwarded.is_automatic_forward, forwarded.message_thread_id) == (True, None)
        assert [each.message_thread_id for each in (first, second, own)] == [copy] * 3
        assert own.sender_chat
        assert own.sender_chat.id == CHANNEL
        assert mail.direct_messages_topic
        assert mail.direct_messages_topic.topic_id == CITIZEN
        group, mailbox = await bot.get_chat(DISCUSSION), await bot.get_chat(MAILBOX)
        assert (group.linked_chat_id, mailbox.parent_chat and mailbox.parent_chat.id) == (CHANNEL, CHANNEL)
        with pytest.raises(TelegramBadRequest, match="direct messages topic"):
            await bot.send_message(MAILBOX, "Кому?")
        await bot.send_message(MAILBOX, "Вам", direct_messages_topic_id=CITIZEN)
        assert telegram.messages(MAILBOX)[-1].mailbox == CITIZEN


async def test_topics_are_made_changed_and_refused_as_in_telegram() -> None:
    async with PretendTelegram() as telegram, Aiogram(telegram) as bot:
        telegram.create_forum(FORUM, may_manage=False)
        telegram.create_group(GROUP, tell=False)
        with pytest.raises(TelegramBadRequest, match="not enough rights to create a topic"):
            await bot.create_forum_topic(FORUM, "№ 1")
        with pytest.raises(TelegramBadRequest, match="not a forum"):
            await bot.create_forum_topic(GROUP, "№ 1")
        telegram.promote(FORUM, "can_manage_topics")
        icon = (await bot.get_forum_topic_icon_stickers())[0].custom_emoji_id
        topic = await bot.create_forum_topic(FORUM, "№ 1", icon_custom_emoji_id=icon)
        thread = topic.message_thread_id
        sent = await bot.send_message(FORUM, "Карточка", message_thread_id=thread)
        assert (sent.message_thread_id, sent.is_topic_message) == (thread, True)
        with pytest.raises(TelegramBadRequest, match="TOPIC_NOT_MODIFIED"):
            await bot.edit_forum_topic(FORUM, thread, name="№ 1")
        with pytest.raises(TelegramBadRequest, match="DOCUMENT_INVALID"):
            await bot.edit_forum_topic(FORUM, thread, icon_custom_emoji_id="5")
        telegram.promote(FORUM)
        telegram.close_topic(FORUM, thread)
        with pytest.raises(TelegramBadRequest, match="TOPIC_CLOSED"):
            await bot.send_message(FORUM, "Ещё", message_thread_id=thread)
        telegram.delete_topic(FORUM, thread)
        with pytest.raises(TelegramBadRequest, match="message thread not found"):
            await bot.send_message(FORUM, "Ещё", message_thread_id=thread)
        with pytest.raises(TelegramBadRequest, match="TOPIC_ID_INVALID"):
            await bot.edit_forum_topic(FORUM, thread, name="№ 2")


async def test_messages_are_deleted_by_their_author_and_soon() -> None:
    async with PretendTelegram() as telegram, Aiogram(telegram) as bot:
        telegram.create_group(GROUP, tell=False)
        theirs = await telegram.group_message(GROUP, 7, "Чужое")
        ours, old = [await bot.send_message(GROUP, text) for text in ("Наше", "Старое")]
        telegram.groups[GROUP].messages[old.message_id].at -= 49 * 3600
        assert await bot.delete_message(GROUP, ours.message_id) is True
        for message_id, words in (
            (ours.message_id, "to delete not found"),
            (theirs, "can't be deleted"),
            (old.message_id, "can't be deleted"),
        ):
            with pytest.raises(TelegramBadRequest, match=words):
                await bot.delete_message(GROUP, message_id)


async def test_faults_come_when_asked_for_and_end() -> None:
    async with PretendTelegram() as telegram, Aiogram(telegram) as bot:
        await telegram.citizen_writes(CITIZEN, "?")
        telegram.fail_next("sendMessage", status=429, retry_after=7, chat=CITIZEN)
        with pytest.raises(TelegramRetryAfter) as slow:
            await bot.send_message(CITIZEN, "Раз")
        telegram.drop_next("sendMessage")
        telegram.drop_next("sendMessage", taken=True)
        telegram.hang_next("sendMessage")
        for text in ("Потеряно", "Принято", "Повисло"):
            with pytest.raises(TelegramNetworkError):
                await bot.send_message(CITIZEN, text, request_timeout=1)
        await bot.send_message(CITIZEN, "Дошло")
        assert slow.value.retry_after == 7
        assert [each.text for each in telegram.messages(CITIZEN)] == ["?", "Принято", "Дошло"]


async def test_the_speed_limits_hold_when_switched_on() -> None:
    async with PretendTelegram() as telegram, Aiogram(telegram) as bot:
        telegram.create_group(GROUP)
        telegram.rates = True
        for _ in range(20):
            await bot.send_message(GROUP, "?")
        with pytest.raises(TelegramRetryAfter):
            await bot.send_message(GROUP, "Двадцать первое за минуту")


async def test_it_runs_in_a_process_of_its_own_and_is_driven_from_outside() -> None:
    command = ["-m", "tests.pretend.telegram", "--token", "1000:bench", "--group", str(GROUP)]
    process = await asyncio.create_subprocess_exec(sys.executable, *command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        async with asyncio.timeout(20):
            url = (await process.stdout.readline()).decode().strip()
            async with aiohttp.ClientSession(url) as outside:

                async def order(action: str, **fields: Any) -> Any:
                    async with outside.post(f"/control/{action}", json=fields) as response:
                        return await response.json()

                await order("push", count=3, users=2, text="Вопрос")
                async with outside.post("/bot1000:bench/getUpdates", json={"timeout": 1}) as response:
                    updates = (await response.json())["result"]
                assert [each["message"]["text"] for each in updates] == ["Вопрос 1", "Вопрос 2", "Вопрос 3"]
                assert [each["message"]["chat"]["id"] for each in updates] == [1000001, 1000002, 1000001]
                body = {"chat_id": GROUP, "text": "№ 1", "reply_markup": {"inline_keyboard": []}}
                async with outside.post("/bot1000:bench/sendMessage", json=body) as response:
                    assert response.status == 200
                counters = await order("counters")
                assert (counters["sent"], counters["unconfirmed"]) == (1, 3)
                assert [each[1:] for each in (await order("sent", since=0))["sent"]] == [[GROUP, "№ 1"]]
                assert (await order("messages", chat_id=GROUP))["messages"][0]["text"] == "№ 1"
                await order("reset")
                assert (await order("counters"))["unconfirmed"] == 0
    finally:
        process.terminate()
        await process.wait()
    assert process.returncode == 0
