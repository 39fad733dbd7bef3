"""Values as JSON and back: messages on their way, attachments, and the events that we send to ourselves."""

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from typing import Any, NamedTuple, get_args

import orjson

from bot.domain.errors import MalformedEventError, RefusalReason
from bot.domain.event import ChatKind, ChatMigrated, CommentedThing, CommentReceived, Event, MessageReceived
from bot.domain.message import Attachment, AttachmentKind, Button, OutgoingKind, OutgoingMessage, Person, Place
from bot.domain.own_event import OwnEvent, ReportView
from bot.domain.ticket import Ring

InternalEvent = ChatMigrated | OwnEvent
HeldEvent = MessageReceived | CommentReceived
"""What can be held until a person or the clock says how it goes on."""

INTERNAL = "otklik"
"""The channel name of events that we send to ourselves."""
REPORTS = "reports"
"""The community name, within INTERNAL, of work that is done aside from the desk."""

_EVENTS: dict[str, type[InternalEvent | HeldEvent]] = {
    kind.__name__: kind for kind in get_args(InternalEvent | HeldEvent)
}


def encode_outgoing(message: OutgoingMessage) -> bytes:
    """Write a message for the outbox."""
    return orjson.dumps(message)


def decode_outgoing(content: bytes) -> OutgoingMessage:
    """Read a message from the outbox."""
    value = orjson.loads(content)
    return OutgoingMessage(
        kind=OutgoingKind(value["kind"]),
        text=value["text"],
        attachments=decode_attachments(value["attachments"]),
        buttons=tuple(tuple(Button(**button) for button in row) for row in value["buttons"]),
        reply_to=value["reply_to"],
        target=value["target"],
        thread=value.get("thread", ""),
        icon=value.get("icon", ""),
        keys=tuple(tuple(Button(**button) for button in row) for row in value.get("keys", ())),
        quotes=tuple((first, last) for first, last in value.get("quotes", ())),
    )


class Body(NamedTuple):
    """What a message of a ticket says, as it is sealed."""

    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    quote: str = ""
    forwarded_from: str = ""
    parts: tuple[str, ...] = ()


def encode_body(body: Body) -> bytes:
    """Write the words and files of a ticket's message."""
    is_plain = not (body.quote or body.forwarded_from or body.parts)
    return orjson.dumps(body[:2] if is_plain else body[:])


def decode_body(content: bytes) -> Body:
    """Read the words and files of a ticket's message."""
    text, attachments, *more = orjson.loads(content)
    if not more:
        return Body(text, decode_attachments(attachments))
    quote, forwarded_from, parts = more
    return Body(text, decode_attachments(attachments), quote, forwarded_from, tuple(parts))


def decode_attachments(values: list[dict[str, Any]]) -> tuple[Attachment, ...]:
    """Read attachments."""
    return tuple(Attachment(**{**value, "kind": AttachmentKind(value["kind"])}) for value in values)


def encode_event(event: InternalEvent | HeldEvent) -> bytes:
    """Write one of our own events for the inbox, or one that is held."""
    return orjson.dumps({"event": type(event).__name__, **{f.name: getattr(event, f.name) for f in fields(event)}})


def decode_held(content: bytes) -> HeldEvent:
    """Read an event that was held. Raises MalformedEventError."""
    event = decode_event(orjson.loads(content))
    if not isinstance(event, MessageReceived | CommentReceived):
        raise MalformedEventError("not an event that can be held")
    return event


def decode_event(value: Any) -> Event:
    """Read one of our own events; raises MalformedEventError."""
    try:
        kind = _EVENTS[value.pop("event")]
        return kind(**{name: _READ[name](item) if name in _READ else item for name, item in value.items()})
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise MalformedEventError(f"not an event of ours: {error!r}") from error


_READ: dict[str, Callable[[Any], Any]] = {
    "place": lambda value: Place(**value),
    "sender": lambda value: Person(**value),
    "chat_kind": ChatKind,
    "subject": CommentedThing,
    "attachments": decode_attachments,
    "sources": tuple,
    "tickets": tuple,
    "follow_ups": lambda value: tuple(tuple(pair) for pair in value),
    "parts": tuple,
    "sent_at": datetime.fromisoformat,
    "reason": RefusalReason,
    "ring": Ring,
    "view": ReportView,
    "delivered_at": datetime.fromisoformat,
    "failed_at": datetime.fromisoformat,
    "ring_at": datetime.fromisoformat,
    "happened_at": datetime.fromisoformat,
    "asked_at": datetime.fromisoformat,
}
