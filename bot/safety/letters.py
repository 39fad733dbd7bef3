"""Words as they are meant: small letters, one spelling, tricks with look-alike signs undone."""

import re
from functools import lru_cache

_ONE_SPELLING = (("ё", "е"), ("ә", "э"), ("ө", "о"), ("ү", "у"), ("җ", "ж"), ("ң", "н"), ("һ", "х"))
"""Tatar is often typed without its six letters, so both sides are folded (domain notes, §4)."""
_LOOK_ALIKE = str.maketrans("abcehkmnoprtuxy0346@$", "авсенкмпоргтихуозчбас")
"""What people put in the place of Russian letters to hide a word from a filter."""
_TOKEN = re.compile(r"[^\W_]+(?:[@$*][^\W_]+)*|[@$][^\W_]+")
_REPEATED = re.compile(r"(.)\1+")
_SPELLED_AT_LEAST = 3


def fold(text: str) -> str:
    """Return `text` in small letters, without ё and the letters that only Tatar has."""
    text = text.lower()
    # Letter by letter: `str.translate` takes twenty times as long, and every message is folded.
    for letter, plain in _ONE_SPELLING:
        text = text.replace(letter, plain)
    return text


def meant_words(text: str) -> list[str]:
    """Return the words that a reader sees, doubled letters once: «Cyкa», «сууука», «с у к а», «$ука» are «сука».

    Numbers stay numbers.
    """
    words: list[str] = []
    letters: list[str] = []
    for token in [*_TOKEN.findall(fold(text)), ""]:
        if len(token) == 1 and not token.isdigit():
            letters.append(token.translate(_LOOK_ALIKE))
            continue
        if len(letters) >= _SPELLED_AT_LEAST:
            words.append(_REPEATED.sub(r"\1", "".join(letters)))
        letters = []
        if token and not token.isdigit():
            words.append(_meant(token))
    return words


@lru_cache(maxsize=20_000)
def _meant(token: str) -> str:
    """People use the same words over and over: most are looked up."""
    return _REPEATED.sub(r"\1", token.replace("*", "").translate(_LOOK_ALIKE))
