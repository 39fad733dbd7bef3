"""The names of a directory as an inverted index: from a token to the institutions that have it."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.directory.places import Address, read_address
from bot.directory.reading import Reader, kind_tokens, near_tokens, place_phrases, short_slip
from bot.directory.vocabulary import SHORTEST_WITH_ERROR, Vocabulary
from bot.directory.words import read_words
from bot.domain.institution import Institution

_ADDRESS_FACTOR = 0.6
"""A word of the address is met so surely: who types «школа на Гагарина» may also mean a name."""
_BRANCH_FACTOR = 0.3
"""A word of the branch is met so surely: «культура» may mean every club."""
_LIKE_A_NAME = 0.93
_LIKE_UNKNOWN = 0.88
_LIKE_A_PLACE = 0.92
_LIKE_A_SETTLEMENT = 0.9
"""«Замоскворецкий» is in «Замоскворечье»."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One of the names of an institution."""

    tokens: frozenset[str]
    numbers: frozenset[int]


class NameIndex:
    """Every name, short name and alias of a directory.

    `postings`: token → position of an institution → 1, or less when the institution is only near to it (a gymnasium
    when somebody types «школа»). `weights`: token → how telling it is (inverse document frequency).
    """

    def __init__(self, institutions: Iterable[Institution]) -> None:
        """Read all names; some 0.1 ms an institution."""
        self.institutions = sorted(institutions, key=lambda institution: institution.code)
        addresses = [read_address(institution.address) for institution in self.institutions]
        self.reader = Reader(
            (institution.municipality for institution in self.institutions),
            (name for address in addresses for name in address.settlements),
        )
        self._branch_tokens = lru_cache(maxsize=None)(self._read_branch)
        self.forms = [self._read_forms(institution) for institution in self.institutions]
        self.postings: dict[str, dict[int, float]] = {}
        self.by_numbers: dict[frozenset[int], set[int]] = {}
        self.by_municipality: dict[str, set[int]] = {}
        self.by_address: dict[str, set[int]] = {}
        self.street_words = set[str]()
        self.by_settlement: dict[tuple[str, ...], set[int]] = {}
        for at, institution in enumerate(self.institutions):
            self._add(at, institution)
        for at, address in enumerate(addresses):
            self._add_address(at, address)
        self.weights = {
            token: math.log1p(len(self.institutions) / len(found)) for token, found in self.postings.items()
        }
        self.number_weight = 1 + math.log1p(len(self.institutions)) / 2
        self._words = Vocabulary(self.postings)
        self._place_words = Vocabulary(_with_room_for_errors(self.reader.place_words))
        self._kind_words = Vocabulary(_with_room_for_errors(self.reader.kind_words))
        self._known = (
            self.reader.place_words | self.reader.cities_elsewhere | self.reader.kind_words | self.reader.empty_words
        )

    def meanings(self, token: str, *, with_errors: bool = True) -> dict[str, float]:
        """Return the tokens of names that a typed token may stand for, with 1 for itself and less for similar ones."""
        if not with_errors:
            return {token: 1.0} if token in self.postings else {}
        if token in self.postings:
            similar = {} if token in kind_tokens() else self._words.like(token, least=_LIKE_A_NAME)
            return similar | {token: 1.0}
        return self._words.like(token, least=_LIKE_UNKNOWN)

    def named(self, token: str) -> set[int]:
        """Return who has a token in a name, not only in the address."""
        return self.postings.get(token, {}).keys() - self.by_address.get(token, set())

    def is_street(self, word: str) -> bool:
        """Tell whether a word stands in the name of a street, a slip of the finger included."""
        return word not in kind_tokens() and not self.street_words.isdisjoint(self.meanings(word))

    def at_settlement(self, phrase: tuple[str, ...]) -> set[int]:
        """Return who has a settlement in the address or is called after it: a town is never guessed."""
        called = [
            set[int]().union(*map(self.named, [word, *self._words.like(word, least=_LIKE_A_SETTLEMENT)]))
            for word in phrase
        ]
        return self.by_settlement.get(phrase, set()) | called[0].intersection(*called[1:])

    def corrected(self, word: str) -> str:
        """Return the word of a kind or a place that an unknown word resembles more than any name; else itself."""
        if word in self.postings:
            return word
        if word in self.reader.districts:
            return self.reader.districts[word]
        if word in self._known:
            return word
        if (short := short_slip(word)) != word or len(word) < SHORTEST_WITH_ERROR:
            return short
        like_a_name = max(self.meanings(word).values(), default=0.0)
        found = {
            **self._place_words.like(word, least=max(_LIKE_A_PLACE, like_a_name)),
            **self._kind_words.like(word, least=max(_LIKE_UNKNOWN, like_a_name)),
        }
        return max(found, key=lambda other: found[other], default=word)

    def _read_forms(self, institution: Institution) -> tuple[Form, ...]:
        others = [name for name in (institution.short_name, *institution.aliases) if name]
        first, *forms = (
            self._read_form(name, institution.municipality) for name in dict.fromkeys([institution.name, *others])
        )
        # «Школы» as another name of school № 12 is a word for its kind, no name without a number.
        return first, *(
            replace(form, numbers=first.numbers) if not form.numbers and form.tokens <= kind_tokens() else form
            for form in forms
        )

    def _read_branch(self, branch: str) -> frozenset[str]:
        return frozenset(token for term in self.reader.read(branch).terms for token in term.tokens)

    def _read_form(self, name: str, municipality: str) -> Form:
        reading = self.reader.read(name)
        tokens = {
            token
            for term in reading.terms
            # «… г. Казани» says nothing that the municipality does not say.
            if term.municipalities is None or municipality not in term.municipalities
            for token in term.tokens
        }
        return Form(tokens=frozenset(tokens), numbers=reading.numbers)

    def _add(self, at: int, institution: Institution) -> None:
        self.by_municipality.setdefault(institution.municipality, set()).add(at)
        for form in self.forms[at]:
            self.by_numbers.setdefault(form.numbers, set()).add(at)
            for token in form.tokens:
                self.postings.setdefault(token, {})[at] = 1.0
        for form in self.forms[at]:
            for token in form.tokens:
                for typed, factor in _near(token).items():
                    self.postings.setdefault(typed, {}).setdefault(at, factor)
        for token in self._branch_tokens(institution.branch):
            self.postings.setdefault(token, {}).setdefault(at, _BRANCH_FACTOR)

    def _add_address(self, at: int, address: Address) -> None:
        for name in address.settlements:
            for phrase in place_phrases(name):
                self.by_settlement.setdefault(phrase, set()).add(at)
        self.street_words.update(token for name in address.streets for token in read_words(name).stems)
        for name in (*address.settlements, *address.streets):
            for token in read_words(name).stems:
                if token not in self.reader.empty_words and at not in self.postings.get(token, {}):
                    self.postings.setdefault(token, {})[at] = _ADDRESS_FACTOR
                    self.by_address.setdefault(token, set()).add(at)


def _with_room_for_errors(words: Iterable[str]) -> Iterable[str]:
    return (word for word in words if len(word) >= SHORTEST_WITH_ERROR)


def _near(token: str) -> Mapping[str, float]:
    return near_tokens().get(token, {})
