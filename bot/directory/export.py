"""Institutions as a sheet again: CSV or XLSX, the same columns, readable by the import."""

import csv
import io
import os
import re
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path

from bot.directory.columns import COLUMNS, SECRETS, cell_text
from bot.directory.file_faults import file_fault
from bot.directory.workbook import write_workbook
from bot.domain.errors import SettingsError
from bot.domain.institution import Institution

# A spreadsheet takes a cell of a CSV file that begins with one of these for a formula, and spoils `+7…`, `-100…` and
# `@name` even when it is none. The apostrophe before it says "text"; `cells.clean` takes exactly one away again, which
# is why a text that begins with apostrophes and such a sign gets one more. In XLSX cells have types: only `=` matters.
_FORMULA_IN_CSV = re.compile(r"'*[=+\-@]")
_FORMULA_IN_XLSX = re.compile(r"'*=|'+[+\-@]")


def export_sheet(institutions: Iterable[Institution], path: Path, *, with_secrets: bool = False) -> int:
    """Write the sheet to `path` (`.csv`: `;`, UTF-8 with BOM; `.xlsx`) and return the number of institutions.

    The file appears whole or not at all; with secrets only its owner may read it. Without `with_secrets` the columns of
    tokens stay, empty. SettingsError when the place cannot be written to or the name ends otherwise.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if not writer:
        raise SettingsError(f"{path}: имя файла должно заканчиваться на .csv или .xlsx")
    records = [_record(institution, with_secrets=with_secrets) for institution in institutions]
    try:
        _replace_file(path, writer(records), is_secret=with_secrets)
    except OSError as error:
        raise SettingsError(f"{path}: {file_fault(error)}") from None
    except ValueError:
        raise SettingsError("в имени файла недопустимый символ; проверьте путь") from None
    return len(records)


def _record(institution: Institution, *, with_secrets: bool) -> list[str]:
    return [
        "" if column in SECRETS and not with_secrets else cell_text(getattr(institution, column)) for column in COLUMNS
    ]


def _csv(records: list[list[str]]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerow(COLUMNS)
    writer.writerows([[_quoted(cell, _FORMULA_IN_CSV) for cell in record] for record in records])
    return file.getvalue().encode("utf-8-sig")


def _xlsx(records: list[list[str]]) -> bytes:
    file = io.BytesIO()
    quoted = ([_quoted(cell, _FORMULA_IN_XLSX) for cell in record] for record in records)
    write_workbook(file, title="Учреждения", heading=COLUMNS, records=quoted)
    return file.getvalue()


_WRITERS: dict[str, Callable[[list[list[str]]], bytes]] = {".csv": _csv, ".xlsx": _xlsx}


def _quoted(cell: str, formula: re.Pattern[str]) -> str:
    return f"'{cell}" if formula.match(cell) else cell


def _replace_file(path: Path, content: bytes, *, is_secret: bool) -> None:
    """Write beside the target and rename, so that a full disk or a kill leaves the old file as it was."""
    target = path.resolve()
    if target.exists() and not target.is_file():
        raise SettingsError(f"{path}: это папка или устройство, а нужен файл")
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if is_secret else 0o666)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
