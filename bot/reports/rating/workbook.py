"""A rating as an XLSX workbook: the table and, on a sheet of its own, how it is worked out."""

from datetime import timedelta
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bot.reports.cells import Cell
from bot.reports.rating.lines import FIRST_COLUMNS, headings, rows
from bot.reports.rating.rating import Rating
from bot.reports.rating.words import say_method, title_of
from bot.texts import Texts

_WIDTHS = {"peers": 28, "name": 48, "code": 20, "branch": 20, "municipality": 24}
_USUAL_WIDTH = 13
_HEADING_HEIGHT = 48
_METHOD_WIDTH = 110
_DAY_SECONDS = 86_400


def write_rating_workbook(rating: Rating, *, texts: Texts, language: str) -> bytes:
    """Return the workbook; words are written as words, so that none is a formula, and durations as numbers."""
    written = BytesIO()
    with Workbook(written, {"in_memory": True}) as book:
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        duration = book.add_format({"num_format": "[h]:mm"})
        sheet = book.add_worksheet(texts.say(language, "rating-sheet"))
        names = headings(texts, language)
        sheet.set_row(0, _HEADING_HEIGHT)
        for column, name in enumerate(names):
            known = FIRST_COLUMNS[column] if column < len(FIRST_COLUMNS) else ""
            sheet.set_column(column, column, _WIDTHS.get(known, _USUAL_WIDTH))
            sheet.write_string(0, column, name, heading)
        row = 0
        for row, cells in enumerate(rows(rating, texts=texts, language=language), start=1):
            for column, cell in enumerate(cells):
                write_cell(sheet, row, column, cell, duration=duration)
        sheet.freeze_panes(1, FIRST_COLUMNS.index("name") + 1)
        sheet.autofilter(0, 0, row, len(names) - 1)
        _method(book.add_worksheet(texts.say(language, "rating-sheet-method")), rating, texts, language)
    return written.getvalue()


def write_cell(sheet: Worksheet, row: int, column: int, cell: Cell, *, duration: Format | None = None) -> None:
    """Write one cell by what it is; nothing stays empty."""
    match cell:
        case None | "":
            return
        case str():
            sheet.write_string(row, column, " ".join(cell.splitlines()))
        case timedelta():
            sheet.write_number(row, column, cell.total_seconds() / _DAY_SECONDS, duration)
        case _:
            sheet.write_number(row, column, cell)


def _method(sheet: Worksheet, rating: Rating, texts: Texts, language: str) -> None:
    sheet.set_column(0, 0, _METHOD_WIDTH)
    told = [
        title_of(rating, texts=texts, language=language),
        "",
        *say_method(rating, texts=texts, language=language).splitlines(),
    ]
    for row, line in enumerate(told):
        sheet.write_string(row, 0, line)
