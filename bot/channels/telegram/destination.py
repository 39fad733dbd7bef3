"""Where a call goes: a place of the house as the parameters of the Bot API."""

from typing import Any

from bot.domain.message import OutgoingMessage, Place


def chat_of(place: Place) -> dict[str, Any]:
    """Return the chat alone, for calls about a message that exists or about topics."""
    return {"chat_id": as_number(place.room)}


def whereto(place: Place, *, thread: str = "") -> dict[str, Any]:
    """Return the chat and, where there are several talks in it, which one."""
    if place.is_mailbox:
        return {**chat_of(place), "direct_messages_topic_id": as_number(place.person)}
    if place.is_comments:
        return {**chat_of(place), "message_thread_id": _post(place)}
    return {**chat_of(place), **({"message_thread_id": as_number(thread)} if thread else {})}


def answering(outgoing: OutgoingMessage, place: Place) -> dict[str, Any]:
    """Return what the message replies to; under a post that is at least the post, or it would be no comment."""
    target = as_number(outgoing.reply_to) if outgoing.reply_to else _post(place) if place.is_comments else None
    if target is None:
        return {}
    # Words without their reply are better than no words: the citizen may have deleted the message.
    return {"reply_parameters": {"message_id": target, "allow_sending_without_reply": True}}


def as_number(identity: str) -> int | str:
    """Return an id as Telegram's whole number; what is none goes as it is and is refused."""
    return int(identity) if identity.removeprefix("-").isdecimal() else identity


def _post(place: Place) -> int | str:
    return as_number(place.chat.rpartition("_")[2])
