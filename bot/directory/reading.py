"""From words to terms: kinds get their common spelling, places become municipalities, empty words go."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from bot.directory.kinds import EMPTY_WORDS, KIND_WORDS, NEAR, SPEECH_WORDS, SPELLINGS
from bot.directory.places import PLACES
from bot.directory.words import read_words

_Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A few neighbouring words that mean one thing."""

    tokens: _Phrase
    """Stems, in their common spelling; none for words that are not part of a name."""
    words: int
    """How many of the words that were written it stands for."""
    municipalities: frozenset[str] | None = None
    """For a place: the municipalities of the directory that are called so (perhaps none); None for other words."""
    is_guessed: bool = False
    """It was recognised in spite of a typing error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A text as the search understands it."""

    terms: tuple[Term, ...]
    numbers: frozenset[int]


class Reader:
    """Reads names and queries in the same way, knowing the municipalities of one directory."""

    def __init__(self, municipalities: Iterable[str]) -> None:
        """Prepare for a directory with these municipalities, spelled as they are there."""
        self._places: dict[_Phrase, frozenset[str]] = {
            phrase: frozenset() for phrases in _places() for phrase in phrases
        }
        for municipality in dict.fromkeys(municipalities):
            for phrase in _names_of(municipality):
                self._places[phrase] = self._places.get(phrase, frozenset()) | {municipality}
        self._longest = max(map(len, [*self._places, *_spellings()]))

    @property
    def place_words(self) -> frozenset[str]:
        """Every word of every place."""
        return frozenset(word for phrase in self._places for word in phrase)

    @property
    def kind_words(self) -> frozenset[str]:
        """Every word by which people call a kind of institution, and the words around a name."""
        spelled = frozenset(word for phrase in _spellings() for word in phrase)
        return spelled | kind_tokens() | _stems_of(SPEECH_WORDS)

    @property
    def empty_words(self) -> frozenset[str]:
        """Every word that tells nothing; an unknown word is never taken for one, or «Горки» would vanish as «гор.»."""
        return _stems_of(EMPTY_WORDS)

    def read(self, text: str, *, corrected: Callable[[str], str] = str) -> Reading:
        """Read a name or a query; of several meanings the longest phrase wins.

        `corrected` may replace an unknown stem by the one that was meant.
        """
        words = read_words(text)
        stems = tuple(map(corrected, words.stems))
        terms, at = list[Term](), 0
        while at < len(stems):
            length, term = self._term_at(stems, at)
            if term:
                is_guessed = stems[at : at + length] != words.stems[at : at + length]
                terms.append(replace(term, is_guessed=True) if is_guessed else term)
            at += length
        return Reading(terms=tuple(terms), numbers=words.numbers)

    def municipalities_called(self, name: str) -> frozenset[str]:
        """Return the municipalities of the directory that a person may call so."""
        return frozenset(
            municipality
            for term in self.read(name).terms
            if term.municipalities is not None
            for municipality in term.municipalities
        )

    def _term_at(self, stems: _Phrase, at: int) -> tuple[int, Term | None]:
        for length in range(min(self._longest, len(stems) - at), 0, -1):
            phrase = stems[at : at + length]
            if phrase in self._places:
                return length, Term(tokens=phrase, words=length, municipalities=self._places[phrase])
            if phrase in _spellings():
                return length, Term(tokens=_spellings()[phrase], words=length)
        word = stems[at]
        if word in _stems_of(EMPTY_WORDS):
            return 1, None
        return 1, Term(tokens=() if word in _stems_of(SPEECH_WORDS) else (word,), words=1)


@cache
def kind_tokens() -> frozenset[str]:
    """Return the tokens that tell one kind of institution from another, as opposed to proper names."""
    return frozenset(token for tokens in _spellings().values() for token in tokens) | _stems_of(KIND_WORDS)


@cache
def near_tokens() -> Mapping[str, Mapping[str, float]]:
    """Return for a token of a name the other tokens by which people may mean it, with a factor below 1."""
    near: dict[str, dict[str, float]] = {}
    for typed, meant in NEAR.items():
        for entry in meant.split(", "):
            word, factor = entry.split()
            near.setdefault(read_words(word).stems[0], {})[read_words(typed).stems[0]] = float(factor)
    return near


@cache
def _spellings() -> Mapping[_Phrase, _Phrase]:
    return {
        read_words(written).stems: read_words(common).stems
        for common, others in SPELLINGS.items()
        for written in [common, *others.split(", ")]
    }


@cache
def _places() -> tuple[tuple[_Phrase, ...], ...]:
    return tuple(tuple(read_words(name).stems for name in names.split(", ")) for names in PLACES)


@cache
def _stems_of(words: str) -> frozenset[str]:
    return frozenset(read_words(words).stems)


def _names_of(municipality: str) -> Iterable[_Phrase]:
    stems = tuple(word for word in read_words(municipality).stems if word not in _stems_of(EMPTY_WORDS))
    return next((phrases for phrases in _places() if stems in phrases), (stems,) if stems else ())
