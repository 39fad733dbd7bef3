"""VK's events become the domain's; what cannot be understood is a MalformedEventError and nothing else."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.channels.vk.attachment_kinds import read_attachment
from bot.channels.vk.convert import convert
from bot.channels.vk.receive import EVENTS
from bot.domain.errors import MalformedEventError
from bot.domain.event import (
    AnsweredElsewhere,
    ButtonPressed,
    ChatJoined,
    ChatKind,
    ChatLeft,
    CommentReceived,
    MessageReceived,
)
from bot.domain.message import Attachment, AttachmentKind, Person
from tests.channels.vk_kit import PNG, place, post

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CHAT = 2_000_000_003


def message(**changes: Any) -> dict[str, Any]:
    """Build a `message_new`; a field named with the value `...` is left out."""
    fields = {
        "id": 135,
        "date": 1586054794,
        "from_id": 5,
        "peer_id": 5,
        "conversation_message_id": 12,
        "out": 0,
        "text": "Когда откроется бассейн?",
        "attachments": [],
        "fwd_messages": [],
    } | changes
    fields = {name: value for name, value in fields.items() if value is not ...}
    return {"type": "message_new", "object": {"message": fields, "client_info": {}}, "group_id": 77, "event_id": "b0c9"}


def comment(**changes: Any) -> dict[str, Any]:
    # The layout of a recorded event of December 2020: `post_owner_id`, no `owner_id`.
    fields = {
        "id": 8,
        "from_id": 5,
        "date": 1607801025,
        "text": "А вечером?",
        "post_owner_id": -77,
        "post_id": 3,
    } | changes
    fields = {name: value for name, value in fields.items() if value is not ...}
    return {"type": "wall_reply_new", "object": fields, "group_id": 77, "event_id": "c1"}


def read(event: Any) -> Any:
    return convert("77", event, now=NOW)


def attachments(*found: Any, **changes: Any) -> tuple[Attachment, ...]:
    read_message = read(message(attachments=list(found), **changes))
    assert isinstance(read_message, MessageReceived)
    return read_message.attachments


def test_a_private_message() -> None:
    expected = MessageReceived(
        place=place(5),
        chat_kind=ChatKind.PRIVATE,
        sender=Person(channel="vk", user_id="5"),
        message_id="12",
        text="Когда откроется бассейн?",
        sent_at=datetime(2020, 4, 5, 2, 46, 34, tzinfo=UTC),
        link="https://vk.com/gim77?sel=5",
    )
    assert expected == read(message())


def test_a_message_of_the_layout_before_5_103() -> None:
    event = message()
    assert read(event | {"object": event["object"]["message"]}) == read(event)


def test_a_message_in_a_conversation_is_known_by_its_number_there() -> None:
    event = read(message(id=0, peer_id=CHAT, conversation_message_id=44))
    assert (event.chat_kind, event.message_id, event.place) == (ChatKind.GROUP, "44", place(CHAT))
    assert event.link == "https://vk.com/gim77?sel=c3"


def test_a_reply_names_the_message_and_brings_our_own_words() -> None:
    ours = {"conversation_message_id": 40, "id": 0, "from_id": -77, "text": "Сообщение № 412"}
    event = read(message(peer_id=CHAT, reply_message=ours))
    assert (event.reply_to, event.reply_text) == ("40", "Сообщение № 412")


def test_the_words_of_other_people_are_not_taken_for_ours_in_a_reply() -> None:
    event = read(message(reply_message={"conversation_message_id": 40, "from_id": 6, "text": "№ 412"}))
    assert (event.reply_to, event.reply_text) == ("40", "")


@pytest.mark.parametrize(
    ("text", "read_as", "is_for_another"),
    [
        ("[club99|@combot] /ban", "/ban@club99", True),
        ("@club99 /ban Иванов", "/ban@club99 Иванов", True),
        ("[club77|@school] /open", "/open", False),
        ("/open@club77", "/open@club77", False),
        ("[club99|Дом культуры], здравствуйте", "Дом культуры, здравствуйте", False),
    ],
)
def test_a_command_for_another_community_bears_its_name(text: str, read_as: str, is_for_another: bool) -> None:
    event = read(message(text=text))
    assert (event.text, event.for_another_bot) == (read_as, is_for_another)


def test_the_link_through_which_somebody_came() -> None:
    assert read(message(ref="school-12")).deep_link == "school-12"


def test_the_start_button_is_the_start_command() -> None:
    event = read(message(text="Начать", payload='{"command":"start"}', ref="school-12"))
    assert (event.text, event.deep_link) == ("/start", "school-12")


@pytest.mark.parametrize(
    ("payload", "read_as"),
    [
        ('{"otklik":"my"}', "/my"),
        ({"otklik": "help"}, "/help"),
        ('{"otklik":"/my x"}', "Мои сообщения"),
        ('{"otklik":7}', "Мои сообщения"),
        ('{"command":"my"}', "Мои сообщения"),
    ],
)
def test_a_key_below_the_dialogue_is_its_command_and_anything_else_words(payload: object, read_as: str) -> None:
    event = read(message(text="Мои сообщения", payload=payload))
    assert event.text == read_as


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("[club77|@school] /bind АБВ", "/bind АБВ"),  # how VK writes `@school /bind …`
        ("[club77|Школа], спасибо", "спасибо"),  # how VK begins a reply to our comment
        ("@club77 /open", "/open"),
        ("[club77|Школа]", "Школа"),  # nothing but the call
        ("[club78|Другая], спасибо", "Другая, спасибо"),
        ("Спросите [id5|Анну] об этом", "Спросите Анну об этом"),
        ("x = a[i|j] & <b>", "x = a[i|j] & <b>"),
        ("\x00нуль", "нуль"),
    ],
)
def test_words_are_read_as_vk_shows_them(typed: str, read_as: str) -> None:
    assert read(message(text=typed)).text == read_as
    assert read(comment(text=typed)).text == read_as


def test_a_callback_button() -> None:
    press = {
        "user_id": 5,
        "peer_id": CHAT,
        "event_id": "e1",
        "payload": {"a": "take:412"},
        "conversation_message_id": 40,
    }
    expected = ButtonPressed(
        place=place(CHAT),
        chat_kind=ChatKind.GROUP,
        sender=Person(channel="vk", user_id="5"),
        message_id="40",
        action="take:412",
        press_id=f"e1:5:{CHAT}",
        pressed_at=NOW,
    )
    assert expected == read({"type": "message_event", "object": press, "group_id": 77})


def test_a_button_that_the_client_turned_into_words() -> None:
    event = read(message(text="Взять", payload='{"a":"take:412"}'))
    assert isinstance(event, ButtonPressed)
    assert (event.action, event.press_id) == ("take:412", "")


def test_buttons_of_another_program_are_not_ours() -> None:
    press = {"user_id": 5, "peer_id": 5, "event_id": "e1", "payload": {"cmd": "x"}}
    assert read({"type": "message_event", "object": press}) is None
    assert isinstance(read(message(payload='{"button":"1"}')), MessageReceived)
    assert isinstance(read(message(payload="not json")), MessageReceived)


def test_joining_and_leaving_a_conversation() -> None:
    joined = read(message(text="", peer_id=CHAT, action={"type": "chat_invite_user", "member_id": -77}))
    left = read(message(text="", peer_id=CHAT, action={"type": "chat_kick_user", "member_id": -77}))
    assert isinstance(joined, ChatJoined)
    assert isinstance(left, ChatLeft)
    assert (joined.place, joined.sender.user_id, left.place) == (place(CHAT), "5", place(CHAT))


@pytest.mark.parametrize(
    "action",
    [
        {"type": "chat_invite_user", "member_id": 6},  # somebody else
        {"type": "chat_title_update", "text": "Новое имя"},
        {"type": "chat_pin_message", "member_id": 5},
    ],
)
def test_what_happens_to_a_conversation_is_no_message(action: dict[str, Any]) -> None:
    assert read(message(text="", peer_id=CHAT, action=action)) is None


def test_a_comment_and_its_address() -> None:
    event = read(comment(reply_to_comment=7, parents_stack=[7]))
    expected = CommentReceived(
        place=place("wall-77_3"),
        sender=Person(channel="vk", user_id="5"),
        message_id="8",
        text="А вечером?",
        sent_at=datetime(2020, 12, 12, 19, 23, 45, tzinfo=UTC),
        reply_to="7",
        link="https://vk.com/wall-77_3?reply=8",
    )
    assert expected == event


@pytest.mark.parametrize(
    ("owners", "chat"),
    [
        ({"post_owner_id": ..., "owner_id": -77}, "wall-77_3"),  # as in the schema
        ({"post_owner_id": ...}, "wall-77_3"),  # neither
        ({"post_owner_id": None, "owner_id": -78}, "wall-78_3"),
    ],
)
def test_the_wall_of_a_comment_by_whatever_field_tells_it(owners: dict[str, Any], chat: str) -> None:
    assert read(comment(**owners)).place.chat == chat


def test_our_own_words_do_not_come_back_as_questions() -> None:
    assert isinstance(read(comment(from_id=-77)), AnsweredElsewhere)
    assert read(message(from_id=-77)) is None
    assert read(message(out=1)) is None


def test_what_an_administrator_typed_in_vk_is_told_from_what_we_sent() -> None:
    sent = {"from_id": -77, "peer_id": 5, "out": 1, "date": 1607801025, "text": "Завтра", "conversation_message_id": 4}
    typed = read({"type": "message_reply", "object": {**sent, "admin_author_id": 9}, "group_id": 77})
    assert (typed.administrator.user_id, typed.place.chat, typed.text) == ("9", "5", "Завтра")
    assert read({"type": "message_reply", "object": sent, "group_id": 77}) is None


def test_another_community_speaks_like_a_person() -> None:
    assert read(comment(from_id=-78)).sender.user_id == "-78"


@pytest.mark.parametrize("kind", ["message_reply", "message_typing_state", "group_join", "wall_post_new", "new"])
def test_events_of_no_interest(kind: str) -> None:
    assert read({"type": kind, "object": {"from_id": 5}, "group_id": 77}) is None


def test_a_photo_in_its_largest_size() -> None:
    sizes = [
        {"type": "s", "url": "https://sun1.userapi.com/s.jpg", "width": 75, "height": 56},
        {"type": "w", "url": "https://sun1.userapi.com/w.jpg", "width": 1280, "height": 960},
        {"type": "x", "url": "https://sun1.userapi.com/x.jpg", "width": 604, "height": 453},
    ]
    (photo,) = attachments({"type": "photo", "photo": {"id": 9, "owner_id": 5, "sizes": sizes, "text": ""}})
    assert (photo.kind, photo.reference) == (AttachmentKind.PHOTO, "https://sun1.userapi.com/w.jpg")
    assert (photo.name, photo.mime) == ("photo9.jpg", "image/jpeg")


def test_a_document_keeps_its_name_and_gets_its_extension() -> None:
    doc = {
        "id": 9,
        "owner_id": 5,
        "title": "заявление",
        "ext": "pdf",
        "size": 12,
        "url": "https://vk.com/doc5_9?hash=1",
    }
    (document,) = attachments({"type": "doc", "doc": doc})
    assert (document.name, document.size, document.mime) == ("заявление.pdf", 12, "application/pdf")
    assert document.reference == "https://vk.com/doc5_9?hash=1"


@pytest.mark.parametrize(
    ("attachment", "kind", "title", "url"),
    [
        (
            {"type": "video", "video": {"id": 1, "owner_id": -5, "title": "Двор"}},
            "video",
            "Двор",
            "https://vk.com/video-5_1",
        ),
        ({"type": "sticker", "sticker": {"images": []}}, "sticker", "стикер", ""),
        ({"type": "wall", "wall": {"id": 2, "from_id": -5, "text": "Пост"}}, "post", "Пост", "https://vk.com/wall-5_2"),
        ({"type": "link", "link": {"url": "https://a.ru", "title": "А"}}, "link", "А", "https://a.ru"),
        ({"type": "link", "link": {"url": "javascript:alert(1)", "title": "А"}}, "link", "А", ""),
        ({"type": "audio", "audio": {"artist": "Хор", "title": "Гимн"}}, "audio", "Хор – Гимн", ""),
        (
            {"type": "poll", "poll": {"question": "Да?", "id": 1, "owner_id": 2}},
            "poll",
            "Да?",
            "https://vk.com/poll2_1",
        ),
        ({"type": "gift", "gift": {"id": 1}}, "other", "подарок", ""),
        (
            {"type": "market", "market": {"id": 3, "owner_id": -5, "title": "Форма", "price": {"text": "900 ₽"}}},
            "other",
            "товар, Форма, 900 ₽",
            "https://vk.com/product-5_3",
        ),
        ({"type": "story", "story": {"id": 3, "owner_id": 5}}, "other", "история", "https://vk.com/story5_3"),
        (
            {"type": "podcast", "podcast": {"id": 3, "owner_id": 5, "artist": "Школа", "title": "О приёме"}},
            "other",
            "подкаст, Школа, О приёме",
            "https://vk.com/podcast5_3",
        ),
        (
            {"type": "article", "article": {"title": "Правила", "view_url": "https://vk.com/@school-rules"}},
            "other",
            "статья, Правила",
            "https://vk.com/@school-rules",
        ),
        (
            {"type": "wall", "wall": {"id": 2, "from_id": 5, "text": "", "copy_history": [{"text": "Чужая запись"}]}},
            "post",
            "Чужая запись",
            "https://vk.com/wall5_2",
        ),
        ({"type": "hologram", "hologram": {}}, "other", "вложение «hologram»", ""),
        ({"type": "photo", "photo": None}, "other", "вложение «photo»", ""),
        ({"type": "photo", "photo": {"sizes": [None, {"url": 5}]}}, "photo", "", ""),
        ({"type": ["photo"]}, "other", "вложение, которое видно только во ВКонтакте", ""),
        (None, "other", "вложение, которое видно только во ВКонтакте", ""),
    ],
)
def test_every_attachment_is_named_and_none_is_lost(attachment: Any, kind: str, title: str, url: str) -> None:
    (found,) = attachments(attachment)
    assert (found.kind, found.title, found.url) == (kind, title, url)


def test_a_place_on_the_map() -> None:
    geo = {"type": "point", "coordinates": {"latitude": 55.79, "longitude": 49.12}, "place": {"title": "Казань"}}
    (found,) = attachments(geo=geo)
    assert (found.kind, found.title, found.url) == ("location", "Казань", "https://yandex.ru/maps/?pt=49.12,55.79&z=17")
    assert (found.latitude, found.longitude) == (55.79, 49.12)


def test_forwarded_words_and_files_are_named_at_every_depth() -> None:
    inner = {"text": "внутри", "attachments": [{"type": "gift", "gift": {}}]}
    found = attachments(fwd_messages=[{"text": "снаружи", "fwd_messages": [inner]}])
    assert [(a.kind, a.title) for a in found] == [
        ("forwarded", "снаружи"),
        ("forwarded", "внутри"),
        ("other", "подарок"),
    ]


def test_a_message_of_which_vk_sent_only_a_part_says_where_the_rest_is() -> None:
    (found,) = attachments(is_cropped=True)
    assert found.url == "https://vk.com/gim77?sel=5"
    assert "другие вложения" in found.title


def test_a_message_in_which_nothing_can_be_read_is_still_there() -> None:
    (found,) = attachments(text="")
    assert found.kind is AttachmentKind.OTHER


def test_without_a_number_of_its_own_a_message_is_known_by_its_id() -> None:
    assert read(message(conversation_message_id=...)).message_id == "id135"


@pytest.mark.parametrize(
    "event",
    [
        None,
        [],
        "message_new",
        {},
        {"type": None},
        {"type": "message_new"},
        {"type": "message_new", "object": []},
        {"type": "message_new", "object": {}},
        {"type": "message_new", "object": {"message": None}},
        message(from_id=...),
        message(from_id="5"),
        message(from_id=True),
        message(from_id=10**400),
        message(peer_id=None),
        message(date="yesterday"),
        message(date=10**18),
        message(text=["не", "слова"]),
        message(attachments={"type": "photo"}),
        message(conversation_message_id=..., id=...),
        message(conversation_message_id=1.5),
        message(ref=5),
        message(reply_message="40"),
        message(reply_message={"conversation_message_id": "40"}),
        message(action="joined"),
        comment(id=None),
        comment(post_id=...),
        comment(post_id="3"),
        comment(from_id=...),
        comment(date=None),
        comment(text=5),
        {"type": "message_event", "object": {"payload": {"a": "take"}}},
        {"type": "message_event", "object": {"payload": {"a": "take"}, "peer_id": 5, "user_id": "5"}},
        {"type": "message_event", "object": {"payload": {"a": "take"}, "peer_id": 5, "user_id": 5, "event_id": 1}},
    ],
)
def test_what_should_be_an_event_and_is_none(event: Any) -> None:
    with pytest.raises(MalformedEventError):
        read(event)


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
_FIELDS = (
    *("id", "date", "from_id", "peer_id", "conversation_message_id", "out", "text", "attachments", "fwd_messages"),
    *("reply_message", "geo", "payload", "action", "ref", "is_cropped", "post_id", "owner_id", "post_owner_id"),
    *("reply_to_comment", "user_id", "event_id", "object_type", "object_id", "liker_id", "reaction_id", "update_time"),
    *("photo_id", "topic_id", "item_id", "video_id"),
)


@settings(max_examples=300, deadline=None)
@given(
    kind=st.sampled_from(EVENTS),
    changes=st.dictionaries(st.sampled_from(_FIELDS), _ANYTHING, max_size=5),
    is_wrapped=st.booleans(),
)
@example(kind="message_new", changes={"payload": "[" * 100_000}, is_wrapped=True)
def test_no_json_makes_any_other_error(kind: str, changes: dict[str, Any], is_wrapped: bool) -> None:
    whole = message()["object"]["message"] | comment()["object"] | {"user_id": 5, "payload": {"a": "b"}}
    whole |= {"liker_id": 5, "object_id": 3, "object_owner_id": -77, "object_type": "post", "reacted_id": 5, "cmid": 4}
    whole |= changes
    thing = {"message": whole} if is_wrapped and kind == "message_new" else whole
    try:
        event = read({"type": kind, "object": thing})
    except MalformedEventError:
        return
    assert event is None or event.place.channel == "vk"
    json.dumps(str(event)).encode()  # nothing that cannot be written down


@settings(max_examples=200, deadline=None)
@given(event=_ANYTHING)
def test_no_rubbish_makes_any_other_error(event: Any) -> None:
    with pytest.raises(MalformedEventError):
        assert read(event) is not None


async def test_events_of_the_pretend_vk_read_like_vks() -> None:
    async with post() as room:
        room.vk.citizen_writes(77, 5, "Фото", photo=PNG, doc=("план.pdf", b"%PDF"), ref="school-12")
        room.vk.joins_chat(77, 3, 6)
        room.vk.comments(77, 9, 5, "Комментарий")
        written, joined, commented = await room.events(3)
    assert isinstance(written, MessageReceived)
    assert [attachment.kind for attachment in written.attachments] == ["photo", "document"]
    assert written.deep_link == "school-12"
    assert isinstance(joined, ChatJoined)
    assert isinstance(commented, CommentReceived)


@pytest.mark.parametrize(
    ("poll", "title"),
    [
        ({"question": "Когда?", "answers": [{"text": "Днём"}, {"text": "Вечером"}]}, "Когда? (Днём; Вечером)"),
        ({"question": "Когда?"}, "Когда?"),
        ({"answers": ["?", {"text": "Днём"}]}, "Днём"),
    ],
)
def test_a_poll_is_told_with_its_options(poll: dict[str, Any], title: str) -> None:
    assert read_attachment("77", {"type": "poll", "poll": poll}).title == title
