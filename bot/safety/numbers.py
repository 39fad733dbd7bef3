"""Personal numbers: documents, cards, accounts, phones, codes.

One regular expression finds runs of digits with separators; a run is then read group by group, so that a neighbour
(«в 10 8 917 …») does not hide a phone, and no part of a longer group is ever taken for a number of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.safety.checksums import is_inn, is_luhn, is_snils
from bot.safety.personal import Found, Kind

_RUN = re.compile(r"\d+(?:[^\S\n]{0,2}[-\u2010-\u2015\u2212.()/№]{0,2}[^\S\n]{0,2}\d+)*")
_GROUP = re.compile(r"\d+")
_DATE = re.compile(r"[0-3]?\d[./-][01]?\d[./-](?:19|20)?\d\d")
_MOST_DIGITS = 20
_MOST_GROUPS = 11
"""A phone spelled digit by digit; more would only cost time on texts made of digits."""
_BEFORE = 40
"""Characters before a number in which a telling word may stand."""

_GAP = r"[^\d\n•]{0,20}$"
_CONTEXT = re.compile(
    r"(?:(?P<snils>снилс|snils)|(?P<inn>\bинн|\binn)|(?P<passport>паспорт|\bсери[яию]\b)|(?P<account>\bсч[её]т|\bл/с|лицев)"
    rf"|(?P<card>полис|\bкарт[аыеуо](?![а-яё]{{3}})))\w*{_GAP}"
)
_CODE = re.compile(r"(?:\b(?:код(?:а|у|ом|е|ы)?|code|пин(?:-?код)?|серс[үу]з\w*)\b|парол)\w*[^\d\n•.;]{0,24}$")
_OTHER_CODES = re.compile(r"окт|окп|окв|кладр|город|район|регион|услуг|индекс|школ|сад|учрежд")
_OGRN = re.compile(r"огрн\w*\W*$")
_MONEY = re.compile(r"[^\S\n]{0,2}(?:руб|₽|р\.|тыс|млн|млрд|сум\b)")
_IN_ADDRESS = re.compile(r"(?:[_=&#]|[A-Za-z]/|/[A-Za-z]{1,12}-?)$")
"""A number glued to these is a part of a link or of a file's name."""
_LONGEST_GLUE = 14


@dataclass(frozen=True, slots=True)
class _Window:
    """Neighbouring groups of one run, read as one number."""

    digits: str
    lengths: tuple[int, ...]
    start: int
    end: int


def find_numbers(text: str) -> Iterator[Found]:
    """Yield the personal numbers in `text`, in order of place."""
    for run in _RUN.finditer(text):
        if run.end() - run.start() < 4:  # shorter than the shortest code
            continue
        before = text[max(0, run.start() - _BEFORE) : run.start()].lower()
        yield from _in_run(text, run, before)


def _in_run(text: str, run: re.Match[str], before: str) -> Iterator[Found]:
    groups = [(group.start(), group.end()) for group in _GROUP.finditer(text, run.start(), run.end())]
    told = _told_by_context(text, groups, before)
    if told is not None:
        yield told
    index = 0
    while index < len(groups):
        start = groups[index][0]
        if told is not None and start < told.end:
            index += 1
            continue
        found = None
        for window, after in _windows(text, groups, index):
            kind = _kind(text, window)
            if kind is not None:
                found = kind, window, after
        if found is None:
            index += 1
            continue
        kind, window, index = found
        yield Found(kind=kind, start=window.start, end=window.end)


def _windows(text: str, groups: list[tuple[int, int]], first: int) -> Iterator[tuple[_Window, int]]:
    digits, lengths = "", []
    for index in range(first, min(first + _MOST_GROUPS, len(groups))):
        start, end = groups[index]
        digits += _plain(text[start:end])
        if len(digits) > _MOST_DIGITS:
            return
        lengths.append(end - start)
        if len(digits) >= 10:
            begins = groups[first][0]
            if begins and text[begins - 1] == "+":
                begins -= 1
            yield _Window(digits, tuple(lengths), begins, end), index + 1


def _kind(text: str, window: _Window) -> Kind | None:
    """Tell what a number is by its shape and control digits; sums of money and parts of links are none."""
    kind = _kind_by_digits(window.digits, window.lengths, is_abroad=text[window.start] == "+")
    if kind is None or _MONEY.match(text, window.end):
        return None
    return None if _IN_ADDRESS.search(text, max(0, window.start - _LONGEST_GLUE), window.start) else kind


def _kind_by_digits(digits: str, lengths: tuple[int, ...], *, is_abroad: bool) -> Kind | None:
    if len(digits) <= 15 and _is_phone(digits, lengths, is_abroad=is_abroad):
        return Kind.PHONE
    match len(digits):
        case 10 if lengths == (2, 2, 6):
            return Kind.PASSPORT
        case 10 | 12 if len(lengths) == 1 and is_inn(digits):
            return Kind.INN
        case 11 if lengths in ((11,), (3, 3, 3, 2), (9, 2)) and is_snils(digits):
            return Kind.SNILS
        case 16 | 17 | 18 | 19 if min(lengths) >= 2 and is_luhn(digits):
            return Kind.CARD
        case 20 if digits.startswith(("40", "42")):
            return Kind.ACCOUNT
    return None


def _is_phone(digits: str, lengths: tuple[int, ...], *, is_abroad: bool) -> bool:
    """Tell a phone; 8 800 numbers belong to nobody and stay."""
    if is_abroad:
        return 10 <= len(digits) <= 15 and not digits.startswith("7800")
    if len(digits) == 10:
        return digits[0] == "9" and lengths[0] in (3, 10)
    if len(digits) != 11 or digits[0] not in "78":
        return False
    if digits[1] == "9":
        return True
    return digits[1] in "348" and digits[1:4] != "800" and lengths[0] in (1, 4, 11)


def _told_by_context(text: str, groups: list[tuple[int, int]], before: str) -> Found | None:
    """Find a number that the words before it name, whatever its control digits."""
    start = groups[0][0]
    if (code := _CODE.search(before)) and not _OTHER_CODES.search(code[0]):
        end = _reach(groups, most=8)
        if _digits_between(groups, end) >= 4 and not _is_year(text, start, end):
            return Found(kind=Kind.CODE, start=start, end=end)
    end = _reach(groups, most=_MOST_DIGITS)
    if _digits_between(groups, end) < 8 or _DATE.match(text, start, end) or _MONEY.match(text, end):
        return None
    if (named := _CONTEXT.search(before)) and named.lastgroup and not _OGRN.search(before):
        return Found(kind=Kind(named.lastgroup), start=start, end=end)
    return None


def _reach(groups: list[tuple[int, int]], *, most: int) -> int:
    """Return where a number of at most `most` digits ends that begins with the first group."""
    total, reached = 0, groups[0][0]
    for start, end in groups:
        total += end - start
        if total > most:
            break
        reached = end
    return reached


def _digits_between(groups: list[tuple[int, int]], reached: int) -> int:
    return sum(end - start for start, end in groups if end <= reached)


def _is_year(text: str, start: int, end: int) -> bool:
    return end - start == 4 and text.startswith(("19", "20"), start) and text.startswith((" г", "-"), end)


def _plain(digits: str) -> str:
    """Write digits of other scripts with 0 to 9."""
    return digits if digits.isascii() else "".join(str(int(digit)) for digit in digits)
