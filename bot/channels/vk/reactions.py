"""Likes under a community's things, told without a kind, and reactions to messages, told by VK's number."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from bot.channels.vk.read import integer, maybe_integer, text
from bot.domain.event import ReactionChanged
from bot.domain.message import Person, Place

LIKE: Final = "❤"
_THINGS: Final = {"post": "wall", "photo": "photo", "video": "video", "market": "market"}
_COMMENTS: Final = {
    "comment": "wall",
    "photo_comment": "photo",
    "video_comment": "video",
    "topic_comment": "topic",
    "market_comment": "market",
}
_EMOJI: Final[Mapping[int, str]] = {
    1: "❤",
    2: "🔥",
    3: "😂",
    4: "👍",
    5: "💩",
    6: "❓",
    7: "😭",
    8: "😡",
    9: "👎",
    10: "👌",
    11: "😁",
    12: "🤔",
    13: "🙏",
    14: "😘",
    15: "😍",
    16: "🎉",
}
"""The numbers of `messages.sendReaction` as VK's programs draw them; VK gives no public table."""


def reaction_number(sign: str) -> int | None:
    """Return VK's number of a reaction, None when VK has no such sign."""
    return next((number for number, known in _EMOJI.items() if known == sign), None)


def liked_chat(like: Mapping[str, Any]) -> str | None:
    """Return the thing that was liked, or under which a liked comment stands; None when VK does not tell."""
    kind = like.get("object_type")
    owner = like.get("object_owner_id")
    if isinstance(kind, str) and kind in _THINGS:
        prefix, number = _THINGS[kind], like.get("object_id")
    elif isinstance(kind, str) and kind in _COMMENTS:
        prefix, number = _COMMENTS[kind], like.get("post_id")
    else:
        return None
    return f"{prefix}{owner}_{number}" if _is_number(owner) and _is_number(number) else None


def like_event(community: str, like: Mapping[str, Any], *, is_there: bool, now: datetime) -> ReactionChanged | None:
    """Read `like_add` or `like_remove`; None for what belongs to nothing, and for the community's own likes."""
    liker, number = integer(like, "liker_id"), integer(like, "object_id")
    kind = text(like, "object_type")
    chat = liked_chat(like)
    if chat is None or liker == -int(community):
        return None
    return ReactionChanged(
        place=Place(channel="vk", community=community, chat=chat),
        message_id=str(number) if kind in _COMMENTS else "",
        sender=Person(channel="vk", user_id=str(liker)),
        before=() if is_there else (LIKE,),
        after=(LIKE,) if is_there else (),
        link=f"https://vk.com/{chat.replace('market', 'product', 1)}",
        changed_at=now,
    )


def message_reaction(community: str, reaction: Mapping[str, Any], *, now: datetime) -> ReactionChanged:
    """Read `message_reaction_event`; without `reaction_id` it was taken away, and VK does not tell which it was."""
    kind = maybe_integer(reaction, "reaction_id")
    return ReactionChanged(
        place=Place(channel="vk", community=community, chat=str(integer(reaction, "peer_id"))),
        message_id=str(integer(reaction, "cmid")),
        sender=Person(channel="vk", user_id=str(integer(reaction, "reacted_id"))),
        after=(_EMOJI.get(kind, f"reaction-{kind}"),) if kind is not None else (),
        changed_at=now,
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < abs(value) < 2**63
