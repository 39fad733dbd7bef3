"""How well one institution's names fit a query."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.directory.index import Form, NameIndex
from bot.directory.reading import Term, kind_tokens

_FITTING_SHARE = 0.75
_LONGEST_NAME = 12
"""In words. Looking for slips costs some 0.3 ms an unknown word, and a long question has thirty of them."""
_PLACE_WEIGHT = 2.0
_UNKNOWN_WEIGHT = 1.5
"""A word that no name has speaks for no candidate; it only makes all of them less certain."""
_PROPER_NAME_SHARE = 0.2
"""How much an untyped proper name counts against a candidate, beside an untyped kind word («вечерняя»)."""

_UNTYPED_NUMBER_SHARE = 0.5
"""Of «областная больница» and «областная больница № 2» the first is meant when no number was typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One token of the query."""

    token: str
    weight: float
    meanings: Mapping[str, float]
    """Token of a name → how surely it is meant, 1 for the very same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What was typed, as this directory understands it."""

    terms: tuple[Term, ...]
    wanted: tuple[Wanted, ...]
    numbers: frozenset[int]
    houses: frozenset[int]
    """Those of the numbers that stand behind the name of a street and may be a house's."""

    @property
    def places(self) -> list[Term]:
        """The municipalities that were typed, even those without institutions."""
        return [term for term in self.terms if term.municipalities is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """How one institution fits a query."""

    at: int
    met: Mapping[str, str]
    """Token of the query → token of the name that answers it."""
    score: float
    """0 to 100: mostly how much of the query was met, partly how much of the name was typed."""
    is_fitting: bool
    """It may be meant, however carelessly it was typed."""
    is_exact: bool
    """Every word was met, proper names by themselves and not by something similar."""
    is_at_street: bool
    """A word of its address was met."""
    is_of_kind: bool
    """A word for its kind was met."""
    is_named: bool
    """Some word of a name was met, where any was typed: a street alone names nobody, and «школа 99» no kindergarten."""


def read_query(index: NameIndex, text: str) -> Query:
    """Understand what was typed, slips of the finger included unless it is longer than any name."""
    is_name_like = len(text.split()) <= _LONGEST_NAME
    reading = index.reader.read(text, corrected=index.corrected if is_name_like else str)
    # A village alone («Шапши») is looked for in names; a municipality alone names nobody.
    is_village = all(term.municipalities == frozenset() for term in reading.terms)
    tokens = dict.fromkeys(
        token for term in reading.terms if is_village or term.municipalities is None for token in term.tokens
    )
    wanted = []
    for token in tokens:
        meanings = index.meanings(token, with_errors=is_name_like)
        nearest = max(meanings, key=lambda meaning: meanings[meaning], default="")
        weight = index.weights.get(nearest, _UNKNOWN_WEIGHT)
        wanted.append(Wanted(token=token, weight=weight, meanings=meanings))
    houses = {number for number in reading.numbers if index.is_street(reading.follows.get(number, ""))}
    numbers = reading.numbers
    if houses != numbers and numbers not in index.by_numbers:
        # «Школа 2107 щепкина 68»: nobody has both.
        numbers -= houses
    return Query(terms=reading.terms, wanted=tuple(wanted), numbers=numbers, houses=numbers & houses)


def certain_weight(index: NameIndex, query: Query) -> float:
    """Return the weight of what every candidate meets, being a candidate: the numbers and the places."""
    return bool(query.numbers) * index.number_weight + _PLACE_WEIGHT * len(query.places)


def rank(index: NameIndex, query: Query, at: int) -> Hit:
    """Judge one candidate whose numbers and place have been found right."""
    met: dict[str, str] = {}
    got = total = fitting = 0.0
    is_exact = True
    for wanted in query.wanted:
        total += wanted.weight
        token, certainty = _best_meaning(index, wanted, at)
        if token:
            met[wanted.token] = token
            got += wanted.weight * certainty
            fitting += wanted.weight
        is_kind_with_error = token in kind_tokens() and index.postings[token][at] == 1
        is_exact = is_exact and bool(token) and (certainty == 1 or is_kind_with_error)
    certain = certain_weight(index, query)
    total += certain
    is_bare = bool(query.numbers) and not any(
        wanted.meanings or wanted.token in kind_tokens() for wanted in query.wanted
    )
    is_named = is_bare or any(at not in index.by_address.get(token, ()) for token in met.values())
    typed = max(_typed_share(index, form, set(met.values()), query.numbers) for form in index.forms[at])
    return Hit(
        at=at,
        met=met,
        score=100 * (0.7 * (got + certain) / total + 0.3 * typed),
        is_fitting=(fitting + certain) / total >= _FITTING_SHARE,
        is_exact=is_exact,
        is_at_street=any(at in index.by_address.get(token, ()) for token in met.values()),
        is_of_kind=not kind_tokens().isdisjoint(met.values()),
        is_named=is_named,
    )


def _best_meaning(index: NameIndex, wanted: Wanted, at: int) -> tuple[str, float]:
    certainties = {token: likeness * index.postings[token].get(at, 0.0) for token, likeness in wanted.meanings.items()}
    token = max(certainties, key=lambda token: certainties[token], default="")
    return (token, certainties[token]) if token and certainties[token] else ("", 0.0)


def _typed_share(index: NameIndex, form: Form, met: Iterable[str], numbers: frozenset[int]) -> float:
    met = form.tokens.intersection(met)
    typed = sum(index.weights[token] for token in met)
    left = sum(
        index.weights[token] * (1 if token in kind_tokens() else _PROPER_NAME_SHARE) for token in form.tokens - met
    )
    if form.numbers:
        typed += index.number_weight * (numbers == form.numbers)
        left += index.number_weight * _UNTYPED_NUMBER_SHARE * (not numbers)
    return typed / (typed + left) if typed else 0.0
