"""XLSX bytes as records, and records as an XLSX file: the one place that knows openpyxl."""

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from bot.domain.errors import SettingsError

_UNPACKED_LIMIT = 300_000_000
"""A workbook of 5,000 institutions unpacks to some ten million bytes; more than this is a bomb or a mistake."""

# What openpyxl, zipfile and the XML reader are seen to raise on damaged files (a ParseError is a SyntaxError,
# an encrypted or oddly packed archive a RuntimeError).
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    InvalidFileException,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    SyntaxError,
    EOFError,
    OSError,
    RuntimeError,
    OverflowError,
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def is_workbook(content: bytes) -> bool:
    """Tell by the first bytes, not by the file's name, whether this is an Excel file of any age."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06", _OLE))


def read_workbook(content: bytes, *, name: str) -> Iterator[list[str]]:
    """Yield the lines of the first worksheet as texts, blank ones included; formulas give their last computed values.

    SettingsError when the workbook is damaged, protected by a password, or of a format before XLSX.
    """
    if content.startswith(_OLE):
        # Excel wraps a password-protected XLSX into the container of the old XLS format ([MS-OFFCRYPTO] 2.3).
        if _ENCRYPTED in content:
            raise SettingsError(f"{name}: книга защищена паролем; снимите пароль в Excel и сохраните её снова")
        raise SettingsError(f"{name}: это старый формат XLS; сохраните книгу как XLSX")
    try:
        yield from _records(content, name=name)
    except _DAMAGE:
        raise SettingsError(
            f"{name}: книга повреждена или это не XLSX; откройте её в Excel и сохраните как XLSX"
        ) from None


def write_workbook(file: IO[bytes], *, title: str, heading: Sequence[str], records: Iterable[Sequence[str]]) -> None:
    """Write one worksheet with a fixed heading; every column is text, so that Excel spoils no long number."""
    workbook = Workbook(write_only=True)
    worksheet = workbook.create_sheet(title)
    worksheet.freeze_panes = "A2"
    for index, column in enumerate(heading, start=1):
        dimension = worksheet.column_dimensions[get_column_letter(index)]
        dimension.width = max(14, len(column) + 2)
        dimension.number_format = "@"
    worksheet.append(list(heading))
    for record in records:
        worksheet.append(list(record))
    workbook.save(file)


def _records(content: bytes, *, name: str) -> Iterator[list[str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _UNPACKED_LIMIT:
            raise SettingsError(f"{name}: книга слишком велика; оставьте в ней только лист учреждений")
    with warnings.catch_warnings():
        # openpyxl warns of styles and extensions it leaves out; none of them changes a value.
        warnings.simplefilter("ignore")
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        try:
            worksheet = workbook.worksheets[0]
            # Some programs write a wrong size into the sheet; believing it would cut rows off.
            worksheet.reset_dimensions()
            for line in worksheet.iter_rows(values_only=True):
                yield [_as_text(value) for value in line]
        finally:
            workbook.close()


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        # Excel keeps every number as a fraction: 77 comes as 77.0.
        return str(int(value))
    return str(value)
