"""The forms in which a report can be had, and the one place that knows who makes each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # The command line asks which forms there are at every start: what makes a report takes seconds to read.
    from bot.reports.report import Report
    from bot.texts import Texts

Dress = Callable[["Report", "Texts", str], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One kind of file."""

    ending: str
    """Of a file's name."""
    mime: str
    is_text: bool
    dress: Dress
    """Makes the file; blocking. The large libraries behind it are read only when it is called."""


def _csv(report: "Report", texts: "Texts", language: str) -> bytes:
    from bot.reports.sheet import write_sheet

    return write_sheet(report, texts=texts, language=language)


def _xlsx(report: "Report", texts: "Texts", language: str) -> bytes:
    from bot.reports.workbook.workbook import write_workbook

    return write_workbook(report, texts=texts, language=language)


def _pdf(report: "Report", texts: "Texts", language: str) -> bytes:
    from bot.reports.page.page import write_page

    return write_page(report, texts=texts, language=language, form="pdf")


def _png(report: "Report", texts: "Texts", language: str) -> bytes:
    from bot.reports.page.page import write_page

    return write_page(report, texts=texts, language=language, form="png")


def _screen(report: "Report", texts: "Texts", language: str) -> bytes:
    from bot.reports.page.page import write_page

    return write_page(report, texts=texts, language=language, form="screen")


def _pptx(report: "Report", texts: "Texts", language: str) -> bytes:
    from bot.reports.page.slides import write_slides

    return write_slides(report, texts=texts, language=language)


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMS = {
    "csv": Form(ending=".csv", mime="text/csv", is_text=True, dress=_csv),
    "xlsx": Form(ending=".xlsx", mime=f"{_OFFICE}.spreadsheetml.sheet", is_text=False, dress=_xlsx),
    "pdf": Form(ending=".pdf", mime="application/pdf", is_text=False, dress=_pdf),
    "png": Form(ending=".png", mime="image/png", is_text=False, dress=_png),
    "screen": Form(ending="-screen.png", mime="image/png", is_text=False, dress=_screen),
    "pptx": Form(ending=".pptx", mime=f"{_OFFICE}.presentationml.presentation", is_text=False, dress=_pptx),
}
"""By the name that `--format` takes: a picture for a phone is `png`, one of 1920×1080 `screen`."""
