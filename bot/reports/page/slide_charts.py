"""The charts of a slide: native ones, whose numbers can be changed in the presentation."""

from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.util import Emu, Inches, Pt

from bot.reports.cells import FORMULA_STARTS
from bot.reports.change import Mood
from bot.reports.numbers import say_count
from bot.reports.page.poster import Panel, Poster, Row
from bot.reports.page.slide_words import BLUE, FAINT, FONT, INK, ORANGE, SKY, SOFT, Box, write_words
from bot.reports.workbook.cells import one_line
from bot.reports.workbook.columns import Kind

_GAP = Inches(0.2)
_FORMATS = {Kind.SHARE: "0.0%", Kind.COUNT: "#,##0", Kind.DURATION: "[h]:mm"}
_WEEK_FORMATS = ("#,##0", "0%", "0")
_LONGEST_NAME = 48
"""Letters of a name beside a bar."""


def draw_bars(slide: Any, panel: Panel, box: Box) -> None:
    """Draw a panel as bars under its heading."""
    head = Inches(0.32)
    write_words(slide, [(panel.heading, 14, INK, True)], Box(left=box.left, top=box.top, width=box.width, height=head))
    below = Box(left=box.left, top=box.top + head, width=box.width, height=box.height - head)
    if not panel.rows:
        write_words(slide, [(panel.nobody, 12, SOFT, False)], below)
        return
    data = CategoryChartData(number_format=_FORMATS[panel.kind])
    data.categories = [_category(row) for row in panel.rows]
    data.add_series(panel.heading, [row.number for row in panel.rows])
    chart = _chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, below, name=panel.heading)
    chart.category_axis.reverse_order = True
    chart.category_axis.format.line.fill.background()
    chart.value_axis.visible = False
    chart.value_axis.minimum_scale = 0
    longest = 1.0 if panel.kind is Kind.SHARE else max(*(row.number for row in panel.rows), 0.01)
    # Room for the number behind the longest bar.
    chart.value_axis.maximum_scale = longest * 1.25
    plot = chart.plots[0]
    plot.gap_width = 45
    _paint(plot.series[0], {Mood.GOOD: BLUE, Mood.BAD: ORANGE, Mood.PLAIN: SKY}[panel.mood])
    _label(plot, _FORMATS[panel.kind])


def draw_weeks(slide: Any, poster: Poster, box: Box) -> None:
    """Draw three charts; without weeks there is nothing to draw."""
    width = (box.width - 2 * _GAP) // 3
    head = Inches(0.3)
    if not poster.weeks:
        write_words(slide, [(poster.weeks_nobody, 12, SOFT, False)], box)
        return
    questions, share, hours = poster.weeks_headings
    for number, heading in enumerate((questions, share, f"{hours} ({poster.norm})")):
        left = box.left + number * (width + _GAP)
        write_words(
            slide,
            [(heading, 12 if len(heading) <= 34 else 10, INK, True)],
            Box(left=left, top=box.top, width=width, height=head),
        )
        place = Box(left=left, top=box.top + head, width=width, height=box.height - head)
        data = CategoryChartData(number_format=_WEEK_FORMATS[number])
        data.categories = [week.label for week in poster.weeks]
        data.add_series(heading, [(week.questions, week.share, week.hours)[number] for week in poster.weeks])
        kind = XL_CHART_TYPE.LINE_MARKERS
        if number == 0:
            kind = XL_CHART_TYPE.COLUMN_CLUSTERED
        elif number == 2:
            data.add_series(poster.norm, [poster.norm_hours] * len(poster.weeks))
        chart = _chart(slide, kind, data, place, name=heading)
        chart.category_axis.tick_labels.font.size = Pt(8)
        chart.value_axis.major_gridlines.format.line.color.rgb = FAINT
        chart.value_axis.format.line.fill.background()
        chart.value_axis.tick_labels.number_format = _WEEK_FORMATS[number]
        chart.value_axis.tick_labels.number_format_is_linked = False
        if number == 0:
            chart.value_axis.minimum_scale = 0
            chart.plots[0].gap_width = 50
            _paint(chart.plots[0].series[0], SKY)
            continue
        _line(chart.plots[0].series[0], BLUE)
        if number == 1:
            chart.value_axis.maximum_scale = 1
        else:
            chart.value_axis.minimum_scale = 0
            _line(chart.plots[0].series[1], ORANGE, is_norm=True)


def _chart(slide: Any, kind: Any, data: CategoryChartData, box: Box, *, name: str) -> Any:
    frame = slide.shapes.add_chart(kind, Emu(box.left), Emu(box.top), Emu(box.width), Emu(box.height), data)
    frame.name = name
    chart = frame.chart
    chart.has_title = False
    chart.has_legend = False
    chart.font.size = Pt(10)
    chart.font.name = FONT
    chart.font.color.rgb = INK
    chart.value_axis.has_major_gridlines = kind != XL_CHART_TYPE.BAR_CLUSTERED
    chart.category_axis.has_major_gridlines = False
    return chart


def _paint(series: Any, colour: RGBColor) -> None:
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = colour


def _line(series: Any, colour: RGBColor, *, is_norm: bool = False) -> None:
    series.smooth = False
    series.format.line.color.rgb = colour
    series.format.line.width = Pt(1.5 if is_norm else 2.25)
    if is_norm:
        series.format.line.dash_style = MSO_LINE.DASH
        series.marker.style = XL_MARKER_STYLE.NONE
        return
    series.marker.style = XL_MARKER_STYLE.CIRCLE
    series.marker.size = 6
    _paint(series.marker, colour)


def _label(plot: Any, number_format: str) -> None:
    plot.has_data_labels = True
    plot.data_labels.number_format = number_format
    plot.data_labels.number_format_is_linked = False
    plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    plot.data_labels.font.size = Pt(10)
    plot.data_labels.font.bold = True


def _category(row: Row) -> str:
    """Return what stands beside a bar: the chart keeps it in a workbook of its own, where it must be no formula."""
    name = one_line(row.name)
    if len(name) > _LONGEST_NAME:
        name = f"{name[: _LONGEST_NAME - 1].rsplit(' ', 1)[0]}…"
    if row.n is not None:
        name = f"{name}, n = {say_count(row.n)}"
    return f"'{name}" if name.startswith(FORMULA_STARTS) else name
