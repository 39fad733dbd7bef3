"""The first sheet of a workbook: every figure beside the period before, channels, twelve weeks, three charts."""

from dataclasses import dataclass

from xlsxwriter import Workbook

from bot.reports.lines import period_name, scope_name
from bot.reports.method import say_made
from bot.reports.report import Report
from bot.reports.workbook.cells import Pen
from bot.reports.workbook.charts import MOST_BARS, bar_chart, weeks_chart
from bot.reports.workbook.columns import COLUMNS, Column, Kind
from bot.texts import Texts

HEADS = ("figure", "now", "before", "difference", "monday", "sunday", "counted")
"""The ends of `workbook-head-…`."""

_HEAD = 4
"""In which row the table's head stands; what is above it stays in sight."""
_CHARTS_COLUMN = 7
_WIDTHS = (44, 16, 16, 16, 16, 14)
_HEADING_HEIGHT = 46
_DAY_HOURS = 24
_BAR_PIXELS, _ROW_PIXELS = 22, 20
_CHART_WIDTH, _CHART_HEIGHT = 760, 330
_CHART_COLUMNS = 12
"""So many columns of the usual width lie under a chart."""


def _few(time: str) -> tuple[Column, ...]:
    """Return questions, the share in time, and of one of the times `n` and the median."""
    return tuple(
        column
        for column in COLUMNS
        if column.name in ("questions", "in_time_percent") or (column.time == time and column.name in ("n", "median"))
    )


_CHANNEL_COLUMNS = _few("first_response")
_WEEK_COLUMNS = _few("first_response_working")


@dataclass(slots=True, kw_only=True)
class Summary:
    """Writes the sheet from top to bottom."""

    pen: Pen
    book: Workbook
    report: Report
    texts: Texts
    language: str
    row: int = 0
    """The next one."""

    def write(self) -> None:
        """Write everything; the charts show what stands on this and the other sheets."""
        for column, width in enumerate(_WIDTHS):
            self.pen.sheet.set_column(column, column, width)
        self._title()
        self.row = _HEAD
        self._figures()
        self._channels()
        weeks = self._weeks()
        self.pen.sheet.freeze_panes(_HEAD + 1, 1)
        self.pen.sheet.repeat_rows(_HEAD)
        last = max(self.row - 1, self._charts(weeks))
        self.pen.sheet.print_area(0, 0, last, _CHARTS_COLUMN + _CHART_COLUMNS)

    def _title(self) -> None:
        texts, language = self.texts, self.language
        scope = scope_name(self.report, texts=texts, language=language)
        period = period_name(self.report, texts=texts, language=language)
        title = texts.say(language, "report-title", scope=scope, period=period)
        self.pen.words(0, 0, title, self.pen.formats.title)
        if previous := self.report.get("previous"):
            before = period_name(previous, texts=texts, language=language)
            self.pen.words(1, 0, texts.say(language, "page-compared", period=before))
        self.pen.words(2, 0, say_made(self.report, texts=texts, language=language))

    def _figures(self) -> None:
        self._heads([self._head(head) for head in HEADS[:4]])
        previous = self.report.get("previous")
        for column in COLUMNS:
            self.row += 1
            now = column.value(self.report["total"])
            before = column.value(previous["total"]) if previous else None
            self.pen.words(self.row, 0, column.heading(self.texts, self.language))
            self.pen.number(self.row, 1, now, column.kind)
            self.pen.number(self.row, 2, before, column.kind)
            if now is not None and before is not None:
                difference = (now - before) * (_DAY_HOURS if column.kind is Kind.DURATION else 1)
                self.pen.sheet.write_number(self.row, 3, difference, self.pen.formats.differences[column.kind])
        self.row += 2

    def _channels(self) -> None:
        names = [column.heading(self.texts, self.language) for column in _CHANNEL_COLUMNS]
        self._heads([self.texts.say(self.language, "page-channels"), *names])
        for line in self.report["by_channel"]:
            self.row += 1
            self.pen.words(self.row, 0, self.texts.say(self.language, "report-channel", channel=line["channel"]))
            for place, column in enumerate(_CHANNEL_COLUMNS, start=1):
                self.pen.number(self.row, place, column.value(line), column.kind)
        self.row += 2

    def _weeks(self) -> tuple[int, int] | None:
        """Write the weeks and return in which rows they stand; None when the report was made without them."""
        weeks = self.report.get("weeks", [])
        if not weeks:
            return None
        names = [column.heading(self.texts, self.language) for column in _WEEK_COLUMNS]
        self._heads([self._head("monday"), self._head("sunday"), *names])
        first = self.row + 1
        for week in weeks:
            self.row += 1
            self.pen.day(self.row, 0, week["from"])
            self.pen.day(self.row, 1, week["to"])
            for place, column in enumerate(_WEEK_COLUMNS, start=2):
                self.pen.number(self.row, place, column.value(week), column.kind)
        self.row += 1
        return first, self.row - 1

    def _charts(self, weeks: tuple[int, int] | None) -> int:
        """Put the charts beside the tables and return in which row the last one ends."""
        row = 0
        if weeks is not None:
            here = self.texts.say(self.language, "workbook-sheet-summary")
            chart = weeks_chart(
                self.book, sheet=here, first=weeks[0], last=weeks[1], texts=self.texts, language=self.language
            )
            chart.set_size({"width": _CHART_WIDTH, "height": _CHART_HEIGHT})
            self.pen.sheet.insert_chart(row, _CHARTS_COLUMN, chart)
            row += _CHART_HEIGHT // _ROW_PIXELS + 2
        names = [column.name for column in COLUMNS]
        for cut, key, title, at in (
            (
                "by_municipality",
                "workbook-sheet-municipalities",
                "workbook-in-time",
                1 + names.index("in_time_percent"),
            ),
            ("by_topic", "workbook-sheet-topics", "workbook-topics", 2 + names.index("questions")),
        ):
            bars = min(len(self.report[cut]), MOST_BARS)
            if bars:
                there = self.texts.say(self.language, key)
                chart = bar_chart(
                    self.book,
                    title=self.texts.say(self.language, title),
                    names=(there, 1, 0, bars, 0),
                    values=(there, 1, at, bars, at),
                    is_share=cut == "by_municipality",
                )
                height = max(_CHART_HEIGHT, 90 + bars * _BAR_PIXELS)
                chart.set_size({"width": _CHART_WIDTH, "height": height})
                self.pen.sheet.insert_chart(row, _CHARTS_COLUMN, chart)
                row += height // _ROW_PIXELS + 2
        return row

    def _heads(self, names: list[str]) -> None:
        self.pen.sheet.set_row(self.row, _HEADING_HEIGHT)
        self.pen.headings(self.row, names)

    def _head(self, head: str) -> str:
        return self.texts.say(self.language, f"workbook-head-{head}")
