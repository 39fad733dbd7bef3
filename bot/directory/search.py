"""Which institutions a person means by a typed name."""

from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from heapq import nlargest

from bot.directory.index import NameIndex
from bot.directory.nearest import NearestInstitutions, Neighbour
from bot.directory.ranking import Hit, Query, Wanted, certain_weight, rank, read_query
from bot.directory.reading import Term, kind_tokens
from bot.domain.institution import Institution
from bot.domain.parts import LOOKED_AT

_QUERY_LIMIT = 300
_LOWEST_SCORE = 35.0
_SURE_SCORE = 85.0
_CLEAR_GAP = 12.0
_LEAST_SHARE = 0.5
"""Who meets less than this share of what the best candidate meets is not worth a button."""
_RANKED = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One institution that may be meant."""

    institution: Institution
    score: float
    """0 to 100."""
    is_sure: bool
    """It may be taken without asking; only ever the first of a list."""


class DirectorySearch:
    """The search over one directory, held in memory; built anew when the directory changes.

    Words meet names through an inverted index; a word that no name has is compared with the vocabulary (Jaro-Winkler,
    so beginnings and typing errors count); rare words weigh more. Two things are never guessed: numbers must be equal,
    and a place that was typed must be the institution's municipality or stand in its name.
    """

    def __init__(self, institutions: Iterable[Institution]) -> None:
        """Read every name, short name and alias."""
        self._index = NameIndex(institutions)
        self._nearest = NearestInstitutions(self._index.institutions)

    @property
    def knows_places(self) -> bool:
        """Tell whether any institution's coordinates are known."""
        return self._nearest.knows_places

    def nearest(self, latitude: float, longitude: float, *, limit: int = 5) -> list[Neighbour]:
        """Return the institutions around a place, the nearest first, at most `limit`."""
        return self._nearest.neighbours(latitude, longitude, limit)

    def find(self, text: str, *, municipality: str | None = None, limit: int = 5) -> list[Match]:
        """Return the institutions that `text` may name, best first, at most `limit`.

        `municipality` narrows the search to one place, by any of its names. The list may be empty: another number is
        never offered instead of the one that was typed.
        """
        query = read_query(self._index, text[:_QUERY_LIMIT])
        hits = [hit for hit in self._hits(query, municipality) if hit.score >= _LOWEST_SCORE]
        matches = [
            Match(institution=self._index.institutions[hit.at], score=round(hit.score, 1), is_sure=False)
            for hit in hits[:limit]
        ]
        if matches and self._is_sure(query, hits, is_place_given=municipality is not None):
            matches[0] = replace(matches[0], is_sure=True)
        return matches

    def covers(self, text: str) -> float:
        """Return the share of the words of `text`, 0 to 1, that belong to the name of the best match.

        Near 1 is a typed name, near 0 a question that only mentions an institution or none. Prepositions and the empty
        words of official names do not count.
        """
        query = read_query(self._index, text[:_QUERY_LIMIT])
        hits = self._hits(query, None)
        if not hits:
            return 0.0
        written = (
            sum(term.words for term in query.terms) + len(query.numbers) + len(text[_QUERY_LIMIT:LOOKED_AT].split())
        )
        belonging = sum(term.words for term in query.terms if self._belongs(term, hits[0])) + len(query.numbers)
        return belonging / written

    def reads_as_name(self, text: str) -> bool:
        """Tell whether a text is nothing but kind, number and place: a name, even if no institution has it."""
        query = read_query(self._index, text[:_QUERY_LIMIT])
        words = [term for term in query.terms if term.municipalities is None]
        is_of_a_kind = bool(words) and all(term.tokens and kind_tokens().issuperset(term.tokens) for term in words)
        return bool(query.numbers) and is_of_a_kind and len(text) <= _QUERY_LIMIT

    def _hits(self, query: Query, municipality: str | None) -> list[Hit]:
        """Return the best candidates, in order; a place alone names no institution."""
        if not query.numbers and not any(wanted.meanings for wanted in query.wanted):
            return []
        allowed = self._allowed(query, municipality)
        hits = self._ranked(query, allowed)
        if not hits and any(place.municipalities for place in query.places):
            # «Замоскворецкий отдел ЗАГС» of all Moscow, where Замоскворечье is a municipality without one.
            called = self._ranked(query, self._allowed(query, municipality, is_called=True))
            hits = [replace(hit, is_exact=False) for hit in called]
        if not hits and query.houses and query.houses == query.numbers:
            # «МФЦ пришвина 12»: the number is the house's.
            unnumbered = replace(query, numbers=frozenset(), houses=frozenset())
            hits = [replace(hit, is_exact=False) for hit in self._hits(unnumbered, municipality) if hit.is_at_street]
        institutions = self._index.institutions
        return sorted(hits, key=lambda hit: (-hit.score, institutions[hit.at].title, institutions[hit.at].code))

    def _ranked(self, query: Query, allowed: set[int] | None) -> list[Hit]:
        weights = self._weigh(query, allowed)
        least = _LEAST_SHARE * max(weights.values(), default=0.0)
        # Of equals the plainest name first: it leaves the fewest words untyped.
        best = nlargest(
            _RANKED,
            [at for at, weight in weights.items() if weight >= least],
            key=lambda at: (weights[at], -len(self._index.forms[at][0].tokens), -at),
        )
        return [hit for hit in (rank(self._index, query, at) for at in best) if hit.is_named]

    def _weigh(self, query: Query, allowed: set[int] | None) -> dict[int, float]:
        """Return for every candidate how much of the query it meets.

        The rarest word goes first; words that are too common to lift a newcomer to the least share bring none, which
        saves walking through every school of the region for «Шапшинская школа».
        """
        certain = certain_weight(self._index, query)
        weights = dict.fromkeys(allowed, certain) if query.numbers and allowed is not None else dict[int, float]()
        wanted = sorted((wanted for wanted in query.wanted if wanted.meanings), key=lambda wanted: -wanted.weight)
        left = certain + sum(one.weight for one in wanted)
        for one in wanted:
            within = weights.keys() if left < _LEAST_SHARE * max(weights.values(), default=0.0) else allowed
            for at, certainty in self._met_by(one, within).items():
                weights[at] = weights.get(at, certain) + one.weight * certainty
            left -= one.weight
        return weights

    def _met_by(self, wanted: Wanted, allowed: Set[int] | None) -> dict[int, float]:
        met: dict[int, float] = {}
        for token, likeness in wanted.meanings.items():
            found = self._index.postings[token]
            for at in found if allowed is None else allowed & found.keys():
                met[at] = max(met.get(at, 0.0), likeness * found[at])
        return met

    def _allowed(self, query: Query, municipality: str | None, *, is_called: bool = False) -> set[int] | None:
        """Return who may be offered at all: by number and by place; None for everyone.

        With `is_called` a place counts by what is called after it, wherever that is.
        """
        sets = []
        if query.numbers:
            sets.append(self._index.by_numbers.get(query.numbers, set()))
        if municipality is not None:
            called = self._index.reader.municipalities_called(municipality)
            sets.append(self._within(called | ({municipality} & self._index.by_municipality.keys())))
        if query.places:
            places = [
                self._index.at_settlement(term.tokens) if is_called else self._at_place(term) for term in query.places
            ]
            # Two places that no institution has together («Челны, Тукаевский район»): either will do.
            sets.append(set.intersection(*places) or set.union(*places))
        return set.intersection(*sets) if sets else None

    def _within(self, municipalities: Iterable[str]) -> set[int]:
        return set[int]().union(*(self._index.by_municipality[municipality] for municipality in municipalities))

    def _at_place(self, term: Term) -> set[int]:
        """Return who is there or is called so: the «Алексеевская СОШ» of any district for «Алексеевская»."""
        if not term.municipalities:
            return self._index.at_settlement(term.tokens)
        named = [self._index.named(token) for token in term.tokens]
        settled = self._index.by_settlement.get(term.tokens, set())
        return self._within(term.municipalities) | settled | named[0].intersection(*named[1:])

    def _is_sure(self, query: Query, hits: list[Hit], *, is_place_given: bool) -> bool:
        """Tell whether the first may be taken without asking.

        It must have been typed without guesses, and be clearly first in a known municipality or the only one that fits
        in the whole directory. A number that was not typed is a guess unless a proper name was.
        """
        first = hits[0]
        if not first.is_exact or first.score < _SURE_SCORE or any(place.is_guessed for place in query.places):
            return False
        if any(term.is_short_guess for term in query.terms):
            return False
        is_number_guessed = not query.numbers and all(form.numbers for form in self._index.forms[first.at])
        if is_number_guessed and all(token in kind_tokens() for token in first.met.values()):
            return False
        if is_place_given or query.places:
            return len(hits) == 1 or first.score - hits[1].score >= _CLEAR_GAP
        return sum(hit.is_fitting for hit in hits) == 1

    def _belongs(self, term: Term, hit: Hit) -> bool:
        if term.municipalities is not None:
            return hit.at in self._at_place(term)
        return bool(term.tokens) and all(self._is_met(token, hit) for token in term.tokens)

    def _is_met(self, token: str, hit: Hit) -> bool:
        """A street belongs to a name beside a kind («школа на Гагарина»), or each complaint of one would be."""
        by_address = hit.at in self._index.by_address.get(hit.met.get(token, ""), ())
        return token in hit.met and (not by_address or hit.is_of_kind)
