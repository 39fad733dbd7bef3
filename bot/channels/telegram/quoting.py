"""What a message answers and whom it passes on: replies, quotes, forwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.telegram.reading import maybe_number, maybe_thing, maybe_words, number, thing, words
from bot.domain.names import shown_name

UNNAMED = "?"
"""Who said it first, when Telegram does not tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The message that another one answers."""

    message_id: str = ""
    text: str = ""
    """Its words, when our own bot wrote it."""
    is_ours: bool = False
    is_elsewhere: bool = False
    """It stands in another chat, or its chat is not told: its id means nothing here."""


def reply_of(community: str, message: Mapping[str, Any]) -> Reply:
    """Return what a message replies to, also in another topic or chat (`external_reply`); nothing: an empty one."""
    answered = thing(message, "reply_to_message") if message.get("reply_to_message") is not None else None
    # In a topic every message that replies to nothing "replies" to the message that opened the topic.
    if answered is not None and answered.get("forum_topic_created") is None:
        is_ours = _is_ours(community, answered)
        text = _words_of(answered) if is_ours else ""
        return Reply(message_id=str(number(answered, "message_id")), text=text, is_ours=is_ours)
    external = maybe_thing(message, "external_reply")
    if not external:
        return Reply()
    is_ours = str(maybe_thing(maybe_thing(external, "origin"), "sender_user").get("id")) == community
    text = maybe_words(maybe_thing(message, "quote"), "text") if is_ours else ""
    message_id = maybe_number(external, "message_id")
    is_here = maybe_number(maybe_thing(external, "chat"), "id") == maybe_number(thing(message, "chat"), "id")
    if message_id is None or not is_here:
        # A card from before the group became a supergroup has neither: Telegram tells only who wrote it.
        return Reply(text=text, is_ours=is_ours, is_elsewhere=True)
    return Reply(message_id=str(message_id), text=text, is_ours=is_ours)


def quote_of(community: str, message: Mapping[str, Any]) -> str:
    """Return the words of somebody else that the message answers: what was marked in them, else all of them.

    The words of a channel's post are above every comment anyway; only a marked part of them is a quote.
    """
    if "reply_to_message" not in message and "quote" not in message:
        return ""
    answered = maybe_thing(message, "reply_to_message")
    if _is_ours(community, answered):
        return ""
    marked = maybe_words(maybe_thing(message, "quote"), "text")
    if marked or answered.get("is_automatic_forward") is True:
        return marked
    return maybe_words(answered, "text") or maybe_words(answered, "caption")


def forwarded_from(message: Mapping[str, Any]) -> str:
    """Return who said it first, empty for a message that was not passed on."""
    if message.get("forward_origin") is None:
        return ""
    origin = maybe_thing(message, "forward_origin")
    user, chat = maybe_thing(origin, "sender_user"), maybe_thing(origin, "sender_chat") or maybe_thing(origin, "chat")
    names = (
        _named(user, "first_name", "last_name"),
        maybe_words(origin, "sender_user_name"),
        _named(chat, "title"),
    )
    return next((name for name in names if name), UNNAMED)


def _words_of(message: Mapping[str, Any]) -> str:
    return words(message, "text") or words(message, "caption")


def _is_ours(community: str, message: Mapping[str, Any]) -> bool:
    return str(maybe_thing(message, "from").get("id")) == community


def _named(who: Mapping[str, Any], *parts: str) -> str:
    return shown_name(" ".join(name for name in (maybe_words(who, part) for part in parts) if name))
