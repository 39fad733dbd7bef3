"""Albums: Telegram sends one message for each picture; to their author, and here, they are one message.

Nothing tells which picture is the last, so the pictures are held until none has come for a moment, or until the same
person says something else in the same conversation: order is kept.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain.event import ChatKind, CommentReceived, Event, MessageEdited, MessageReceived
from bot.domain.own_event import HeldDue
from handlers.desk import Desk
from storage.codec import HeldEvent
from storage.registry import Registry

_KEY = "album:"
_PAUSE = timedelta(seconds=1.5)
"""So long after a picture the next one of its album may come."""
_MOST = 10
"""Pictures in one album of Telegram's."""


def album_key(event: MessageReceived | CommentReceived | MessageEdited) -> str:
    """Return the key under which this person's album is held in this conversation."""
    return f"{_KEY}{event.place.lane}:{event.sender.user_id}"


def is_of_album(key: str) -> bool:
    """Tell whether an album is held under a key."""
    return key.startswith(_KEY)


def may_be_album(event: Event, registry: Registry) -> bool:
    """Tell whether albums are put together here: not in groups that are no work chats, there nobody is heard."""
    match event:
        case MessageReceived():
            return event.chat_kind is ChatKind.PRIVATE or bool(registry.served_by(event.place))
        case CommentReceived():
            return True
        case _:
            return False


def in_whole(event: Event, desk: Desk) -> list[Event]:
    """Return what is to be handled now: an album that has come to its end, then the event unless it is held itself."""
    if not isinstance(event, MessageReceived | CommentReceived) or not may_be_album(event, desk.registry):
        return [event]
    key = album_key(event)
    held = desk.held(key)
    ready: list[Event] = []
    if held and (held[-1].album != event.album or len(held) == _MOST):
        ready.append(_released(desk, key))
    if not event.album:
        return [*ready, event]
    desk.hold(key, event)
    desk.count_pictures(1)
    due = HeldDue(key=key, place=event.place, sender=event.sender, latest=event.message_id)
    desk.do_aside(due, key=f"{key}:{event.message_id}", not_before=desk.now + _PAUSE)
    return ready


def album_due(event: HeldDue, desk: Desk) -> HeldEvent | None:
    """Return the album when no picture has come since, and hold it no longer."""
    held = desk.held(event.key)
    if not held or held[-1].message_id != event.latest:
        return None
    return _released(desk, event.key)


def _released(desk: Desk, key: str) -> HeldEvent:
    parts = desk.release(key)
    desk.count_pictures(-len(parts))
    return _merged(parts)


def _merged(parts: Sequence[HeldEvent]) -> HeldEvent:
    """Return one message with everything in order; it is known by the id of the first."""
    in_order = sorted(parts, key=lambda part: (len(part.message_id), part.message_id))
    first, *others = in_order
    return replace(
        first,
        text="\n".join(part.text for part in in_order if part.text),
        attachments=tuple(attachment for part in in_order for attachment in part.attachments),
        quote=next((part.quote for part in in_order if part.quote), ""),
        parts=tuple(part.message_id for part in others),
    )
