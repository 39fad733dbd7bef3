"""The charts of a workbook: native ones that can be clicked, filtered with their tables and copied into a letter."""

from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart

from bot.texts import Texts

_BLUE, _ORANGE, _SKY = "#0072B2", "#B85000", "#9CCBE5"
MOST_BARS = 60
"""More municipalities than these make bars that nobody can tell apart."""

Range = Sequence[str | int]
"""Sheet, first row, first column, last row, last column."""


def bar_chart(book: Workbook, *, title: str, names: Range, values: Range, is_share: bool) -> Chart:
    """Return lying bars in the order of their table, the first on top."""
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": title,
            "categories": list(names),
            "values": list(values),
            "fill": {"color": _BLUE},
            "gap": 40,
            "data_labels": {"value": True, "num_format": "0%" if is_share else "#,##0"},
        }
    )
    chart.set_title({"name": title, "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
    axis = {"min": 0, "max": 1, "num_format": "0%"} if is_share else {"min": 0, "num_format": "#,##0"}
    chart.set_x_axis({**axis, "major_gridlines": {"visible": True, "line": {"color": "#DFE5EA"}}})
    return chart


def weeks_chart(book: Workbook, *, sheet: str, first: int, last: int, texts: Texts, language: str) -> Chart:
    """Return twelve weeks: questions as columns, the share in time as a line with an axis of its own.

    The table stands in rows `first` to `last`: Monday, Sunday, questions, share.
    """
    mondays = [sheet, first, 0, last, 0]
    chart = book.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": texts.say(language, "page-weeks-questions"),
            "categories": mondays,
            "values": [sheet, first, 2, last, 2],
            "fill": {"color": _SKY},
            "gap": 60,
        }
    )
    line = book.add_chart({"type": "line"})
    line.add_series(
        {
            "name": texts.say(language, "page-weeks-share"),
            "categories": mondays,
            "values": [sheet, first, 3, last, 3],
            "line": {"color": _ORANGE, "width": 2.25},
            "marker": {"type": "circle", "size": 6, "fill": {"color": _ORANGE}, "border": {"color": _ORANGE}},
            "y2_axis": True,
        }
    )
    chart.combine(line)
    chart.set_title({"name": texts.say(language, "workbook-weeks"), "name_font": {"size": 12}})
    chart.set_x_axis({"num_format": "dd.mm", "text_axis": True})
    chart.set_y_axis({"min": 0, "major_gridlines": {"visible": True, "line": {"color": "#DFE5EA"}}})
    line.set_y2_axis({"min": 0, "max": 1, "num_format": "0%"})
    chart.set_legend({"position": "bottom"})
    chart.show_blanks_as("gap")
    return chart
