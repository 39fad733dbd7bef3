"""Any spreadsheet program's file is read; whatever is wrong with the whole file is one plain line."""

import io
import random
import re
import zipfile
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from bot.directory.columns import COLUMNS
from bot.directory.sheet import Filling, Sheet, read_sheet
from bot.domain.errors import SettingsError
from bot.domain.institution import Institution
from tests.directory.sheets import GOOD, rows, write_csv, write_xlsx

HEADING = "code;name;branch;municipality"
LINE = "school-12;Школа № 12 «Радуга»;Образование;Казань"


def cells(sheet: Sheet) -> list[dict[str, str]]:
    return [dict(row.cells) for row in sheet.rows]


def test_columns_are_the_fields_of_an_institution():
    assert set(COLUMNS) == set(Institution.__dataclass_fields__)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize("delimiter", [";", ","])
def test_csv_is_read_in_every_encoding_and_with_both_separators(tmp_path, encoding, delimiter):
    lines = rows({"name": "Школа № 12; «Радуга», корпус 2", "address": 'ул. "Мира"\nд. 1'})

    sheet = read_sheet(write_csv(tmp_path / "s.csv", lines, encoding=encoding, delimiter=delimiter))

    assert cells(sheet) == [dict(zip(lines[0], lines[1], strict=True))]


def test_content_and_not_the_name_tells_the_format(tmp_path):
    workbook = write_xlsx(tmp_path / "book.xlsx", rows({})).rename(tmp_path / "book.csv")
    text = write_csv(tmp_path / "text.csv", rows({})).rename(tmp_path / "text.xlsx")

    assert cells(read_sheet(workbook)) == cells(read_sheet(text)) == [GOOD | {"code": "school-1"}]


def test_row_is_the_line_that_a_person_sees(tmp_path):
    text = f'{HEADING};address\n\n{LINE};"две\nстроки"\n;;;;\n{LINE};\n'
    (tmp_path / "s.csv").write_text(text)

    assert [row.row for row in read_sheet(tmp_path / "s.csv").rows] == [3, 5]


def test_row_is_the_line_that_a_person_sees_in_a_workbook(tmp_path):
    workbook = Workbook()
    for line, text in ((2, HEADING), (5, LINE), (9, LINE)):
        for column, value in enumerate(text.split(";"), start=1):
            workbook.worksheets[0].cell(row=line, column=column, value=value)
    workbook.save(tmp_path / "s.xlsx")

    assert [row.row for row in read_sheet(tmp_path / "s.xlsx").rows] == [5, 9]


def test_numbers_of_a_workbook_are_whole_and_formulas_are_values(tmp_path):
    lines: list[list[object]] = [[*HEADING.split(";"), "vk_group_id", "latitude"], [*LINE.split(";"), 77.0, 55.75]]

    sheet = read_sheet(write_xlsx(tmp_path / "s.xlsx", lines))

    assert cells(sheet)[0]["vk_group_id"] == "77"
    assert cells(sheet)[0]["latitude"] == "55.75"


def test_formula_gives_the_value_that_excel_computed_last(tmp_path):
    path = write_xlsx(tmp_path / "s.xlsx", [HEADING.split(";"), ["=1+76", *LINE.split(";")[1:]]])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet_part = "xl/worksheets/sheet1.xml"
    parts[sheet_part] = re.sub(rb"(<f>1\+76</f>)(?:<v ?/>|<v></v>)", rb"\1<v>77</v>", parts[sheet_part])
    assert b"<v>77</v>" in parts[sheet_part]
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)

    assert cells(read_sheet(path))[0]["code"] == "77"


def test_headings_may_be_written_loosely_and_unknown_ones_are_reported(tmp_path):
    (tmp_path / "s.csv").write_text(
        "\ufeffCode ; NAME;Branch; municipality;VK group ID;Директор;\n" + LINE + ";77;Иванова;\n"
    )

    sheet = read_sheet(tmp_path / "s.csv")

    assert sheet.columns == ("code", "name", "branch", "municipality", "vk_group_id")
    assert sheet.unknown_columns == ("Директор",)
    assert "Иванова" not in sheet.rows[0].cells.values()


