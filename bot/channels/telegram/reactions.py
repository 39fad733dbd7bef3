"""Reactions: of people we learn who and what, of a channel's post only how many (core.telegram.org/bots/api#update)."""

from collections.abc import Mapping
from typing import Any

from bot.channels.telegram.people import address_of, person, place_of
from bot.channels.telegram.reading import maybe_number, maybe_thing, maybe_username, maybe_words, moment, number, thing
from bot.channels.telegram.surroundings import sources_of
from bot.domain.errors import MalformedEventError
from bot.domain.event import ReactionChanged, ReactionsCounted
from bot.domain.message import Place

CUSTOM = "custom"
"""A picture that somebody drew: what it says cannot be told."""
PAID = "⭐"
_VARIATION = "\ufe0f"


def reaction_changed(community: str, change: Mapping[str, Any]) -> ReactionChanged:
    """Read a `message_reaction`; raises MalformedEventError."""
    chat = thing(change, "chat")
    is_post = chat.get("type") == "channel"
    return ReactionChanged(
        place=_post(community, change) if is_post else place_of(community, chat),
        message_id="" if is_post else str(number(change, "message_id")),
        sender=person(thing(change, "user")) if change.get("user") is not None else None,
        before=_reactions(change, "old_reaction"),
        after=_reactions(change, "new_reaction"),
        sources=sources_of(chat) if is_post else (),
        link=_address(change),
        changed_at=moment(change, "date"),
    )


def reactions_counted(community: str, count: Mapping[str, Any]) -> ReactionsCounted | None:
    """Read a `message_reaction_count`; None in a discussion group, whose copies of posts are counted at the posts."""
    chat = thing(count, "chat")
    reactions = _list(count, "reactions")
    totals: dict[str, int] = {}
    for each in reactions:
        name = _reaction(maybe_thing(each, "type"))
        totals[name] = totals.get(name, 0) + max(maybe_number(each, "total_count") or 0, 0)
    counted_at = moment(count, "date")
    place = _post(community, count)
    if chat.get("type") != "channel":
        return None
    return ReactionsCounted(
        place=place,
        message_id="",
        totals=tuple(totals.items()),
        sources=sources_of(chat),
        link=_address(count),
        counted_at=counted_at,
    )


def _post(community: str, change: Mapping[str, Any]) -> Place:
    channel, post = number(thing(change, "chat"), "id"), number(change, "message_id")
    return Place(channel="telegram", community=community, chat=f"wall{channel}_{post}")


def _address(change: Mapping[str, Any]) -> str:
    """Return where the message can be read; a person's dialogue has no address of a message."""
    chat, message_id = thing(change, "chat"), number(change, "message_id")
    if number(chat, "id") > 0:
        return ""
    username = maybe_username(chat)
    return f"https://t.me/{username}/{message_id}" if username else address_of(change, message_id)


def _reactions(change: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(_reaction(each) for each in _list(change, name))


def _reaction(kind: Mapping[str, Any]) -> str:
    match kind.get("type"):
        case "emoji":
            return maybe_words(kind, "emoji").removesuffix(_VARIATION) or CUSTOM
        case "paid":
            return PAID
        case _:
            return CUSTOM


def _list(parent: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = parent.get(name)
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise MalformedEventError(f"{name} is not a list of objects")
    return value
