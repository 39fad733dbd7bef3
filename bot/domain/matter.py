"""What many people write of at once: telling whether words speak of the same matter.

Nothing is understood here. Words are cut to their beginnings, because Russian and Tatar words change at their ends;
words that say only that something is missing (нет, без, отключили, юк …) stand for each other; filler words do not
count.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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
    "день дней неделя недели неделю недель месяц месяца месяцев "
    "добрый здравствуйте пожалуйста подскажите сегодня вчера утро вечер прошу можно будет какой какая делать "
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
    if pair[0] == _MISSING and named[_MISSING] == _NOT:
        return _not_done(texts, pair[1], named, at_least=at_least)
    return tuple(named[begins] for begins in pair)


def _is_place(word: str) -> bool:
    return _PLACES.fullmatch(word) is not None


def _not_done(texts: Sequence[str], about: str, named: Mapping[str, str], *, at_least: int) -> tuple[str, ...]:
    """Return what is not done, as a sentence («мусор не вывозят»); only what it is about, if everybody says another.

    `about` is the beginning of the word that most texts have beside «не»: what is not done itself, or to what.
    """
    said = [words for words in map(_words, texts) if _NOT in words and about in map(_beginning, words)]
    done = Counter(after for words in said for word, after in pairwise(words) if word == _NOT)
    for verb, _ in done.most_common():
        begins = _beginning(verb)
        if begins == about:
            # Of equally frequent words the one that comes last: what is not done stands behind for how long.
            others = Counter(
                other
                for words in said
                for other in dict.fromkeys(map(_beginning, reversed(words)))
                if other not in ("", about, _MISSING)
            )
            often = [
                other for other, count in others.most_common() if count >= at_least and not _is_place(named[other])
            ]
            return _in_their_order(said, [*(named[other] for other in often[:1]), _NOT, verb])
        if not begins or sum(begins in map(_beginning, words) for words in said) >= at_least:
            return _in_their_order(said, [named[about], _NOT, verb])
    return (named[about],)


def _in_their_order(said: Iterable[Sequence[str]], named: Sequence[str]) -> tuple[str, ...]:
    """Return words in the order in which most texts have them; «не» stands before its verb."""
    *about, _, verb = named
    orders = Counter(
        words.index(about[0]) < words.index(verb) for words in said if about and {about[0], verb} <= {*words}
    )
    is_first = not orders or orders.most_common(1)[0][0]
    return (*about, _NOT, verb) if is_first else (_NOT, verb, *about)


def _words(text: str) -> list[str]:
    return _WORD.findall(text[:LOOKED_AT].lower().translate(_FOLD))


def _beginning(word: str) -> str:
    """Return by what a word is known; nothing for one that does not matter."""
    if _MISSING_WORDS.fullmatch(word):
        return _MISSING
    if word in _FILLERS or len(word) < _SHORTEST:
        return ""
    return word[: max(_LEAST, len(word) - 2 - (len(word) > _LONG))]
