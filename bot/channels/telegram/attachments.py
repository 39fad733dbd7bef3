"""What is attached to a Telegram message; whatever cannot be read is at least named, so that nothing is lost."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.channels.telegram.reading import maybe_size, maybe_words
from bot.channels.telegram.told import told
from bot.domain.message import Attachment, AttachmentKind

_Make = Callable[..., Attachment]

_FILES: tuple[tuple[str, AttachmentKind, str], ...] = (
    ("animation", AttachmentKind.ANIMATION, "video/mp4"),
    ("document", AttachmentKind.DOCUMENT, ""),
    ("video", AttachmentKind.VIDEO, "video/mp4"),
    ("video_note", AttachmentKind.VIDEO_NOTE, "video/mp4"),
    ("voice", AttachmentKind.VOICE, "audio/ogg"),
    ("audio", AttachmentKind.AUDIO, "audio/mpeg"),
    ("sticker", AttachmentKind.STICKER, ""),
)
"""The key, what it is to a reader, and its media type where Telegram does not tell it."""

_FRAME = frozenset(
    {"message_id", "message_thread_id", "direct_messages_topic", "from", "sender_chat", "sender_boost_count"}
    | {"sender_business_bot", "sender_tag", "business_connection_id", "guest_query_id", "date", "chat"}
    | {"forward_origin", "forward_from", "forward_from_chat", "forward_from_message_id", "forward_signature"}
    | {"forward_sender_name", "forward_date", "is_topic_message", "is_automatic_forward", "reply_to_message"}
    | {"external_reply", "quote", "reply_to_story", "reply_to_checklist_task_id", "reply_to_poll_option_id"}
    | {"via_bot", "guest_bot_caller_user", "guest_bot_caller_chat", "edit_date", "has_protected_content"}
    | {"is_from_offline", "is_paid_post", "media_group_id", "author_signature", "paid_star_count", "text"}
    | {"entities", "link_preview_options", "suggested_post_info", "effect_id", "caption", "caption_entities"}
    | {"show_caption_above_media", "has_media_spoiler", "reply_markup", "receiver_user", "ephemeral_message_id"}
    | {"rich_message"}
)
"""The keys of a message that are not its content (Bot API 10.3)."""


def attachments_of(message: Mapping[str, Any], community: str) -> Iterator[Attachment]:
    """Yield everything attached to a raw message, in a fixed order."""
    if isinstance(message.get("text"), str):
        return  # words stand alone: those beside a file are its caption

    def make(**fields: Any) -> Attachment:
        return Attachment(channel="telegram", community=community, **fields)

    found = [*_photo(message, make), *_files(message, make), *told(message, make)]
    yield from found
    if not found and message.get("text") is None and message.get("rich_message") is None:
        # No words and nothing that we know: a kind of content that is newer than this program.
        unknown = [key for key, value in message.items() if key not in _FRAME and value not in (None, False)]
        for key in unknown or [""]:
            yield make(kind=AttachmentKind.OTHER, title=maybe_words({"key": key}, "key"))


def _photo(message: Mapping[str, Any], make: _Make) -> Iterator[Attachment]:
    sizes = message.get("photo")
    if sizes is None:
        return
    usable = [size for size in sizes if _reference(size)] if isinstance(sizes, list) else []
    if not usable:
        yield make(kind=AttachmentKind.PHOTO)
        return
    largest = max(usable, key=lambda size: (maybe_size(size, "width") or 0) * (maybe_size(size, "height") or 0))
    yield make(
        kind=AttachmentKind.PHOTO,
        reference=_reference(largest),
        size=maybe_size(largest, "file_size"),
        mime="image/jpeg",
    )


def _files(message: Mapping[str, Any], make: _Make) -> Iterator[Attachment]:
    for key, kind, usual_mime in _FILES:
        if message.get(key) is None or (key == "document" and message.get("animation") is not None):
            continue  # an animation comes with a document that is the same file
        file = message[key]
        if not _reference(file):
            yield make(kind=kind)
            continue
        yield make(
            kind=kind,
            reference=_reference(file),
            name=maybe_words(file, "file_name"),
            size=maybe_size(file, "file_size"),
            mime=maybe_words(file, "mime_type") or usual_mime,
            title=maybe_words(file, "emoji") if kind is AttachmentKind.STICKER else maybe_words(file, "title"),
        )


def _reference(file: Any) -> str:
    return maybe_words(file, "file_id") if isinstance(file, dict) else ""
