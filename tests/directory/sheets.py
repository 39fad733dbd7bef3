"""Builders of sheets for the tests: what the operator typed, as a file."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from bot.directory.check import CheckedSheet, check_sheet
from bot.directory.sheet import read_sheet
from bot.domain.institution import Institution

GOOD = {"code": "school-12", "name": "СОШ № 12", "branch": "Образование", "municipality": "Казань"}


def rows(*changes: dict[str, str]) -> list[list[str]]:
    """One good line per change, and the heading above them."""
    heading = list(dict.fromkeys([*GOOD, *(column for change in changes for column in change)]))
    lines = [GOOD | {"code": f"school-{number}"} | change for number, change in enumerate(changes, start=1)]
    return [heading, *([line.get(column, "") for column in heading] for line in lines)]


def write_csv(path: Path, lines: list[list[str]], *, encoding: str = "utf-8", delimiter: str = ";") -> Path:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(lines)
    path.write_bytes(file.getvalue().encode(encoding))
    return path


def write_xlsx(path: Path, lines: Sequence[Sequence[object]]) -> Path:
    workbook = Workbook()
    worksheet = workbook.worksheets[0]
    for line in lines:
        worksheet.append(list(line))
    workbook.save(path)
    return path


def check(tmp_path: Path, *changes: dict[str, str], stored: tuple[Institution, ...] = ()) -> CheckedSheet:
    """Check a sheet of good lines with these changes; the first line stands in row 2."""
    return check_sheet(read_sheet(write_csv(tmp_path / "sheet.csv", rows(*changes))), stored=stored)
