"""The institution sheet as a file: from a path to rows of texts under known column names.

A registry of official pages (`bot.directory.registry`) is recognised by its headings and read into the same columns.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from bot.directory.columns import COLUMNS, HEADINGS, REQUIRED
from bot.directory.delimited import read_delimited
from bot.directory.file_faults import file_fault
from bot.directory.registry import REGISTRY_COLUMNS, is_registry, registry_cells, registry_positions
from bot.directory.workbook import Line, is_workbook, read_workbook
from bot.domain.errors import SettingsError

Progress = Callable[[int], None]
"""Told how many rows are done, every few hundred rows."""

PROGRESS_STEP = 200
_SIZE_LIMIT = 100_000_000
_TITLE_LINES = 10
"""A table may begin with its title; its heading is looked for so far."""
_HEADINGS_SHOWN = 30
_HEADING_SHOWN = 60


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
    """What is wrong with the line as a whole or with what a spreadsheet made of a cell, in plain Russian."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A whole sheet."""

    columns: tuple[str, ...]
    """The known columns that it has."""
    unknown_columns: tuple[str, ...]
    """Headings that mean nothing here, as they were typed; their cells are ignored."""
    rows: tuple[SheetRow, ...] = field(repr=False)
    title: str = ""
    """Which worksheet of a workbook was read; empty for a text."""
    hidden: tuple[SheetRow, ...] = field(default=(), repr=False)
    """Lines that a filter or a person has hidden: they are left out."""
    is_registry: bool = False
    """It has no codes: `bot.directory.codes.identify` finds or makes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What an operator says of a sheet that is not ours."""

    headings: Mapping[str, str] = field(default_factory=dict)
    """By heading, as the file has it: our column."""
    values: Mapping[str, str] = field(default_factory=dict)
    """By column: what stands where the file says nothing."""


NOTHING_FILLED = Filling()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heading:
    """Where the columns stand; found in a line of the table."""

    texts: Sequence[str]
    positions: Mapping[str, int]
    unknown: tuple[str, ...]
    rest: Iterable[Line]
    """The lines under it."""
    is_registry: bool


def read_sheet(path: Path, *, filling: Filling = NOTHING_FILLED, progress: Progress | None = None) -> Sheet:
    """Read a CSV, TSV or XLSX file, told apart by its content; of a workbook the first visible sheet that is known.

    SettingsError, one plain line, for whatever concerns the whole file: it cannot be opened, is not a table, lacks a
    required column, has one twice, or has no rows.
    """
    content, name = _read_bytes(path), path.name
    title, heading = _find_heading(_tables(content, name=name), name=name, filling=filling)
    rows, hidden = list[SheetRow](), list[SheetRow]()
    lines = (line for line in heading.rest if any(map(str.strip, line.cells)) or line.faults)
    for count, line in enumerate(lines, start=1):
        (hidden if line.is_hidden else rows).append(_row(line, heading=heading, filling=filling))
        if progress and count % PROGRESS_STEP == 0:
            progress(count)
    if not rows:
        raise SettingsError(f"{name}: под строкой с названиями столбцов нет ни одного учреждения")
    columns = REGISTRY_COLUMNS if heading.is_registry else tuple(heading.positions)
    return Sheet(
        columns=tuple(column for column in COLUMNS if column in columns or column in filling.values),
        unknown_columns=heading.unknown,
        rows=tuple(rows),
        title=title,
        hidden=tuple(hidden),
        is_registry=heading.is_registry,
    )


def _tables(content: bytes, *, name: str) -> Iterator[tuple[str, Iterable[Line]]]:
    if is_workbook(content):
        yield from read_workbook(content, name=name)
        return
    records = enumerate(read_delimited(content, name=name), start=1)
    yield "", (Line(number=number, cells=record) for number, record in records)


def _find_heading(tables: Iterable[tuple[str, Iterable[Line]]], *, name: str, filling: Filling) -> tuple[str, _Heading]:
    """Return the first table with known headings; what is wrong with the first of all is told when there is none."""
    fault: SettingsError | None = None
    for title, lines in tables:
        try:
            return title, _heading_of(iter(lines), name=name, filling=filling)
        except SettingsError as error:
            fault = fault or error
    raise fault or SettingsError(f"{name}: файл пуст; нужна строка с названиями столбцов и строки учреждений")


