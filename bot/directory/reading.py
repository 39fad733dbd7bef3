"""From words to terms: kinds get their common spelling, places become municipalities, empty words go."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from bot.directory.kinds import (
    EMPTY_WORDS,
    EVERYDAY_SHORT,
    JOINED,
    KIND_WORDS,
    MUNICIPALITY_FORM,
    NEAR,
    REGION_ADJECTIVES,
    REGIONS,
    SPEECH_WORDS,
    SPELLINGS,
)
from bot.directory.places import CITIES, PLACES
from bot.directory.words import read_words

_Phrase = tuple[str, ...]

_REGION_OR_HOSPITAL = ("рб",)
_SHORTEST_KIND = 3
_LONGEST_SHORT_KIND = 5
_KEYS = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")
_SOUNDS = ("бп", "вф", "гк", "дт", "жш", "зс", "цс", "цч", "шщ", "иы", "оа", "еи", "сш")
_SHORT_WORDS = frozenset({"сад", "школ"})
"""Short kinds that are words of the language: one letter for another would often make another word."""
_NEVER_SLIPPED = frozenset({"бакч", "лиц", "муз", "узек", "узег", "ясл", "скор", "библ", "родд", "роо"})
_SHORTEST_PLACE_WORD = 3
_SHORT_ENDINGS = {"а": "ы е у ой и", "й": "я ю е ем"}
_DISTRICT_ENDINGS = ("ск", "ьск", "инск", "овск", "евск")
_SHORTEST_CENTRE = 4
_BEGUN = 3
"""So many letters of a first word say which one is meant («мин воды», «минводы»)."""
_TWO_SLIPS_FROM = 6
_PLACES_COMPARED = 500
"""In a whole country thousands of villages begin with «Новая»."""


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
    is_short_guess: bool = False
    """An abbreviation was recognised in spite of a typing error: with so few letters it might be another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A text as the search understands it."""

    terms: tuple[Term, ...]
    numbers: frozenset[int]
    follows: Mapping[int, str]
    """Number → the stem before it."""


class Reader:
    """Reads names and queries in the same way, knowing the municipalities of one directory."""

    def __init__(self, municipalities: Iterable[str], settlements: Iterable[str] = ()) -> None:
        """Prepare for a directory with these municipalities and settlements of addresses, spelled as they are there."""
        self._places: dict[_Phrase, frozenset[str]] = {
            phrase: frozenset() for phrases in _places() for phrase in phrases
        }
        for municipality in dict.fromkeys(municipalities):
            for phrase in _names_of(municipality):
                self._places[phrase] = self._places.get(phrase, frozenset()) | {municipality}
        for settlement in dict.fromkeys(settlements):
            for phrase in place_phrases(settlement):
                self._places.setdefault(phrase, frozenset())
        self._elsewhere = {phrase for city in CITIES.split() for phrase in place_phrases(city)} - self._places.keys()
        self._places |= dict.fromkeys(self._elsewhere, frozenset())
        # «Йошкарола», «минводы»: a name of several words written as one.
        self._joined = {
            begun + "".join(phrase[1:]): phrase
            for phrase in self._places
            if len(phrase) > 1
            for begun in (phrase[0], phrase[0][:_BEGUN], phrase[0][: _BEGUN + 1])
        }
        # Three letters keep their endings: «Уфы», «Гая».
        self._declined = {
            phrase[0][:-1] + ending: phrase
            for phrase in self._places
            if len(phrase) == 1 and len(phrase[0]) == _SHORTEST_PLACE_WORD
            for ending in _SHORT_ENDINGS.get(phrase[0][-1], "").split()
        }
        taken = self._places.keys() | _spellings().keys()
        curated = {phrase for phrases in _places() for phrase in phrases}
        self.districts = {
            word.removesuffix(ending): word
            for (word, *more), called in self._places.items()
            for ending in _DISTRICT_ENDINGS
            if called and not more and (word,) not in curated
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_CENTRE
            if (word.removesuffix(ending),) not in taken
            if word.removesuffix(ending) not in kind_tokens()
        }
        """What the centre of a district may be called → the district: «чишм» for «чишминск»."""
        self._by_word: dict[tuple[int, int, str], list[_Phrase]] = {}
        for phrase in self._places:
            for at, word in enumerate(phrase if len(phrase) > 1 else ()):
                alike = self._by_word.setdefault((len(phrase), at, word), [])
                if len(alike) < _PLACES_COMPARED:
                    alike.append(phrase)
        self._longest = max(map(len, [*self._places, *_spellings(), *_nothing()]))

    @property
    def place_words(self) -> frozenset[str]:
        """Every word of every place but cities elsewhere: an unknown village («Ессентукская») is none with a slip."""
        return frozenset(word for phrase in self._places.keys() - self._elsewhere for word in phrase).union(
            self._joined
        )

    @property
    def cities_elsewhere(self) -> frozenset[str]:
        """Cities where this directory has nobody: known as places, and nothing is taken for one with a slip."""
        return frozenset(word for phrase in self._elsewhere for word in phrase)

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
        terms, doubtful, at = list[Term](), list[Term](), 0
        while at < len(stems):
            length, term = self._term_at(stems, at)
            if term:
                slips = [
                    written
                    for written, meant in zip(words.stems[at : at + length], stems[at : at + length], strict=True)
                    if written != meant
                ]
                is_short = any(len(written) <= _LONGEST_SHORT_KIND for written in slips)
                terms.append(replace(term, is_guessed=True, is_short_guess=is_short) if slips else term)
                if words.stems[at : at + length] == _REGION_OR_HOSPITAL:
                    doubtful.append(terms[-1])
            at += length
        if any(term not in doubtful and kind_tokens().intersection(term.tokens) for term in terms):
            # «… г. Уфа РБ» names the republic, «Предгорная РБ» is a hospital.
            terms = [term for term in terms if term not in doubtful]
        return Reading(terms=tuple(terms), numbers=words.numbers, follows=words.follows)

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
            if phrase in _nothing():
                return length, None
            if length > 1 and (meant := self._place_like(phrase)):
                return length, Term(
                    tokens=meant, words=length, municipalities=self._places[meant], is_guessed=meant != phrase
                )
        word = stems[at]
        if meant := self._declined.get(word) or self._joined.get(word):
            is_guessed = word not in self._declined
            return 1, Term(tokens=meant, words=1, municipalities=self._places[meant], is_guessed=is_guessed)
        if word in _stems_of(EMPTY_WORDS):
            return 1, None
        return 1, Term(tokens=() if word in _stems_of(SPEECH_WORDS) else (word,), words=1)

    def _place_like(self, phrase: _Phrase) -> _Phrase | None:
        """Return the place of several words that is meant, one of them being right and the others nearly or begun."""
        for at, word in enumerate(phrase):
            for place in self._by_word.get((len(phrase), at, word), ()):
                if all(map(_is_slip, phrase, place)):
                    return place
        return None


@lru_cache(maxsize=50_000)
def place_phrases(name: str) -> tuple[_Phrase, ...]:
    """Return what a town or village of an address is called, in stems; nothing where that would mean anything else."""
    phrase = read_words(name).stems
    if _stems_of(EMPTY_WORDS).issuperset(phrase):
        return ()
    is_kind = all(word in kind_tokens() or (word,) in _spellings() for word in phrase)
    if is_kind or phrase in _nothing() or _stems_of(SPEECH_WORDS).issuperset(phrase):
        return ()
    return tuple(_known_names(phrase))


def short_slip(word: str) -> str:
    """Return the abbreviation of a kind that is meant by one with a slip («скд», «сошш», «мфс»), or the word itself."""
    return _short_slips().get(word, word)


def _is_slip(typed: str, meant: str) -> bool:
    if typed == meant:
        return True
    if typed[:1] != meant[:1] or len(typed) < 2:
        return False
    if meant.startswith(typed):
        return True
    shorter = min(len(typed), len(meant))
    if shorter < _SHORTEST_PLACE_WORD:
        return False
    return OSA.distance(typed, meant) <= (2 if shorter >= _TWO_SLIPS_FROM else 1)


@cache
def _short_slips() -> Mapping[str, str]:
    """Return every likely slip of an abbreviation; what may be two different kinds, or is a word, is left out."""
    spelled = {phrase[0]: tokens for phrase, tokens in _spellings().items() if len(phrase) == 1}
    short = {word for word in spelled if _SHORTEST_KIND <= len(word) < _LONGEST_SHORT_KIND} - _NEVER_SLIPPED
    taken = short | _stems_of(EMPTY_WORDS) | _stems_of(SPEECH_WORDS) | _stems_of(EVERYDAY_SHORT) | _stems_of(KIND_WORDS)
    meant: dict[str, str] = {}
    for slips in (_swapped, _doubled, _replaced, _left_out):
        found: dict[str, set[str]] = {}
        for word in sorted(short):
            for slip in slips(word):
                found.setdefault(slip, set()).add(word)
        for slip, words in found.items():
            if slip not in taken and slip not in meant and len({spelled[word] for word in words}) == 1:
                meant[slip] = min(words)
        taken |= found.keys()
    return meant


def _swapped(word: str) -> Iterable[str]:
    return (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))


def _doubled(word: str) -> Iterable[str]:
    return (word[:at] + word[at] + word[at:] for at in range(len(word)))


def _replaced(word: str) -> Iterable[str]:
    pairs = () if word in _SHORT_WORDS else (*_SOUNDS, *(a + b for row in _KEYS for a, b in pairwise(row)))
    others = [(pair[at], pair[1 - at]) for pair in pairs for at in (0, 1)]
    return (
        word[:at] + other + word[at + 1 :] for at, letter in enumerate(word) for one, other in others if one == letter
    )


def _left_out(word: str) -> Iterable[str]:
    is_long_enough = len(word) > _SHORTEST_KIND and word not in _SHORT_WORDS
    return (word[:at] + word[at + 1 :] for at in range(1, len(word)) if is_long_enough)


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
    spelled = {
        written: read_words(common).stems
        for common, others in SPELLINGS.items()
        for written in [common, *others.split(", ")]
    }
    # «мед колледж», «гор больница» for the joined words.
    apart = {
        f"{prefix} {written.removeprefix(prefix)}": common
        for written, common in spelled.items()
        for prefix in JOINED.split()
        if " " not in written and len(written) - len(prefix) >= _LONGEST_SHORT_KIND and written.startswith(prefix)
    }
    return {read_words(written).stems: common for written, common in (apart | spelled).items()}


@cache
def _nothing() -> frozenset[_Phrase]:
    """Return the names of regions, which tell nothing apart."""
    forms = ("край", "область", "обл")
    adjectives = (f"{word} {form}" for word in REGION_ADJECTIVES.split() for form in forms)
    return frozenset(read_words(name).stems for name in [*REGIONS.split(", "), *adjectives])


@cache
def _places() -> tuple[tuple[_Phrase, ...], ...]:
    return tuple(tuple(read_words(name).stems for name in names.split(", ")) for names in PLACES)


@cache
def _stems_of(words: str) -> frozenset[str]:
    return frozenset(read_words(words).stems)


def _names_of(municipality: str) -> Iterable[_Phrase]:
    stems, words, at = list[str](), read_words(municipality).stems, 0
    while at < len(words):
        region = next((length for length in (3, 2, 1) if words[at : at + length] in _nothing()), 0)
        if not region and words[at] not in _stems_of(EMPTY_WORDS) | _stems_of(MUNICIPALITY_FORM):
            stems.append(words[at])
        at += region or 1
    return _known_names(tuple(stems))


def _known_names(stems: _Phrase) -> Iterable[_Phrase]:
    return next((phrases for phrases in _places() if stems in phrases), (stems,) if stems else ())
