"""Our bot was taken into a group, or put out of it; or a person blocked it, or let it write again."""

from collections.abc import Mapping
from typing import Any

from bot.channels.telegram.people import chat_kind, chat_title, person, place_of
from bot.channels.telegram.reading import key_words, moment, thing
from bot.domain.event import ChatJoined, ChatKind, ChatLeft, WritingAllowed


def membership_changed(community: str, change: Mapping[str, Any]) -> ChatJoined | ChatLeft | WritingAllowed | None:
    """Read a `my_chat_member`; None when only rights changed."""
    chat = thing(change, "chat")
    place, sender, happened_at = place_of(community, chat), person(thing(change, "from")), moment(change, "date")
    was, is_now = _is_in(thing(change, "old_chat_member")), _is_in(thing(change, "new_chat_member"))
    if chat.get("type") == "channel" or was == is_now:
        return None
    if chat_kind(chat) is ChatKind.PRIVATE:
        return WritingAllowed(place=place, sender=sender, is_allowed=is_now, changed_at=happened_at)
    if is_now:
        return ChatJoined(place=place, chat_title=chat_title(chat), sender=sender, happened_at=happened_at)
    return ChatLeft(place=place, happened_at=happened_at)


def _is_in(member: Mapping[str, Any]) -> bool:
    match key_words(member, "status"):
        case "left" | "kicked":
            return False
        case "restricted":
            return member.get("is_member") is True
        case _:
            return True