def test_progress_is_told_along_the_way(tmp_path):
    told: list[int] = []

    read_sheet(write_csv(tmp_path / "s.csv", rows(*[{}] * 450)), progress=told.append)

    assert told == [200, 400]


def zip_of(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, content)
    return file.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
RUBBISH = random.Random(7).randbytes(3000)
WHOLE_FILE_FAULTS = {
    "empty": (b"", "файл пуст"),
    "blank": (b" \n\n \r\n", "файл пуст"),
    "separators only": (b";;;\n;;;\n", "файл пуст"),
    "byte order mark only": (b"\xef\xbb\xbf", "файл пуст"),
    "heading only": (HEADING.encode(), "нет ни одного учреждения"),
    "heading and blank rows": (f"{HEADING}\n;;;\n\n".encode(), "нет ни одного учреждения"),
    "no columns": (b"code;name\na;b", "нет столбцов branch, municipality"),
    "other words": ("Привет, мир".encode(), "нет столбцов code"),
    "column twice": (f"{HEADING};Name\n{LINE};x".encode(), "name встречается дважды"),
    "random bytes": (RUBBISH, "это не таблица"),
    "zeros": (bytes(2000), "это не таблица"),
    "cp866": (f"{HEADING}\n{LINE}".replace("«", '"').replace("»", '"').encode("cp866"), "кодировка не распознана"),
    "koi8-r": (f"{HEADING}\nx;Школа города Казани;Образование;Казань".encode("koi8-r"), "кодировка не распознана"),
    "damaged utf-8": (f"{HEADING}\n{LINE}\n{LINE}".encode()[:-1], "кодировка не распознана"),
    "json": (b'[{"code": "school-12"}]', "это JSON"),
    "web page": (b"<html><body><table><tr><td>code</td></tr></table></body></html>", "веб-страница"),
    "spreadsheet XML": (b'<?xml version="1.0"?><Workbook/>', "это XML"),
    "OpenDocument": (zip_of("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), "OpenDocument"),
    "open quotation mark": (f'{HEADING}\nx;"Школа;Образование;Казань\n{LINE}'.encode(), "кавычки"),
    "text after a quotation mark": (f'{HEADING}\nx;"Радуга" сад;Образование;Казань\n{LINE}'.encode(), "кавычки"),
    "broken workbook": (b"PK\x03\x04" + RUBBISH, "книга повреждена"),
    "archive": (zip_of("letter.txt", b"hello"), "книга повреждена"),
    "broken parts": (zip_of("xl/workbook.xml", b"<oops"), "книга повреждена"),
    "old workbook": (OLE, "старый формат XLS"),
    "protected workbook": (OLE + "EncryptedPackage".encode("utf-16-le"), "защищена паролем"),
}


@pytest.mark.parametrize(("content", "words"), WHOLE_FILE_FAULTS.values(), ids=WHOLE_FILE_FAULTS.keys())
def test_fault_of_the_whole_file_is_one_plain_line(tmp_path, content, words):
    (tmp_path / "sheet.csv").write_bytes(content)

    with pytest.raises(SettingsError, match=words) as caught:
        read_sheet(tmp_path / "sheet.csv")

    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("sheet.csv: ")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("missing.csv", "нет такого файла"),
        (".", "это папка"),
        ("file.csv/sheet.csv", "не папка"),
        ("a" * 300, "слишком длинное имя"),
        ("nul\0", "недопустимый символ"),
        ("/dev/zero", "это устройство"),
    ],
)
def test_file_that_cannot_be_opened_is_one_plain_line(tmp_path, path, words):
    (tmp_path / "file.csv").write_text("x")

    with pytest.raises(SettingsError, match=words):
        read_sheet(tmp_path / Path(path))


