"""One cell of the sheet at a time: from what a person typed to the value we keep.

Every reader takes a clean text (`clean`), returns the value, and raises ValueError with the reason in Russian. A reason
never repeats a secret.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from itertools import groupby
from zoneinfo import available_timezones

from bot.directory.columns import ALIAS_SEPARATOR, ERASE, SECRETS
from bot.directory.registration_numbers import is_inn, is_ogrn
from bot.domain.institution import InstitutionKind
from bot.domain.parts import LOOKED_AT
from bot.domain.work_hours import parse_work_hours

LONGEST_CELL = 300
"""Characters; of a list of names, of each name."""
_ALIASES_LIMIT = 50
_MARKS = 30
"""Signs above one letter (UAX 15, stream-safe text): putting more of them in order takes the square of their number."""
_DASHES = frozenset("-–—")
_FORMULA_IN_QUOTES = re.compile(r"'+[=+\-@]")
_EXCEL_ERRORS = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#ИМЯ?", "#ЗНАЧ!", "#ССЫЛКА!"}
)
_VK_GROUP = re.compile(
    r"(?:https?://)?(?:(?:www\.|m\.)?vk\.(?:com|ru)/)?(?:@?(?:club|public)|-)?0*(?P<id>[1-9][0-9]{0,11})/?(?:\?.*)?",
    re.IGNORECASE,
)
_VK_NAME = re.compile(
    r"(?:https?://)?(?:www\.|m\.)?vk\.(?:com|ru)/(?P<name>[A-Za-z][A-Za-z0-9_.]{2,31})/?(?:\?.*)?", re.IGNORECASE
)
_NO_COMMUNITY = re.compile(r"(?:id|wall|event|app|album|topic|video|photo)-?[0-9]\S*|feed|im|search", re.IGNORECASE)
"""Addresses of VK that look like a name and are none of a community."""
_TELEGRAM_NAME = re.compile(
    r"(?:@|(?:https?://)?(?:t|telegram)\.me/)(?P<name>[A-Za-z][A-Za-z0-9_]{3,31})/?", re.IGNORECASE
)


def clean(text: str, *, column: str) -> str:
    """Return the text without the traces of spreadsheets: outer and repeated spaces, line breaks, invisible signs.

    The apostrophe that `export` puts before a would-be formula goes too. Control characters, noncharacters, errors of
    Excel and too long texts raise ValueError.
    """
    limit = LONGEST_CELL * _ALIASES_LIMIT if column == "aliases" else LONGEST_CELL
    text = " ".join(text.split())
    if len(text) > LOOKED_AT:
        raise ValueError(f"длиннее {limit} знаков")
    if not text.isascii():
        text = "".join(character for character in text if unicodedata.category(character) != "Cf")
        if any(is_mark and len(list(signs)) > _MARKS for is_mark, signs in groupby(text, key=_is_mark)):
            raise ValueError("слишком много знаков над одной буквой; наберите ячейку заново")
        text = " ".join(unicodedata.normalize("NFC", text).split())
    if not text.isprintable() and any(_is_forbidden(character) for character in text):
        raise ValueError("недопустимый управляющий символ; наберите ячейку заново")
    if _FORMULA_IN_QUOTES.match(text):
        text = text[1:]
    if text in _EXCEL_ERRORS:
        raise ValueError(f"в ячейке ошибка Excel {text}")
    if len(text) > limit:
        raise ValueError(f"длиннее {limit} знаков")
    return text


def read_cell(column: str, text: str) -> object:
    """Return the value of a clean text in this column; None for an empty one and for a lone dash.

    A dash in a secret column is an order to erase it and stays what it is (`bot.directory.merge`).
    """
    if not text or text in _DASHES:
        return ERASE if text and column in SECRETS else None
    return _READERS.get(column, str)(text)


def _is_mark(character: str) -> bool:
    return unicodedata.combining(character) != 0


def _is_forbidden(character: str) -> bool:
    code = ord(character)
    # Noncharacters of Unicode cannot be written into XLSX; lone surrogates into nothing.
    return unicodedata.category(character) in {"Cc", "Cs"} or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def _read_code(text: str) -> str:
    text = _without_fraction(text)
    if not re.fullmatch(r"[a-z0-9-]{1,40}", text):
        raise ValueError(f"«{text}» не годится: от 1 до 40 знаков, только a-z, 0-9 и дефис")
    return text


def _read_aliases(text: str) -> tuple[str, ...]:
    aliases = tuple(dict.fromkeys(filter(None, map(str.strip, text.split(ALIAS_SEPARATOR)))))
    if len(aliases) > _ALIASES_LIMIT or any(len(alias) > LONGEST_CELL for alias in aliases):
        raise ValueError(f"больше {_ALIASES_LIMIT} названий или одно длиннее {LONGEST_CELL} знаков")
    return aliases


def _coordinate(limit: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            degrees = float(text.replace(",", "."))
        except ValueError:
            degrees = math.nan
        if not -limit <= degrees <= limit:
            raise ValueError(f"«{text}» - не градусы от -{limit:g} до {limit:g}")
        return degrees

    return read


def _read_vk_group_id(text: str) -> str:
    """Return the number, or `@name` when the link has a name, by which VK tells the number (`merge`)."""
    match = _VK_GROUP.fullmatch(_without_fraction(text))
    if match:
        return match["id"]
    name = vk_name(text)
    if not name:
        raise ValueError(f"«{text}» - не сообщество; нужен номер или ссылка, например 77, club77 или vk.com/school12")
    return f"@{name}"


def vk_name(link: str) -> str:
    """Return the name in a link to a community, empty when it has none."""
    named = _VK_NAME.fullmatch(link)
    return named["name"].lower() if named and not _NO_COMMUNITY.fullmatch(named["name"]) else ""


def _read_vk_name(text: str) -> str:
    name = vk_name(text) or vk_name(f"vk.com/{text.removeprefix('@')}")
    if not name:
        raise ValueError(f"«{text}» - не имя сообщества; пример: school12")
    return name


def _read_telegram_channel(text: str) -> str:
    text = _without_fraction(text)
    if re.fullmatch(r"-?[1-9][0-9]{4,18}", text):
        return text
    match = _TELEGRAM_NAME.fullmatch(text)
    if not match:
        raise ValueError(f"«{text}» - не канал; нужно @имя или числовой id")
    return f"@{match['name']}"


def _read_token(text: str) -> str:
    if not text.isascii() or " " in text:
        raise ValueError("в ключе есть пробелы или русские буквы; скопируйте его заново")
    return text


def _read_telegram_token(text: str) -> str:
    if not re.fullmatch(r"[0-9]{1,20}:[A-Za-z0-9_-]+", text):
        raise ValueError("это не токен бота; он выглядит как 123456:буквы-и-цифры, его выдаёт @BotFather")
    return text


def _read_time_zone(text: str) -> str:
    if text not in _time_zones():
        raise ValueError(f"часового пояса «{text}» нет; пример: Europe/Moscow")
    return text


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _read_calendar(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9-]{1,40}", text):
        raise ValueError(f"«{text}» - не имя календаря; пример: ru-ta")
    return text


def _read_kind(text: str) -> str:
    try:
        return InstitutionKind(text.lower()).value
    except ValueError:
        raise ValueError(f"«{text}» не бывает; годится одно из: {', '.join(InstitutionKind)}") from None


def _read_ogrn(text: str) -> str:
    text = _without_fraction(text)
    if not is_ogrn(text):
        raise ValueError(f"«{text}» - не ОГРН: 13 или 15 цифр с верной контрольной{_excel_hint(text)}")
    return text


def _read_inn(text: str) -> str:
    text = _without_fraction(text)
    if not is_inn(text):
        raise ValueError(f"«{text}» - не ИНН: 10 или 12 цифр с верной контрольной{_excel_hint(text)}")
    return text


def _read_closed_on(text: str) -> date:
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)|(\d\d?)\.(\d\d?)\.(\d{4})", text)
    try:
        if not found:
            raise ValueError
        year, month, day = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(f"«{text}» - не дата; пример: 2026-12-31 или 31.12.2026") from None


def _without_fraction(text: str) -> str:
    """Return `77` for `77.0` or `77,0`: spreadsheets keep whole numbers as fractions."""
    return re.sub(r"^(-?\d+)[.,]0+$", r"\1", text)


def _excel_hint(text: str) -> str:
    is_rounded = re.fullmatch(r"\d[.,]?\d*[eе]\+?\d+", text, re.IGNORECASE)
    return "; Excel округлил число: сделайте столбец текстовым и впишите его заново" if is_rounded else ""


_READERS: Mapping[str, Callable[[str], object]] = {
    "code": _read_code,
    "aliases": _read_aliases,
    "latitude": _coordinate(90),
    "longitude": _coordinate(180),
    "vk_group_id": _read_vk_group_id,
    "vk_name": _read_vk_name,
    "telegram_channel": _read_telegram_channel,
    "work_hours": lambda text: parse_work_hours(text).text,
    "time_zone": _read_time_zone,
    "calendar": _read_calendar,
    "kind": _read_kind,
    "parent": _read_code,
    "closed_on": _read_closed_on,
    "successor": _read_code,
    "ogrn": _read_ogrn,
    "inn": _read_inn,
    **dict.fromkeys(SECRETS, _read_token),
    "telegram_token": _read_telegram_token,
}
