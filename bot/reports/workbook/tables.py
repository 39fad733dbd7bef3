"""The sheets of a workbook that are tables: a line each for a municipality, an institution, a person, a topic."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.reports.counting.figures import Figures
from bot.reports.report import Report
from bot.reports.workbook.cells import Pen
from bot.reports.workbook.columns import COLUMNS, PRINTED, Kind
from bot.texts import Texts

_WIDTHS = {"name": 44, "code": 18, "branch": 22, "municipality": 26, "topic": 30}
_USUAL_WIDTH = 12.5
_HEADING_HEIGHT = 78
_DAY_SECONDS = 86_400
_WHY_CLOSED = {
    "by_phone": "closing-by_phone",
    "not_ours": "closing-not_ours",
    "no_details": "closing-no_details",
    "other": "closing-other",
    "no-answer-needed": "happened-no-answer-needed",
    "spam": "happened-spam",
    "withdrawn": "happened-withdrawn",
}
"""What is said of how a ticket ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSheet:
    """What a sheet of lines holds."""

    key: str
    """The end of the key of its name."""
    names: tuple[str, ...]
    """Which columns of words stand before the figures: ends of `report-column-…`."""
    rows: Sequence[tuple[tuple[str, ...], Figures]]
    """For every line its words and its F."""


def table_sheets(report: Report, *, texts: Texts, language: str) -> Iterator[TableSheet]:
    """Yield the sheets of lines in their order; nobody's line is left out."""
    yield TableSheet(
        key="municipalities",
        names=("municipality",),
        rows=[((row["municipality"],), row) for row in report["by_municipality"]],
    )
    yield TableSheet(key="branches", names=("branch",), rows=[((row["branch"],), row) for row in report["by_branch"]])
    yield TableSheet(
        key="institutions",
        names=("name", "code", "branch", "municipality"),
        rows=[
            ((row["name"], row["code"], row["branch"], row["municipality"]), row) for row in report["by_institution"]
        ],
    )
    unnamed = texts.say(language, "report-administrator-unnamed")
    places = {row["code"]: row["name"] for row in report["by_institution"]}
    yield TableSheet(
        key="administrators",
        names=("administrator", "code", "institution"),
        rows=[
            ((row["administrator"] or unnamed, row["institution"], places.get(row["institution"], "")), row)
            for row in report["by_administrator"]
        ],
    )


def topic_sheet(report: Report, *, texts: Texts, language: str) -> TableSheet:
    """Return the sheet of topics, which stands behind who waits."""
    unknown = texts.say(language, "report-topic-unknown")
    return TableSheet(
        key="topics",
        names=("topic", "classifier"),
        rows=[((row["topic"] or unknown, row.get("code") or ""), row) for row in report["by_topic"]],
    )


def write_table_sheet(pen: Pen, table: TableSheet, *, texts: Texts, language: str) -> None:
    """Write the head, which stays in sight, and the lines, which can be filtered."""
    names = [texts.say(language, f"report-column-{name}") for name in table.names]
    _head(pen, [*names, *(column.heading(texts, language) for column in COLUMNS)], table.names)
    row = 0
    for row, (words, figures) in enumerate(table.rows, start=1):
        for place, word in enumerate(words):
            pen.words(row, place, word)
        for place, column in enumerate(COLUMNS, start=len(words)):
            pen.number(row, place, column.value(figures), column.kind)
    _finish(pen, last_row=row, columns=len(names) + len(COLUMNS), printed=len(names) + len(PRINTED))


def write_waiting_sheet(pen: Pen, tickets: Iterable[dict[str, Any]], *, texts: Texts, language: str) -> None:
    """Write who has no answer: who waits, the longest first, then what was closed without a word to the citizen."""
    names = ("number", "name", "code", "opened_at", "waiting", "is_overdue", "topic", "link", "closed_at", "reason")
    _head(pen, [texts.say(language, f"report-column-{name}") for name in names], names)
    yes, unknown = texts.say(language, "workbook-yes"), texts.say(language, "report-topic-unknown")
    row = 0
    for row, ticket in enumerate(tickets, start=1):
        pen.sheet.write_number(row, 0, ticket["number"], pen.formats.number)
        pen.words(row, 1, ticket["name"])
        pen.words(row, 2, ticket["institution"])
        pen.moment(row, 3, datetime.fromisoformat(ticket["opened_at"]))
        if "waiting_seconds" in ticket:
            pen.number(row, 4, ticket["waiting_seconds"] / _DAY_SECONDS, Kind.DURATION)
        pen.words(row, 5, yes if ticket["is_overdue"] else "")
        pen.words(row, 6, ticket["topic"] or unknown)
        pen.words(row, 7, ticket["link"])
        if ticket.get("closed_at"):
            pen.moment(row, 8, datetime.fromisoformat(ticket["closed_at"]))
        if key := _WHY_CLOSED.get(ticket.get("reason") or ticket.get("closed_by", "")):
            pen.words(row, 9, texts.say(language, key))
    _finish(pen, last_row=row, columns=len(names), printed=len(names))


def _head(pen: Pen, headings: Sequence[str], names: Sequence[str]) -> None:
    for column in range(len(headings)):
        name = names[column] if column < len(names) else ""
        width = _WIDTHS.get(name, 34 if name in ("administrator", "institution", "link", "reason") else _USUAL_WIDTH)
        pen.sheet.set_column(column, column, 17 if name in ("opened_at", "closed_at") else width)
    pen.sheet.set_row(0, _HEADING_HEIGHT)
    pen.headings(0, headings)


def _finish(pen: Pen, *, last_row: int, columns: int, printed: int) -> None:
    pen.sheet.freeze_panes(1, 1)
    pen.sheet.autofilter(0, 0, last_row, columns - 1)
    pen.sheet.repeat_rows(0)
    pen.sheet.print_area(0, 0, last_row, printed - 1)
