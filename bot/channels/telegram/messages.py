"""A raw message becomes what it is to the house: a question, a comment, or the institution's own words."""

import re
from collections.abc import Mapping
from typing import Any

from bot.channels.telegram.attachments import attachments_of
from bot.channels.telegram.people import chat_title, person, speaker
from bot.channels.telegram.quoting import forwarded_from, quote_of, reply_of
from bot.channels.telegram.reading import maybe_thing, moment, number, thing, words
from bot.channels.telegram.rich import rich_words
from bot.channels.telegram.surroundings import Surroundings, surroundings_of
from bot.domain.event import AnsweredElsewhere, ChatKind, ChatMigrated, CommentReceived, MessageEdited, MessageReceived
from bot.domain.message import Person
from bot.domain.names import is_for_another_bot

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


def message_said(
    community: str, message: Mapping[str, Any], noted: Mapping[str, Any], *, own_name: str = ""
) -> MessageReceived | CommentReceived | AnsweredElsewhere | ChatMigrated | None:
    """Read a new message; None for what nobody wrote, for bots and for posts. Raises MalformedEventError."""
    where = surroundings_of(community, message, noted)
    message_id, sent_at = number(message, "message_id"), moment(message, "date")
    if message.get("migrate_to_chat_id") is not None:
        new_chat = str(number(message, "migrate_to_chat_id"))
        return ChatMigrated(place=where.place, new_chat=new_chat, happened_at=sent_at)
    sender = _author(community, message)
    if sender is None:
        return None
    text = words_of(message)
    for_another_bot = is_for_another_bot(text, {own_name.casefold()} - {""})
    attachments = tuple(attachments_of(message, community))
    reply = reply_of(community, message)
    reply_to = reply.message_id
    post = ""
    if (answered := maybe_thing(message, "reply_to_message")).get("is_automatic_forward") is True:
        reply_to, post = "", words_of(answered)
    if _is_own(where, message, sender):
        return AnsweredElsewhere(
            place=where.place,
            message_id=str(message_id),
            administrator=None if message.get("sender_chat") is not None else sender,
            text=text,
            attachments=attachments,
            sent_at=sent_at,
            reply_to=reply_to,
            link=where.link,
        )
    if where.place.is_comments:
        return CommentReceived(
            place=where.place,
            sender=sender,
            message_id=str(message_id),
            text=text,
            attachments=attachments,
            sent_at=sent_at,
            reply_to=reply_to,
            quote=quote_of(community, message),
            album=words(message, "media_group_id"),
            sources=where.sources,
            for_another_bot=for_another_bot,
            link=where.link,
            post=post,
        )
    start = _START.fullmatch(text)
    chat = thing(message, "chat")
    return MessageReceived(
        place=where.place,
        chat_kind=where.kind,
        sender=sender,
        message_id=str(message_id),
        text=text,
        attachments=attachments,
        sent_at=sent_at,
        chat_title=chat_title(chat) if where.kind is ChatKind.GROUP else "",
        reply_to=reply_to,
        reply_text=reply.text,
        reply_is_ours=reply.is_ours,
        replies_elsewhere=reply.is_elsewhere,
        quote=quote_of(community, message),
        forwarded_from=forwarded_from(message),
        album=words(message, "media_group_id"),
        thread=where.thread,
        is_forum=where.is_forum,
        sources=where.sources,
        deep_link=start[1] if start else "",
        for_another_bot=for_another_bot,
        link=where.link,
    )


def message_edited(community: str, message: Mapping[str, Any], noted: Mapping[str, Any]) -> MessageEdited | None:
    """Read a changed message; None for whoever's new messages are none, and for a place on the map that moves."""
    where = surroundings_of(community, message, noted)
    sender = _author(community, message)
    if sender is None or message.get("location") is not None:
        # A shared way is told anew every few seconds, and nothing else about a place can be edited.
        return None
    return MessageEdited(
        place=where.place,
        sender=sender,
        message_id=str(number(message, "message_id")),
        text=words_of(message),
        attachments=tuple(attachments_of(message, community)),
        edited_at=moment(message, "edit_date" if message.get("edit_date") is not None else "date"),
        sources=where.sources,
    )


def words_of(message: Mapping[str, Any]) -> str:
    """Return what a message says."""
    return words(message, "text") or words(message, "caption") or rich_words(message)


def _author(community: str, message: Mapping[str, Any]) -> Person | None:
    if thing(message, "chat").get("type") == "channel" or _SERVICE.intersection(message):
        return None
    return speaker(community, message)


def _is_own(where: Surroundings, message: Mapping[str, Any], sender: Person) -> bool:
    """Tell whether the institution itself speaks: in the channel's name, or somebody else in a person's mailbox."""
    if message.get("sender_chat") is not None:
        return where.place.is_mailbox or int(sender.user_id) in where.own
    return where.place.is_mailbox and where.place.person != person(thing(message, "from")).user_id
