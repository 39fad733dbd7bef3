"""From the rows of a sheet to institutions, with every fault of every row named at once."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.directory.cells import clean, read_cell
from bot.directory.codes import identify
from bot.directory.columns import REQUIRED
from bot.directory.merge import merge
from bot.directory.neighbours import CheckedRow, RefusedRow, check_neighbours
from bot.directory.sheet import PROGRESS_STEP, Progress, Sheet, SheetRow
from bot.domain.institution import Institution


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedSheet:
    """What a sheet would make of the directory."""

    rows: tuple[CheckedRow, ...] = field(repr=False)
    refused: tuple[RefusedRow, ...]
    """In the order of the sheet, one for each line that cannot be taken."""


def check_sheet(
    sheet: Sheet,
    *,
    stored: Iterable[Institution] = (),
    calendars: Collection[str] | None = None,
    progress: Progress | None = None,
) -> CheckedSheet:
    """Check every row by itself, against the others and against the stored institutions.

    The institutions of `rows` are complete: what the sheet leaves out comes from the stored ones by the rules of
    `bot.directory.merge.merge`. With `calendars` a row that names another one is refused.
    """
    known = {institution.code: institution for institution in stored}
    rows = identify(sheet.rows, known.values()) if sheet.is_registry else sheet.rows
    good, refused = list[CheckedRow](), list[RefusedRow]()
    first_rows: dict[str, int] = {}
    for count, row in enumerate(rows, start=1):
        cells, faults = _read_row(row)
        code = str(cells.get("code") or "")
        if code and first_rows.setdefault(code, row.row) != row.row:
            faults.append(f"code: {code} уже стоит в строке {first_rows[code]}; у каждого учреждения свой код")
        institution = None if faults else merge(known.get(code), cells)
        if institution:
            faults += _faults_together(institution, calendars)
        if institution and not faults:
            good.append(CheckedRow(row=row.row, institution=institution))
        else:
            refused.append(RefusedRow(row=row.row, code=code or _typed_code(row), reason="; ".join(faults)))
        if progress and count % PROGRESS_STEP == 0:
            progress(count)
    good, cannot_stand = check_neighbours(good, stored=known)
    return CheckedSheet(rows=tuple(good), refused=tuple(sorted(refused + cannot_stand, key=lambda fault: fault.row)))


def _read_row(row: SheetRow) -> tuple[Mapping[str, Any], list[str]]:
    """Return the values of the cells (None for an empty one) and the faults found on the way."""
    cells: dict[str, Any] = {}
    faults = list(row.faults)
    if row.is_too_long:
        faults.append("ячеек больше, чем столбцов: название с разделителем возьмите в кавычки")
    for column, typed in row.cells.items():
        try:
            text = clean(typed, column=column)
            cells[column] = read_cell(column, text)
        except ValueError as error:
            faults.append(f"{column}: {error}")
        else:
            if cells[column] is None and column in REQUIRED:
                faults.append(f"{column}: пусто, а нужно")
    return cells, faults


def _typed_code(row: SheetRow) -> str:
    return "".join(filter(str.isprintable, row.cells["code"].strip()))[:40]


def _faults_together(institution: Institution, calendars: Collection[str] | None) -> list[str]:
    faults = []
    if calendars is not None and institution.calendar and institution.calendar not in calendars:
        faults.append(f"calendar: календаря «{institution.calendar}» нет; есть {', '.join(sorted(calendars))}")
    if institution.vk_token and not institution.vk_group_id and not institution.vk_name:
        faults.append("vk_token: ключ есть, а vk_group_id пуст; впишите номер сообщества")
    if (institution.latitude is None) != (institution.longitude is None):
        faults.append("latitude, longitude: нужны обе координаты или ни одной")
    return faults
