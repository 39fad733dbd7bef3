"""Who gets a diploma by name: the operator's sheet of people, since names in messengers are nicknames."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO

from bot.domain.errors import SettingsError

_HEADINGS = {"фио": "name", "должность": "position", "учреждение": "institution", "code": "code", "код": "code"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardedPerson:
    """One person of an institution."""

    name: str
    position: str = ""
    code: str
    """The institution's code."""
    is_nickname: bool = False
    """The name is how a messenger showed it."""


def read_people(content: bytes, names: Mapping[str, str]) -> list[AwardedPerson]:
    """Read «ФИО; должность; учреждение; code»; a code outweighs the institution's name. Raises SettingsError.

    `names` tells codes by any name of an institution, folded as `folded` does.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1251", errors="replace")
    lines = text.splitlines()
    delimiter = ";" if lines and ";" in lines[0] else ","
    sheet = csv.DictReader(StringIO(text, newline=""), delimiter=delimiter, restkey="")
    headings = {heading: _HEADINGS.get((heading or "").strip().lower(), "") for heading in sheet.fieldnames or ()}
    if "name" not in headings.values() or not {"institution", "code"} & set(headings.values()):
        raise SettingsError("люди: нужны столбцы ФИО; должность; учреждение; code")
    codes = set(names.values())
    found = []
    for number, row in enumerate(sheet, start=2):
        told = {headings[key]: " ".join((value or "").split()) for key, value in row.items() if headings.get(key)}
        if not told.get("name"):
            continue
        code = told.get("code") or names.get(folded(told.get("institution", "")), "")
        if code not in codes:
            raise SettingsError(f"люди, строка {number}: учреждение не найдено; укажите его код в столбце code")
        found.append(AwardedPerson(name=told["name"], position=told.get("position", ""), code=code))
    return found


def folded(name: str) -> str:
    """Return one spelling for a name."""
    return " ".join(name.casefold().replace("ё", "е").split())
