"""Sending to where Telegram has several talks in one chat: topics, comments under posts, a channel's mailbox."""

import pytest

from bot.channels.telegram.linked import LinkedChannels
from bot.channels.telegram.surroundings import NAME_NOTE, NOTE
from bot.domain.errors import ChannelBusyError, ChannelRefusedError, RefusalReason
from bot.domain.event import AnsweredElsewhere, CommentReceived, MessageReceived
from bot.domain.message import Attachment, AttachmentKind, File, OutgoingKind, OutgoingMessage, Place, Sent
from tests.channels.telegram_parts import CITIZEN, GROUP, channel_at, no_files, receiving, sends
from tests.pretend.telegram import PretendTelegram
from tests.pretend.telegram_intake import RememberingIntake
from tests.pretend.telegram_methods import TOPIC_ICONS

CHANNEL, DISCUSSION, MAILBOX, FORUM = -1_001_000_000_500, -1_001_000_000_600, -1_001_000_000_700, -1_001_000_000_800
ICON = {emoji: number for number, emoji in TOPIC_ICONS.items()}


def words(text: str = "", **fields: object) -> OutgoingMessage:
    return OutgoingMessage(text=text, **fields)  # type: ignore[arg-type] # tests name real fields


def at(chat: str) -> Place:
    return Place(channel="telegram", community="1000", chat=chat)


async def refusal(channel: object, telegram: PretendTelegram, outgoing: OutgoingMessage, to: int) -> RefusalReason:
    with pytest.raises(ChannelRefusedError) as refused:
        await sends(channel, telegram, outgoing, to=to)  # type: ignore[arg-type] # the channel of the test
    return refused.value.reason


async def test_a_topic_is_made_with_its_icon_and_messages_and_files_stand_in_it() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.create_forum(FORUM)
        made = await sends(channel, telegram, words("№ 412 " + "а" * 200, kind=OutgoingKind.TOPIC, icon="❗"), to=FORUM)
        (thread,) = made.message_ids
        topic = telegram.groups[FORUM].topics[int(thread)]
        assert (len(topic.name), topic.name[-1], topic.icon) == (128, "…", ICON["❗️"])
        await sends(channel, telegram, words("Карточка", thread=thread), to=FORUM)

        async def opened(attachment: Attachment) -> File:
            return File(name=attachment.name, mime="application/pdf", content=b"pdf")

        file = Attachment(kind=AttachmentKind.DOCUMENT, channel="vk", community="77", reference="doc1", name="акт.pdf")
        with_file = words("Акт", thread=thread, attachments=(file,))
        await sends(channel, telegram, with_file, to=FORUM, open_file=opened)
        assert [(each.text, each.thread) for each in telegram.messages(FORUM)] == [
            ("Карточка", int(thread)),
            ("Акт", int(thread)),
        ]


async def test_a_topic_changes_its_name_and_icon_and_the_same_once_more_is_a_success() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.create_forum(FORUM)
        made = await sends(channel, telegram, words("№ 412", kind=OutgoingKind.TOPIC), to=FORUM)
        change = words("№ 412 · есть ответ", kind=OutgoingKind.TOPIC_EDIT, thread=made.message_ids[0], icon="✅")
        for _ in range(2):
            assert await sends(channel, telegram, change, to=FORUM) == Sent()
        topic = telegram.groups[FORUM].topics[int(made.message_ids[0])]
        assert (topic.name, topic.icon) == ("№ 412 · есть ответ", ICON["✅"])
        assert len(telegram.calls_of("getForumTopicIconStickers")) == 1  # asked for once, kept


async def test_a_topic_goes_without_an_icon_that_telegram_does_not_offer_or_tell() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.create_forum(FORUM)
        telegram.fail_next("getForumTopicIconStickers")
        for icon in ("✅", "🦖"):
            made = await sends(channel, telegram, words("№ 1", kind=OutgoingKind.TOPIC, icon=icon), to=FORUM)
            assert telegram.groups[FORUM].topics[int(made.message_ids[0])].icon == ""


async def test_a_topic_that_is_gone_or_closed_is_told_as_such() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.create_forum(FORUM)
        made = await sends(channel, telegram, words("№ 412", kind=OutgoingKind.TOPIC), to=FORUM)
        thread = made.message_ids[0]
        telegram.promote(FORUM)
        telegram.close_topic(FORUM, int(thread))
        assert await refusal(channel, telegram, words("?", thread=thread), FORUM) is RefusalReason.TOPIC_GONE
        telegram.delete_topic(FORUM, int(thread))
        for outgoing in (
            words("?", thread=thread),
            words("№ 412", kind=OutgoingKind.TOPIC_EDIT, thread=thread),
        ):
            assert await refusal(channel, telegram, outgoing, FORUM) is RefusalReason.TOPIC_GONE


