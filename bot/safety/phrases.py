"""Personal data that words give away: e-mail, car plates, dates of birth, flats, names, passports in parts."""

import re
from collections.abc import Iterator

from bot.safety.personal import Found, Kind

_MONTHS = r"(?:январ|феврал|март|апрел|ма[яй]|июн|июл|август|сентябр|октябр|ноябр|декабр)\w*"
_DATE = rf"\d{{1,2}}(?:[./-]\d{{1,2}}[./-]\d{{2,4}}|\s+{_MONTHS}(?:\s+\d{{4}})?)"
_PLATE = "АВЕКМНОРСТУХABEKMHOPCTYX"  # the twelve letters that look alike in both alphabets (ГОСТ Р 50577)
_PLATES = f"{_PLATE}{_PLATE.lower()}"

_DIGIT = re.compile(r"\d")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_WITH_DIGITS = (
    (Kind.CAR, re.compile(rf"(?<!\w)[{_PLATES}]\d{{3}}[{_PLATES}]{{2}}\s?\d{{2,3}}(?!\w)")),
    (Kind.CAR, re.compile(rf"(?<!\w)[{_PLATE}] \d{{3}} (?!КМ)[{_PLATE}]{{2}} \d{{2,3}}(?!\w)")),
    (
        Kind.FLAT,
        re.compile(r"\b(?:кв\.?|квартир[аеуы]|фатир\w*)\s?(?:№|номер)?\s?(\d{1,3}[а-д]?)(?!\w)", re.IGNORECASE),
    ),
    (Kind.FLAT, re.compile(r"\b(\d{1,4})\s?-?\s?(?:нче|нчы)\s+фатир", re.IGNORECASE)),
    (
        Kind.BIRTH_DATE,
        re.compile(rf"\b(?:родил|рожд|дат[аыу] рожд|д\.\s?р\.|туган|туды)[^\d\n•]{{0,30}}({_DATE})", re.IGNORECASE),
    ),
    (Kind.BIRTH_DATE, re.compile(rf"(?<!\d)({_DATE})\s*(?:года|г\.)?\s*(?:рожд|г\.\s?р\.|р\.|туган)", re.IGNORECASE)),
    (
        Kind.PASSPORT,
        re.compile(r"\b(?:паспорт|сери)[^\d\n•]{0,25}(\d\d ?\d\d[^\d\n•]{1,12}\d{6})(?!\d)", re.IGNORECASE),
    ),
)
_NAME = re.compile(r"\b(?:меня зовут|минем исемем)[\s:–—-]{1,3}", re.IGNORECASE)
_CAPITALISED = re.compile(r"[^\W\d_a-zа-яё][\w-]*(?:[^\S\n]+[^\W\d_a-zа-яёәөүҗңһ][\w-]*){0,2}")
_ONE_WORD = re.compile(r"[^\W\d_][\w-]{2,}")
_NOT_NAMES = {"как", "так", "все", "всё", "там", "туда", "сюда", "для", "или", "что", "сейчас", "теперь", "снова"}


def find_phrases(text: str) -> Iterator[Found]:
    """Yield what is told by patterns and telling words, kind by kind."""
    if "@" in text:
        for match in _EMAIL.finditer(text):
            yield Found(kind=Kind.EMAIL, start=match.start(), end=match.end())
    if _DIGIT.search(text):
        for kind, pattern in _WITH_DIGITS:
            for match in pattern.finditer(text):
                start, end = match.span(pattern.groups)
                yield Found(kind=kind, start=start, end=end)
    for asked in _NAME.finditer(text):
        named = _CAPITALISED.match(text, asked.end()) or _ONE_WORD.match(text, asked.end())
        if named is not None and named[0].lower() not in _NOT_NAMES:
            yield Found(kind=Kind.NAME, start=named.start(), end=named.end())
