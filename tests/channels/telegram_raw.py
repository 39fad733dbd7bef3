"""Raw updates of the Bot API as Telegram lays them out, each with what a test wants to change."""

from datetime import UTC, datetime
from typing import Any

from bot.channels.telegram.convert import convert
from bot.domain.event import Event, MessageReceived
from bot.domain.message import Attachment, AttachmentKind, Place

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PRIVATE = {"id": 501, "type": "private", "first_name": "Алсу"}
WORK_CHAT = {"id": -1001234567890, "type": "supergroup", "title": "Школа 7"}
ALSU = {"id": 501, "is_bot": False, "first_name": "Алсу", "last_name": "Гарипова", "language_code": "tt"}
OUR_BOT = {"id": 1000, "is_bot": True, "first_name": "Отклик"}
PLACE = Place(channel="telegram", community="1000", chat="501")
GROUP_PLACE = Place(channel="telegram", community="1000", chat="-1001234567890")


def message(**fields: Any) -> dict[str, Any]:
    usual = {"message_id": 7, "from": ALSU, "chat": PRIVATE, "date": 1_795_424_400}
    return {key: value for key, value in (usual | fields).items() if value is not ...}


def converted(**update: Any) -> Event | None:
    return convert("1000", {"update_id": 1, **update}, now=NOW)


def received(**fields: Any) -> MessageReceived:
    event = converted(message=message(**fields))
    assert isinstance(event, MessageReceived)
    return event


def attachment(kind: AttachmentKind, **fields: Any) -> Attachment:
    return Attachment(kind=kind, channel="telegram", community="1000", **fields)


CHANNEL = {"id": -1_001_000_000_500, "type": "channel", "title": "Школа 7", "username": "school7"}
DISCUSSION = {"id": -1_001_000_000_600, "type": "supergroup", "title": "Обсуждение"}
POST = {
    "message_id": 55,
    "from": {"id": 777000, "is_bot": False, "first_name": "Telegram"},
    "sender_chat": CHANNEL,
    "chat": DISCUSSION,
    "date": 1_795_424_000,
    "is_automatic_forward": True,
    "forward_origin": {"type": "channel", "date": 1_795_424_000, "chat": CHANNEL, "message_id": 12},
    "text": "Завтра каникулы",
}
COMMENTS = Place(channel="telegram", community="1000", chat="wall-1001000000600_55")
MAILBOX = {"id": -1_001_000_000_700, "type": "supergroup", "title": "Школа 7", "is_direct_messages": True}
MAIL_PLACE = Place(channel="telegram", community="1000", chat="direct-1001000000700_501")
FORWARDED: dict[str, Any] = {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Иван"}}


def comment(**fields: Any) -> dict[str, Any]:
    return message(**({"chat": DISCUSSION, "message_thread_id": 55, "reply_to_message": POST} | fields))


def mail(**fields: Any) -> dict[str, Any]:
    return message(**({"chat": MAILBOX, "direct_messages_topic": {"topic_id": 501, "user": ALSU}} | fields))


def reaction(**fields: Any) -> dict[str, Any]:
    usual = {"chat": WORK_CHAT, "message_id": 7, "date": 1_795_424_400, "user": ALSU}
    lists = {"old_reaction": [], "new_reaction": [{"type": "emoji", "emoji": "👍"}]}
    return {key: value for key, value in (usual | lists | fields).items() if value is not ...}


def count(**fields: Any) -> dict[str, Any]:
    totals = [{"type": {"type": "emoji", "emoji": "👍"}, "total_count": 5}]
    usual = {"chat": CHANNEL, "message_id": 12, "date": 1_795_424_400, "reactions": totals}
    return {key: value for key, value in (usual | fields).items() if value is not ...}


def press(**fields: Any) -> dict[str, Any]:
    card = message(chat=WORK_CHAT, text="№ 412", **{"from": OUR_BOT})
    usual = {"id": "991", "from": ALSU, "message": card, "chat_instance": "1", "data": "take:412"}
    return {key: value for key, value in (usual | fields).items() if value is not ...}


def membership(was: dict[str, Any], now: dict[str, Any], chat: dict[str, Any] = WORK_CHAT) -> dict[str, Any]:
    return {"chat": chat, "from": ALSU, "date": 1_795_424_400, "old_chat_member": was, "new_chat_member": now}
