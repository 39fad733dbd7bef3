"""What kind of conversation a place is."""

import pytest

from bot.domain.message import Place


@pytest.mark.parametrize(
    ("channel", "chat", "is_group", "is_comments", "is_answerable"),
    [
        ("telegram", "31", False, False, True),
        ("telegram", "-1001", True, False, True),
        ("telegram", "wall-1001_55", False, True, True),
        ("telegram", "direct-1001_31", False, False, True),
        ("vk", "11", False, False, True),
        ("vk", "2000000001", True, False, True),
        ("vk", "wall-77_5", False, True, True),
        # A community's token may comment on walls only.
        ("vk", "photo-77_5", False, True, False),
        ("vk", "video-77_5", False, True, False),
        ("vk", "topic-77_5", False, True, False),
        ("vk", "market-77_5", False, True, False),
    ],
)
def test_kinds_of_places(channel: str, chat: str, is_group: bool, is_comments: bool, is_answerable: bool) -> None:
    place = Place(channel=channel, community="77", chat=chat)
    assert (place.is_group, place.is_comments, place.is_answerable) == (is_group, is_comments, is_answerable)


@pytest.mark.parametrize(
    ("channel", "chat", "room", "person"),
    [
        ("telegram", "31", "31", "31"),
        ("telegram", "-1001", "-1001", "-1001"),
        # comments under all posts of a Telegram channel stand in one group
        ("telegram", "wall-1001_55", "-1001", "wall-1001_55"),
        # a channel's mailbox is one chat with a topic for every person
        ("telegram", "direct-1001_31", "-1001", "31"),
        ("vk", "wall-77_5", "wall-77_5", "wall-77_5"),
    ],
)
def test_the_room_and_the_person_of_a_place(channel: str, chat: str, room: str, person: str) -> None:
    place = Place(channel=channel, community="77", chat=chat)
    assert (place.room, place.person) == (room, person)
