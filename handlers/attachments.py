"""Attachments on their way to the other side: what is carried over, and the sentence for what cannot be."""

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.message import Attachment, AttachmentKind
from bot.domain.parts import is_place
from handlers.desk import Desk

_MEGABYTE = 1024 * 1024
_TOLD = frozenset({AttachmentKind.CONTACT, AttachmentKind.POLL})
"""Of these the sentence says everything: nobody needs to look elsewhere, least of all at the profile of who sent it."""


def named_for_reader(
    desk: Desk, language: str, attachments: Iterable[Attachment], *, link: str
) -> tuple[list[Attachment], list[str]]:
    """Return the files and places to carry over, each with its sentence, and lines that name everything else.

    `link` is where the reader can see the original, empty for nowhere.
    """
    carried, lines = [], []
    for attachment in attachments:
        sentence = _sentence(desk, language, attachment, link=link)
        if attachment.reference or is_place(attachment):
            carried.append(replace(attachment, fallback=sentence))
        else:
            lines.append(sentence)
    return carried, lines


def _sentence(desk: Desk, language: str, attachment: Attachment, *, link: str) -> str:
    kind = desk.say(language, f"attachment-{attachment.kind.value}")
    details = [attachment.title or attachment.name]
    if attachment.size:
        details.append(
            desk.say(language, "attachment-size", megabytes=f"{attachment.size / _MEGABYTE:.1f}".replace(".", ","))
        )
    about = ", ".join(detail for detail in details if detail)
    where = attachment.url or link
    if attachment.kind in _TOLD and attachment.title and not attachment.url:
        key = "attachment-told"
    else:
        key = "attachment-with-link" if where else "attachment-without-link"
    return desk.say(language, key, kind=f"{kind}: {about}" if about else kind, link=where)
