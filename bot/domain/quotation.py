"""A citizen's words among the bot's own stand in a quotation, so that none of their lines passes for the bot's.

Handlers mark them with `quoted`, whatever is put around them. On the way out the marks become spans of the text, which
a messenger draws; where it draws none, every line of them begins with a sign.
"""

import re

LINE_SIGN = "│ "
"""Begins each quoted line where the messenger draws no quotations."""
_OPEN, _CLOSE = "\ue0f0", "\ue0f1"
"""Characters that nobody types, of Unicode's private area; they never leave the program."""
_MARKS = re.compile(f"([{_OPEN}{_CLOSE}])")

Spans = tuple[tuple[int, int], ...]
"""Where quotations stand in a text: first character, and the one behind the last."""


def quoted(words: str) -> str:
    """Return somebody's words marked as a quotation; nothing for no words."""
    plain = _MARKS.sub("", words).strip()
    return f"{_OPEN}{plain}{_CLOSE}" if plain else ""


def read_quotations(text: str) -> tuple[str, Spans]:
    """Return a text without the marks, and where its quotations stand; one that was cut ends with the text."""
    if _OPEN not in text and _CLOSE not in text:
        return text, ()
    plain, length, spans = [], 0, []
    began: int | None = None
    for part in _MARKS.split(text):
        if part == _OPEN:
            began = length if began is None else began
        elif part == _CLOSE:
            if began is not None and length > began:
                spans.append((began, length))
            began = None
        else:
            plain.append(part)
            length += len(part)
    if began is not None and length > began:
        spans.append((began, length))
    return "".join(plain), tuple(spans)


def without_marks(text: str) -> str:
    """Return a text without the marks of quotations."""
    return read_quotations(text)[0]


def signed(text: str, spans: Spans) -> tuple[str, Spans]:
    """Return a text in which every quoted line begins with a sign, and where its quotations stand then."""
    parts, length, moved, at = [], 0, [], 0
    for start, end in spans:
        lines = "\n".join((LINE_SIGN + line).rstrip() for line in text[start:end].splitlines())
        parts += [text[at:start], lines]
        moved.append((length + start - at, length + start - at + len(lines)))
        length += start - at + len(lines)
        at = end
    return "".join([*parts, text[at:]]), tuple(moved)


def within(spans: Spans, start: int, end: int) -> Spans:
    """Return the quotations of the piece of a text from `start` to `end`, counted from its beginning."""
    found = ((max(first, start) - start, min(last, end) - start) for first, last in spans)
    return tuple((first, last) for first, last in found if first < last)
