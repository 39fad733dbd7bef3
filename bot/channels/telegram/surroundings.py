"""Where a message stands: a dialogue, a group, a topic, the comments under a channel's post, a channel's own mailbox.

Telegram marks none of the last two by itself:

* Comments are ordinary messages of the supergroup that is linked to the channel. Every one has `message_thread_id`, but
  so has every reply in any supergroup, also a reply to our card in a work chat. Sure is only the direct reply to a post
  (`is_automatic_forward`). Of replies to replies the receiver notes whether the group is linked to a channel at all
  (`linked.py`), and a talk that visibly began with an ordinary message is none. When in doubt it is a group's message.
* Direct messages of a channel come in a supergroup of their own (`is_direct_messages`), a topic for every person; the
  topic has the person's number (tdlib/telegram-bot-api, `JsonDirectMessagesTopic`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.telegram.people import address_of, chat_kind, place_of
from bot.channels.telegram.reading import maybe_number, maybe_thing, maybe_username, number, thing
from bot.domain.event import ChatKind
from bot.domain.message import Place

NOTE = "otklik_linked_channel"
"""The key under which the receiver notes, beside a raw message, the channel to which its group belongs."""
NAME_NOTE = "otklik_bot_name"
"""The key under which it notes the bot's own name beside a command that bears a bot's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Where a message stands and whose words count as the institution's there."""

    place: Place
    kind: ChatKind
    thread: str = ""
    is_forum: bool = False
    sources: tuple[str, ...] = ()
    link: str = ""
    own: frozenset[int] = frozenset()
    """Under a post: the chats in whose name only the institution itself can write."""


def surroundings_of(community: str, message: Mapping[str, Any], noted: Mapping[str, Any]) -> Surroundings:
    """Tell where a raw message stands; `noted` is what the receiver knows of its group. Raises MalformedEventError."""
    chat = thing(message, "chat")
    if number(chat, "id") > 0:
        message_id = maybe_number(message, "message_id") or 0
        return Surroundings(
            place=place_of(community, chat), kind=ChatKind.PRIVATE, link=address_of(message, message_id)
        )
    if chat.get("is_direct_messages") is True:
        return _mailbox(community, message, noted)
    answered = maybe_thing(message, "reply_to_message")
    root = _post_discussed(message, answered, is_linked=bool(noted))
    if root is not None:
        return _comments(community, message, root=root, answered=answered, noted=noted)
    is_topic = message.get("is_topic_message") is True
    return Surroundings(
        place=place_of(community, chat),
        kind=chat_kind(chat),
        thread=str(maybe_number(message, "message_thread_id") or "") if is_topic else "",
        is_forum=chat.get("is_forum") is True,
        link=address_of(message, maybe_number(message, "message_id") or 0),
    )


def sources_of(channel: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names under which an institution may have its channel: `@name`, if it has one, and the id."""
    username, number_ = maybe_username(channel), maybe_number(channel, "id")
    return tuple(name for name in (f"@{username}" if username else "", str(number_ or "")) if name)


def is_in_a_thread(message: Mapping[str, Any]) -> bool:
    """Tell whether a message is part of a talk in a group without topics: a comment or a reply."""
    chat = maybe_thing(message, "chat")
    return (
        maybe_number(message, "message_thread_id") is not None
        and message.get("is_topic_message") is not True
        and chat.get("type") == "supergroup"
        and chat.get("is_forum") is not True
    )


def _post_discussed(message: Mapping[str, Any], answered: Mapping[str, Any], *, is_linked: bool) -> int | None:
    """Return the number of the post's copy in the group, None if the message is no comment."""
    thread = maybe_number(message, "message_thread_id")
    if answered.get("is_automatic_forward") is True:
        return thread if thread is not None else maybe_number(answered, "message_id")
    if not is_linked or not is_in_a_thread(message):
        return None
    began_here = maybe_number(answered, "message_id") == thread
    return None if began_here else thread


def _comments(
    community: str, message: Mapping[str, Any], *, root: int, answered: Mapping[str, Any], noted: Mapping[str, Any]
) -> Surroundings:
    group = number(thing(message, "chat"), "id")
    post = answered if answered.get("is_automatic_forward") is True else {}
    channel = maybe_thing(post, "sender_chat") or noted
    own = (group, maybe_number(channel, "id"), maybe_number(noted, "id"))
    return Surroundings(
        place=Place(channel="telegram", community=community, chat=f"wall{group}_{root}"),
        kind=ChatKind.GROUP,
        sources=sources_of(channel),
        link=_address_of_comment(message, root=root, post=post, channel=channel),
        own=frozenset(number_ for number_ in own if number_ is not None),
    )


def _address_of_comment(
    message: Mapping[str, Any], *, root: int, post: Mapping[str, Any], channel: Mapping[str, Any]
) -> str:
    comment = maybe_number(message, "message_id") or 0
    post_number = maybe_number(maybe_thing(post, "forward_origin"), "message_id")
    username = maybe_username(channel)
    if username and post_number is not None:
        return f"https://t.me/{username}/{post_number}?comment={comment}"
    group = maybe_username(thing(message, "chat"))
    address = f"https://t.me/{group}/{comment}" if group else address_of(message, comment)
    return f"{address}?thread={root}" if address else ""


def _mailbox(community: str, message: Mapping[str, Any], noted: Mapping[str, Any]) -> Surroundings:
    chat = number(thing(message, "chat"), "id")
    sender = maybe_thing(message, "from")
    topic = maybe_number(maybe_thing(message, "direct_messages_topic"), "topic_id")
    person = topic if topic is not None else number(sender, "id")
    username = maybe_username(sender) if maybe_number(sender, "id") == person else ""
    return Surroundings(
        place=Place(channel="telegram", community=community, chat=f"direct{chat}_{person}"),
        kind=ChatKind.PRIVATE,
        sources=sources_of(noted),
        link=f"https://t.me/{username}" if username else f"tg://user?id={person}",
    )
