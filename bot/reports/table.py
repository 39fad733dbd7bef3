"""A report as tables for the terminal."""

from collections.abc import Sequence
from datetime import timedelta
from io import StringIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.reports.lines import CUTS, Line, lines_of, period_name, scope_name
from bot.reports.report import Report
from bot.reports.words import percent
from bot.texts import Texts
from bot.texts.duration import say_duration

NOTHING = "—"
_COLUMNS = (
    "questions",
    "answered",
    "in_time",
    "median",
    "p90",
    "n",
    "working",
    "unanswered",
    "overdue",
    "oldest",
)


def write_table(report: Report, *, texts: Texts, language: str, width: int) -> str:
    """Return the report as plain text, `width` characters wide. A share or a time without cases is a dash."""
    written = StringIO()
    console = Console(file=written, width=width, color_system=None, force_terminal=False, highlight=False)
    scope = scope_name(report, texts=texts, language=language)
    period = period_name(report, texts=texts, language=language)
    console.print(Text(texts.say(language, "report-title", scope=scope, period=period)))
    lines = list(lines_of(report, texts=texts, language=language))
    for cut in CUTS:
        shown = [line for line in lines if line.cut == cut and (cut != "day" or _is_busy(line))]
        if shown:
            console.print()
            console.print(_table(cut, shown, texts=texts, language=language))
    console.print(Text(texts.say(language, "report-table-note")))
    return written.getvalue()


def _is_busy(line: Line) -> bool:
    return bool(line.figures["questions"] or line.figures["no_answer_needed"] or line.figures["spam"])


def _table(cut: str, lines: Sequence[Line], *, texts: Texts, language: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, expand=True)
    table.add_column(Text(texts.say(language, "report-table", cut=cut)), ratio=1, min_width=16, overflow="fold")
    for column in _COLUMNS:
        table.add_column(Text(texts.say(language, f"report-short-{column}")), justify="right")
    for line in lines:
        # Text, not str: a name with square brackets is no markup.
        name = f"{line.name} ({line.code})" if line.code else line.name
        table.add_row(Text(name), *(Text(cell) for cell in _cells(line, texts, language)))
    return table


def _cells(line: Line, texts: Texts, language: str) -> list[str]:
    figures = line.figures
    first = figures["first_response"]
    share = figures["in_time_share"]

    def duration(seconds: float | None) -> str:
        return NOTHING if seconds is None else say_duration(texts, language, timedelta(seconds=seconds))

    return [
        str(figures["questions"]),
        str(figures["answered"]),
        NOTHING if share is None else str(percent(share)),
        duration(first["median_seconds"]),
        duration(first["p90_seconds"]),
        str(first["n"]),
        duration(figures["first_response_working"]["median_seconds"]),
        str(figures["unanswered"]),
        str(figures["overdue"]),
        duration(figures["oldest_waiting_seconds"]),
    ]
