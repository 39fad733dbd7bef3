"""Attachments on their way to the other side: what is carried over, and the sentence for what cannot be."""

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.message import Attachment, AttachmentKind
from bot.domain.parts import LOOKED_AT, first_piece, is_place
from bot.domain.ticket import TicketMessage
from handlers.desk import Desk
from storage.made_files import words_file

_TITLE = 500
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


def words_as_file(desk: Desk, language: str, message: TicketMessage) -> tuple[list[Attachment], tuple[Attachment, ...]]:
    """Return a citizen's words as a file when there are more of them than are looked at, and what was attached.

    Nearly nobody writes so much. What attached posts say stands whole in the file, and only its beginning in the chat:
    a chat takes twenty messages a minute, and a neighbour's card would wait for all of them.
    """
    if len(message.text) + sum(len(each.title) for each in message.attachments) <= LOOKED_AT:
        return [], message.attachments
    name = desk.say(language, "words-file", number=message.ticket or message.id)
    file = words_file(message.id, name=name, fallback=desk.say(language, "words-file-missing"))
    return [file], tuple(
        replace(each, title=f"{first_piece(each.title, _TITLE)} …") if len(each.title) > _TITLE else each
        for each in message.attachments
    )


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
