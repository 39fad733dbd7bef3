"""The institution sheet as a file: from a path to rows of texts under known column names.

A registry of official pages (`bot.directory.registry`) is recognised by its headings and read into the same columns.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from bot.directory.columns import COLUMNS, REQUIRED
from bot.directory.delimited import read_delimited
from bot.directory.file_faults import file_fault
from bot.directory.registry import REGISTRY_COLUMNS, is_registry, registry_cells, registry_positions
from bot.directory.workbook import is_workbook, read_workbook
from bot.domain.errors import SettingsError

Progress = Callable[[int], None]
"""Told how many rows are done, every few hundred rows."""

PROGRESS_STEP = 200
_SIZE_LIMIT = 100_000_000
_TITLE_LINES = 10
"""A registry may begin with its title; its heading is looked for so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One line of the sheet, as it was typed."""

    row: int
    """The line number that a person sees in their spreadsheet; the heading is usually line 1."""
    cells: Mapping[str, str] = field(repr=False)
    """Every known column of the sheet and its text; never in logs, it may hold tokens."""
    is_too_long: bool = False
    """There is something to the right of the last column: usually a `;` in a name without quotation marks."""
    faults: tuple[str, ...] = ()
    """What is wrong with the line as a whole, in plain Russian."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A whole sheet."""

    columns: tuple[str, ...]
    """The known columns that it has."""
    unknown_columns: tuple[str, ...]
    """Headings that mean nothing here, as they were typed; their cells are ignored."""
    rows: tuple[SheetRow, ...] = field(repr=False)
    is_registry: bool = False
    """It has no codes: `bot.directory.codes.identify` finds or makes them."""


def read_sheet(path: Path, *, progress: Progress | None = None) -> Sheet:
    """Read a CSV or XLSX file, told apart by its content.

    SettingsError, one plain line, for whatever concerns the whole file: it cannot be opened, is not a table, lacks a
    required column, has one twice, or has no rows.
    """
    content = _read_bytes(path)
    name = path.name
    records = read_workbook(content, name=name) if is_workbook(content) else read_delimited(content, name=name)
    numbered = ((number, record) for number, record in enumerate(records, start=1) if any(map(str.strip, record)))
    first = list(islice(numbered, _TITLE_LINES))
    if not first:
        raise SettingsError(f"{name}: файл пуст; нужна строка с названиями столбцов и строки учреждений")
    at = next((at for at, (_, record) in enumerate(first) if is_registry(record)), None)
    heading = first[at or 0][1]
    positions, unknown = _read_heading(heading, name=name) if at is None else registry_positions(heading)
    lines = chain(first[(at or 0) + 1 :], numbered)
    rows = tuple(_rows(lines, positions=positions, width=len(heading), progress=progress, is_registry=at is not None))
    if not rows:
        raise SettingsError(f"{name}: под строкой с названиями столбцов нет ни одного учреждения")
    columns = tuple(positions) if at is None else REGISTRY_COLUMNS
    return Sheet(columns=columns, unknown_columns=unknown, rows=rows, is_registry=at is not None)


def _read_bytes(path: Path) -> bytes:
    try:
        if path.is_char_device():
            raise SettingsError(f"{path}: это устройство, а нужен файл")
        if path.is_file() and path.stat().st_size > _SIZE_LIMIT:
            raise SettingsError(f"{path}: файл больше 100 МБ; оставьте в нём только лист учреждений")
        content = path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path}: {file_fault(error)}") from None
    except ValueError:
        raise SettingsError("в имени файла недопустимый символ; проверьте путь") from None
    if not content.strip():
        raise SettingsError(f"{path.name}: файл пуст; нужна строка с названиями столбцов и строки учреждений")
    return content


def _read_heading(heading: list[str], *, name: str) -> tuple[dict[str, int], tuple[str, ...]]:
    keys = [_column_key(text) for text in heading]
    twice = [column for column, count in Counter(keys).items() if count > 1 and column in COLUMNS]
    if twice:
        raise SettingsError(f"{name}: столбец {', '.join(twice)} встречается дважды; оставьте один")
    missing = [column for column in REQUIRED if column not in keys]
    if missing:
        raise SettingsError(f"{name}: нет столбцов {', '.join(missing)}; добавьте их в строку с названиями столбцов")
    positions = {column: keys.index(column) for column in COLUMNS if column in keys}
    unknown = [text.strip() for text, key in zip(heading, keys, strict=True) if key and key not in positions]
    return positions, tuple(unknown)


def _column_key(text: str) -> str:
    """Return the column's name as we spell it: ` VK group ID` is `vk_group_id`."""
    return re.sub(r"[\s\-]+", "_", text.replace("\ufeff", "").strip().lower())


def _rows(
    numbered: Iterable[tuple[int, list[str]]],
    *,
    positions: Mapping[str, int],
    width: int,
    progress: Progress | None,
    is_registry: bool,
) -> Iterator[SheetRow]:
    for count, (number, record) in enumerate(numbered, start=1):
        cells = {column: record[at] if at < len(record) else "" for column, at in positions.items()}
        cells, faults = registry_cells(cells) if is_registry else (cells, ())
        yield SheetRow(row=number, cells=cells, is_too_long=any(map(str.strip, record[width:])), faults=faults)
        if progress and count % PROGRESS_STEP == 0:
            progress(count)
