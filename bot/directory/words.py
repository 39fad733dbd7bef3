"""A name or a question as folded word stems and numbers, the same for what is typed and for what is stored.

Lower case, ё as е, quotation marks off, Tatar letters folded on both sides (people type «рэхмэт» for «рәхмәт»), endings
cut lightly, numbers apart from words, whether written in digits or in words.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# э and ә meet at е, so that «Әлмәт», «Элмэт» and «Елмет» are one word.
_FOLDED = str.maketrans("ёэәөүҗңһ", "еееоужнх")
_LOOKALIKES = str.maketrans("aekmhopctyxb", "аекмнорстухв")
_WORD = re.compile(r"\d+|[^\W\d_]+")
_MIXED = re.compile(r"[a-z]*[а-я][a-zа-я]*")
# «75-летия Победы», «50 лет Октября»: an anniversary is not the number of an institution.
_ANNIVERSARY = re.compile(r"(?<!\d)\d+[\s-]*лет(?:и\w*)?(?!\w)")
# «12-я», «5й», «3 нче»: the tail of an ordinal.
_ORDINAL_TAIL = re.compile(r"(?<=\d)(?:\s*-\s*|\s*)(?:ая|ую|ой|ый|ий|го|му|ей|ом|нче|нчы|енче|ынчы|[яйюмех])(?![\w/])")
_KINDERGARTEN = re.compile(r"(?<!\w)д\s*/\s*с(?!\w)")
_OTHER_SLASH = re.compile(r"(?<!\w)(\w)\s*/\s*(\w)(?!\w)")

_READ = 1_000
"""Characters that are looked at: more than any name has."""
_STEM_LENGTH = 3
_ENDINGS = (
    *("иями", "ьями"),
    *("ями", "ами", "ого", "его", "ому", "ему", "ыми", "ими", "ией", "иям", "ием", "иях", "ьей", "еем", "еев"),
    *("ов", "ев", "ей", "ой", "ий", "ый", "ая", "яя", "ое", "ее", "ую", "юю", "ые", "ие", "ом", "ем", "ам", "ям"),
    *("ах", "ях", "ых", "их", "ою", "ею", "ия", "ья", "ью", "ию", "ии", "ея", "еи", "ье"),
    *("а", "я", "о", "е", "у", "ю", "ы", "и", "ь", "й"),
)

_WHOLE = frozenset({"районо"})
"""Words that are no form of another one: the education office of a district is not the district."""

_ORDINALS = {
    stem: number
    for number, stems in {
        1: "перв беренч",
        2: "втор икенч",
        3: "трет треть оченч очонч",
        4: "четверт дуртенч",
        5: "пят бишенч",
        6: "шест алтынч",
        7: "седьм жиденч",
        8: "восьм сигезенч",
        9: "девят тугызынч",
        10: "десят унынч",
        11: "одиннадцат",
        12: "двенадцат",
        13: "тринадцат",
        14: "четырнадцат",
        15: "пятнадцат",
        16: "шестнадцат",
        17: "семнадцат",
        18: "восемнадцат",
        19: "девятнадцат",
        20: "двадцат",
        30: "тридцат",
        40: "сорок сороков",
        50: "пятьдесят пятидесят",
        60: "шестьдесят шестидесят",
        70: "семьдесят семидесят",
        80: "восемьдесят восьмидесят",
        90: "девяност",
        100: "сто сот",
    }.items()
    for stem in stems.split()
}
_CARDINALS = {"один": 1, "одна": 1, "два": 2, "две": 2, "три": 3, "четыре": 4, "семь": 7, "восемь": 8}
_CARDINALS_ALONE = frozenset({"семь", "восемь"})
"""«один», «два» alone are everyday words («у меня один вопрос»); after «двадцать» they are a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text taken apart."""

    stems: tuple[str, ...]
    """In order, without single letters."""
    numbers: frozenset[int]


def read_words(text: str) -> Words:
    """Take a text apart; nothing else compares words of names."""
    text = unicodedata.normalize("NFC", text[:_READ].lower()).translate(_FOLDED)
    text = _OTHER_SLASH.sub(r"\1\2", _KINDERGARTEN.sub(" детсад ", text))
    text = _ORDINAL_TAIL.sub(" ", _ANNIVERSARY.sub(" ", text))
    stems: list[str] = []
    numbers = set[int]()
    spoken = 0
    for word in _WORD.findall(text):
        number = None if word.isdecimal() else _spoken_number(word, spoken)
        if number:
            spoken += number
            continue
        if spoken:
            numbers.add(spoken)
            spoken = 0
        if word.isdecimal():
            # Longer ones are telephone numbers and the like.
            numbers.add(int(word[:9]))
        elif len(word) > 1:
            stems.append(stem(word.translate(_LOOKALIKES) if _MIXED.fullmatch(word) else word))
    if spoken:
        numbers.add(spoken)
    return Words(stems=tuple(stems), numbers=frozenset(numbers))


def _spoken_number(word: str, before: int) -> int | None:
    """Return the number that a word adds to the one spoken before it («сто двадцать пятая»), None for other words."""
    number = _CARDINALS.get(word) if before or word in _CARDINALS_ALONE else None
    number = number or _ORDINALS.get(stem(word))
    if number is None or not before:
        return number
    fits = (before % 100 == 0 and number < 100) or (before % 10 == 0 and before % 100 >= 20 and number < 10)
    return number if fits else None


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Cut the longest known ending that leaves at least three letters: «школой» and «школы» are «школ»."""
    if word in _WHOLE:
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM_LENGTH:
            return word[: -len(ending)]
    return word
