"""A report as an XLSX workbook: summary, every cut, who waits, the method, with charts that can be worked with."""

from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook

from bot.reports.lines import period_name, scope_name
from bot.reports.method import say_made
from bot.reports.report import Report
from bot.reports.workbook.cells import Formats, Pen, for_print, one_line
from bot.reports.workbook.method import write_method
from bot.reports.workbook.summary import Summary
from bot.reports.workbook.tables import table_sheets, topic_sheet, write_table_sheet, write_waiting_sheet
from bot.texts import Texts

SHEETS = (
    "summary",
    "municipalities",
    "branches",
    "institutions",
    "administrators",
    "waiting",
    "topics",
    "method",
)
"""The ends of `workbook-sheet-…`, in order."""
_LONGEST_PROPERTY = 255


def write_workbook(report: Report, *, texts: Texts, language: str) -> bytes:
    """Return the workbook. Blocking, a second or so for some thousand institutions: call it in a thread.

    Lines go to disk as they are written, so that memory stays flat however many there are. Durations, shares and
    days are numbers; nothing to tell is an empty cell; words become neither formulas nor links.
    """
    written = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    title = scope_name(report, texts=texts, language=language)
    period = period_name(report, texts=texts, language=language)
    made = say_made(report, texts=texts, language=language)
    with Workbook(written, options) as book:
        formats = Formats.of(book)
        book.set_properties(
            {
                "title": one_line(texts.say(language, "report-title", scope=title, period=period))[:_LONGEST_PROPERTY],
                "subject": texts.say(language, "page-title"),
                "author": "Отклик",
                "comments": made,
                "created": datetime.fromisoformat(report["generated_at"]).replace(tzinfo=None),
            }
        )

        def pen_for(key: str) -> Pen:
            sheet = book.add_worksheet(texts.say(language, f"workbook-sheet-{key}"))
            for_print(sheet, title=one_line(title), period=period, made=made)
            return Pen(sheet=sheet, formats=formats)

        Summary(pen=pen_for("summary"), book=book, report=report, texts=texts, language=language).write()
        for table in table_sheets(report, texts=texts, language=language):
            write_table_sheet(pen_for(table.key), table, texts=texts, language=language)
        waiting = [*report.get("unanswered_tickets", []), *report.get("closed_unanswered", [])]
        write_waiting_sheet(pen_for("waiting"), waiting, texts=texts, language=language)
        topics = topic_sheet(report, texts=texts, language=language)
        write_table_sheet(pen_for(topics.key), topics, texts=texts, language=language)
        write_method(pen_for("method"), report, texts=texts, language=language)
    return written.getvalue()