def test_every_cut_of_a_workbook_is_one_plain_line(tmp_path):
    content = write_xlsx(tmp_path / "whole.xlsx", rows({})).read_bytes()
    cut = tmp_path / "cut.xlsx"
    for length in range(4, len(content), 97):
        cut.write_bytes(content[:length])
        with pytest.raises(SettingsError):
            read_sheet(cut)


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADING}\n{LINE}".replace(";", "\t").encode(),
        f"{HEADING}\n{LINE}".replace(";", "\t").encode("utf-16"),
        f"sep=;\r\n{HEADING}\n{LINE}".encode(),
        f"Учреждения на 1 декабря;;;\n{HEADING}\n{LINE}".encode(),
        f"Ко\u00adд;\u200bНазвание;Отрасль;Район\u00a0\n{LINE}".encode(),
    ],
    ids=["tabs", "Excel's Unicode text", "Excel's line of the separator", "a title above", "what nobody sees"],
)
def test_what_spreadsheets_write_is_read(tmp_path, content):
    (tmp_path / "sheet.txt").write_bytes(content)

    (row,) = read_sheet(tmp_path / "sheet.txt").rows

    assert dict(row.cells) == dict(zip(HEADING.split(";"), LINE.split(";"), strict=True))


PEOPLES = [
    ("Полное наименование", "name"),
    ("Краткое наименование", "short_name"),
    ("Отрасль", "branch"),
    ("Муниципальное образование", "municipality"),
    ("Адрес", "address"),
    ("Телефон", "phone"),
    ("Эл. почта", "email"),
    ("ИНН", "inn"),
    ("ОГРН", "ogrn"),
    ("Ссылка ВКонтакте", "vk_group_id"),
    ("Режим работы", "work_hours"),
]


@pytest.mark.parametrize(("heading", "column"), PEOPLES)
def test_headings_that_people_use_are_known(tmp_path, heading, column):
    known = [text for text in HEADING.split(";") if text != column]
    lines = [[*known, heading], [*(f"значение {text}" for text in known), "то самое"]]

    sheet = read_sheet(write_csv(tmp_path / "s.csv", lines))

    assert sheet.rows[0].cells[column] == "то самое"
    assert sheet.unknown_columns == ()


def test_of_two_headings_for_one_column_the_better_one_counts_and_the_other_is_told(tmp_path):
    lines = [["code", "Полное наименование", "Название", "branch", "municipality"], ["a", "МБОУ", "Школа", "Б", "К"]]

    sheet = read_sheet(write_csv(tmp_path / "s.csv", lines))

    assert (sheet.rows[0].cells["name"], sheet.unknown_columns) == ("Школа", ("Полное наименование",))


def test_an_operator_says_what_a_foreign_file_means(tmp_path):
    path = write_csv(tmp_path / "s.csv", [["№ п/п", "Кто", "code"], ["1", "Школа № 12", "school-12"]])

    with pytest.raises(SettingsError, match="нет столбцов name, branch, municipality; в файле есть «№ п/п», «Кто»"):
        read_sheet(path)
    with pytest.raises(SettingsError, match="столбца «Что» нет; в файле есть «№ п/п»"):
        read_sheet(path, filling=Filling(headings={"Что": "name"}))
    told = Filling(headings={"кто": "name"}, values={"branch": "Образование", "municipality": "Казань"})
    assert cells(read_sheet(path, filling=told)) == [
        {"code": "school-12", "name": "Школа № 12", "branch": "Образование", "municipality": "Казань"}
    ]


class Book:
    """A workbook as some program writes it: parts of an XLSX file that can be altered."""

    def __init__(self, *lines: list[Any]) -> None:
        self.workbook = Workbook()
        self.worksheet = self.workbook.worksheets[0]
        for line in [[*HEADING.split(";"), "phone", "vk_group_id"], *lines]:
            self.worksheet.append(line)

    def read(self, folder: Path, change=lambda name, part: (name, part)) -> Sheet:
        content = io.BytesIO()
        self.workbook.save(content)
        with zipfile.ZipFile(content) as archive, zipfile.ZipFile(folder / "b.xlsx", "w") as changed:
            for name in archive.namelist():
                changed.writestr(*change(name, archive.read(name)))
        return read_sheet(folder / "b.xlsx")


