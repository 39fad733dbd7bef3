"""The raw events of the pretend messenger: one small JSON layout, read as strictly as a real messenger's."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.domain.errors import MalformedEventError
from bot.domain.event import (
    AnsweredElsewhere,
    ButtonPressed,
    ChatJoined,
    ChatKind,
    ChatLeft,
    ChatMigrated,
    CommentReceived,
    Event,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    ReactionChanged,
    ReactionsCounted,
    WritingAllowed,
)
from bot.domain.message import Attachment, AttachmentKind, Person, Place
from bot.domain.names import is_for_another_bot

BOT_NAME = "otklik_bot"
"""What every bot here is called."""
_FIRST_WORD_OF_MIME = {"image": AttachmentKind.PHOTO, "video": AttachmentKind.VIDEO, "audio": AttachmentKind.AUDIO}


def kind_of_file(mime: str) -> AttachmentKind:
    """Return how a reader sees a file of this MIME type; an OGG sound is a voice message, as in Telegram."""
    if mime == "audio/ogg":
        return AttachmentKind.VOICE
    return _FIRST_WORD_OF_MIME.get(mime.partition("/")[0], AttachmentKind.DOCUMENT)


def location_at(channel: str, community: str, latitude: float, longitude: float) -> Attachment:
    """Return a place on the map as it is attached to a message."""
    return Attachment(
        kind=AttachmentKind.LOCATION,
        channel=channel,
        community=community,
        title=f"{latitude}, {longitude}",
        url=f"https://yandex.ru/maps/?pt={longitude},{latitude}&z=17",
        latitude=latitude,
        longitude=longitude,
    )


def read_event(channel: str, community: str, payload: Mapping[str, Any]) -> Event | None:
    """Read one raw event; None for kinds of no interest, MalformedEventError for what cannot be understood."""
    if not isinstance(payload, Mapping):
        raise MalformedEventError("the event is not an object")
    return _Reader(channel, community, payload).event()


class _Reader:
    """Reads one payload; every missing or wrongly typed field is a MalformedEventError that names it."""

    def __init__(self, channel: str, community: str, payload: Mapping[str, Any]) -> None:
        self._channel = channel
        self._community = community
        self._payload = payload

    def event(self) -> Event | None:
        match self._text("kind"):
            case "message":
                return self._message()
            case "comment":
                return self._comment()
            case "edited":
                return MessageEdited(
                    place=self._place(),
                    sender=self._sender(),
                    message_id=self._text("message_id"),
                    text=self._text("text", default=""),
                    attachments=self._attachments(),
                    edited_at=self._moment(),
                )
            case "deleted":
                return MessageDeleted(
                    place=self._place(), message_id=self._text("message_id"), deleted_at=self._moment()
                )
            case "press":
                return self._press()
            case "elsewhere":
                return AnsweredElsewhere(
                    place=self._place(),
                    message_id=self._text("message_id"),
                    administrator=self._sender(),
                    text=self._text("text", default=""),
                    sent_at=self._moment(),
                    link=self._text("link", default=""),
                )
            case "reaction":
                return ReactionChanged(
                    place=self._place(),
                    message_id=self._text("message_id", default=""),
                    sender=self._sender(),
                    before=self._texts("before"),
                    after=self._texts("after"),
                    sources=self._texts("sources"),
                    link=self._text("link", default=""),
                    changed_at=self._moment(),
                )
            case "counted":
                return ReactionsCounted(
                    place=self._place(),
                    message_id=self._text("message_id", default=""),
                    totals=self._totals(),
                    sources=self._texts("sources"),
                    link=self._text("link", default=""),
                    counted_at=self._moment(),
                )
            case "writing":
                return WritingAllowed(
                    place=self._place(),
                    sender=self._sender(),
                    is_allowed=self._text("allowed") == "yes",
                    changed_at=self._moment(),
                )
            case "joined" | "left" | "moved" as change:
                return self._chat_changed(change)
        return None

    def _chat_changed(self, change: str) -> Event:
        if change == "joined":
            return ChatJoined(
                place=self._place(),
                chat_title=self._text("title", default=""),
                sender=self._sender(),
                happened_at=self._moment(),
            )
        if change == "left":
            return ChatLeft(place=self._place(), happened_at=self._moment())
        return ChatMigrated(place=self._place(), new_chat=self._text("new_chat"), happened_at=self._moment())

    def _message(self) -> MessageReceived:
        return MessageReceived(
            place=self._place(),
            chat_kind=self._chat_kind(),
            sender=self._sender(),
            message_id=self._text("message_id"),
            text=self._text("text", default=""),
            attachments=self._attachments(),
            sent_at=self._moment(),
            chat_title=self._text("title", default=""),
            reply_to=self._text("reply_to", default=""),
            reply_text=self._text("reply_text", default=""),
            reply_is_ours=self._payload.get("reply_is_ours") is True,
            replies_elsewhere=self._payload.get("replies_elsewhere") is True,
            thread=self._text("thread", default=""),
            is_forum=self._payload.get("is_forum") is True,
            deep_link=self._text("deep_link", default=""),
            for_another_bot=self._is_for_another_bot(),
            quote=self._text("quote", default=""),
            forwarded_from=self._text("forwarded_from", default=""),
            album=self._text("album", default=""),
            sources=self._texts("sources"),
            link=self._text("link", default=""),
        )

    def _comment(self) -> CommentReceived:
        return CommentReceived(
            place=self._place(),
            sender=self._sender(),
            message_id=self._text("message_id"),
            text=self._text("text", default=""),
            attachments=self._attachments(),
            sent_at=self._moment(),
            reply_to=self._text("reply_to", default=""),
            is_restored=self._payload.get("is_restored") is True,
            for_another_bot=self._is_for_another_bot(),
            quote=self._text("quote", default=""),
            album=self._text("album", default=""),
            sources=self._texts("sources"),
            link=self._text("link", default=""),
            post=self._text("post", default=""),
        )

    def _is_for_another_bot(self) -> bool:
        return is_for_another_bot(self._text("text", default=""), (BOT_NAME, f"club{self._community}"))

    def _press(self) -> ButtonPressed:
        return ButtonPressed(
            place=self._place(),
            chat_kind=self._chat_kind(),
            sender=self._sender(),
            message_id=self._text("message_id"),
            action=self._text("action"),
            press_id=self._text("press_id"),
            thread=self._text("thread", default=""),
            pressed_at=self._moment(),
        )

    def _text(self, name: str, *, default: str | None = None) -> str:
        value = self._payload.get(name, default)
        if not isinstance(value, str):
            raise MalformedEventError(f"{name} is missing or not a text")
        return value

    def _texts(self, name: str) -> tuple[str, ...]:
        values = self._payload.get(name, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise MalformedEventError(f"{name} is not a list of texts")
        return tuple(values)

    def _totals(self) -> tuple[tuple[str, int], ...]:
        values = self._payload.get("totals")
        if not isinstance(values, Mapping) or not all(isinstance(value, int) for value in values.values()):
            raise MalformedEventError("totals is not an object of numbers")
        return tuple((str(name), value) for name, value in values.items())

    def _place(self) -> Place:
        return Place(channel=self._channel, community=self._community, chat=self._text("chat"))

    def _chat_kind(self) -> ChatKind:
        try:
            return ChatKind(self._text("chat_kind"))
        except ValueError:
            raise MalformedEventError("chat_kind is unknown") from None

    def _moment(self) -> datetime:
        try:
            moment = datetime.fromisoformat(self._text("at"))
        except ValueError:
            raise MalformedEventError("at is not a moment") from None
        if moment.tzinfo is None:
            raise MalformedEventError("at has no zone")
        return moment.astimezone(UTC)

    def _sender(self) -> Person:
        sender = self._payload.get("from")
        if not isinstance(sender, Mapping):
            raise MalformedEventError("from is missing or not an object")
        return _Reader(self._channel, self._community, sender).person()

    def person(self) -> Person:
        return Person(
            channel=self._channel,
            user_id=self._text("id"),
            name=self._text("name", default=""),
            language=self._text("language", default=""),
        )

    def _attachments(self) -> tuple[Attachment, ...]:
        files = self._payload.get("files", [])
        if not isinstance(files, list) or not all(isinstance(file, Mapping) for file in files):
            raise MalformedEventError("files is not a list of objects")
        carried = [_Reader(self._channel, self._community, file).attachment() for file in files]
        match self._payload.get("map"):
            case {"latitude": int() | float() as latitude, "longitude": int() | float() as longitude}:
                carried.append(location_at(self._channel, self._community, float(latitude), float(longitude)))
        return tuple(carried)

    def attachment(self) -> Attachment:
        size = self._payload.get("size")
        if not isinstance(size, int):
            raise MalformedEventError("size is missing or not a number")
        mime = self._text("mime")
        return Attachment(
            kind=kind_of_file(mime),
            channel=self._channel,
            community=self._community,
            reference=self._text("id"),
            name=self._text("name"),
            size=size,
            mime=mime,
        )
