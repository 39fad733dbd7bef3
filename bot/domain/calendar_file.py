"""Reading a production calendar's JSON: plain words for what is wrong in it."""

import re
from collections.abc import Mapping
from typing import Any

from bot.domain.production_calendar import CalendarFile, CalendarYear, read_day

NAME = re.compile(r"[a-z0-9-]{1,40}")
_KEYS = {"name", "title", "base", "source", "every_year", "years"}
_YEAR_KEYS = {"holidays", "moved", "working", "short", "awaits"}
_LEAP = 2000
"""A year that has every day: fixed holidays are read in it."""
_FIRST, _LAST = 1970, 2200
_LONGEST = 200


def read_calendar_file(content: object, *, name: str) -> CalendarFile:
    """Read a calendar; `name` is the name of its file. ValueError says in Russian what is wrong."""
    if not NAME.fullmatch(name):
        raise ValueError(f"имя «{name}» не подходит; нужно от 1 до 40 знаков: a-z, 0-9 и дефис")
    entries = _mapping(content, "в файле")
    _only(entries, _KEYS, "в файле")
    if entries.get("name", name) != name:
        raise ValueError(f"name «{entries['name']}» не совпадает с именем файла «{name}»")
    base = _text(entries.get("base", ""), "base")
    if base and not NAME.fullmatch(base):
        raise ValueError(f"base «{base}» – не имя календаря; пример: ru")
    if base == name:
        raise ValueError("base: календарь не может лежать сам на себе")
    every_year = _days(entries.get("every_year", {}), _LEAP, "every_year")
    if "02-29" in every_year:
        raise ValueError("every_year: 02-29 бывает не каждый год; впишите его в нужные годы")
    return CalendarFile(
        name=name,
        title=_text(entries.get("title", name), "title") or name,
        base=base,
        every_year=every_year,
        years={
            _year(text): _read_year(year, _year(text))
            for text, year in _mapping(entries.get("years", {}), "years").items()
        },
    )


def _read_year(content: object, year: int) -> CalendarYear:
    entries = _mapping(content, str(year))
    _only(entries, _YEAR_KEYS, str(year))
    holidays = _days(entries.get("holidays", {}), year, "holidays")
    moved = _pairs(entries.get("moved", {}), year, "moved")
    working = _pairs(entries.get("working", {}), year, "working")
    short = _list(entries.get("short", []), f"{year}, short")
    for text in short:
        _check_day(text, year, "short")
    if both := (working.keys() & holidays.keys()) | (working.keys() & moved.keys()):
        raise ValueError(f"{year}: {min(both)} – и рабочий день, и выходной; оставьте что-то одно")
    if len(holidays) + len(moved) > 300:
        raise ValueError(f"{year}: выходных почти весь год; проверьте дни")
    awaits = tuple(_list(entries.get("awaits", []), f"{year}, awaits"))
    return CalendarYear(holidays=holidays, moved=moved, working=working, short=frozenset(short), awaits=awaits)


def _days(content: object, year: int, where: str) -> dict[str, str]:
    found = {}
    for day, name in _mapping(content, where).items():
        _check_day(day, year, where)
        found[day] = _text(name, f"{where}, {day}")
        if not found[day]:
            raise ValueError(f"{where}: у дня {day} нет названия")
    return found


def _pairs(content: object, year: int, where: str) -> dict[str, str]:
    found = {}
    for day, other in _mapping(content, where).items():
        _check_day(day, year, where)
        found[day] = _text(other, f"{where}, {day}")
        _check_day(found[day], year, where)
    return found


def _check_day(text: str, year: int, where: str) -> None:
    try:
        read_day(year, text)
    except ValueError:
        raise ValueError(f"{where}: дня «{text}» в {year} году нет; нужно ММ-ДД, например 03-20") from None


def _year(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) == 4 and _FIRST <= int(text) <= _LAST):
        raise ValueError(f"years: «{text}» – не год от {_FIRST} до {_LAST}")
    return int(text)


def _mapping(content: object, where: str) -> Mapping[str, Any]:
    if not isinstance(content, dict):
        raise ValueError(f"{where}: нужны фигурные скобки {{…}}")
    return content


def _list(content: object, where: str) -> list[str]:
    if not isinstance(content, list):
        raise ValueError(f"{where}: нужен список […]")
    return [_text(each, where) for each in content]


def _text(content: object, where: str) -> str:
    if not isinstance(content, str) or len(content) > _LONGEST or not content.isprintable():
        raise ValueError(f"{where}: нужен текст в кавычках, не длиннее {_LONGEST} знаков")
    return content.strip()


def _only(entries: Mapping[str, Any], known: set[str], where: str) -> None:
    if unknown := sorted(entries.keys() - known):
        raise ValueError(f"{where}: незнакомое «{unknown[0]}»; есть {', '.join(sorted(known))}")
