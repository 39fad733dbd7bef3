"""A name or a question as folded word stems and numbers, the same for what is typed and for what is stored.

Lower case, ё as е, quotation marks off, Tatar letters folded on both sides (people type «рэхмэт» for «рәхмәт»), endings
cut lightly, numbers apart from words, whether written in digits or in words.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.directory.kinds import CONTRACTED, SPELLINGS

# э and ә meet at е, so that «Әлмәт», «Элмэт» and «Елмет» are one word.
_FOLDED = str.maketrans("ёэәөүҗңһ", "еееоужнх")
_LOOKALIKES = str.maketrans("aekmhopctyxb", "аекмнорстухв")
_WORD = re.compile(r"\d+|[^\W\d_]+")
_MIXED = re.compile(r"[a-z]*[а-я][a-zа-я]*")
# «75-летия Победы», «50 лет Октября»: an anniversary is not the number of an institution.
_ANNIVERSARY = re.compile(r"(?<!\d)\d+[\s-]*лет(?:и\w*)?(?!\w)")
# «12-я», «5й», «3 нче»: the tail of an ordinal.
_ORDINAL_TAIL = re.compile(r"(?<=\d)(?:\s*-\s*|\s*)(?:ая|ую|ой|ый|ий|го|му|ей|ом|нче|нчы|енче|ынчы|[яйюмех])(?![\w/])")
_KINDERGARTEN = re.compile(r"(?<!\w)д(?:\s*/\s*|\.)с(?!\w)")
# «п-ка», «пол-ка», «б-це»: a long word shortened in the middle.
_CONTRACTED = re.compile(r"(?<![\w-])([а-я]{1,7})-([а-я]{1,4})(?![\w-])")
# «ул. 8 Марта», «9 мая»: a date in the name of a street is no number of an institution.
_DATE = re.compile(
    r"(?<!\d)\d{1,2}[\s-]+(?=(?:января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
    r"|пятилетки|партсъезда|интернационала|комиссаров|гвардейской|дивизии|армии)(?!\w))"
)
# «д. 5», «корп. 2», «кв. 7»: what stands before the number of a house or a flat.
_HOUSE = re.compile(r"(?<!\w)(?:д|(?<!детский )дом|корп|корпус|стр|кв)[.\s]{1,2}\d+(?![\w/])")
_OTHER_SLASH = re.compile(r"(?<!\w)(\w)\s*/\s*(\w)(?!\w)")

_STREET_NAMES = (
    "ул улица улице улицы улицу пр просп проспект проспекте проспекта пер переулок переулке бульвар бульваре шоссе "
    "площадь площади урам урамы урамында"
)
_STREETS = frozenset(_STREET_NAMES.split())
_STREET_WORDS = 2
"""So many words after «ул.» a number is still that of the house."""
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

_WHOLE = frozenset({"районо", "сдаю", "сдай"})
"""Words that are no form of another one: the education office of a district is not the district, nor is
«сдаю» a slip of «сада»."""

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
    follows: Mapping[int, str]
    """Number → the stem before it: «щепкина 68» is a house if Щепкина is a street."""


def read_words(text: str) -> Words:
    """Take a text apart; nothing else compares words of names."""
    text = unicodedata.normalize("NFC", text[:_READ].lower()).translate(_FOLDED)
    text = _OTHER_SLASH.sub(r"\1\2", _KINDERGARTEN.sub(" детсад ", text))
    text = _CONTRACTED.sub(_written_out, text)
    text = _HOUSE.sub(" ", _DATE.sub(" ", _ORDINAL_TAIL.sub(" ", _ANNIVERSARY.sub(" ", text))))
    stems: list[str] = []
    numbers = set[int]()
    follows: dict[int, str] = {}
    spoken = 0
    for word in _without_house_numbers(_WORD.findall(text)):
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
            follows[int(word[:9])] = stems[-1] if stems else ""
        elif len(word) > 1:
            stems.append(stem(word.translate(_LOOKALIKES) if _MIXED.fullmatch(word) else word))
    if spoken:
        numbers.add(spoken)
    return Words(stems=tuple(stems), numbers=frozenset(numbers), follows=follows)


def _written_out(match: re.Match[str]) -> str:
    """Return the long word for «п-ка» in any of its forms; anything else as it is."""
    head, tail = match[1], match[2].rstrip("аеийоуыьэюя")
    for word in CONTRACTED.split() if tail else ():
        core = stem(word)
        if core.startswith(head) and core.endswith(tail) and len(core) > len(head) + len(tail):
            return word
    return match[0]


def _without_house_numbers(words: Sequence[str]) -> Iterator[str]:
    """Leave out the numbers of houses and streets («ул. 3-я Строительная, 12»), as far as a street is named as one.

    A number beside a word for a kind («на ул. Мира школа 12», «ул. Мира 12 школа») is the institution's.
    """
    since = _STREET_WORDS + 1
    for at, word in enumerate(words):
        if word in _STREETS:
            since = 0
        elif not word.isdecimal() and word != "дом":
            since = _STREET_WORDS + 1 if _is_kind(word) else since + 1
        elif word.isdecimal() and since <= _STREET_WORDS and not (at + 1 < len(words) and _is_kind(words[at + 1])):
            continue
        yield word


def _is_kind(word: str) -> bool:
    return stem(word) in _last_stems()


@cache
def _last_stems() -> frozenset[str]:
    """Return the stems of the words with which the names of kinds end."""
    spelled = (written for common, others in SPELLINGS.items() for written in (common, *others.split(", ")))
    return frozenset(stem(written.translate(_FOLDED).split()[-1]) for written in spelled)


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