async def test_a_group_without_topics_or_the_right_to_make_them_forbids_it() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.create_forum(FORUM, may_manage=False)
        telegram.create_group(GROUP)
        for group in (FORUM, GROUP):
            topic = words("№ 412", kind=OutgoingKind.TOPIC)
            assert await refusal(channel, telegram, topic, group) is RefusalReason.FORBIDDEN


async def test_what_was_sent_is_taken_back_and_taking_back_twice_is_a_success() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        await telegram.citizen_writes(CITIZEN, "?")
        sent = await sends(channel, telegram, words("Ошибка"))
        delete = words(kind=OutgoingKind.DELETE, target=sent.message_ids[0])
        telegram.drop_next("deleteMessage", taken=True)
        with pytest.raises(ChannelBusyError):
            await sends(channel, telegram, delete)
        assert await sends(channel, telegram, delete) == Sent()
        assert [each.text for each in telegram.messages(CITIZEN)] == ["?"]


async def test_after_two_days_it_is_too_late_to_take_words_back() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        await telegram.citizen_writes(CITIZEN, "?")
        sent = await sends(channel, telegram, words("Ошибка"))
        telegram.chat(CITIZEN).messages[int(sent.message_ids[0])].at -= 49 * 3600
        delete = words(kind=OutgoingKind.DELETE, target=sent.message_ids[0])
        assert await refusal(channel, telegram, delete, CITIZEN) is RefusalReason.TOO_LATE


async def test_words_beside_a_file_are_edited_as_its_caption() -> None:
    async def opened(attachment: Attachment) -> File:
        return File(name="a.jpg", mime="image/jpeg", content=b"jpeg")

    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        await telegram.citizen_writes(CITIZEN, "?")
        photo = Attachment(kind=AttachmentKind.PHOTO, channel="vk", community="77", reference="photo1")
        sent = await sends(channel, telegram, words("Было", attachments=(photo,)), open_file=opened)
        await sends(channel, telegram, words("Стало", kind=OutgoingKind.EDIT, target=sent.message_ids[0]))
        assert telegram.messages(CITIZEN)[-1].text == "Стало"


async def test_a_comment_is_answered_under_its_post_and_the_post_itself_when_nothing_is_named() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.create_channel(CHANNEL)
        telegram.create_discussion(DISCUSSION, CHANNEL)
        _, copy = await telegram.posts(CHANNEL, "Каникулы")
        comment = await telegram.group_message(DISCUSSION, CITIZEN, "Почему", reply_to=copy)
        place = at(f"wall{DISCUSSION}_{copy}")
        account = telegram.account()
        for reply_to in (str(comment), ""):
            answer = words("Карантин", kind=OutgoingKind.COMMENT, reply_to=reply_to)
            await channel.send(answer, account=account, place=place, row=1, open_file=no_files)
        assert [(each.reply_to, each.thread) for each in telegram.messages(DISCUSSION)[-2:]] == [
            (comment, copy),
            (copy, copy),
        ]


async def test_a_mailbox_is_answered_in_the_dialogue_of_its_person() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.create_channel(CHANNEL)
        telegram.create_mailbox(MAILBOX, CHANNEL)
        asked = await telegram.writes_to_channel(MAILBOX, CITIZEN, "Здравствуйте")
        answer, account = words("Добрый день", reply_to=str(asked)), telegram.account()
        place = at(f"direct{MAILBOX}_{CITIZEN}")
        sent = await channel.send(answer, account=account, place=place, row=1, open_file=no_files)
        edit = words("Добрый вечер", kind=OutgoingKind.EDIT, target=sent.message_ids[0])
        await channel.send(edit, account=account, place=place, row=2, open_file=no_files)
        shown = telegram.messages(MAILBOX)[-1]
        assert (shown.text, shown.mailbox, shown.reply_to) == ("Добрый вечер", CITIZEN, asked)


async def test_a_group_is_asked_once_for_its_channel_and_replies_to_comments_become_comments() -> None:
    intake = RememberingIntake()
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.create_channel(CHANNEL, username="school7")
        telegram.create_discussion(DISCUSSION, CHANNEL)
        _, copy = await telegram.posts(CHANNEL, "Каникулы")
        first = await telegram.group_message(DISCUSSION, CITIZEN, "Почему", reply_to=copy)
        telegram.bot().queue.clear()  # a restart: what told of the channel was received before it
        for text in ("И мне интересно", "И мне"):
            await telegram.group_message(DISCUSSION, 502, text, reply_to=first)
        await telegram.speaks_for_channel(DISCUSSION, "Карантин", reply_to=first)
        async with receiving(channel, telegram.account(), intake):
            await intake.until(lambda: len(intake.kept) == 3)
        *comments, own = [channel.convert("1000", payload) for payload in intake.payloads]
        for each in comments:
            assert isinstance(each, CommentReceived)
            assert each.place == at(f"wall{DISCUSSION}_{copy}")
            assert each.sources == ("@school7", str(CHANNEL))
        assert isinstance(own, AnsweredElsewhere)
        assert [call.params["chat_id"] for call in telegram.calls_of("getChat")] == [DISCUSSION, CHANNEL]


