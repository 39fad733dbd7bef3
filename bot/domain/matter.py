"""What many people write of at once: telling whether words speak of the same matter.

Nothing is understood here. Words are cut to their beginnings, because Russian and Tatar words change at their ends;
words that say only that something is missing (нет, без, отключили, юк …) stand for each other; filler words do not
count.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise

from bot.domain.parts import LOOKED_AT

_WORD = re.compile(r"[^\W\d_]+")
_FOLD = str.maketrans("ёәөүҗңһ", "еэоужнх")
_SHORTEST = 2
"""Letters of the shortest word that may matter: «су» is water in Tatar."""
_LEAST = 3
"""Letters that are left of a word at least; of a long one three go, of others two."""
_LONG = 7
_MISSING = "-"
"""Stands for every word that says that something is not there."""
_MISSING_WORDS = re.compile(
    r"нет(?:у)?|без|не|отсутств\w*|отключ\w*|пропал\w*|исчез\w*|выключ\w*|перекры\w*|кончил\w*|юк|сундер\w*|беткэн|тугел"
)
_FILLER_WORDS = (
    "а бы был была были было вам вас ваш весь во вот все всех вы где да даже для до его ее если есть еще же за здесь "
    "из или им их к как когда кто ли меня мне мы на нам нас наш него ней но ну о об он она они от очень по под почему "
    "при про раз с сам свой себя сейчас скажите скоро со так такой там то тоже только у уже хочу что чтобы это этот я "
    "день дней добрый здравствуйте пожалуйста подскажите сегодня вчера утро вечер прошу можно будет какой какая делать "
    "горит горят греет греют идет идут работает работают работал работала работало функционирует ходит ходят "
    "бар без бу бугел вэ дэ инде исэнмесез кайчан кая кем минем ни ник сез соравым шул эле "
)
_FILLERS = frozenset(_FILLER_WORDS.split())
_PLACES = re.compile(
    r"(?:школ|класс|кабинет|этаж|столов|дом|подъезд|двор|улиц|город|район|сел|деревн|больниц|поликлин)\w*"
)
"""Where something happened is seldom what happened: of equally frequent words such a word is taken last."""
_NOT = "не"
_MOST = 100
"""Words that several texts share; of more the rarer ones are left out, or their pairs would be too many."""


def matter_of(text: str) -> frozenset[str]:
    """Return the beginnings of the words that matter in `text`; `-` among them when something is missing."""
    return frozenset(filter(None, map(_beginning, _words(text))))


def speaks_of(matter: Iterable[str], text: str) -> bool:
    """Tell whether `text` has every word of a matter; a matter without a word of its own fits nothing."""
    wanted = frozenset(matter)
    return bool(wanted - {_MISSING}) and wanted <= matter_of(text)


def common_matter(texts: Sequence[str], *, at_least: int) -> tuple[str, ...]:
    """Return the two words that at least so many texts share, as their writers spell them; empty for none.

    One shared word is no matter («школа»); a missing thing counts as a word («нет воды»). What does not do something
    is told with it («отопление не работает»).
    """
    spelled: dict[str, Counter[str]] = {}
    pairs: Counter[tuple[str, str]] = Counter()
    for text in texts:
        for word in _words(text):
            if begins := _beginning(word):
                spelled.setdefault(begins, Counter())[word] += 1
    said = [matter_of(text) for text in texts]
    counts = Counter(begins for matter in said for begins in matter)
    often = {begins for begins, count in counts.most_common(_MOST) if count >= at_least}
    for matter in said:
        pairs.update(combinations(sorted(matter & often), 2))
    named = {begins: words.most_common(1)[0][0] for begins, words in spelled.items()}
    frequent = [(pair, count) for pair, count in pairs.items() if count >= at_least]
    if not frequent:
        return ()
    pair, _ = min(
        frequent, key=lambda item: (-item[1], sum(map(_is_place, (named[part] for part in item[0]))), item[0])
    )
    words = tuple(named[begins] for begins in pair)
    return (words[1], _NOT, *_what_is_not_done(texts)) if words[0] == _NOT else words


def _is_place(word: str) -> bool:
    return _PLACES.fullmatch(word) is not None


def _what_is_not_done(texts: Iterable[str]) -> tuple[str, ...]:
    """Return what most often follows «не», if it says nothing else."""
    found: Counter[str] = Counter()
    for text in texts:
        words = _words(text)
        found.update(after for word, after in pairwise(words) if word == _NOT and after in _FILLERS)
    return tuple(word for word, _ in found.most_common(1))


def _words(text: str) -> list[str]:
    return _WORD.findall(text[:LOOKED_AT].lower().translate(_FOLD))


def _beginning(word: str) -> str:
    """Return by what a word is known; nothing for one that does not matter."""
    if _MISSING_WORDS.fullmatch(word):
        return _MISSING
    if word in _FILLERS or len(word) < _SHORTEST:
        return ""
    return word[: max(_LEAST, len(word) - 2 - (len(word) > _LONG))]
