"""Personal data in somebody's words: found by checksums and by the words before them, and covered.

Used wherever words are shown to anybody but the administrator who answers: lists, exports, logs. The rules are those of
the domain notes (§6.1); what has no checksum and no telling word before it stays: ticket numbers, ОГРН, prices, 112.
"""

import json

from bot.domain.parts import LOOKED_AT
from bot.safety.numbers import find_numbers
from bot.safety.personal import Found, Kind
from bot.safety.phrases import find_phrases

COVER = "•••"
"""What stands in place of the covered characters; its length tells nothing of theirs."""

_CUT_NUMBER = 100


def mask(text: str) -> str:
    """Return `text` with all personal data covered, and all that is not looked at; everything else is unchanged."""
    found = find(text)
    if not found:
        return text
    pieces, position = [], 0
    for one in found:
        pieces += [text[position : one.start], COVER]
        position = one.end
    return "".join([*pieces, text[position:]])


def mask_json(text: str) -> str:
    """Return JSON with the personal data in its strings covered; what is no JSON is covered as plain words."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return mask(text)
    covered = _covered(value)
    return text if covered == value else json.dumps(covered, ensure_ascii=False)


def _covered(value: object) -> object:
    match value:
        case str():
            return mask(value)
        case dict():
            return {name: _covered(inner) for name, inner in value.items()}
        case list():
            return [_covered(inner) for inner in value]
    return value


def find(text: str) -> list[Found]:
    """Return the personal data in `text` in order of place; no two overlap."""
    found: list[Found] = []
    unseen = []
    if len(text) > LOOKED_AT:
        # The last of what is looked at may be the beginning of a number.
        unseen = [Found(kind=Kind.UNSEEN, start=LOOKED_AT - _CUT_NUMBER, end=len(text))]
        text = text[:LOOKED_AT]
    for one in sorted([*find_numbers(text), *find_phrases(text), *unseen], key=lambda one: (one.start, -one.end)):
        if found and one.start < found[-1].end:
            if one.end > found[-1].end:
                found[-1] = Found(kind=found[-1].kind, start=found[-1].start, end=one.end)
        else:
            found.append(one)
    return found