async def test_a_forwarded_post_tells_the_channel_without_asking() -> None:
    intake = RememberingIntake()
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.create_channel(CHANNEL)
        telegram.create_discussion(DISCUSSION, CHANNEL)
        _, copy = await telegram.posts(CHANNEL, "Каникулы")
        first = await telegram.group_message(DISCUSSION, CITIZEN, "Почему", reply_to=copy)
        await telegram.group_message(DISCUSSION, 502, "И я", reply_to=first)
        async with receiving(channel, telegram.account(), intake):
            await intake.until(lambda: len(intake.kept) == 4)
        assert isinstance(channel.convert("1000", intake.payloads[-1]), CommentReceived)
        assert telegram.calls_of("getChat") == []


async def test_replies_in_a_work_chat_stay_its_own_even_when_telegram_does_not_tell() -> None:
    intake = RememberingIntake()
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.create_group(GROUP, tell=False)
        telegram.fail_next("getChat", times=2)
        card = await sends(channel, telegram, words("№ 412"), to=GROUP)
        first = await telegram.group_message(GROUP, 7, "Беру", reply_to=int(card.message_ids[0]))
        await telegram.group_message(GROUP, 8, "Хорошо", reply_to=first)
        async with receiving(channel, telegram.account(), intake):
            await intake.until(lambda: len(intake.kept) == 2)
        for payload in intake.payloads:
            event = channel.convert("1000", payload)
            assert isinstance(event, MessageReceived)
            assert event.place == at(str(GROUP))
        assert len(telegram.calls_of("getChat")) == 2  # once more, then not for every message


async def test_a_short_failure_costs_no_comment() -> None:
    intake = RememberingIntake()
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.create_channel(CHANNEL)
        telegram.create_discussion(DISCUSSION, CHANNEL)
        _, copy = await telegram.posts(CHANNEL, "Каникулы")
        first = await telegram.group_message(DISCUSSION, CITIZEN, "Почему", reply_to=copy)
        telegram.bot().queue.clear()
        telegram.fail_next("getChat", status=429, retry_after=3)
        await telegram.group_message(DISCUSSION, 502, "И я", reply_to=first)
        async with receiving(channel, telegram.account(), intake):
            await intake.until(lambda: intake.kept)
        assert isinstance(channel.convert("1000", intake.payloads[0]), CommentReceived)


async def test_a_mailbox_is_known_by_its_channel_and_private_words_cost_no_question() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        telegram.create_channel(CHANNEL, username="school7")
        telegram.create_mailbox(MAILBOX, CHANNEL)
        linked = LinkedChannels(channel._api, telegram.account())
        mail = {"update_id": 1, "message": {"chat": {"id": MAILBOX, "is_direct_messages": True}}}
        plain = {"update_id": 2, "message": {"chat": {"id": CITIZEN, "type": "private"}, "message_thread_id": 3}}
        noted = await linked.note([mail, plain, None, [], {"message": {"chat": {"id": "x"}}}])
        assert noted[0] == mail | {NOTE: {"id": CHANNEL, "username": "school7"}}
        assert noted[1:] == [plain, None, [], {"message": {"chat": {"id": "x"}}}]
        assert len(telegram.calls_of("getChat")) == 1


async def test_the_bots_name_is_asked_for_once_when_a_command_bears_one() -> None:
    async with PretendTelegram() as telegram, channel_at(telegram.url) as channel:
        linked = LinkedChannels(channel._api, telegram.account())
        plain = {"update_id": 1, "message": {"chat": {"id": 5, "type": "private"}, "text": "/open"}}
        named = {"update_id": 2, "message": {"chat": {"id": 5, "type": "private"}, "text": "/open@combot"}}
        assert list(await linked.note([plain])) == [plain]
        assert telegram.calls_of("getMe") == []
        telegram.fail_next("getMe", status=500)
        [unknown] = await linked.note([named])
        assert unknown[NAME_NOTE] == ""
        for _ in range(2):
            [noted] = await linked.note([named])
            assert noted[NAME_NOTE].startswith("otklik_")
        assert len(telegram.calls_of("getMe")) == 2
