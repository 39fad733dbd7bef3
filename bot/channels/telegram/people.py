"""Who speaks and where, as Telegram tells it."""

from collections.abc import Mapping
from typing import Any

from bot.channels.telegram.reading import maybe_username, maybe_words, number, thing
from bot.domain.event import ChatKind
from bot.domain.message import Person, Place
from bot.domain.names import shown_name

_SUPERGROUP_PREFIX = "-100"


def place_of(community: str, chat: Mapping[str, Any]) -> Place:
    """Return the conversation; raises MalformedEventError if the chat has no id."""
    return Place(channel="telegram", community=community, chat=str(number(chat, "id")))


def chat_kind(chat: Mapping[str, Any]) -> ChatKind:
    """Tell a private chat, whose id is the person's and positive, from a group."""
    return ChatKind.PRIVATE if number(chat, "id") > 0 else ChatKind.GROUP


def chat_title(chat: Mapping[str, Any]) -> str:
    """Return what a group is called, empty for a private chat."""
    return maybe_words(chat, "title")


def person(sender: Mapping[str, Any]) -> Person:
    """Return a user as a person; raises MalformedEventError if the user has no id."""
    names = (maybe_words(sender, "first_name"), maybe_words(sender, "last_name"))
    return Person(
        channel="telegram",
        user_id=str(number(sender, "id")),
        name=shown_name(" ".join(name for name in names if name)),
        language=maybe_words(sender, "language_code"),
    )


def speaker(community: str, message: Mapping[str, Any]) -> Person | None:
    """Return who wrote a message; None for bots (ourselves among them) and for posts that a channel forwarded.

    An anonymous administrator of a group, or somebody who writes in the name of a channel, stands in `sender_chat`,
    while `from` names a bot of Telegram's own (GroupAnonymousBot 1087968824, Channel_Bot 136817688).
    """
    if message.get("is_automatic_forward") is True:
        return None
    if message.get("sender_chat") is not None:
        chat = thing(message, "sender_chat")
        return Person(channel="telegram", user_id=str(number(chat, "id")), name=shown_name(maybe_words(chat, "title")))
    sender = thing(message, "from")
    is_bot = sender.get("is_bot") is True or str(number(sender, "id")) == community
    return None if is_bot else person(sender)


def address_of(message: Mapping[str, Any], message_id: int) -> str:
    """Return where an administrator can open the dialogue; small groups and hidden people have no public address."""
    chat = thing(message, "chat")
    chat_id = number(chat, "id")
    if chat_id > 0:
        username = maybe_username(thing(message, "from")) if message.get("from") else maybe_username(chat)
        return f"https://t.me/{username}" if username else f"tg://user?id={chat_id}"
    digits = str(chat_id)
    if not digits.startswith(_SUPERGROUP_PREFIX) or len(digits) < 13:
        return ""
    return f"https://t.me/c/{digits.removeprefix(_SUPERGROUP_PREFIX)}/{message_id}"
