"""Workbooks as lines of texts, and lines as a workbook: the one place that knows their libraries."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import IO, Any
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum
from xlsxwriter import Workbook

from bot.domain.errors import SettingsError

_UNPACKED_LIMIT = 300_000_000
"""A workbook of 5,000 institutions unpacks to some ten million bytes; more than this is a bomb or a mistake."""
_MOST_EXACT = 10**15
"""Excel keeps fifteen digits of a number; of a longer one the last are lost."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LEADING_ZEROS = re.compile(r"0{2,20}")
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")

NO_VALUE = "в ячейке формула без значения; откройте файл в Excel, сохраните и загрузите снова"
A_DATE = "Excel превратил значение в дату; сделайте столбец текстовым и впишите его заново"
ROUNDED = "Excel округлил число; сделайте столбец текстовым и впишите его заново"
A_BOOLEAN = "в ячейке логическое значение (ИСТИНА или ЛОЖЬ), а нужен текст"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a table, blank ones included."""

    number: int
    """As a person sees it in their spreadsheet, from 1."""
    cells: Sequence[str] = field(repr=False)
    faults: Mapping[int, str] = field(default_factory=dict)
    """By position: why a cell cannot be believed, in plain Russian. Its text is empty or what can be shown of it."""
    dates: Mapping[int, str] = field(default_factory=dict)
    """By position: cells that hold a date, as `YYYY-MM-DD`; they are faults besides, for columns that want none."""
    is_hidden: bool = False


@dataclass(slots=True)
class _Marks:
    """What the values alone do not tell of a worksheet; cells by row and column from 1."""

    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    zeros: dict[tuple[int, int], int] = field(default_factory=dict)
    """Numbers that are shown with leading zeros: how many digits."""
    hidden: set[int] = field(default_factory=set)


def is_workbook(content: bytes) -> bool:
    """Tell by the first bytes, not by the file's name, whether this is an Excel file of any age."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06", _OLE))


def read_workbook(content: bytes, *, name: str) -> Iterator[tuple[str, Iterable[Line]]]:
    """Yield every visible worksheet: its title and its lines. Formulas give the values that were computed last.

    SettingsError when the workbook is damaged, protected by a password, or of another format than XLSX.
    """
    if content.startswith(_OLE):
        # Excel wraps a password-protected XLSX into the container of the old XLS format ([MS-OFFCRYPTO] 2.3).
        if _ENCRYPTED in content:
            raise SettingsError(f"{name}: книга защищена паролем; снимите пароль в Excel и сохраните её снова")
        raise SettingsError(f"{name}: это старый формат XLS; сохраните книгу как XLSX")
    try:
        package = _Package(content, name=name)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        visible = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet
        ]
        for title in visible:
            values = workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)
            yield title, list(_lines(values, package.marks(title)))
    # An archive that was packed oddly is a RuntimeError or NotImplementedError, damaged XML a ParseError.
    except (CalamineError, zipfile.BadZipFile, ElementTree.ParseError, ValueError, LookupError, OSError, RuntimeError):
        raise SettingsError(
            f"{name}: книга повреждена или это не XLSX; откройте её в Excel и сохраните как XLSX"
        ) from None
    if not visible:
        raise SettingsError(f"{name}: в книге нет видимых листов; откройте лист учреждений и сохраните книгу")


def write_workbook(file: IO[bytes], *, title: str, heading: Sequence[str], records: Iterable[Sequence[str]]) -> None:
    """Write one worksheet with a fixed heading; every column is text, so that Excel spoils no long number."""
    workbook = Workbook(file, {"in_memory": True})
    worksheet = workbook.add_worksheet(title)
    worksheet.freeze_panes(1, 0)
    as_text = workbook.add_format({"num_format": "@"})
    for at, column in enumerate(heading):
        worksheet.set_column(at, at, max(14, len(column) + 2), as_text)
    for row, record in enumerate([heading, *records]):
        for at, text in enumerate(record):
            if text:
                worksheet.write_string(row, at, text, as_text)
    workbook.close()


def _lines(values: Iterable[Sequence[Any]], marks: _Marks) -> Iterator[Line]:
    for number, row in enumerate(values, start=1):
        texts, faults, dates = list[str](), dict[int, str](), dict[int, str]()
        for at, value in enumerate(row):
            fault = marks.faults.get((number, at + 1), "")
            text, own_fault = _read(value, digits=marks.zeros.get((number, at + 1), 0))
            texts.append("" if fault else text)
            if fault or own_fault:
                faults[at] = fault or own_fault
            if isinstance(value, date):
                dates[at] = text
        yield Line(number=number, cells=texts, faults=faults, dates=dates, is_hidden=number in marks.hidden)


