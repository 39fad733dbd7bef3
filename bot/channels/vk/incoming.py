"""A raw event's key and lane, read without trusting anything else in it."""

import hashlib
from collections.abc import Mapping
from typing import Any

from bot.channels.vk.comments import COMMENT_EVENTS, commented_chat
from bot.channels.vk.long_poll import dump
from bot.channels.vk.names import with_names
from bot.channels.vk.reactions import liked_chat
from bot.domain.channel import Account, Incoming
from bot.domain.message import Place

_LONGEST_KEY = 100


def incoming(account: Account, event: Any, *, names: Mapping[str, str]) -> Incoming:
    """Pack one raw event for the inbox, whatever it is, together with what its speaker is called.

    VK: "Unique event id. If it passed twice or more - you should ignore it" (schema, `callback_base.event_id`). An
    event without one is known by its bytes.
    """
    key = _key(event) or hashlib.sha256(dump(event)).hexdigest()
    chat = _chat(account.community, event)
    place = Place(channel=account.channel, community=account.community, chat=chat or f"event:{key}")
    return Incoming(
        channel=account.channel,
        community=account.community,
        key=key,
        lane=place.lane,
        payload=dump(with_names(event, names)),
    )


def _key(event: Any) -> str | None:
    match event:
        case {"event_id": str(key)} if 0 < len(key) <= _LONGEST_KEY and key.isascii() and key.isprintable():
            return key
        case _:
            return None


def _chat(community: str, event: Any) -> str | None:
    match event:
        case {"type": str(kind), "object": Mapping() as thing}:
            pass
        case _:
            return None
    if kind in COMMENT_EVENTS:
        return commented_chat(community, kind, thing)
    if kind in ("like_add", "like_remove"):
        return liked_chat(thing)
    if kind in ("message_allow", "message_deny"):
        return _number(thing.get("user_id"))
    message = thing.get("message")
    peer = (message if isinstance(message, Mapping) else thing).get("peer_id")
    return _number(peer)


def _number(value: Any) -> str | None:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None
