"""Raw updates become events; rubbish becomes MalformedEventError and never anything else."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.convert import convert
from bot.channels.telegram.surroundings import NOTE
from bot.domain.errors import MalformedEventError
from bot.domain.event import (
    ButtonPressed,
    ChatJoined,
    ChatKind,
    ChatLeft,
    ChatMigrated,
    MessageReceived,
    WritingAllowed,
)
from bot.domain.message import Attachment, AttachmentKind, Person, Place
from tests.channels.telegram_raw import (
    ALSU,
    FORWARDED,
    GROUP_PLACE,
    NOW,
    OUR_BOT,
    PLACE,
    PRIVATE,
    WORK_CHAT,
    attachment,
    comment,
    converted,
    count,
    mail,
    membership,
    message,
    press,
    reaction,
    received,
)


def test_a_private_message_has_everything_a_reader_needs() -> None:
    assert received(text="Нет света") == MessageReceived(
        place=PLACE,
        chat_kind=ChatKind.PRIVATE,
        sender=Person(channel="telegram", user_id="501", name="Алсу Гарипова", language="tt"),
        message_id="7",
        text="Нет света",
        sent_at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
        link="tg://user?id=501",
    )


def test_a_name_is_one_line() -> None:
    sender = {"id": 77, "is_bot": False, "first_name": "Ия\n№ 9", "last_name": "\u202eX"}
    event = received(**{"from": sender})
    assert event.sender.name == "Ия № 9 X"


def test_a_group_message_has_its_title_and_address() -> None:
    event = received(chat=WORK_CHAT, text="Готово")
    assert (event.place, event.chat_kind, event.chat_title) == (GROUP_PLACE, ChatKind.GROUP, "Школа 7")
    assert event.link == "https://t.me/c/1234567890/7"


@pytest.mark.parametrize(
    ("fields", "link"),
    [
        ({"from": ALSU | {"username": "alsu_g"}}, "https://t.me/alsu_g"),
        ({"from": ALSU | {"username": ["rubbish"]}}, "tg://user?id=501"),
        ({"from": ALSU | {"username": "a/b?c"}}, "tg://user?id=501"),
        ({"chat": {"id": -55, "type": "group", "title": "Малая"}}, ""),  # a basic group has no address
    ],
)
def test_the_link_leads_to_the_dialogue(fields: dict[str, Any], link: str) -> None:
    assert received(text="?", **fields).link == link


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("/start school-7", "school-7"),
        ("/start@otklik_bot school-7", "school-7"),
        ("/start", ""),
        ("/start@otklik_bot", ""),
        ("/start два слова", ""),  # typed by hand: links carry only letters, digits, _ and -
        ("/started school-7", ""),
        ("Я написал /start school-7", ""),
        (f"/start {'x' * 65}", ""),
    ],
)
def test_a_deep_link_is_read_and_stays_in_the_text(text: str, payload: str) -> None:
    event = received(text=text)
    assert (event.text, event.deep_link) == (text, payload)


def test_text_is_taken_as_it_is_but_for_the_character_that_no_database_stores() -> None:
    assert received(text="<b>a&b</b> _x_ *y* \x00=1+1").text == "<b>a&b</b> _x_ *y* =1+1"


def test_a_caption_is_the_text_of_a_photo_and_the_largest_size_counts() -> None:
    sizes = [
        {"file_id": "small", "width": 90, "height": 60, "file_size": 900},
        {"file_id": "large", "width": 1280, "height": 853, "file_size": 90_000},
        {"file_id": "middle", "width": 320, "height": 213},
        {"width": 9999, "height": 9999},
        "rubbish",
    ]
    event = received(photo=sizes, caption="Яма")
    assert event.text == "Яма"
    assert event.attachments == (attachment(AttachmentKind.PHOTO, reference="large", size=90_000, mime="image/jpeg"),)


FILE = {"file_id": "f1", "file_unique_id": "u1", "file_size": 10}
ATTACHMENTS: list[tuple[dict[str, Any], Attachment]] = [
    (
        {"document": FILE | {"file_name": "акт.pdf", "mime_type": "application/pdf"}},
        attachment(AttachmentKind.DOCUMENT, reference="f1", name="акт.pdf", size=10, mime="application/pdf"),
    ),
    ({"video": FILE}, attachment(AttachmentKind.VIDEO, reference="f1", size=10, mime="video/mp4")),
    ({"video_note": FILE}, attachment(AttachmentKind.VIDEO_NOTE, reference="f1", size=10, mime="video/mp4")),
    ({"voice": FILE}, attachment(AttachmentKind.VOICE, reference="f1", size=10, mime="audio/ogg")),
    (
        {"audio": FILE | {"title": "Гимн"}},
        attachment(AttachmentKind.AUDIO, reference="f1", size=10, mime="audio/mpeg", title="Гимн"),
    ),
    # an animation comes with a document that is the same file
    (
        {"animation": FILE, "document": FILE},
        attachment(AttachmentKind.ANIMATION, reference="f1", size=10, mime="video/mp4"),
    ),
    ({"sticker": FILE | {"emoji": "👍"}}, attachment(AttachmentKind.STICKER, reference="f1", size=10, title="👍")),
    (
        {"location": {"latitude": 55.79, "longitude": 49.12}},
        attachment(
            AttachmentKind.LOCATION,
            title="55.790000, 49.120000",
            url="https://yandex.ru/maps/?pt=49.120000,55.790000&z=17&l=map",
            latitude=55.79,
            longitude=49.12,
        ),
    ),
    (
        {
            "venue": {"location": {"latitude": 55, "longitude": 49}, "title": "Школа", "address": "Баумана, 1"},
            "location": {"latitude": 55, "longitude": 49},
        },
        attachment(
            AttachmentKind.LOCATION,
            title="Школа, Баумана, 1",
            url="https://yandex.ru/maps/?pt=49.000000,55.000000&z=17&l=map",
            latitude=55.0,
            longitude=49.0,
        ),
    ),
    (
        {"contact": {"first_name": "Иван", "phone_number": "+79990000000"}},
        attachment(AttachmentKind.CONTACT, title="Иван +79990000000"),
    ),
    ({"poll": {"question": "Греют?"}}, attachment(AttachmentKind.POLL, title="Греют?")),
    (
        {"poll": {"question": "Греют?", "options": [{"text": "да"}, {"text": "нет"}, {}, 7]}},
        attachment(AttachmentKind.POLL, title="Греют? (да; нет)"),
    ),
    (
        {"story": {"id": 5, "chat": {"id": -100777, "title": "Школа 7", "username": "school7"}}},
        attachment(AttachmentKind.OTHER, title="история «Школа 7»", url="https://t.me/school7/s/5"),
    ),
    ({"story": {"id": 1}}, attachment(AttachmentKind.OTHER, title="история")),
    ({"dice": {"emoji": "🎲", "value": 3}}, attachment(AttachmentKind.OTHER, title="кубик 🎲 3")),
    (
        {"paid_media": {"star_count": 5, "paid_media": []}},
        attachment(AttachmentKind.OTHER, title="платные фото или видео"),
    ),
    (
        {"checklist": {"title": "Двор", "tasks": [{"id": 1, "text": "лампа"}, {"id": 2, "text": "яма"}]}},
        attachment(AttachmentKind.OTHER, title="список дел Двор (лампа; яма)"),
    ),
    (
        {"giveaway": {"chats": [], "prize_description": "Билеты"}},
        attachment(AttachmentKind.OTHER, title="розыгрыш «Билеты»"),
    ),
    ({"giveaway_winners": {"winner_count": 1}}, attachment(AttachmentKind.OTHER, title="итоги розыгрыша")),
    # a live photo comes with a photo of the same moment
    (
        {"live_photo": FILE, "photo": [FILE | {"width": 9, "height": 9}]},
        attachment(AttachmentKind.PHOTO, reference="f1", size=10, mime="image/jpeg"),
    ),
    ({"live_photo": FILE}, attachment(AttachmentKind.OTHER, title="живое фото")),
    # content that the Bot API has not invented yet, and content that it does not tell
    ({"hologram": {"file_id": "x"}}, attachment(AttachmentKind.OTHER, title="hologram")),
    ({}, attachment(AttachmentKind.OTHER)),
    # known content in an unknown shape
    ({"photo": "rubbish"}, attachment(AttachmentKind.PHOTO)),
    ({"photo": []}, attachment(AttachmentKind.PHOTO)),
    ({"document": {"file_id": 7}}, attachment(AttachmentKind.DOCUMENT)),
    ({"location": {"latitude": 10**400, "longitude": 1}}, attachment(AttachmentKind.LOCATION)),
    ({"contact": []}, attachment(AttachmentKind.CONTACT)),
    ({"poll": 7}, attachment(AttachmentKind.POLL)),
    ({"checklist": {"tasks": 7}}, attachment(AttachmentKind.OTHER, title="список дел")),
]


@pytest.mark.parametrize(
    ("content", "expected"), ATTACHMENTS, ids=[next(iter(each[0]), "nothing") for each in ATTACHMENTS]
)
def test_what_is_attached_is_carried_or_named(content: dict[str, Any], expected: Attachment) -> None:
    assert received(**content).attachments == (expected,)


@pytest.mark.parametrize(
    "news",
    [
        {"entities": [{"type": "from_the_future", "offset": 0, "length": 1}]},
        {"forward_origin": {"type": "hidden_user"}},  # aiogram issue 1840
        {"external_reply": {"story": {}}},  # aiogram issue 1587
        {"brand_new_flag": True, "brand_new_thing": {"a": [1]}},
        {"via_bot": None, "link_preview_options": {"is_disabled": "maybe"}},
    ],
)
def test_news_and_oddities_of_the_bot_api_do_no_harm(news: dict[str, Any]) -> None:
    event = received(text="Здравствуйте", **news)
    assert (event.text, event.attachments) == ("Здравствуйте", ())


def test_a_reply_names_its_message_and_the_words_of_our_own_bot() -> None:
    event = received(text="Ответ", reply_to_message=message(message_id=3, **{"from": OUR_BOT}, text="№ 412"))
    assert (event.reply_to, event.reply_text) == ("3", "№ 412")


def test_a_reply_to_another_person_does_not_repeat_their_words() -> None:
    event = received(text="Ответ", reply_to_message=message(message_id=3, text="№ 412, я сам так написал"))
    assert (event.reply_to, event.reply_text) == ("3", "")


def test_in_a_topic_the_message_that_opened_it_is_no_reply() -> None:
    opening = message(message_id=2, forum_topic_created={"name": "Вода"})
    assert received(chat=WORK_CHAT, text="Кто возьмёт", reply_to_message=opening, message_thread_id=2).reply_to == ""


def test_an_anonymous_administrator_speaks_as_the_group() -> None:
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    event = received(chat=WORK_CHAT, text="Сделано", sender_chat=WORK_CHAT, **{"from": anonymous})
    assert event.sender == Person(channel="telegram", user_id="-1001234567890", name="Школа 7")


@pytest.mark.parametrize(
    "fields",
    [
        {"from": OUR_BOT, "text": "Наше собственное"},
        {"from": {"id": 4, "is_bot": True}, "text": "Другой бот"},
        {"is_automatic_forward": True, "sender_chat": {"id": -100777}, "text": "Пост канала"},
        {"chat": {"id": -100777, "type": "channel"}, "text": "Пост"},
        {"new_chat_members": [ALSU]},
        {"left_chat_member": ALSU},
        {"pinned_message": message(text="закреплено")},
        {"migrate_from_chat_id": -5},
        {"forum_topic_created": {"name": "Вода"}},
        {"new_chat_title": "Новое имя"},
    ],
)
def test_our_own_echo_other_bots_posts_and_service_messages_mean_nothing(fields: dict[str, Any]) -> None:
    assert converted(message=message(**fields)) is None


@pytest.mark.parametrize("kind", ["channel_post", "edited_channel_post", "poll", "chat_member", "business_message"])
def test_kinds_of_update_that_we_do_not_use_mean_nothing(kind: str) -> None:
    assert converted(**{kind: {"rubbish": True}}) is None


def test_a_group_that_became_a_supergroup_is_followed() -> None:
    event = converted(message=message(chat={"id": -5, "type": "group"}, migrate_to_chat_id=-1005))
    assert event == ChatMigrated(
        place=Place(channel="telegram", community="1000", chat="-5"),
        new_chat="-1005",
        happened_at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
    )


def test_a_press_tells_who_pressed_what_and_where() -> None:
    assert converted(callback_query=press()) == ButtonPressed(
        place=GROUP_PLACE,
        chat_kind=ChatKind.GROUP,
        sender=Person(channel="telegram", user_id="501", name="Алсу Гарипова", language="tt"),
        message_id="7",
        action="take:412",
        press_id="991",
        pressed_at=NOW,
    )


def test_a_press_under_a_message_too_old_to_be_shown_still_counts() -> None:
    event = converted(callback_query=press(message={"chat": WORK_CHAT, "message_id": 7, "date": 0}))
    assert isinstance(event, ButtonPressed)
    assert event.message_id == "7"


def test_a_press_without_its_message_can_only_be_meant_for_the_persons_own_dialogue() -> None:
    event = converted(callback_query=press(message=...))
    assert isinstance(event, ButtonPressed)
    assert (event.place.chat, event.chat_kind, event.message_id) == ("501", ChatKind.PRIVATE, "")


@pytest.mark.parametrize(
    "fields",
    [{"message": ..., "inline_message_id": "AA"}, {"data": ..., "game_short_name": "chess"}],
)
def test_presses_of_inline_messages_and_games_mean_nothing(fields: dict[str, Any]) -> None:
    assert converted(callback_query=press(**fields)) is None


def test_the_bot_learns_that_it_was_taken_into_a_group() -> None:
    event = converted(my_chat_member=membership({"status": "left"}, {"status": "member"}))
    assert isinstance(event, ChatJoined)
    assert (event.place, event.chat_title, event.sender.user_id) == (GROUP_PLACE, "Школа 7", "501")


@pytest.mark.parametrize(
    "now", [{"status": "kicked"}, {"status": "left"}, {"status": "restricted", "is_member": False}]
)
def test_the_bot_learns_that_it_was_put_out_of_a_group(now: dict[str, Any]) -> None:
    event = converted(my_chat_member=membership({"status": "administrator"}, now))
    assert event == ChatLeft(place=GROUP_PLACE, happened_at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


@pytest.mark.parametrize(("before", "now", "is_allowed"), [("member", "kicked", False), ("kicked", "member", True)])
def test_a_person_who_blocks_the_bot_forbids_it_to_write(before: str, now: str, is_allowed: bool) -> None:
    event = converted(my_chat_member=membership({"status": before}, {"status": now}, PRIVATE))
    assert isinstance(event, WritingAllowed)
    assert (event.place, event.sender.user_id, event.is_allowed) == (PLACE, "501", is_allowed)


@pytest.mark.parametrize(
    "change",
    [
        membership({"status": "member"}, {"status": "administrator"}),  # only rights
        membership({"status": "left"}, {"status": "administrator"}, {"id": -100777, "type": "channel"}),
    ],
)
def test_other_changes_of_membership_mean_nothing(change: dict[str, Any]) -> None:
    assert converted(my_chat_member=change) is None


RUBBISH: list[Any] = [None, "words", [], {}, 1.5, True, [[{}]], {"id": {"id": {}}}]
NO_LIST: list[Any] = [..., None, {}, "👍", [7]]
NOT_A_TEXT: list[Any] = [7, [], {}]
NO_WORDS: list[Any] = [..., None, 7, "", []]
NOT_A_REPLY: list[Any] = ["3", 3, [], {}, {"message_id": "3"}]
NOT_A_SPEAKER: list[Any] = ["x", [], {}, {"id": "x"}]
NOT_A_NUMBER: list[Any] = [..., None, "7", [], {}, 1.5, True]


@pytest.mark.parametrize(
    "update",
    [
        *({"message": each} for each in [*RUBBISH, 7]),
        *({"message": message(text="?", chat=each)} for each in [..., *RUBBISH]),
        *({"message": message(text="?", chat={"id": each, "type": "private"})} for each in NOT_A_NUMBER),
        *({"message": message(text="?", **{"from": each})} for each in [..., *RUBBISH]),
        *({"message": message(text="?", **{"from": {"id": each}})} for each in NOT_A_NUMBER),
        *({"message": message(text="?", message_id=each)} for each in NOT_A_NUMBER),
        *({"message": message(text="?", date=each)} for each in [*NOT_A_NUMBER, -1, 10**12, 10**40]),
        *({"message": message(text=each)} for each in [*NOT_A_TEXT, True, "\ud83d"]),
        *({"message": message(photo=[], caption=each)} for each in NOT_A_TEXT),
        *({"message": message(text="?", reply_to_message=each)} for each in NOT_A_REPLY),
        *({"message": message(migrate_to_chat_id=each)} for each in ["-5", [], 1.5]),
        *({"message": message(text="?", sender_chat=each)} for each in NOT_A_SPEAKER),
        *({"callback_query": each} for each in RUBBISH),
        *({"callback_query": press(id=each)} for each in NO_WORDS),
        *({"callback_query": press(**{"from": each})} for each in [..., *RUBBISH]),
        *({"callback_query": press(message=each)} for each in RUBBISH),
        *({"callback_query": press(data=each)} for each in NO_WORDS),
        *({"my_chat_member": each} for each in RUBBISH),
        *({"edited_message": each} for each in RUBBISH),
        *({"edited_message": message(text="?", edit_date=each)} for each in NOT_A_NUMBER[2:]),
        *({"message_reaction": each} for each in RUBBISH),
        *({"message_reaction": reaction(new_reaction=each)} for each in NO_LIST),
        *({"message_reaction": reaction(user=each)} for each in RUBBISH[1:]),
        *({"message_reaction_count": each} for each in RUBBISH),
        *({"message_reaction_count": count(reactions=each)} for each in NO_LIST),
        *({"my_chat_member": membership(each, {"status": "left"})} for each in RUBBISH),
        *({"my_chat_member": membership({"status": "left"}, {"status": each})} for each in NO_WORDS[1:]),
        {"hologram_received": {"id": 1}},
        {},
    ],
)
def test_what_cannot_be_understood_is_malformed(update: dict[str, Any]) -> None:
    with pytest.raises(MalformedEventError):
        converted(**update)


@pytest.mark.parametrize("payload", [None, [], "words", 7, True])
def test_an_update_that_is_not_an_object_is_malformed(payload: Any) -> None:
    with pytest.raises(MalformedEventError):
        convert("1000", payload, now=NOW)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
GOOD = [
    {"message": message(text="?", reply_to_message=message(message_id=3, text="!"))},
    {"message": message(photo=[FILE], caption="?", sender_chat=WORK_CHAT)},
    *({"message": message(**content)} for content, _ in ATTACHMENTS),
    {"callback_query": press()},
    {"my_chat_member": membership({"status": "left"}, {"status": "member"})},
    {"edited_message": message(text="!", edit_date=1_795_424_460)},
    {"message_reaction": reaction()},
    {"message_reaction_count": count()},
    {"message": comment(text="?"), NOTE: {"id": -1_001_000_000_500, "username": "school7"}},
    {"message": mail(text="?"), NOTE: {"id": -1_001_000_000_500}},
    {"message": message(**FORWARDED, quote={"text": "часть"}, reply_to_message=message(text="целое"))},
    {"message": message(rich_message={"blocks": [{"type": "paragraph", "text": ["Нет ", {"text": "воды"}]}]})},
]


def paths(thing: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = thing.items() if isinstance(thing, dict) else enumerate(thing) if isinstance(thing, list) else ()
    return [above, *(path for key, value in inner for path in paths(value, (*above, key)))]


def replaced(thing: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    copy = dict(thing) if isinstance(thing, dict) else list(thing)
    copy[path[0]] = replaced(thing[path[0]], path[1:], value)
    return copy


@st.composite
def spoiled(draw: st.DrawFn) -> Any:
    """A good update in which up to three things became something else."""
    update: Any = draw(st.sampled_from(GOOD))
    for _ in range(draw(st.integers(1, 3))):
        update = replaced(update, draw(st.sampled_from(paths(update))), draw(JSON))
    return update


@given(spoiled() | JSON)
@settings(max_examples=300, deadline=None)
def test_arbitrary_json_is_an_event_nothing_or_malformed(update: Any) -> None:
    with suppress(MalformedEventError):
        event = convert("1000", update, now=NOW)
        if isinstance(event, MessageReceived):
            event.text.encode()
