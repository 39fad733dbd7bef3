"""Raw updates on their way to the inbox: key, lane and bytes are read so tolerantly that nothing can be refused."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import orjson

from bot.domain.channel import Incoming
from bot.domain.message import Place


def incoming(community: str, update: Any) -> Incoming:
    """Return the raw `update`, whatever it is, as one event for the inbox.

    An update without an id is known by its bytes, so that it too is stored once however often it comes.
    """
    payload = _as_bytes(update)
    update_id = update_id_of(update)
    key = str(update_id) if update_id is not None else f"sha256:{hashlib.sha256(payload).hexdigest()}"
    chat = _chat_of(update)
    lane = f"telegram:{community}:update:{key}"
    if chat is not None:
        lane = Place(channel="telegram", community=community, chat=str(chat)).lane
    return Incoming(channel="telegram", community=community, key=key, lane=lane, payload=payload)


def next_offset(updates: Sequence[Any], offset: int) -> tuple[int, bool]:
    """Return the offset that confirms a batch, and whether it surely does.

    Ids are never compared with the old offset: after a week of silence Telegram begins anew at a random number. When
    no update of the batch has an id, one step forward is safe, because whatever had the old number is in the batch.
    """
    ids = [update_id for update in updates if (update_id := update_id_of(update)) is not None]
    return (max(ids) + 1, True) if ids else (offset + 1, False)


def update_id_of(update: Any) -> int | None:
    """Return the update's id, None if it has none."""
    value = update.get("update_id") if isinstance(update, dict) else None
    is_id = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 53
    return value if is_id else None


def _chat_of(update: Any) -> int | None:
    """Return the id of the chat in which an update happened: `….chat.id`, or `….message.chat.id` of a press."""
    if not isinstance(update, dict):
        return None
    for content in update.values():
        holder = content.get("message", content) if isinstance(content, dict) else None
        chat = holder.get("chat") if isinstance(holder, dict) else None
        value = chat.get("id") if isinstance(chat, dict) else None
        if isinstance(value, int) and not isinstance(value, bool):
            return value
    return None


def _as_bytes(update: Any) -> bytes:
    try:
        return orjson.dumps(update)
    except (TypeError, orjson.JSONEncodeError):  # half a surrogate pair, a number beyond 64 bits
        return json.dumps(update).encode()
