"""The words of a directory, asked for those that a misspelt word resembles."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from heapq import nsmallest
from itertools import chain

from rapidfuzz.distance import OSA, JaroWinkler

SHORTEST_WITH_ERROR = 4
"""Letters. A shorter word resembles too many others."""

_ONE_SLIP, _ONE_SLIP_IN_SHORT, _TWO_SLIPS = 0.95, 0.9, 0.91
_SHORT = 4
_LONG = 8
"""From this length on two slips leave a word recognisable."""
_READ = 3_000
"""Entries of the rarest trigrams that are read for one word: a slip in a long word leaves enough rare ones whole."""
_COMPARED = 40
_KEPT = 4


class Vocabulary:
    """Words by their trigrams: some forty candidates are compared instead of all, whatever the size."""

    def __init__(self, words: Iterable[str]) -> None:
        """Read the words."""
        self._words = sorted(set(words))
        self._holding: dict[str, list[int]] = {}
        for at, word in enumerate(self._words):
            for gram in _trigrams(word):
                self._holding.setdefault(gram, []).append(at)
        self._alike = lru_cache(maxsize=4_096)(self._compare)

    def like(self, word: str, *, least: float) -> dict[str, float]:
        """Return the words that `word` may stand for and how alike they are (from `least` to 1), best first.

        Alike is the better of Jaro-Winkler, which forgives a cut end, and of one slip of the finger (a letter left out,
        doubled, wrong, or two swapped), two in a long word.
        """
        if len(word) < SHORTEST_WITH_ERROR:
            return {}
        return {other: likeness for likeness, other in self._alike(word) if likeness >= least}

    def _compare(self, word: str) -> tuple[tuple[float, str], ...]:
        alike = [(_likeness(word, other), other) for other in self._candidates(word)]
        return tuple(nsmallest(_KEPT, alike, key=lambda pair: (-pair[0], pair[1])))

    def _candidates(self, word: str) -> Iterator[str]:
        lists = sorted((self._holding.get(gram, []) for gram in _trigrams(word)), key=len)
        read, count = list[list[int]](), 0
        for holding in lists:
            if read and count + len(holding) > _READ:
                break
            read.append(holding)
            count += len(holding)
        shared = Counter(chain.from_iterable(read))
        return (self._words[at] for at, _ in shared.most_common(_COMPARED))


def _likeness(word: str, other: str) -> float:
    slips = OSA.distance(word, other, score_cutoff=2)
    shorter, longer = sorted((len(word), len(other)))
    if slips == 1:
        by_slips = _ONE_SLIP if longer > _SHORT else _ONE_SLIP_IN_SHORT
    else:
        by_slips = _TWO_SLIPS if slips == 2 and shorter >= _LONG else 0.0
    return max(JaroWinkler.similarity(word, other), by_slips)


def _trigrams(word: str) -> set[str]:
    padded = f" {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
