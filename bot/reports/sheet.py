"""A report as CSV for a spreadsheet: semicolons, UTF-8 with BOM, decimal commas, every cut in one table."""

import csv
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

from bot.reports.cells import Cell, cell_text, clock
from bot.reports.counting.figures import Figures
from bot.reports.counting.verdict import TIMES
from bot.reports.lines import Line, lines_of
from bot.reports.report import Report
from bot.texts import Texts

_PERCENTILES = {"median": "median_seconds", "p90": "p90_seconds", "max": "max_seconds"}


def write_sheet(report: Report, *, texts: Texts, language: str) -> bytes:
    """Return the report as a CSV file. The first column says of which cut a line is; nothing to tell is an empty cell.

    Durations stand twice: in seconds, and as hours and minutes that a spreadsheet reads as a duration.
    """
    written = StringIO(newline="")
    sheet = csv.writer(written, delimiter=";", lineterminator="\r\n")
    lines = list(lines_of(report, texts=texts, language=language))
    note = [*_note(report, texts, language)]
    sheet.writerow(heading for heading, _ in (*_cells(lines[0], texts, language), *note))
    for line in lines:
        sheet.writerow(cell_text(cell) for _, cell in (*_cells(line, texts, language), *note))
    return written.getvalue().encode("utf-8-sig")


def _note(report: Report, texts: Texts, language: str) -> Iterator[tuple[str, Cell]]:
    """Say in a last column that these are not the figures of the time: lines may be copied without a head."""
    if report.get("replayed"):
        yield texts.say(language, "method-head-replayed"), texts.say(language, "page-method-replayed")


def _cells(line: Line, texts: Texts, language: str) -> Iterator[tuple[str, Cell]]:
    """Yield heading and content of every cell of a line."""

    def heading(name: str) -> str:
        return texts.say(language, f"report-column-{name}")

    yield heading("cut"), texts.say(language, "report-cut", cut=line.cut)
    yield heading("name"), line.name
    yield heading("code"), line.code
    yield heading("branch"), line.branch
    yield heading("municipality"), line.municipality
    figures = line.figures
    for name in ("questions", "comments", "answered", "answered_in_time"):
        yield heading(name), figures[name]
    yield heading("in_time_percent"), _percent(figures["in_time_share"])
    for name in ("unanswered", "overdue"):
        yield heading(name), figures[name]
    yield from _duration(heading("oldest_waiting"), figures["oldest_waiting_seconds"], texts, language)
    for name in TIMES:
        yield from _times(heading(name), figures[name], texts, language)
    for name in ("transferred", "reopened"):
        yield heading(name), figures[name]
    yield heading("grades_n"), figures["grades"]["n"]
    yield heading("grades_mean"), figures["grades"]["mean"]
    yield heading("grades_good_percent"), _percent(figures["grades"]["good_share"])
    for name in ("positive", "negative", "neutral"):
        yield heading(f"reactions_{name}"), figures["reactions"][name]
    for name in ("no_answer_needed", "spam"):
        yield heading(name), figures[name]
    # What came later stands at the end: programs may count columns.
    for name in ("duplicates", "within_hard_limit", "interim", "resolved_in_time"):
        yield heading(name), figures.get(name)
    yield heading("resolution_percent"), _percent(figures.get("resolution_share"))
    for name in ("withdrawn", "silenced"):
        yield heading(name), figures.get(name)


def _times(time: str, measured: Figures, texts: Texts, language: str) -> Iterator[tuple[str, Cell]]:
    yield texts.say(language, "report-column-n", time=time), measured["n"]
    for name, key in _PERCENTILES.items():
        column = texts.say(language, f"report-column-{name}", time=time)
        yield from _duration(column, measured[key], texts, language)


def _duration(column: str, seconds: float | None, texts: Texts, language: str) -> Iterator[tuple[str, Cell]]:
    yield texts.say(language, "report-column-seconds", column=column), seconds
    yield (
        texts.say(language, "report-column-hours", column=column),
        None if seconds is None else clock(timedelta(seconds=seconds)),
    )


def _percent(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 1)
