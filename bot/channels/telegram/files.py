"""Files on their way out: by the id that Telegram knows them by, else with their bytes, else as a sentence instead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.telegram.api import BotApi
from bot.channels.telegram.entities import quotations
from bot.channels.telegram.errors import FILE_REFUSED, is_about_file, says
from bot.channels.telegram.limits import CAPTION, LARGEST_PHOTO, LARGEST_UPLOAD
from bot.channels.telegram.shorten import shortened
from bot.channels.telegram.upload import Part, upload
from bot.domain.channel import Account, OpenFile
from bot.domain.errors import ChannelRefusedError, FileUnavailableError
from bot.domain.message import Attachment, AttachmentKind, File, OutgoingMessage
from bot.domain.parts import utf16_length

_KNOWN_BY_ID = {
    AttachmentKind.PHOTO: "photo",
    AttachmentKind.DOCUMENT: "document",
    AttachmentKind.VIDEO: "video",
    AttachmentKind.ANIMATION: "animation",
    AttachmentKind.AUDIO: "audio",
    AttachmentKind.VOICE: "voice",
    AttachmentKind.VIDEO_NOTE: "video_note",
    AttachmentKind.STICKER: "sticker",
}
"""A file sent again by its id must keep its type (core.telegram.org/bots/api#sending-files)."""
_WITHOUT_CAPTION = ("video_note", "sticker")
_IN_ALBUM = ("photo", "document")
_SHOWN_AS = {
    (AttachmentKind.VOICE, "audio/ogg"): "voice",
    (AttachmentKind.AUDIO, "audio/mpeg"): "audio",
    (AttachmentKind.AUDIO, "audio/mp4"): "audio",
    (AttachmentKind.VIDEO, "video/mp4"): "video",
    (AttachmentKind.VIDEO_NOTE, "video/mp4"): "video",
    (AttachmentKind.ANIMATION, "video/mp4"): "animation",
    (AttachmentKind.ANIMATION, "image/gif"): "animation",
    (AttachmentKind.STICKER, "image/png"): "photo",
    (AttachmentKind.STICKER, "image/webp"): "photo",
}
"""What comes from elsewhere and Telegram plays or shows in the talk itself; a round video as an ordinary one."""
_ONLY_HERE = ("application/x-tgsticker", "video/webm")
"""Stickers that move are shown by Telegram alone, and only by their id: as a file nobody could open them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Readied:
    """The files that can go, and the sentences for those that cannot."""

    parts: Sequence[Part]
    instead: Sequence[str]


async def send_files(
    api: BotApi, outgoing: OutgoingMessage, *, params: Mapping[str, Any], account: Account, open_file: OpenFile
) -> tuple[Any | None, str]:
    """Send the files of `outgoing` with its words as the caption.

    Returns Telegram's message or album, None when no file could go, and the words that still have to be sent. A file
    that Telegram refuses as it is goes once more as a plain document; then its sentence goes instead. So it
    does at once where the chat does not let this kind of file in.
    """
    for as_documents in (False, True):
        readied = await _ready(outgoing, account=account, open_file=open_file, as_documents=as_documents)
        if not readied.parts:
            return None, _joined(outgoing.text, readied.instead)
        if len({part.kind for part in readied.parts}) > 1 and not as_documents:
            continue  # a photo too large to be shown as one; an album is of one kind
        caption, left = _fitting(outgoing.text, readied.instead)
        try:
            entities = quotations(outgoing) if caption else []
            words = _caption(caption, entities)
            return await _send(api, readied.parts, params=params, words=words, account=account), left
        except ChannelRefusedError as error:
            if not is_about_file(error):
                raise
            if not says(error, FILE_REFUSED):
                break  # a right is lacking: whether for files of this kind or for any words, the words alone will tell
    return None, _joined(outgoing.text, [_sentence(attachment) for attachment in outgoing.attachments])


async def replace_file(
    api: BotApi, outgoing: OutgoingMessage, *, params: Mapping[str, Any], account: Account, open_file: OpenFile
) -> Any | None:
    """Put the first file of `outgoing` into a message in place of what is there; None when it cannot go."""
    readied = await _ready(outgoing, account=account, open_file=open_file, as_documents=False)
    if not readied.parts:
        return None
    part = readied.parts[0]
    caption = shortened(outgoing.text, CAPTION)
    words = _caption(caption, quotations(outgoing, within=len(caption)))
    media = {"type": part.kind, "media": part.content, "caption": caption, **words}
    if isinstance(part.content, str):
        return await api.call(account, "editMessageMedia", {**params, "media": media})
    return await upload(api, "editMessageMedia", {**params, "media": media}, account=account)


async def _ready(outgoing: OutgoingMessage, *, account: Account, open_file: OpenFile, as_documents: bool) -> _Readied:
    parts: list[Part] = []
    instead: list[str] = []
    is_album = len(outgoing.attachments) > 1
    for attachment in outgoing.attachments:
        kind = (
            "" if as_documents else _known_kind(attachment, account, is_album=is_album, has_words=bool(outgoing.text))
        )
        if kind:
            parts.append(Part(kind=kind, content=attachment.reference))
            continue
        try:
            file = await open_file(attachment)
        except FileUnavailableError:
            file = None
        if file is None or not 0 < file.size <= LARGEST_UPLOAD or _is_of_no_use(attachment, file):
            instead.append(_sentence(attachment))
        else:
            kind = "document" if as_documents else _upload_kind(attachment, file, is_album=is_album)
            parts.append(Part(kind=kind, content=file))
    return _Readied(parts=parts, instead=instead)


def _known_kind(attachment: Attachment, account: Account, *, is_album: bool, has_words: bool) -> str:
    """Return the type under which our own bot already has the file, empty if its bytes must be sent."""
    is_ours = attachment.channel == "telegram" and attachment.community == account.community and attachment.reference
    kind = _KNOWN_BY_ID.get(attachment.kind, "") if is_ours else ""
    if (is_album and kind not in _IN_ALBUM) or (has_words and kind in _WITHOUT_CAPTION):
        return ""
    return kind


def _upload_kind(attachment: Attachment, file: File, *, is_album: bool) -> str:
    """Return as what Telegram shows the bytes of a file; one that stands alone may be played in the talk."""
    if attachment.kind is AttachmentKind.PHOTO:
        return "photo" if file.size <= LARGEST_PHOTO else "document"
    return "document" if is_album else _SHOWN_AS.get((attachment.kind, file.mime), "document")


def _is_of_no_use(attachment: Attachment, file: File) -> bool:
    return attachment.kind is AttachmentKind.STICKER and file.mime in _ONLY_HERE


async def _send(
    api: BotApi, parts: Sequence[Part], *, params: Mapping[str, Any], words: Mapping[str, Any], account: Account
) -> Any:
    if len(parts) > 1:
        # An album carries no buttons.
        album = {key: value for key, value in params.items() if key != "reply_markup"}
        items = [{"type": part.kind, "media": part.content} for part in parts]
        items[0].update(words)
        if all(isinstance(part.content, str) for part in parts):
            return await api.call(account, "sendMediaGroup", {**album, "media": items})
        return await upload(api, "sendMediaGroup", {**album, "media": items}, account=account)
    part = parts[0]
    method = "send" + part.kind.title().replace("_", "")
    call = {**params, **words, part.kind: part.content}
    if isinstance(part.content, str):
        return await api.call(account, method, call)
    return await upload(api, method, call, account=account)


def _caption(caption: str, entities: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    if not caption:
        return {}
    return {"caption": caption, **({"caption_entities": list(entities)} if entities else {})}


def _fitting(text: str, instead: Sequence[str]) -> tuple[str, str]:
    """Return the caption, and what of the words does not fit beside it."""
    whole = _joined(text, instead)
    if utf16_length(whole) <= CAPTION:
        return whole, ""
    if utf16_length(text) <= CAPTION:
        return text, _joined("", instead)
    return "", whole


def _joined(text: str, sentences: Sequence[str]) -> str:
    return "\n\n".join(part for part in (text, "\n".join(sentences)) if part)


def _sentence(attachment: Attachment) -> str:
    name = f" «{attachment.name}»" if attachment.name else ""
    return attachment.fallback or f"Файл{name} передать не удалось."
