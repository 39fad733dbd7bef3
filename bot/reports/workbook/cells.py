"""Cells of a workbook: numbers as numbers, words as words whatever they begin with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bot.reports.cells import FORMULA_STARTS
from bot.reports.workbook.columns import Kind
from bot.texts.pattern import NO_BREAK_SPACE

_LONGEST = 32_767
"""Letters in a cell; a spreadsheet takes no more."""
_HEADING_FILL = "#E7EDF3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Formats:
    """The looks that a workbook's cells share."""

    title: Format
    heading: Format
    wrapped: Format
    quoted: Format
    """Of words that begin like a formula: they stay words even after somebody has edited the cell."""
    day: Format
    moment: Format
    number: Format
    """Of a ticket's number."""
    kinds: dict[Kind, Format]
    differences: dict[Kind, Format]
    """Of changes, with their sign; of durations in hours, because a spreadsheet shows none below zero."""

    @classmethod
    def of(cls, book: Workbook) -> Self:
        """Add the looks to a workbook."""
        return cls(
            title=book.add_format({"bold": True, "font_size": 14}),
            heading=book.add_format(
                {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": _HEADING_FILL}
            ),
            wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
            quoted=book.add_format({"quote_prefix": True}),
            day=book.add_format({"num_format": "dd.mm.yyyy", "align": "left"}),
            moment=book.add_format({"num_format": "dd.mm.yyyy hh:mm", "align": "left"}),
            number=book.add_format({"num_format": "0", "align": "left"}),
            kinds={
                Kind.COUNT: book.add_format({"num_format": "#,##0"}),
                Kind.SHARE: book.add_format({"num_format": "0.0%"}),
                Kind.DURATION: book.add_format({"num_format": "[h]:mm"}),
                Kind.DECIMAL: book.add_format({"num_format": "0.00"}),
            },
            differences={
                Kind.COUNT: book.add_format({"num_format": "+#,##0;-#,##0;0"}),
                Kind.SHARE: book.add_format({"num_format": "+0.0%;-0.0%;0.0%"}),
                Kind.DURATION: book.add_format({"num_format": "+0.00;-0.00;0.00"}),
                Kind.DECIMAL: book.add_format({"num_format": "+0.00;-0.00;0.00"}),
            },
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """Writes into one sheet, from top to bottom: what is written has already left the memory."""

    sheet: Worksheet
    formats: Formats

    def words(self, row: int, column: int, words: str | None, look: Format | None = None) -> None:
        """Write words; they become neither a formula nor a link. Nothing stays empty."""
        shown = one_line(words or "")
        if shown:
            quoted = self.formats.quoted if shown.startswith(FORMULA_STARTS) else None
            self.sheet.write_string(row, column, shown, look or quoted)

    def number(self, row: int, column: int, number: float | None, kind: Kind) -> None:
        """Write a number; nothing to tell stays empty."""
        if number is not None:
            self.sheet.write_number(row, column, number, self.formats.kinds[kind])

    def moment(self, row: int, column: int, moment: datetime) -> None:
        """Write a moment as the report's zone has it: a spreadsheet knows no zones."""
        self.sheet.write_datetime(row, column, moment.replace(tzinfo=None), self.formats.moment)

    def day(self, row: int, column: int, iso: str) -> None:
        """Write a day."""
        self.sheet.write_datetime(row, column, datetime.fromisoformat(iso), self.formats.day)

    def headings(self, row: int, names: Sequence[str], *, first: int = 0) -> None:
        """Write the heads of columns."""
        for column, name in enumerate(names, start=first):
            self.sheet.write_string(row, column, name, self.formats.heading)


def one_line(words: str) -> str:
    """Return words without line ends and control characters, which a workbook may not hold."""
    if not words.isprintable():
        words = "".join(sign if sign.isprintable() or sign == NO_BREAK_SPACE else " " for sign in words)
    return " ".join(part for part in words.split(" ") if part)[:_LONGEST]


def for_print(sheet: Worksheet, *, title: str, period: str, made: str) -> None:
    """Make a sheet fit for paper: A4 landscape, one page wide, who and when on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    # The ampersand is the one sign that means something in a head or foot; together they hold 255 letters.
    sheet.set_header(f"&L{title[:150].replace('&', '&&')}&R{period.replace('&', '&&')}")
    sheet.set_footer(f"&L{made.replace('&', '&&')}&R&P / &N")
