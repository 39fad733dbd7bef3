"""What came with a VK message or comment besides its own words; whatever cannot be read is still named."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from bot.channels.vk.attachment_kinds import MORE, location, named, read_attachment
from bot.channels.vk.read import clean
from bot.channels.vk.words import for_reader
from bot.domain.message import Attachment, AttachmentKind

_DEEPEST: Final = 10
"""Forwards inside forwards are followed so far; VK itself draws no more."""


def of_message(community: str, message: Mapping[str, Any], *, link: str) -> tuple[Attachment, ...]:
    """Return the attachments, the place on the map and the forwarded messages of a message.

    VK leaves out most of them in a large message (`is_cropped`): then the last one says where the others are.
    """
    found = list(_around(community, message, depth=0))
    if message.get("is_cropped"):
        found.append(
            named(
                AttachmentKind.OTHER,
                community,
                title="в сообщении есть и другие вложения, они видны в диалоге",
                url=link,
            )
        )
    return tuple(found)


def of_comment(community: str, comment: Mapping[str, Any]) -> tuple[Attachment, ...]:
    """Return what is attached to a comment."""
    return tuple(_around(community, comment, depth=0))


def unseen(community: str, *, link: str) -> Attachment:
    """Return the stand-in for a message in which nothing can be read at all."""
    title = "сообщение, которое видно только в диалоге ВКонтакте"
    return named(AttachmentKind.OTHER, community, title=title, url=link)


def _around(community: str, message: Mapping[str, Any], *, depth: int) -> Iterator[Attachment]:
    for attachment in _list(message, "attachments"):
        yield read_attachment(community, attachment)
    if message.get("geo") is not None:
        yield location(community, message["geo"])
    for forwarded in _list(message, "fwd_messages"):
        yield from _forwarded(community, forwarded, depth=depth + 1)


def _forwarded(community: str, message: Any, *, depth: int) -> Iterator[Attachment]:
    if not isinstance(message, Mapping) or depth > _DEEPEST:
        yield named(AttachmentKind.FORWARDED, community, title=MORE)
        return
    words = message.get("text")
    if isinstance(words, str) and words:
        yield named(AttachmentKind.FORWARDED, community, title=for_reader(clean(words), community=community))
    if isinstance(message.get("reply_message"), Mapping):
        yield from _forwarded(community, message["reply_message"], depth=depth + 1)
    yield from _around(community, message, depth=depth)


def _list(source: Mapping[str, Any], name: str) -> Sequence[Any]:
    value = source.get(name)
    return value if isinstance(value, list) else ()