def _read(value: Any, *, digits: int) -> tuple[str, str]:
    """Return the text of a cell and what is wrong with it."""
    match value:
        case bool():
            return "ИСТИНА" if value else "ЛОЖЬ", A_BOOLEAN
        case datetime():
            return value.date().isoformat(), A_DATE
        case date() | time() | timedelta():
            return value.isoformat() if isinstance(value, date) else str(value), A_DATE
        case int() | float() if abs(value) >= _MOST_EXACT:
            return str(value), ROUNDED
        case int() | float():
            # Excel keeps every number as a fraction: 77 comes as 77.0.
            whole = isinstance(value, int) or value.is_integer()
            return (str(int(value)).zfill(digits) if whole else str(value)), ""
        case _:
            return str(value), ""


class _Package:
    """The parts of an XLSX file, found whatever the case of their names and whether they are Strict Open XML."""

    def __init__(self, content: bytes, *, name: str) -> None:
        archive = zipfile.ZipFile(io.BytesIO(content))
        if sum(entry.file_size for entry in archive.infolist()) > _UNPACKED_LIMIT:
            raise SettingsError(f"{name}: книга слишком велика; оставьте в ней только лист учреждений")
        self._archive = archive
        self._names = {entry.lower().replace("\\", "/").lstrip("/"): entry for entry in archive.namelist()}
        if "mimetype" in self._names:
            raise SettingsError(f"{name}: это таблица OpenDocument (ODS); сохраните её как XLSX")
        self._workbook = next((path for path in self._names if path.endswith("workbook.xml")), "")
        book = self._parsed(self._workbook)
        self._sheets = {sheet.get("name", ""): _attribute(sheet, "id") for sheet in _all(book, "sheet")}
        # A program that writes formulas without computing them asks for that, and leaves 0 or nothing as their value.
        self._is_computed = not any(each.get("fullCalcOnLoad") in ("1", "true") for each in _all(book, "calcPr"))

    def marks(self, title: str) -> _Marks:
        """Return what a worksheet's XML tells beside its values."""
        marks, paths = _Marks(), self._targets()
        formats = self._formats()
        path = paths[self._sheets[title]]
        row = column = 0
        with self._archive.open(self._names[path]) as part:
            for event, element in ElementTree.iterparse(part, events=("start", "end")):  # noqa: S314 - see _parsed
                kind = element.tag.rpartition("}")[2]
                if event == "start" and kind == "row":
                    row, column = int(element.get("r") or row + 1), 0
                    if element.get("hidden") in ("1", "true"):
                        marks.hidden.add(row)
                elif event == "end" and kind == "c":
                    named = _CELL.fullmatch(element.get("r") or "")
                    column = _column(named[1]) if named else column + 1
                    self._mark(marks, (row, column), element, formats)
                elif event == "end" and kind == "row":
                    element.clear()
        return marks

    def _mark(self, marks: _Marks, at: tuple[int, int], cell: ElementTree.Element, formats: Mapping[str, int]) -> None:
        inside = {child.tag.rpartition("}")[2]: child.text or "" for child in cell}
        kind, value = cell.get("t", "n"), inside.get("v", "")
        if kind == "e":
            marks.faults[at] = f"в ячейке ошибка Excel {value}"
        elif "f" in inside and kind != "str" and (not value or (value == "0" and not self._is_computed)):
            marks.faults[at] = NO_VALUE
        elif kind == "n" and (digits := formats.get(cell.get("s", ""), 0)):
            marks.zeros[at] = digits

    def _formats(self) -> dict[str, int]:
        """Return by style the digits of formats such as `0000`."""
        path = next((path for path in self._names if path.endswith("/styles.xml")), None)
        if path is None:
            return {}
        styles = self._parsed(path)
        digits = {
            each.get("numFmtId", ""): len(each.get("formatCode", ""))
            for each in _all(styles, "numFmt")
            if _LEADING_ZEROS.fullmatch(each.get("formatCode", ""))
        }
        used = next(iter(_all(styles, "cellXfs")), ())
        return {
            str(number): digits[style.get("numFmtId", "")]
            for number, style in enumerate(used)
            if style.get("numFmtId", "") in digits
        }

    def _targets(self) -> dict[str, str]:
        folder = posixpath.dirname(self._workbook)
        links = self._parsed(f"{folder}/_rels/workbook.xml.rels".lstrip("/"))
        return {
            link.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lower()[1:]
            for link in _all(links, "Relationship")
        }

    def _parsed(self, path: str) -> ElementTree.Element:
        # Expat itself stops bombs of entities, and knows none from outside.
        return ElementTree.fromstring(self._archive.read(self._names[path]))  # noqa: S314


def _all(root: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    """Strict Open XML has other namespaces: only the names count."""
    return (element for element in root.iter() if element.tag.rpartition("}")[2] == name)


def _attribute(element: ElementTree.Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name and "}" in key), "")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