def _heading_of(lines: Iterator[Line], *, name: str, filling: Filling) -> _Heading:
    """Look for the heading in the first lines: a table may begin with its title."""
    first = [line for line in islice(lines, _TITLE_LINES) if any(map(str.strip, line.cells))]
    if not first:
        raise SettingsError(f"{name}: файл пуст; нужна строка с названиями столбцов и строки учреждений")
    for at, line in enumerate(first):
        if is_registry(line.cells):
            positions, unknown = registry_positions(line.cells)
            rest = chain(first[at + 1 :], lines)
            return _Heading(texts=line.cells, positions=positions, unknown=unknown, rest=rest, is_registry=True)
    columns = [[_column(text, filling) for text in line.cells] for line in first]
    at = max(range(len(first)), key=lambda at: (len({*REQUIRED} & {*columns[at]}), -at))
    positions, unknown = _positions(first[at].cells, columns[at], name=name, filling=filling)
    rest = chain(first[at + 1 :], lines)
    return _Heading(texts=first[at].cells, positions=positions, unknown=unknown, rest=rest, is_registry=False)


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


def _positions(
    heading: Sequence[str], columns: Sequence[str], *, name: str, filling: Filling
) -> tuple[dict[str, int], tuple[str, ...]]:
    keys = Counter(map(_key, heading))
    twice = [column for text, column in zip(heading, columns, strict=True) if column and keys[_key(text)] > 1]
    if twice:
        raise SettingsError(f"{name}: столбец {twice[0]} встречается дважды; оставьте один")
    shown = [" ".join(text.split()) for text in heading if text.strip()]
    listed = ", ".join(f"«{text[:_HEADING_SHOWN]}»" for text in shown[:_HEADINGS_SHOWN])
    absent = [typed for typed in filling.headings if _key(typed) not in map(_key, heading)]
    if absent:
        raise SettingsError(f"{name}: столбца «{absent[0]}» нет; в файле есть {listed}")
    missing = [column for column in REQUIRED if column not in columns and column not in filling.values]
    if missing:
        raise SettingsError(
            f"{name}: нет столбцов {', '.join(missing)}; в файле есть {listed}. Добавьте недостающие или назовите "
            'имеющиеся: --map "Название столбца=name", --branch, --municipality'
        )
    # Of several headings for one column the one that names it best; the others are told like unknown ones.
    ranks = [_rank(text, filling) for text in heading]
    positions = {
        column: min((at for at, each in enumerate(columns) if each == column), key=ranks.__getitem__)
        for column in COLUMNS
        if column in columns
    }
    used = set(positions.values())
    return positions, tuple(text.strip() for at, text in enumerate(heading) if _key(text) and at not in used)


def _column(heading: str, filling: Filling) -> str:
    """Return our column for a heading: as the operator says, as we spell it, or as people call it; else nothing."""
    key = _key(heading)
    told = next((column for typed, column in filling.headings.items() if _key(typed) == key), "")
    if told or not key:
        return told
    return _KEYS.get(key, "")


def _key(heading: str) -> str:
    """Return a heading without case, signs and what nobody sees: ` VK group ID` is `vk group id`."""
    seen = "".join(sign for sign in heading if unicodedata.category(sign) != "Cf")
    return " ".join(re.findall(r"[^\W_]+", seen.lower().replace("ё", "е")))


def _rank(heading: str, filling: Filling) -> int:
    """Return how well a heading names its column, 0 best: as the operator says, as we spell it, as people do."""
    key = _key(heading)
    if any(_key(typed) == key for typed in filling.headings):
        return 0
    return 1 + list(_KEYS).index(key) if key in _KEYS else len(_KEYS) + 1


_KEYS = {_key(column): column for column in COLUMNS} | {
    _key(typed): column for column, headings in HEADINGS.items() for typed in headings.split(", ")
}


def _row(line: Line, *, heading: _Heading, filling: Filling) -> SheetRow:
    cells, faults = dict[str, str](), list[str]()
    for column, at in heading.positions.items():
        cells[column] = line.cells[at] if at < len(line.cells) else ""
        if column == "closed_on" and at in line.dates:
            cells[column] = line.dates[at]
        elif at in line.faults:
            faults.append(f"{column}: {line.faults[at]}")
    if heading.is_registry:
        cells, more = registry_cells(cells)
        faults += more
    for column, value in filling.values.items():
        if not cells.get(column, "").strip():
            cells[column] = value
    return SheetRow(
        row=line.number,
        cells=cells,
        is_too_long=any(map(str.strip, line.cells[len(heading.texts) :])),
        faults=tuple(faults),
    )
