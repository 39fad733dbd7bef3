"""What kind of conversation a place is."""

import pytest

from bot.domain.message import Place


@pytest.mark.parametrize(
    ("channel", "chat", "is_group", "is_comments", "is_answerable"),
    [
        ("telegram", "31", False, False, True),
        ("telegram", "-1001", True, False, True),
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
