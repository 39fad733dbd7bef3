"""A report as tables for the terminal."""

from collections.abc import Sequence
from datetime import timedelta
from io import StringIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.reports.lines import CUTS, Line, lines_of, period_name, scope_name
from bot.reports.method import is_exact, say_outages
from bot.reports.numbers import percent
from bot.reports.report import Report
from bot.texts import Texts
from bot.texts.duration import say_duration

NOTHING = "—"
_LAYOUTS = (
    ("questions", "answered", "in_time", "median", "p90", "n", "working", "unanswered", "overdue", "oldest"),
    ("questions", "in_time", "median", "p90", "n", "unanswered", "overdue"),
    ("questions", "in_time", "median", "n", "overdue"),
)
"""The columns, from a wide terminal to a narrow one."""
_LEAST_NAME = 14


def write_table(report: Report, *, texts: Texts, language: str, width: int) -> str:
    """Return the report as plain text for `width` characters; a narrow one has fewer columns.

    A share or a time without cases is a dash.
    """
    written = StringIO()
    console = Console(file=written, width=width, color_system=None, force_terminal=False, highlight=False)
    scope = scope_name(report, texts=texts, language=language)
    period = period_name(report, texts=texts, language=language)
    console.print(Text(texts.say(language, "report-title", scope=scope, period=period)))
    for table in _fitting(list(lines_of(report, texts=texts, language=language)), console, texts, language):
        console.print()
        console.print(table)
    console.print()
    console.print(Text(texts.say(language, "report-table-note")))
    if not is_exact(report):
        console.print(Text(texts.say(language, "page-method-percentiles", percentiles="estimated")))
    if report.get("replayed"):
        console.print(Text(texts.say(language, "page-method-replayed")))
    if outages := say_outages(report, texts=texts, language=language):
        console.print(Text(outages))
    return "".join(f"{line.rstrip()}\n" for line in written.getvalue().splitlines())


def _fitting(lines: Sequence[Line], console: Console, texts: Texts, language: str) -> list[Table]:
    """Return the tables of all cuts with the most columns that fit."""
    cuts = {cut: [line for line in lines if line.cut == cut and (cut != "day" or _is_busy(line))] for cut in CUTS}
    unlimited = console.options.update(width=10_000)
    tables: list[Table] = []
    for layout in _LAYOUTS:
        tables = [_table(cut, shown, layout, texts, language) for cut, shown in cuts.items() if shown]
        if all(console.measure(table, options=unlimited).minimum <= console.width for table in tables):
            break
    return tables


def _is_busy(line: Line) -> bool:
    return any(line.figures[name] for name in ("questions", "no_answer_needed", "spam", "withdrawn", "silenced"))


def _table(cut: str, lines: Sequence[Line], layout: Sequence[str], texts: Texts, language: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, expand=True, show_edge=False, pad_edge=False, collapse_padding=True)
    heading = Text(texts.say(language, "report-table", cut=cut))
    table.add_column(heading, ratio=1, min_width=_LEAST_NAME, overflow="fold")
    rows = [_cells(line, texts, language) for line in lines]
    for column in layout:
        title = texts.say(language, f"report-short-{column}")
        widest = max(len(title), *(len(cells[column]) for cells in rows))
        table.add_column(Text(title), justify="right", no_wrap=True, min_width=widest)
    for line, cells in zip(lines, rows, strict=True):
        # Text, not str: a name with square brackets is no markup.
        name = f"{line.name} ({line.code})" if line.code else line.name
        table.add_row(Text(name), *(Text(cells[column]) for column in layout))
    return table


def _cells(line: Line, texts: Texts, language: str) -> dict[str, str]:
    figures = line.figures
    first = figures["first_response"]
    share = figures["in_time_share"]

    def duration(seconds: float | None) -> str:
        return NOTHING if seconds is None else say_duration(texts, language, timedelta(seconds=seconds))

    return {
        "questions": str(figures["questions"]),
        "answered": str(figures["answered"]),
        "in_time": NOTHING if share is None else str(percent(share)),
        "median": duration(first["median_seconds"]),
        "p90": duration(first["p90_seconds"]),
        "n": str(first["n"]),
        "working": duration(figures["first_response_working"]["median_seconds"]),
        "unanswered": str(figures["unanswered"]),
        "overdue": str(figures["overdue"]),
        "oldest": duration(figures["oldest_waiting_seconds"]),
    }
