"""Raw Telegram updates become events of the house; only what is needed is read, so news in the Bot API do no harm."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.channels.telegram.attachments import attachments_of
from bot.channels.telegram.membership import membership_changed
from bot.channels.telegram.people import address_of, chat_kind, chat_title, person, place_of, speaker
from bot.channels.telegram.reading import key_words, moment, number, thing, words
from bot.domain.errors import MalformedEventError
from bot.domain.event import ButtonPressed, ChatKind, ChatMigrated, Event, MessageReceived
from bot.domain.message import Place

WANTED = ("message", "callback_query", "my_chat_member")
"""The kinds of update that we ask for; Telegram keeps the list per bot, so it is always sent in full."""

_OTHER_KINDS = frozenset(
    {"edited_message", "channel_post", "edited_channel_post", "business_connection", "business_message"}
    | {"edited_business_message", "deleted_business_messages", "guest_message", "message_reaction"}
    | {"message_reaction_count", "inline_query", "chosen_inline_result", "shipping_query", "pre_checkout_query"}
    | {"purchased_paid_media", "poll", "poll_answer", "chat_member", "chat_join_request", "chat_boost"}
    | {"removed_chat_boost", "managed_bot", "subscription", "stopped_message_generation"}
)
"""Kinds of the Bot API 10.3 that mean nothing to us yet."""

_SERVICE = frozenset(
    {"new_chat_members", "left_chat_member", "chat_owner_left", "chat_owner_changed", "new_chat_title"}
    | {"new_chat_photo", "delete_chat_photo", "group_chat_created", "supergroup_chat_created"}
    | {"channel_chat_created", "message_auto_delete_timer_changed", "migrate_from_chat_id", "pinned_message"}
    | {"successful_payment", "refunded_payment", "users_shared", "user_shared", "chat_shared", "gift"}
    | {"unique_gift", "gift_upgrade_sent", "connected_website", "write_access_allowed", "passport_data"}
    | {"proximity_alert_triggered", "boost_added", "chat_background_set", "checklist_tasks_done"}
    | {"checklist_tasks_added", "direct_message_price_changed", "forum_topic_created", "forum_topic_edited"}
    | {"forum_topic_closed", "forum_topic_reopened", "general_forum_topic_hidden", "general_forum_topic_unhidden"}
    | {"giveaway_created", "giveaway_completed", "managed_bot_created", "paid_message_price_changed"}
    | {"poll_option_added", "poll_option_deleted", "suggested_post_approved", "suggested_post_approval_failed"}
    | {"suggested_post_declined", "suggested_post_paid", "suggested_post_refunded", "video_chat_scheduled"}
    | {"video_chat_started", "video_chat_ended", "video_chat_participants_invited", "web_app_data"}
    | {"community_chat_added", "community_chat_removed", "community_chat_joined"}
)
"""Messages by which Telegram itself tells of something; nobody wrote them."""

_START = re.compile(r"/start(?:@\w+)?\s+([A-Za-z0-9_-]{1,64})\s*")
"""A deep link's payload: these characters, at most 64 (core.telegram.org/bots/features#deep-linking)."""


def convert(community: str, payload: Mapping[str, Any], *, now: datetime) -> Event | None:
    """Read one raw update of the bot `community`; None when it means nothing to us.

    `now` is the moment of a press, for which Telegram tells none. Raises MalformedEventError, also for a kind of
    update that no known version of the Bot API has: an operator should see it.
    """
    if not isinstance(payload, Mapping):
        raise MalformedEventError("the update is not an object")
    if "message" in payload:
        return _message(community, thing(payload, "message"))
    if "callback_query" in payload:
        return _press(community, thing(payload, "callback_query"), now=now)
    if "my_chat_member" in payload:
        return membership_changed(community, thing(payload, "my_chat_member"))
    if _OTHER_KINDS.intersection(payload):
        return None
    raise MalformedEventError("an unknown kind of update")


def _message(community: str, message: Mapping[str, Any]) -> MessageReceived | ChatMigrated | None:
    chat = thing(message, "chat")
    place = place_of(community, chat)
    message_id, sent_at = number(message, "message_id"), moment(message, "date")
    if message.get("migrate_to_chat_id") is not None:
        new_chat = str(number(message, "migrate_to_chat_id"))
        return ChatMigrated(place=place, new_chat=new_chat, happened_at=sent_at)
    sender = speaker(community, message)
    if sender is None or chat.get("type") == "channel" or _SERVICE.intersection(message):
        return None
    text = words(message, "text") or words(message, "caption")
    reply_to, reply_text = _reply(community, message)
    start = _START.fullmatch(text)
    return MessageReceived(
        place=place,
        chat_kind=chat_kind(chat),
        sender=sender,
        message_id=str(message_id),
        text=text,
        attachments=tuple(attachments_of(message, community)),
        sent_at=sent_at,
        chat_title=chat_title(chat),
        reply_to=reply_to,
        reply_text=reply_text,
        deep_link=start[1] if start else "",
        link=address_of(message, message_id),
    )


def _reply(community: str, message: Mapping[str, Any]) -> tuple[str, str]:
    """Return the id of the message replied to and, if our own bot wrote it, its words."""
    if message.get("reply_to_message") is None:
        return "", ""
    answered = thing(message, "reply_to_message")
    if answered.get("forum_topic_created") is not None:
        # In a topic every message that replies to nothing "replies" to the message that opened the topic.
        return "", ""
    author = answered.get("from")
    is_ours = isinstance(author, dict) and str(author.get("id")) == community
    ours = (words(answered, "text") or words(answered, "caption")) if is_ours else ""
    return str(number(answered, "message_id")), ours


def _press(community: str, press: Mapping[str, Any], *, now: datetime) -> ButtonPressed | None:
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
    chat = thing(message, "chat")
    return ButtonPressed(
        place=place_of(community, chat),
        chat_kind=chat_kind(chat),
        sender=sender,
        message_id=str(number(message, "message_id")),
        action=key_words(press, "data"),
        press_id=press_id,
        pressed_at=now,
    )
