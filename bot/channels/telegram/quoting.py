"""What a message answers and whom it passes on: replies, quotes, forwards."""

from collections.abc import Mapping
from typing import Any

from bot.channels.telegram.reading import maybe_thing, maybe_words, number, thing, words
from bot.domain.names import shown_name

UNNAMED = "?"
"""Who said it first, when Telegram does not tell."""


def reply_of(community: str, message: Mapping[str, Any]) -> tuple[str, str]:
    """Return the id of the message replied to and, if our own bot wrote it, its words."""
    if message.get("reply_to_message") is None:
        return "", ""
    answered = thing(message, "reply_to_message")
    if answered.get("forum_topic_created") is not None:
        # In a topic every message that replies to nothing "replies" to the message that opened the topic.
        return "", ""
    ours = _words_of(answered) if _is_ours(community, answered) else ""
    return str(number(answered, "message_id")), ours


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
