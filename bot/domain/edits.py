"""Words that were changed: how messages read by now, and the part of a text in which a change lies."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.event import MessageEdited
from bot.domain.message import Attachment
from bot.domain.parts import LOOKED_AT
from bot.domain.ticket import MessageKind, TicketMessage

AROUND = 60
"""Characters of what stayed the same that are shown before and after a change."""


def as_read_now(messages: Iterable[TicketMessage]) -> list[TicketMessage]:
    """Return messages, given in order, with the words and files of their latest edits, and without those edits."""
    found: dict[int, TicketMessage] = {}
    for message in messages:
        if message.kind is not MessageKind.EDIT:
            found[message.id] = message
        elif message.edit_of in found:
            known = found[message.edit_of]
            found[known.id] = replace(known, text=message.text, attachments=message.attachments)
    return list(found.values())


def edited_words(
    *, text: str, attachments: tuple[Attachment, ...], ids: Sequence[str], event: MessageEdited
) -> tuple[str, tuple[Attachment, ...]]:
    """Return the words and files of a message after an edit; `ids` are the messenger's ids of an album's messages.

    Of an album one message is edited, and most of them have no words.
    """
    if len(ids) == 1:
        return event.text, event.attachments
    words = text if not event.text or event.text in text.split("\n") else event.text
    if len(event.attachments) != 1 or len(ids) != len(attachments) or event.message_id not in ids:
        return words, attachments
    place = ids.index(event.message_id)
    return words, (*attachments[:place], *event.attachments, *attachments[place + 1 :])


def changed_part(before: str, after: str) -> tuple[str, str]:
    """Return both texts without what is the same at a distance from the change; `…` stands for what was left out.

    At either end no more than `LOOKED_AT` characters are compared.
    """
    start = _same_at_start(before[:LOOKED_AT], after[:LOOKED_AT])
    end = _same_at_start(before[start:][: -LOOKED_AT - 1 : -1], after[start:][: -LOOKED_AT - 1 : -1])
    first = _word_begins(before, start - AROUND) if start > AROUND else 0
    last = _word_ends(before, len(before) - end + AROUND) if end > AROUND else len(before)
    left_out = len(before) - last
    return _between(before, first, last), _between(after, first, len(after) - left_out)


def has_same_files(before: Sequence[Attachment], after: Sequence[Attachment]) -> bool:
    """Tell whether two messages carry the same things; messengers give one file many references."""
    return [_look(attachment) for attachment in before] == [_look(attachment) for attachment in after]


def _look(attachment: Attachment) -> tuple[object, ...]:
    # An address may be signed anew each time: what stands behind its `?` says nothing.
    where = attachment.reference.partition("?")[0] if attachment.size is None else ""
    return attachment.kind, attachment.name, attachment.size, attachment.title, where


def _same_at_start(one: str, other: str) -> int:
    for index, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return index
    return min(len(one), len(other))


def _word_begins(text: str, index: int) -> int:
    """Return where the first whole word at or after `index` begins."""
    found = re.compile(r"(?<=\s)\S").search(text, index, index + AROUND)
    return found.start() if found else index


def _word_ends(text: str, index: int) -> int:
    """Return where the last whole word before `index` ends."""
    cut = max(text.rfind(" ", index - AROUND // 2, index), text.rfind("\n", index - AROUND // 2, index))
    return cut if cut > 0 else index


def _between(text: str, first: int, last: int) -> str:
    return ("… " if first else "") + text[first:last].strip() + (" …" if last < len(text) else "")


def without_notes(said: Iterable[TicketMessage]) -> list[TicketMessage]:
    """Return what was said in a ticket without what is only for the work chats: notes, and changes of them."""
    whole = list(said)
    notes = {message.id for message in whole if message.kind is MessageKind.NOTE}
    return [message for message in whole if message.id not in notes and message.edit_of not in notes]
