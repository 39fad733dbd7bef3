"""Personal data that words give away: e-mail, car plates, dates of birth, flats, names, passports in parts."""

import re
from collections.abc import Iterator

from bot.safety.personal import Found, Kind

_MONTHS = r"(?:январ|феврал|март|апрел|ма[яй]|июн|июл|август|сентябр|октябр|ноябр|декабр)\w{0,3}"
_DATE = rf"\d{{1,2}}(?:[./-]\d{{1,2}}[./-]\d{{2,4}}|\s{{1,3}}{_MONTHS}(?:\s{{1,3}}\d{{4}})?)"
_PLATE = "АВЕКМНОРСТУХABEKMHOPCTYX"  # the twelve letters that look alike in both alphabets (ГОСТ Р 50577)
_PLATES = f"{_PLATE}{_PLATE.lower()}"

_DIGIT = re.compile(r"\d")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_CAR = (
    re.compile(rf"(?<!\w)[{_PLATES}]\d{{3}}[{_PLATES}]{{2}}\s?\d{{2,3}}(?!\w)"),
    re.compile(rf"(?<!\w)[{_PLATE}] \d{{3}} (?!КМ)[{_PLATE}]{{2}} \d{{2,3}}(?!\w)"),
)
_AFTER_WORDS = (
    # What must stand in the text for the pattern to be worth trying; small letters on both sides.
    (Kind.FLAT, ("кв",), re.compile(r"\b(?:кв\.?|квартир[аеуы])\s?(?:№|номер)?\s?(\d{1,3}[а-д]?)(?!\w)")),
    (Kind.FLAT, ("фатир",), re.compile(r"\bфатир\w*\s?№?\s?(\d{1,3}[а-д]?)(?!\w)")),
    (Kind.FLAT, ("фатир",), re.compile(r"\b(\d{1,4})\s?-?\s?(?:нче|нчы)\s+фатир")),
    (
        Kind.BIRTH_DATE,
        ("рожд", "родил", "д.р", "д. р", "туган", "туды"),
        re.compile(rf"\b(?:родил|рожд|д\.\s?р\.|туган|туды)[^\d\n•]{{0,30}}({_DATE})"),
    ),
    (
        Kind.BIRTH_DATE,
        ("рожд", " р.", "г.р.", "туган"),
        re.compile(rf"(?<!\d)({_DATE})(?:\s{{0,3}}(?:года|г\.))?\s{{0,3}}(?:рожд|г\.\s?р\.|р\.|туган)"),
    ),
    (
        Kind.PASSPORT,
        ("паспорт", "сери"),
        re.compile(r"\b(?:паспорт|сери)[^\d\n•]{0,25}(\d\d ?\d\d[^\d\n•]{1,12}\d{6})(?!\d)"),
    ),
)
_NAME = re.compile(r"\b(?:меня зовут|минем исемем)[\s:–—-]{1,3}")
_CAPITALISED = re.compile(r"[^\W\d_a-zа-яё][\w-]*(?:[^\S\n]+[^\W\d_a-zа-яёәөүҗңһ][\w-]*){0,2}")
_ONE_WORD = re.compile(r"[^\W\d_][\w-]{2,}")
_NOT_NAMES = {"как", "так", "все", "всё", "там", "туда", "сюда", "для", "или", "что", "сейчас", "теперь", "снова"}


def find_phrases(text: str) -> Iterator[Found]:
    """Yield what is told by patterns and telling words, kind by kind."""
    small = text.lower()
    if len(small) != len(text):  # «İ» becomes two characters, and places would no longer agree
        small = text
    if "@" in text:
        for match in _EMAIL.finditer(text):
            yield Found(kind=Kind.EMAIL, start=match.start(), end=match.end())
    if _DIGIT.search(text):
        yield from _with_digits(text, small)
    if "зовут" in small or "исемем" in small:
        for asked in _NAME.finditer(small):
            named = _CAPITALISED.match(text, asked.end()) or _ONE_WORD.match(text, asked.end())
            if named is not None and named[0].lower() not in _NOT_NAMES:
                yield Found(kind=Kind.NAME, start=named.start(), end=named.end())


def _with_digits(text: str, small: str) -> Iterator[Found]:
    for pattern in _CAR:
        for match in pattern.finditer(text):
            yield Found(kind=Kind.CAR, start=match.start(), end=match.end())
    for kind, hints, pattern in _AFTER_WORDS:
        if any(hint in small for hint in hints):
            for match in pattern.finditer(small):
                yield Found(kind=kind, start=match.start(1), end=match.end(1))
