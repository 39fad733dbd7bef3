"""Raw Telegram updates become events of the house; only what is needed is read, so news in the Bot API do no harm."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.channels.telegram.membership import membership_changed
from bot.channels.telegram.messages import message_edited, message_said
from bot.channels.telegram.people import person
from bot.channels.telegram.reactions import reaction_changed, reactions_counted
from bot.channels.telegram.reading import key_words, maybe_thing, maybe_words, number, thing
from bot.channels.telegram.surroundings import NAME_NOTE, NOTE, surroundings_of
from bot.domain.errors import MalformedEventError
from bot.domain.event import ButtonPressed, ChatKind, Event
from bot.domain.message import Place

WANTED = (
    "message",
    "edited_message",
    "message_reaction",
    "message_reaction_count",
    "callback_query",
    "my_chat_member",
)
"""The kinds of update that we ask for; Telegram keeps the list per bot, so it is always sent in full."""

_OTHER_KINDS = frozenset(
    {"channel_post", "edited_channel_post", "business_connection", "business_message"}
    | {"edited_business_message", "deleted_business_messages", "guest_message", "inline_query"}
    | {"chosen_inline_result", "shipping_query", "pre_checkout_query"}
    | {"purchased_paid_media", "poll", "poll_answer", "chat_member", "chat_join_request", "chat_boost"}
    | {"removed_chat_boost", "managed_bot", "subscription", "stopped_message_generation"}
)
"""Kinds of the Bot API 10.3 that mean nothing to us yet."""


def convert(community: str, payload: Mapping[str, Any], *, now: datetime) -> Event | None:
    """Read one raw update of the bot `community`; None when it means nothing to us.

    `now` is the moment of a press, for which Telegram tells none. Raises MalformedEventError, also for a kind of
    update that no known version of the Bot API has: an operator should see it.
    """
    if not isinstance(payload, Mapping):
        raise MalformedEventError("the update is not an object")
    noted = maybe_thing(payload, NOTE)
    if "message" in payload:
        return message_said(community, thing(payload, "message"), noted, own_name=maybe_words(payload, NAME_NOTE))
    if "edited_message" in payload:
        return message_edited(community, thing(payload, "edited_message"), noted)
    if "callback_query" in payload:
        return _press(community, thing(payload, "callback_query"), noted, now=now)
    if "message_reaction" in payload:
        return reaction_changed(community, thing(payload, "message_reaction"))
    if "message_reaction_count" in payload:
        return reactions_counted(community, thing(payload, "message_reaction_count"))
    if "my_chat_member" in payload:
        return membership_changed(community, thing(payload, "my_chat_member"))
    if _OTHER_KINDS.intersection(payload):
        return None
    raise MalformedEventError("an unknown kind of update")


def _press(
    community: str, press: Mapping[str, Any], noted: Mapping[str, Any], *, now: datetime
) -> ButtonPressed | None:
    press_id, sender = key_words(press, "id"), person(thing(press, "from"))
    if "inline_message_id" in press or "game_short_name" in press:
        return None  # under a message sent through inline mode, or a game: we offer neither
    if "message" not in press:
        # Too old a message is left out: then only the person's own dialogue can be meant.
        place = Place(channel="telegram", community=community, chat=sender.user_id)
        action = key_words(press, "data")
        return ButtonPressed(
            place=place,
            chat_kind=ChatKind.PRIVATE,
            sender=sender,
            message_id="",
            action=action,
            press_id=press_id,
            pressed_at=now,
        )
    message = thing(press, "message")  # may be the mere stub of an old message, but always with chat and id
    # A stub tells no topic; of a channel's mailbox we know it, because it has the number of the person who pressed.
    known = message if message.get("from") is not None else {**message, "from": thing(press, "from")}
    where = surroundings_of(community, known, noted)
    return ButtonPressed(
        place=where.place,
        chat_kind=where.kind,
        sender=sender,
        message_id=str(number(message, "message_id")),
        action=key_words(press, "data"),
        press_id=press_id,
        thread=where.thread,
        pressed_at=now,
    )
