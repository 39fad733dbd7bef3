"""What can be taken away from a page: the report of its scope and period as a file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.reports.page import write_page
from bot.reports.report import Report
from bot.reports.sheet import write_sheet
from bot.reports.slides import write_slides
from bot.reports.workbook import write_workbook
from bot.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A kind of file."""

    ending: str
    mime: str
    write: Callable[[Report, Texts, str], bytes]


FORMS: Mapping[str, Form] = {
    "xlsx": Form(
        ending="xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write=lambda report, texts, language: write_workbook(report, texts=texts, language=language),
    ),
    "csv": Form(
        ending="csv",
        mime="text/csv",
        write=lambda report, texts, language: write_sheet(report, texts=texts, language=language),
    ),
    "pdf": Form(
        ending="pdf",
        mime="application/pdf",
        write=lambda report, texts, language: write_page(report, texts=texts, language=language, form="pdf"),
    ),
    "pptx": Form(
        ending="pptx",
        mime="application/vnd.openxmlformats-officedocument.presentationml.presentation",
        write=lambda report, texts, language: write_slides(report, texts=texts, language=language),
    ),
    "png": Form(
        ending="png",
        mime="image/png",
        write=lambda report, texts, language: write_page(report, texts=texts, language=language, form="screen"),
    ),
}


def dress(form: str, report: Report, *, texts: Texts, language: str) -> bytes:
    """Return the file; blocking, up to some seconds for a whole region: call it in a thread."""
    return FORMS[form].write(report, texts, language)
