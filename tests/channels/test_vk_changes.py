"""VK's further events: changed and deleted words, comments on every kind of thing, likes, reactions, permissions."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.vk.convert import convert
from bot.domain.errors import ChannelRefusedError, MalformedEventError, RefusalReason
from bot.domain.event import (
    AnsweredElsewhere,
    CommentedThing,
    CommentReceived,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    ReactionChanged,
    WritingAllowed,
)
from bot.domain.message import OutgoingKind, OutgoingMessage, Person
from tests.channels.vk_kit import GROUP, place, post
from tests.pretend.vk_changes import Thing

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CITIZEN = Person(channel="vk", user_id="5")


def read(kind: str, thing: dict[str, Any]) -> Any:
    return convert("77", {"type": kind, "object": thing, "group_id": 77}, now=NOW)


@pytest.mark.parametrize(
    ("thing", "subject", "link"),
    [
        ("photo", CommentedThing.PHOTO, "https://vk.com/photo-77_9?reply={}"),
        ("video", CommentedThing.VIDEO, "https://vk.com/video-77_9?reply={}"),
        ("topic", CommentedThing.TOPIC, "https://vk.com/topic-77_9?post={}"),
        ("market", CommentedThing.GOODS, "https://vk.com/product-77_9"),
    ],
)
async def test_a_comment_on_each_kind_of_thing(thing: Thing, subject: CommentedThing, link: str) -> None:
    async with post() as room:
        number = room.vk.comments_on(GROUP, thing, 9, 5, "Почему закрыто?")
        reply = room.vk.comments_on(GROUP, thing, 9, -GROUP, "Ремонт до пятницы", reply_to=number)
        asked, answered = await room.events(2)
    assert isinstance(asked, CommentReceived)
    assert (asked.place, asked.text, asked.subject) == (place(f"{thing}-77_9"), "Почему закрыто?", subject)
    assert (asked.can_answer, asked.link) == (False, link.format(number))
    assert isinstance(answered, AnsweredElsewhere)
    assert (answered.place, answered.message_id, answered.reply_to) == (asked.place, str(reply), str(number))
    assert answered.text.endswith("Ремонт до пятницы")
    assert "[" not in answered.text


async def test_a_comment_is_changed_deleted_and_brought_back() -> None:
    async with post() as room:
        number = room.vk.comments(GROUP, 9, 5, "Почему закрыто?")
        room.vk.edits_comment(GROUP, 9, number, "Почему закрыто сегодня?")
        room.vk.deletes_comment(GROUP, 9, number)
        room.vk.restores_comment(GROUP, 9, number)
        _, edited, deleted, restored = await room.events(4)
    assert isinstance(edited, MessageEdited)
    assert (edited.place, edited.message_id, edited.text) == (
        place("wall-77_9"),
        str(number),
        "Почему закрыто сегодня?",
    )
    assert edited.sender.name == "Житель 5"
    assert isinstance(deleted, MessageDeleted)
    assert (deleted.place, deleted.message_id) == (place("wall-77_9"), str(number))
    assert isinstance(restored, CommentReceived)
    assert restored.is_restored
    assert restored.can_answer


def test_changes_of_our_own_comments_are_our_own_business() -> None:
    thing = {"id": 8, "from_id": -77, "date": 1607801025, "text": "Ответ", "post_owner_id": -77, "post_id": 3}
    assert read("wall_reply_edit", thing) is None
    assert read("wall_reply_restore", thing) is None


@pytest.mark.parametrize("kind", ["photo_comment_new", "board_post_edit", "market_comment_delete", "video_comment_new"])
def test_a_comment_on_nothing_is_no_event(kind: str) -> None:
    with pytest.raises(MalformedEventError):
        read(kind, {"id": 8, "from_id": 5, "date": 1607801025, "text": "?", "post_id": 3})


async def test_a_citizen_changes_a_message() -> None:
    async with post() as room:
        number = room.vk.citizen_writes(GROUP, 5, "Когда бассейн?")
        room.vk.edits_message(GROUP, 5, number, "Когда откроется бассейн?")
        before, after = await room.events(2)
    assert isinstance(before, MessageReceived)
    assert isinstance(after, MessageEdited)
    assert (after.place, after.message_id) == (before.place, before.message_id)
    assert after.text == "Когда откроется бассейн?"


def test_an_administrators_change_in_a_work_chat_names_the_chat() -> None:
    thing = {"from_id": 9, "peer_id": 2_000_000_001, "conversation_message_id": 4, "text": "Завтра", "update_time": 7}
    edited = read("message_edit", thing)
    assert (edited.place.is_group, edited.edited_at) == (True, datetime(1970, 1, 1, 0, 0, 7, tzinfo=UTC))


@pytest.mark.parametrize("ours", [{"from_id": -77}, {"from_id": 9, "out": 1}])
def test_our_own_edits_do_not_come_back(ours: dict[str, Any]) -> None:
    assert read("message_edit", {"peer_id": 5, "conversation_message_id": 4, "text": "Завтра", **ours}) is None


async def test_likes_belong_to_the_post_or_to_the_comment() -> None:
    async with post() as room:
        room.vk.likes(GROUP, 9, 5)
        room.vk.unlikes(GROUP, 9, 5)
        room.vk.likes(GROUP, 9, 5, comment=12)
        put, taken, of_comment = await room.events(3)
    assert isinstance(put, ReactionChanged)
    assert isinstance(taken, ReactionChanged)
    assert isinstance(of_comment, ReactionChanged)
    assert (put.place, put.message_id, put.sender) == (place("wall-77_9"), "", CITIZEN)
    assert (put.before, put.after, put.link) == ((), ("❤",), "https://vk.com/wall-77_9")
    assert (taken.before, taken.after) == (("❤",), ())
    assert (of_comment.place, of_comment.message_id) == (place("wall-77_9"), "12")


@pytest.mark.parametrize(
    "like",
    [
        {"object_type": "note", "object_owner_id": -77, "object_id": 9},  # no thing of ours
        {"object_type": "post", "object_owner_id": -77, "object_id": 9, "liker_id": -77},  # the community itself
        {"object_type": "photo_comment", "object_owner_id": -77, "object_id": 9},  # which photo is not told
    ],
)
def test_likes_that_count_for_nobody(like: dict[str, Any]) -> None:
    assert read("like_add", {"liker_id": 5, **like}) is None


def test_a_like_of_a_photo_as_it_was_recorded_without_post_id() -> None:
    # SevereCloud/vksdk, events_test.go
    like = {"liker_id": 5, "object_type": "photo", "object_owner_id": -77, "object_id": 9}
    assert read("like_add", like).place == place("photo-77_9")


@pytest.mark.parametrize(("number", "shown"), [(1, ("❤",)), (9, ("👎",)), (99, ("reaction-99",)), (None, ())])
async def test_a_reaction_to_a_message(number: int | None, shown: tuple[str, ...]) -> None:
    async with post() as room:
        room.vk.reacts(GROUP, 5, 12, 5, number)
        [reacted] = await room.events(1)
    assert isinstance(reacted, ReactionChanged)
    assert (reacted.place, reacted.message_id, reacted.sender) == (place(5), "12", CITIZEN)
    assert (reacted.before, reacted.after) == ((), shown)


async def test_permission_to_write_is_taken_and_given() -> None:
    async with post() as room:
        room.vk.forbids_messages(GROUP, 5)
        room.vk.allows_messages(GROUP, 5)
        denied, allowed = await room.events(2)
    assert isinstance(denied, WritingAllowed)
    assert isinstance(allowed, WritingAllowed)
    assert (denied.place, denied.sender.user_id, denied.is_allowed) == (place(5), "5", False)
    assert allowed.is_allowed


def test_somebody_elses_words_in_a_reply_are_a_quote() -> None:
    replied = {"conversation_message_id": 3, "from_id": 6, "text": "Мусор не вывозят"}
    asked = {"from_id": 5, "peer_id": 5, "conversation_message_id": 4, "date": 1607801025, "text": "У нас тоже"}
    event = read("message_new", {"message": {**asked, "reply_message": replied}})
    assert (event.reply_to, event.reply_text, event.quote) == ("3", "", "Мусор не вывозят")


def test_several_forwarded_messages_stay_beside_the_words() -> None:
    forwarded = [{"from_id": 6, "text": "раз"}, {"from_id": 6, "text": "два", "reply_message": {"text": "ноль"}}]
    asked = {"from_id": 5, "peer_id": 5, "conversation_message_id": 4, "date": 1607801025, "text": "Вот"}
    event = read("message_new", {"message": {**asked, "fwd_messages": forwarded}})
    assert (event.text, event.forwarded_from) == ("Вот", "")
    assert [attachment.title for attachment in event.attachments] == ["раз", "два", "ноль"]


async def test_a_message_is_deleted_for_everybody() -> None:
    async with post() as room:
        room.vk.citizen_writes(GROUP, 5, "Когда бассейн?")
        sent = await room.send(OutgoingMessage(text="Завтра"), to=5)
        [number] = sent.message_ids
        await room.send(OutgoingMessage(kind=OutgoingKind.DELETE, target=number), to=5, row=2)
        assert [answer.is_deleted for answer in room.vk.answers(GROUP, 5)] == [True]
        room.vk.too_old.add(int(number))
        with pytest.raises(ChannelRefusedError) as refused:
            await room.send(OutgoingMessage(kind=OutgoingKind.DELETE, target=number), to=5, row=3)
        assert refused.value.reason is RefusalReason.TOO_LATE


@pytest.mark.parametrize("kind", [OutgoingKind.EDIT, OutgoingKind.DELETE])
async def test_comments_of_a_community_cannot_be_changed_by_its_token(kind: OutgoingKind) -> None:
    async with post() as room:
        with pytest.raises(ChannelRefusedError) as refused:
            await room.send(OutgoingMessage(kind=kind, text="Иначе", target="8"), to="wall-77_9")
        assert refused.value.reason is RefusalReason.FORBIDDEN
        assert room.vk.requests == 0


async def test_under_a_photo_nothing_can_be_said() -> None:
    async with post() as room:
        with pytest.raises(ChannelRefusedError) as refused:
            await room.send(OutgoingMessage(kind=OutgoingKind.COMMENT, text="Завтра", reply_to="8"), to="photo-77_9")
        assert refused.value.reason is RefusalReason.FORBIDDEN