GOOD_LINE: list[object] = [*LINE.split(";"), "+7 843 000-00-00", "77"]

SPOILT = [
    ("=1+1", "phone: в ячейке формула без значения"),
    ("=NA()", "phone: в ячейке формула без значения"),
    (date(2026, 3, 5), "phone: Excel превратил значение в дату"),
    (time(8, 30), "phone: Excel превратил значение в дату"),
    (True, "phone: в ячейке логическое значение"),
    (1234567890123456789, "phone: Excel округлил число"),
    ("#N/A", "phone: в ячейке ошибка Excel #N/A"),
]


@pytest.mark.parametrize(("value", "fault"), SPOILT)
def test_what_excel_spoilt_refuses_its_row_and_erases_nothing(tmp_path, value, fault):
    (row,) = Book([*LINE.split(";"), value, "77"]).read(tmp_path).rows

    assert len(row.faults) == 1
    assert row.faults[0].startswith(fault)


def test_a_formula_that_a_program_left_at_zero_is_no_value(tmp_path):
    def as_xlsxwriter_does(name: str, part: bytes) -> tuple[str, bytes]:
        return name, part.replace(b"<v></v>", b"<v>0</v>").replace(b"<v />", b"<v>0</v>").replace(b"<v/>", b"<v>0</v>")

    (row,) = Book([*LINE.split(";"), "=1+1", "77"]).read(tmp_path, as_xlsxwriter_does).rows

    assert "формула без значения" in row.faults[0]


def test_a_formula_in_a_column_that_means_nothing_is_no_fault(tmp_path):
    book = Book([*GOOD_LINE, "=1+1"])
    book.worksheet.cell(row=1, column=7, value="Итого")

    assert book.read(tmp_path).rows[0].faults == ()


def test_numbers_shown_with_leading_zeros_keep_them(tmp_path):
    book = Book([7, *GOOD_LINE[1:]])
    book.worksheet["A2"].number_format = "0000"

    assert book.read(tmp_path).rows[0].cells["code"] == "0007"


def test_the_first_visible_sheet_with_known_headings_is_read_and_named(tmp_path):
    book = Book(GOOD_LINE)
    book.worksheet.title = "Учреждения"
    for at, (title, state) in enumerate([("Старое", "hidden"), ("Пояснения", "visible")]):
        other = book.workbook.create_sheet(title, at)
        other.append(["code", "name", "branch", "municipality"] if state == "hidden" else ["Как заполнять"])
        other.append(["old", "Старая", "Б", "К"])
        other.sheet_state = state

    sheet = book.read(tmp_path)

    assert (sheet.title, [row.cells["code"] for row in sheet.rows]) == ("Учреждения", ["school-12"])


def test_hidden_rows_are_left_out_and_told(tmp_path):
    book = Book(GOOD_LINE, ["school-13", *GOOD_LINE[1:5], "78"])
    book.worksheet.row_dimensions[2].hidden = True

    sheet = book.read(tmp_path)

    assert [row.cells["code"] for row in sheet.rows] == ["school-13"]
    assert [(row.row, row.cells["code"]) for row in sheet.hidden] == [(2, "school-12")]


STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}


def strict(name: str, part: bytes) -> tuple[str, bytes]:
    for usual, other in STRICT.items():
        part = part.replace(usual, other)
    return name, part


OTHER_PROGRAMS = {
    "capital letters in names of parts": lambda name, part: (name.replace("sharedStrings", "SharedStrings"), part),
    "an empty fill": lambda name, part: (name, part.replace(b"<fill><patternFill /></fill>", b"<fill/>")),
    "Strict Open XML": strict,
    "signs as Excel writes them": lambda name, part: (name, part.replace("Радуга".encode(), "Раду_x0433_а".encode())),
}


@pytest.mark.parametrize("change", OTHER_PROGRAMS.values(), ids=OTHER_PROGRAMS.keys())
def test_workbooks_of_other_programs_are_read(tmp_path, change):
    (row,) = Book(GOOD_LINE).read(tmp_path, change).rows

    assert list(row.cells.values()) == GOOD_LINE
    assert row.faults == ()
