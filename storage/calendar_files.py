"""Production calendars as files: those that ship with the program, and the operator's own beside or over them."""

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from bot.domain.calendar_file import NAME, read_calendar_file
from bot.domain.errors import SettingsError
from bot.domain.production_calendar import CalendarFile

FOLDER = "calendars"
"""Within the data folder: `NAME.json` each."""
_SHIPPED = ("ru", "ru-ta")
_LARGEST = 1 << 20


def shipped_files() -> dict[str, str]:
    """Return the texts of the calendars that ship with the program, by name."""
    folder = files("storage").joinpath("calendar_data")
    return {name: folder.joinpath(f"{name}.json").read_text(encoding="utf-8") for name in _SHIPPED}


def calendar_texts(data_dir: Path) -> dict[str, str]:
    """Return the texts of every calendar by name; an own file takes the place of a shipped one of its name.

    Raises SettingsError with the file and what is wrong in it.
    """
    texts = shipped_files()
    folder = data_dir / FOLDER
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        if not NAME.fullmatch(path.stem):
            raise SettingsError(f"{path}: имя календаря – от 1 до 40 знаков: a-z, 0-9 и дефис; переименуйте файл")
        try:
            if path.stat().st_size > _LARGEST:
                raise SettingsError(f"{path}: файл больше 1 МБ; это не календарь")
            texts[path.stem] = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            raise SettingsError(f"{path}: файл не в кодировке UTF-8; сохраните его в UTF-8") from None
        except OSError as error:
            raise SettingsError(f"{path}: файл не читается ({error.strerror}); проверьте права") from None
    read = {name: _read(text, folder / f"{name}.json") for name, text in texts.items()}
    for name, calendar in read.items():
        _check_bases(name, calendar, read, folder)
    return texts


def parse_calendar(text: str, name: str) -> CalendarFile:
    """Read one calendar; ValueError says what is wrong."""
    try:
        content: Any = json.loads(text)
    except RecursionError:
        raise ValueError("слишком много вложенных скобок") from None
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise ValueError(f"строка {line}: это не JSON; проверьте кавычки, запятые и скобки") from None
    return read_calendar_file(content, name=name)


def _read(text: str, path: Path) -> CalendarFile:
    try:
        return parse_calendar(text, path.stem)
    except ValueError as error:
        raise SettingsError(f"{path}: {error}") from None


def _check_bases(name: str, calendar: CalendarFile, known: Mapping[str, CalendarFile], folder: Path) -> None:
    path = folder / f"{name}.json"
    seen = [name]
    while calendar.base:
        if calendar.base not in known:
            has = ", ".join(sorted(known))
            raise SettingsError(f"{path}: base «{calendar.base}»: такого календаря нет; есть {has}")
        if calendar.base in seen:
            raise SettingsError(f"{path}: base: календари ссылаются друг на друга по кругу")
        seen.append(calendar.base)
        calendar = known[calendar.base]
