"""Words of emergency: whoever writes them is told at once whom to call, and the work chat sees it on the card.

A list of words never sees everything, and sometimes sees what is not there; the answer to both is that it only adds a
few lines and that the message goes its way as any other. The list is a table beside this file (`emergency.csv`, its
head explains the columns); an operator's own file adds rows to it or takes some away.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Self

from bot.domain.errors import SettingsError
from bot.domain.parts import LOOKED_AT
from bot.safety.letters import fold

OPERATORS_FILE = "emergency.csv"
"""In the data folder."""

_TOKEN = re.compile(r"[^\W_]+|[.,!?;:\n()]")
_ENDS = frozenset(".!?\n;")
_NEGATIONS = frozenset({"не", "нет", "без", "ни", "против", "тугел", "юк"})
_BETWEEN = 3
"""Words that may stand between two words of a row."""
_INDEXED = 3
"""Letters by which rows are found."""


class Emergency(StrEnum):
    """What kind of help is needed; each has words in `bot/texts` (`emergency-…`)."""

    FIRE = "fire"
    GAS = "gas"
    MEDICAL = "medical"
    SUICIDE = "suicide"
    EXPLOSION = "explosion"
    MISSING_CHILD = "missing-child"
    VIOLENCE = "violence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Words that mean an emergency when they follow one another; each word is a set of spellings."""

    kind: Emergency | None
    """None takes the row with the same words away."""
    words: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EmergencyWords:
    """The rows, found by the first letters of their first word."""

    rows: Mapping[str, tuple[Row, ...]]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Self:
        """Index rows; a later row without a kind takes away the earlier ones with the same words."""
        kept: list[Row] = []
        for row in rows:
            if row.kind is None:
                kept = [other for other in kept if other.words != row.words]
            else:
                kept.append(row)
        index: dict[str, list[Row]] = {}
        for row in kept:
            for start in dict.fromkeys(spelling.rstrip("*")[:_INDEXED] for spelling in row.words[0]):
                index.setdefault(start, []).append(row)
        return cls({start: tuple(found) for start, found in index.items()})

    @classmethod
    def load(cls, operators_file: Path | None = None) -> Self:
        """Read the shipped table and then the operator's, if there is one; SettingsError names a wrong line."""
        rows = list(_read(files("bot.safety").joinpath("emergency.csv").read_text(encoding="utf-8"), "emergency.csv"))
        if operators_file is not None and operators_file.is_file():
            try:
                own = operators_file.read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError):
                raise SettingsError(
                    f"{operators_file}: файл не читается; сохраните его в UTF-8 и проверьте права"
                ) from None
            rows += _read(own, str(operators_file))
        return cls.of(rows)


_NEW = re.compile(r"\bяңа\b", re.IGNORECASE)
"""Tatar for new; without its own letter it would read as «burns»."""


def emergency(text: str, words: EmergencyWords) -> Emergency | None:
    """Return the first emergency that `text` speaks of, None for nearly every message.

    Behind the first `LOOKED_AT` characters nothing is read.
    """
    for sentence in _sentences(_TOKEN.findall(fold(_NEW.sub(" ", text[:LOOKED_AT])))):
        about_else: dict[tuple[str, ...], bool] = {}
        for place, token in enumerate(sentence):
            for row in words.rows.get(token[:_INDEXED], ()):
                if not _follows(sentence, place, row) or (place and sentence[place - 1] in _NEGATIONS):
                    continue
                if row.unless not in about_else:
                    about_else[row.unless] = any(_is_one_of(other, row.unless) for other in sentence)
                if not about_else[row.unless]:
                    return row.kind
    return None


def _sentences(tokens: Iterable[str]) -> Iterator[list[str]]:
    sentence: list[str] = []
    for token in tokens:
        if token in _ENDS:
            yield sentence
            sentence = []
        else:
            sentence.append(token)
    yield sentence


def _follows(tokens: list[str], place: int, row: Row) -> bool:
    """Tell whether the row's words stand in `tokens` from `place` on, with a few others between them."""
    if not _is_one_of(tokens[place], row.words[0]):
        return False
    for spellings in row.words[1:]:
        for further in range(place + 1, min(place + 2 + _BETWEEN, len(tokens))):
            if not tokens[further].isalnum():
                return False
            if _is_one_of(tokens[further], spellings):
                place = further
                break
        else:
            return False
    return True


def _is_one_of(token: str, spellings: tuple[str, ...]) -> bool:
    whole, beginnings = _whole_and_beginnings(spellings)
    return token in whole or token.startswith(beginnings)


@cache
def _whole_and_beginnings(spellings: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Part the spellings once: each of them is asked about for every word that citizens write."""
    whole = frozenset(spelling for spelling in spellings if not spelling.endswith("*"))
    return whole, tuple(spelling[:-1] for spelling in spellings if spelling.endswith("*"))


def _read(content: str, name: str) -> Iterator[Row]:
    for number, line in enumerate(content.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        kind, words, unless = [part.strip() for part in f"{line};;".split(";")[:3]]
        spellings = tuple(tuple(part for part in word.split("|") if part) for word in fold(words).split())
        known = {*Emergency, "-"}
        if kind not in known or not spellings or not all(spellings):
            raise SettingsError(
                f"{name}, строка {number}: нужно «вид; слова; кроме», где вид – {', '.join(sorted(known))}"
            )
        yield Row(kind=None if kind == "-" else Emergency(kind), words=spellings, unless=tuple(fold(unless).split()))
