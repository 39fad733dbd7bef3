"""Any spreadsheet program's file is read; whatever is wrong with the whole file is one plain line."""

import io
import random
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.directory.columns import COLUMNS
from bot.directory.sheet import Sheet, read_sheet
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
    "utf-16": (f"{HEADING}\n{LINE}".encode("utf-16"), "UTF-16"),
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
