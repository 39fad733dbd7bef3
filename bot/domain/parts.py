"""Cutting a message to what one call to a messenger can carry: one outbox row is one call."""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.channel import Limits
from bot.domain.message import Attachment, AttachmentKind, OutgoingMessage
from bot.domain.quotation import LINE_SIGN, signed, within

LOOKED_AT = 20_000
"""Characters of anybody's words, or of a cell, that are looked at, whatever for; stored and sent is the whole.

Whoever looks says what becomes of the rest: nobody may hide anything behind it.
"""


def split_text(text: str, limit: int) -> list[str]:
    """Cut `text` into pieces of at most `limit` UTF-16 units, in order, nothing lost but the white space at a cut.

    Cuts fall, in this order of preference, at a paragraph, a line, a sentence, a word, a character.
    """
    return [piece for _, piece in _pieces(text, limit) if piece] or [""]


def first_piece(text: str, limit: int) -> str:
    """Return the first of the pieces into which `split_text` cuts, without cutting the rest."""
    return next((piece for _, piece in _pieces(text, limit) if piece), "")


def _pieces(text: str, limit: int) -> Iterator[tuple[int, str]]:
    """Yield where each piece begins, and the piece."""
    at = 0
    while len(window := first_units(text, limit, start=at)) < len(text) - at:
        cut = _best_cut(window)
        yield at, text[at : at + cut].rstrip()
        at += cut
        while at < len(text) and text[at].isspace():
            at += 1
    yield at, text[at:]


def split_message(message: OutgoingMessage, limits: Limits) -> list[OutgoingMessage]:
    """Cut a message into the calls that carry it, in order: words first, then files by the handful.

    The buttons stand under the last piece of the words, only the first call is a reply. Each piece knows what of it is
    quoted; where the messenger draws no quotations, each of their lines begins with a sign instead.
    """
    if message.quotes and not limits.quotations:
        text, quotes = signed(message.text, message.quotes)
        message = replace(message, text=text, quotes=quotes)
    if not message.attachments and utf16_length(message.text) <= limits.text:
        return [message if limits.quotations else replace(message, quotes=())]
    calls = list(_calls(message, limits))
    return [calls[0], *(replace(call, reply_to="") for call in calls[1:])]


def utf16_length(text: str) -> int:
    """Return the length as messengers count it: characters beyond the basic plane (most emoji) count twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _calls(message: OutgoingMessage, limits: Limits) -> Iterator[OutgoingMessage]:
    groups = list(_file_groups(message.attachments, limits))
    if groups and message.buttons and not message.text and not limits.files_with_buttons:
        # Without words to stand under, the buttons need a file that goes alone.
        first = groups.pop(0)
        groups[:0] = [group for group in (first[:1], first[1:]) if group]
    together = (
        groups
        and utf16_length(message.text) <= limits.caption
        and not is_place(groups[0][0])
        and (not message.buttons or limits.files_with_buttons or len(groups[0]) == 1)
    )
    if together:
        quotes = message.quotes if limits.quotations else ()
        yield replace(message, quotes=quotes, attachments=groups.pop(0))
    elif message.text or not groups:
        *before, last = _word_calls(message, limits)
        for call in before:
            yield replace(call, buttons=())
        yield last
    for group in groups:
        yield replace(message, text="", quotes=(), attachments=group, buttons=())


def _word_calls(message: OutgoingMessage, limits: Limits) -> list[OutgoingMessage]:
    """Return the calls that carry the words; a line that is cut inside a quotation begins with the sign again."""
    is_signed = bool(message.quotes) and not limits.quotations
    calls = []
    for start, piece in _pieces(message.text, limits.text - len(LINE_SIGN) if is_signed else limits.text):
        quotes = within(message.quotes, start, start + len(piece))
        is_cut = bool(quotes) and quotes[0][0] == 0 and not piece.startswith(LINE_SIGN.rstrip())
        if piece and is_signed:
            text = LINE_SIGN + piece if is_cut else piece
            calls.append(replace(message, text=text, quotes=(), attachments=()))
        elif piece:
            calls.append(replace(message, text=piece, quotes=quotes, attachments=()))
    return calls or [replace(message, text="", quotes=(), attachments=())]


def _file_groups(attachments: tuple[Attachment, ...], limits: Limits) -> Iterator[tuple[Attachment, ...]]:
    group: list[Attachment] = []
    for attachment in attachments:
        is_other_kind = bool(group) and not limits.mixed_files and is_photo(group[0]) != is_photo(attachment)
        is_other_kind |= bool(group) and (is_place(group[0]) or is_place(attachment))
        if len(group) == limits.files or is_other_kind:
            yield tuple(group)
            group = []
        group.append(attachment)
    if group:
        yield tuple(group)


def is_photo(attachment: Attachment) -> bool:
    """Tell whether the attachment is shown as a picture; everything else goes as a file."""
    return attachment.kind is AttachmentKind.PHOTO


def is_place(attachment: Attachment) -> bool:
    """Tell whether the attachment is a place that messengers show on a map, each in a call of its own."""
    return attachment.kind is AttachmentKind.LOCATION and None not in (attachment.latitude, attachment.longitude)


def first_units(text: str, limit: int, *, start: int = 0) -> str:
    """Return as much of `text` from `start` on as fits into `limit` UTF-16 units, a character at least."""
    window = text[start : start + max(limit, 1)]
    if utf16_length(window) <= limit:
        return window
    units = 0
    for index, character in enumerate(window):
        units += 2 if character > "\uffff" else 1
        if units > limit:
            # A character wider than the limit goes as it is: nothing is lost, and the cutting comes to an end.
            return window[: max(index, 1)]
    return window


def _best_cut(window: str) -> int:
    half = len(window) // 2
    for separator in ("\n\n", "\n", ". ", " "):
        cut = window.rfind(separator)
        if cut > half:
            return cut + len(separator)
    return len(window)
