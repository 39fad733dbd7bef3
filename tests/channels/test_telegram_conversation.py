"""What Telegram does not mark: comments, a channel's mailbox, quotes, passed-on words, changed words, reactions."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram.types import Update

from bot.channels.telegram.surroundings import NAME_NOTE, NOTE
from bot.domain.event import (
    AnsweredElsewhere,
    ButtonPressed,
    ChatKind,
    CommentReceived,
    MessageEdited,
    MessageReceived,
    ReactionChanged,
    ReactionsCounted,
)
from bot.domain.message import AttachmentKind, Person, Place
from tests.channels.telegram_raw import (
    ALSU,
    CHANNEL,
    COMMENTS,
    DISCUSSION,
    GROUP_PLACE,
    MAIL_PLACE,
    MAILBOX,
    OUR_BOT,
    PLACE,
    POST,
    WORK_CHAT,
    comment,
    converted,
    count,
    mail,
    message,
    press,
    reaction,
    received,
)

ALSU_PERSON = Person(channel="telegram", user_id="501", name="Алсу Гарипова", language="tt")
SENT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LINKED = {NOTE: {"id": -1_001_000_000_500, "username": "school7"}}
SOURCES = ("@school7", "-1001000000500")
OTHERS_COMMENT = message(message_id=60, chat=DISCUSSION, message_thread_id=55, text="А почему")
OUR_ANSWER = OTHERS_COMMENT | {"from": OUR_BOT, "text": "Каникулы продлены"}
CARD = message(message_id=100, chat=WORK_CHAT, text="№ 412", **{"from": OUR_BOT})


def test_a_reply_to_a_post_is_a_comment_with_its_address() -> None:
    assert converted(message=comment(text="Спасибо")) == CommentReceived(
        place=COMMENTS,
        sender=ALSU_PERSON,
        message_id="7",
        text="Спасибо",
        sent_at=SENT,
        sources=SOURCES,
        link="https://t.me/school7/12?comment=7",
        post="Завтра каникулы",
    )


def test_a_comment_carries_its_photo_album_and_the_marked_part_of_the_post() -> None:
    photo = [{"file_id": "f1", "file_unique_id": "u1", "width": 9, "height": 9}]
    album = {"photo": photo, "caption": "Яма", "media_group_id": "88"}
    event = converted(message=comment(**album, quote={"text": "каникулы", "position": 7}))
    assert isinstance(event, CommentReceived)
    assert [each.kind for each in event.attachments] == [AttachmentKind.PHOTO]
    assert (event.text, event.album, event.quote) == ("Яма", "88", "каникулы")


def test_a_reply_to_a_comment_is_a_comment_where_the_group_is_known_to_be_a_channels() -> None:
    event = converted(message=comment(text="Согласна", reply_to_message=OTHERS_COMMENT), **LINKED)
    assert isinstance(event, CommentReceived)
    assert (event.place, event.reply_to, event.quote, event.sources) == (COMMENTS, "60", "А почему", SOURCES)
    assert event.link == "https://t.me/c/1000000600/7?thread=55"


def test_a_comment_to_our_own_answer_does_not_quote_it() -> None:
    event = converted(message=comment(text="Не помогло", reply_to_message=OUR_ANSWER), **LINKED)
    assert isinstance(event, CommentReceived)
    assert (event.reply_to, event.quote) == ("60", "")


IN_WORK_CHATS: list[dict[str, Any]] = [
    # a reply to a card: its thread begins with the card
    {"message": message(chat=WORK_CHAT, text="Ответ", message_thread_id=100, reply_to_message=CARD)},
    # a reply to a reply: the thread is still the card's
    {
        "message": message(
            chat=WORK_CHAT,
            text="Ответ",
            message_thread_id=100,
            reply_to_message=message(message_id=101, chat=WORK_CHAT, message_thread_id=100, text="Беру"),
        )
    },
    # the same in a group that is linked to a channel: the talk visibly began with the card
    {"message": message(chat=WORK_CHAT, text="Ответ", message_thread_id=100, reply_to_message=CARD), **LINKED},
    # a topic is no talk under a post
    {"message": message(chat=WORK_CHAT, text="Ответ", message_thread_id=9, is_topic_message=True), **LINKED},
    {"message": message(chat=WORK_CHAT | {"is_forum": True}, text="Ответ", message_thread_id=9), **LINKED},
    # words to everybody in the group
    {"message": message(chat=WORK_CHAT, text="Всем привет"), **LINKED},
    {"message": message(chat={"id": -55, "type": "group"}, text="Ответ", message_thread_id=9), **LINKED},
]


@pytest.mark.parametrize("update", IN_WORK_CHATS)
def test_replies_in_a_work_chat_stay_what_they_are(update: dict[str, Any]) -> None:
    event = converted(**update)
    assert isinstance(event, MessageReceived)
    assert event.chat_kind is ChatKind.GROUP


@pytest.mark.parametrize("own", [CHANNEL, DISCUSSION])
def test_words_in_the_name_of_the_channel_or_the_group_are_the_institutions(own: dict[str, Any]) -> None:
    raw = comment(text="Продлили", sender_chat=own, reply_to_message=OTHERS_COMMENT)
    assert converted(message=raw, **LINKED) == AnsweredElsewhere(
        place=COMMENTS,
        message_id="7",
        text="Продлили",
        sent_at=SENT,
        reply_to="60",
        link="https://t.me/c/1000000600/7?thread=55",
    )


def test_words_in_the_name_of_another_channel_are_a_citizens() -> None:
    event = converted(message=comment(text="Спорно", sender_chat={"id": -100888, "title": "Чужой"}))
    assert isinstance(event, CommentReceived)
    assert event.sender.user_id == "-100888"


def test_a_comment_straight_from_the_channel_answers_no_comment() -> None:
    event = converted(message=comment(text="Уточнение", sender_chat=CHANNEL))
    assert isinstance(event, AnsweredElsewhere)
    assert event.reply_to == ""


def test_the_post_itself_is_no_question() -> None:
    assert converted(message=POST) is None


def test_words_to_a_channel_are_a_private_dialogue_of_their_own() -> None:
    event = converted(message=mail(text="Здравствуйте"), **LINKED)
    assert event == MessageReceived(
        place=MAIL_PLACE,
        chat_kind=ChatKind.PRIVATE,
        sender=ALSU_PERSON,
        message_id="7",
        text="Здравствуйте",
        sent_at=SENT,
        sources=SOURCES,
        link="tg://user?id=501",
    )
    assert (MAIL_PLACE.is_group, MAIL_PLACE.is_comments, MAIL_PLACE.person) == (False, False, "501")


@pytest.mark.parametrize(
    ("author", "administrator"),
    [
        ({"sender_chat": MAILBOX}, None),
        ({"sender_chat": CHANNEL, "from": ...}, None),
        (
            {"from": ALSU | {"id": 502, "last_name": "М."}},
            Person(channel="telegram", user_id="502", name="Алсу М.", language="tt"),
        ),
    ],
)
def test_another_voice_in_a_mailbox_is_the_institutions(author: dict[str, Any], administrator: Person | None) -> None:
    event = converted(message=mail(text="Ответ", **author))
    assert isinstance(event, AnsweredElsewhere)
    assert (event.place, event.administrator) == (MAIL_PLACE, administrator)


def test_a_press_in_a_mailbox_is_private_also_under_a_message_too_old_to_be_shown() -> None:
    shown = mail(message_id=9, text="Выберите", **{"from": OUR_BOT})
    for raw in (shown, {"chat": MAILBOX, "message_id": 9, "date": 0}):
        event = converted(callback_query=press(message=raw))
        assert isinstance(event, ButtonPressed)
        assert (event.place, event.chat_kind, event.message_id) == (MAIL_PLACE, ChatKind.PRIVATE, "9")


def test_a_topic_is_told_of_messages_and_presses() -> None:
    forum = WORK_CHAT | {"is_forum": True}
    in_topic = {"chat": forum, "message_thread_id": 31, "is_topic_message": True}
    event = received(text="Сделано", **in_topic)
    assert (event.place, event.thread, event.is_forum) == (GROUP_PLACE, "31", True)
    pressed = converted(callback_query=press(message=CARD | in_topic))
    assert isinstance(pressed, ButtonPressed)
    assert (pressed.place, pressed.thread) == (GROUP_PLACE, "31")
    general = received(text="Всем", chat=forum)
    assert (general.thread, general.is_forum) == ("", True)


OURS = {"origin": {"type": "user", "sender_user": OUR_BOT, "date": 1}}
THEIRS_ELSEWHERE = {
    "origin": {"type": "user", "sender_user": {"id": 777, "is_bot": False, "first_name": "Зуля"}, "date": 1}
}
ROOT = message(message_id=31, chat=WORK_CHAT, forum_topic_created={"name": "№ 5"}, **{"from": OUR_BOT})


@pytest.mark.parametrize(
    ("external", "reply_to", "is_ours", "is_elsewhere"),
    [
        # from another topic of the same group
        (OURS | {"chat": WORK_CHAT, "message_id": 100}, "100", True, False),
        (THEIRS_ELSEWHERE | {"chat": WORK_CHAT, "message_id": 100}, "100", False, False),
        # a card from before the group became a supergroup
        (OURS, "", True, True),
        (OURS | {"chat": {"id": -100999, "type": "supergroup"}, "message_id": 100}, "", True, True),
        (THEIRS_ELSEWHERE | {"chat": {"id": -100999, "type": "channel"}, "message_id": 100}, "", False, True),
    ],
)
def test_a_reply_from_another_topic_or_chat_is_read(
    external: dict[str, Any], reply_to: str, is_ours: bool, is_elsewhere: bool
) -> None:
    for more in ({}, {"reply_to_message": ROOT}):
        event = received(chat=WORK_CHAT, text="Ответ", external_reply=external, quote={"text": "№ 5"}, **more)
        assert (event.reply_to, event.reply_is_ours, event.replies_elsewhere) == (reply_to, is_ours, is_elsewhere)
        assert event.reply_text == ("№ 5" if is_ours else "")


@pytest.mark.parametrize(
    ("text", "is_for_another"),
    [
        ("/ban@combot", True),
        ("/help@other_bot слова", True),
        ("/help@Otklik_bot", False),
        ("/help", False),
        ("а /b@c", False),
    ],
)
def test_a_command_for_another_bot_is_known_by_its_name(text: str, is_for_another: bool) -> None:
    noted = {NAME_NOTE: "otklik_bot"}
    event = converted(message=message(chat=WORK_CHAT, text=text), **noted)
    assert isinstance(event, MessageReceived)
    assert (event.text, event.for_another_bot) == (text, is_for_another)
    unknown = received(chat=WORK_CHAT, text=text)
    assert not unknown.for_another_bot
    told = converted(message=comment(text=text), **noted)
    assert isinstance(told, CommentReceived)
    assert told.for_another_bot is is_for_another


def test_a_reply_in_a_group_without_topics_has_no_topic() -> None:
    event = received(chat=WORK_CHAT, text="Ответ", message_thread_id=100, reply_to_message=CARD)
    assert (event.thread, event.is_forum, event.reply_to) == ("", False, "100")


SCHOOL = {"id": -100777, "type": "channel", "title": "Новости школы"}
ORIGINS: list[tuple[Any, str]] = [
    ({"type": "user", "date": 1, "sender_user": ALSU}, "Алсу Гарипова"),
    ({"type": "hidden_user", "date": 1, "sender_user_name": "Иван П."}, "Иван П."),
    ({"type": "hidden_user", "date": 1}, "?"),  # aiogram issue 1840
    ({"type": "chat", "date": 1, "sender_chat": WORK_CHAT}, "Школа 7"),
    ({"type": "channel", "date": 1, "chat": SCHOOL, "message_id": 3}, "Новости школы"),
    ({"type": "from_the_future"}, "?"),
    ("rubbish", "?"),
    (None, ""),
]


@pytest.mark.parametrize(("origin", "name"), ORIGINS)
def test_words_that_were_passed_on_name_who_said_them(origin: Any, name: str) -> None:
    assert received(text="Смотрите", forward_origin=origin).forwarded_from == name


THEIRS = message(message_id=3, text="Воды не будет до вечера")
QUOTED: list[tuple[dict[str, Any], str]] = [
    ({"reply_to_message": THEIRS}, "Воды не будет до вечера"),
    ({"reply_to_message": THEIRS, "quote": {"text": "до вечера", "position": 14, "is_manual": True}}, "до вечера"),
    ({"reply_to_message": message(message_id=3, photo=[], caption="Объявление")}, "Объявление"),
    ({"reply_to_message": message(message_id=3, photo=[])}, ""),
    # words of ours are known without repeating them
    ({"reply_to_message": THEIRS | {"from": OUR_BOT}}, ""),
    ({"reply_to_message": THEIRS | {"from": OUR_BOT}, "quote": {"text": "до вечера"}}, ""),
    # a message of another chat: only what was marked is told
    ({"external_reply": {"origin": {"type": "channel"}}, "quote": {"text": "отключение"}}, "отключение"),
    ({"external_reply": {"story": {}}}, ""),
    ({"quote": "rubbish"}, ""),
]


@pytest.mark.parametrize(("fields", "quote"), QUOTED)
def test_what_a_message_answers_is_quoted(fields: dict[str, Any], quote: str) -> None:
    assert received(text="Это правда?", **fields).quote == quote


def test_the_photos_of_an_album_name_it() -> None:
    assert received(photo=[], media_group_id="88").album == "88"


def test_the_words_of_a_rich_message_are_read_in_their_order() -> None:
    blocks = [
        {"type": "heading", "text": "Заявка", "size": 1},
        {"type": "paragraph", "text": ["Нет ", {"type": "bold", "text": "воды"}, " с утра"]},
        {"type": "divider"},
        {"type": "list", "items": [{"blocks": [{"type": "paragraph", "text": "дом 5"}]}]},
    ]
    event = received(rich_message={"blocks": blocks})
    assert event.text == "Заявка\nНет воды с утра\nдом 5"
    assert event.attachments == ()


EDITED = {"edit_date": 1_795_424_460}


@pytest.mark.parametrize(
    ("raw", "noted", "place"),
    [
        (message(text="Дом 7", **EDITED), {}, PLACE),
        (message(text="Дом 7", chat=WORK_CHAT, **EDITED), {}, GROUP_PLACE),
        (comment(text="Дом 7", **EDITED), {}, COMMENTS),
        (comment(text="Дом 7", reply_to_message=OTHERS_COMMENT, **EDITED), LINKED, COMMENTS),
        (mail(text="Дом 7", **EDITED), {}, MAIL_PLACE),
    ],
)
def test_changed_words_are_told_wherever_they_stand(raw: dict[str, Any], noted: dict[str, Any], place: Place) -> None:
    edited = converted(edited_message=raw, **noted)
    assert isinstance(edited, MessageEdited)
    assert replace(edited, sources=()) == MessageEdited(
        place=place,
        sender=ALSU_PERSON,
        message_id="7",
        text="Дом 7",
        edited_at=datetime(2026, 11, 23, 9, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    "raw",
    [
        message(text="Карточка", **EDITED, **{"from": OUR_BOT}),
        POST | EDITED,
        # somebody shares the way they go: Telegram tells every step as an edit
        message(location={"latitude": 55.7, "longitude": 49.1, "live_period": 900}, **EDITED),
    ],
)
def test_changes_that_nobody_typed_mean_nothing(raw: dict[str, Any]) -> None:
    assert converted(edited_message=raw) is None


def test_a_reaction_in_a_dialogue_or_group_names_its_message() -> None:
    heart = [{"type": "emoji", "emoji": "❤\ufe0f"}]
    for chat, place, link in (
        ({"id": 501, "type": "private"}, PLACE, ""),
        (WORK_CHAT, GROUP_PLACE, "https://t.me/c/1234567890/7"),
    ):
        event = converted(message_reaction=reaction(chat=chat, old_reaction=heart))
        assert event == ReactionChanged(
            place=place,
            message_id="7",
            sender=ALSU_PERSON,
            before=("❤",),
            after=("👍",),
            link=link,
            changed_at=SENT,
        )


def test_a_reaction_without_a_name_or_a_known_picture_still_counts() -> None:
    kinds = [
        {"type": "paid"},
        {"type": "custom_emoji", "custom_emoji_id": "5"},
        {"type": "from_the_future"},
        {"type": "emoji"},
    ]
    anonymous = reaction(user=..., actor_chat=WORK_CHAT, new_reaction=kinds)
    event = converted(message_reaction=anonymous)
    assert isinstance(event, ReactionChanged)
    assert (event.sender, event.after) == (None, ("⭐", "custom", "custom", "custom"))


def test_the_reactions_to_a_post_are_told_as_numbers_of_the_post() -> None:
    reactions = [
        {"type": {"type": "emoji", "emoji": "👎"}, "total_count": 7},
        {"type": {"type": "custom_emoji", "custom_emoji_id": "1"}, "total_count": 2},
        {"type": {"type": "custom_emoji", "custom_emoji_id": "2"}, "total_count": 1},
    ]
    assert converted(message_reaction_count=count(reactions=reactions)) == ReactionsCounted(
        place=Place(channel="telegram", community="1000", chat="wall-1001000000500_12"),
        message_id="",
        totals=(("👎", 7), ("custom", 3)),
        sources=SOURCES,
        link="https://t.me/school7/12",
        counted_at=SENT,
    )


def test_the_copy_of_a_post_in_the_discussion_group_is_not_counted_a_second_time() -> None:
    assert converted(message_reaction_count=count(chat=DISCUSSION)) is None


@pytest.mark.parametrize(
    "update",
    [
        {"message": POST},
        {"message": comment(text="?")},
        {"message": comment(text="?", reply_to_message=OTHERS_COMMENT, sender_chat=CHANNEL)},
        {"message": mail(text="?")},
        {"message": message(text="?", forward_origin=ORIGINS[1][0])},
        *({"message": message(text="?", forward_origin=origin)} for origin, _ in (ORIGINS[0], *ORIGINS[3:5])),
        {"message": message(text="?", **QUOTED[1][0])},
        {"edited_message": message(text="?", **EDITED)},
        {"message_reaction": reaction()},
        {"message_reaction": reaction(user=..., actor_chat=WORK_CHAT)},
        {"message_reaction_count": count()},
    ],
)
def test_aiogram_takes_these_updates_for_telegrams(update: dict[str, Any]) -> None:
    Update.model_validate({"update_id": 1, **update})
