"""Words as they are meant: small letters, one spelling, tricks with look-alike signs undone."""

import re
from functools import lru_cache

from bot.domain.parts import LOOKED_AT

_ONE_SPELLING = (("ё", "е"), ("ә", "э"), ("ө", "о"), ("ү", "у"), ("җ", "ж"), ("ң", "н"), ("һ", "х"))
"""Tatar is often typed without its six letters, so both sides are folded (domain notes, §4)."""
_LOOK_ALIKE = str.maketrans("abcehkmnoprtuxy0346@$", "авсенкмпоргтихуозчбас")
"""What people put in the place of Russian letters to hide a word from a filter."""
_TOKEN = re.compile(r"[^\W_]+(?:[@$*][^\W_]+)*|[@$][^\W_]+")
_REPEATED = re.compile(r"(.)\1+")
_SPELLED_AT_LEAST = 3
_LONGEST_REMEMBERED = 40
"""Letters: nobody writes a longer word twice."""


def fold(text: str) -> str:
    """Return `text` in small letters, without ё and the letters that only Tatar has."""
    text = text.lower()
    # Letter by letter: `str.translate` takes twenty times as long, and every message is folded.
    for letter, plain in _ONE_SPELLING:
        text = text.replace(letter, plain)
    return text


def meant_words(text: str) -> list[str]:
    """Return the words that a reader sees, doubled letters once: «Cyкa», «сууука», «с у к а», «$ука» are «сука».

    Numbers stay numbers. Behind the first `LOOKED_AT` characters nothing is read.
    """
    words: list[str] = []
    letters: list[str] = []
    for token in [*_TOKEN.findall(fold(text[:LOOKED_AT])), ""]:
        if len(token) == 1 and not token.isdigit():
            letters.append(token.translate(_LOOK_ALIKE))
            continue
        if len(letters) >= _SPELLED_AT_LEAST:
            words.append(_REPEATED.sub(r"\1", "".join(letters)))
        letters = []
        if token and not token.isdigit():
            words.append(_remembered(token) if len(token) <= _LONGEST_REMEMBERED else _meant(token))
    return words


def _meant(token: str) -> str:
    return _REPEATED.sub(r"\1", token.replace("*", "").translate(_LOOK_ALIKE))


_remembered = lru_cache(maxsize=20_000)(_meant)
"""People use the same words over and over: most are looked up."""
