"""The slide, opened again: its words and charts hold the report's numbers, and nothing in it acts by itself."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from bot.reports.numbers import say_count, say_share
from bot.reports.page.slides import write_slides
from bot.reports.report import Report
from bot.texts import LANGUAGES, Texts
from tests.reports.sample import empty, sample


def opened(report: Report, texts: Texts, language: str = "ru") -> Any:
    """Return the only slide."""
    deck = Presentation(BytesIO(write_slides(report, texts=texts, language=language)))
    assert (deck.slide_width, deck.slide_height) == (12_191_695, 6_858_000), "16:9"
    [slide] = deck.slides
    return slide


def words_of(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def charts_of(slide: Any) -> dict[str, Any]:
    return {shape.name: shape.chart for shape in slide.shapes if shape.has_chart}


def test_the_tiles_say_what_the_report_says(texts: Texts) -> None:
    report = sample()
    slide = opened(report, texts)
    words = words_of(slide)
    assert say_count(report["total"]["questions"]) in words
    assert say_share(report["total"]["in_time_share"]) in words
    assert "лучше на" in words
    assert slide.shapes.title.text_frame.text == "Как отвечают жителям\nВесь регион"
    notes = slide.notes_slide.notes_text_frame.text
    assert "Уилсон" in notes
    assert "Данные на 01.11.2026 08:00" in notes


def test_the_charts_are_native_and_hold_the_report_s_numbers(texts: Texts) -> None:
    report = sample()
    charts = charts_of(opened(report, texts))
    assert len(charts) == 6
    topics = charts["Темы"].plots[0]
    assert list(topics.categories)[:2] == ["Дороги", "Благоустройство"]
    assert next(iter(topics.series[0].values)) == report["by_topic"][0]["questions"]
    assert list(charts["Сообщений за неделю"].plots[0].series[0].values) == [
        week["questions"] for week in report["weeks"]
    ]
    assert list(charts["Ответили в срок, %"].plots[0].series[0].values) == [
        week["in_time_share"] for week in report["weeks"]
    ]
    norm = charts["Первый ответ, рабочих часов (норма 8 ч)"].plots[0].series[1]
    assert (norm.name, list(norm.values)) == ("норма 8 ч", [8.0] * 12)
    best = charts["Чаще отвечают в срок"].plots[0]
    by_name = {row["municipality"]: row for row in report["by_municipality"]}
    name, _, n = next(iter(best.categories)).partition(", n = ")
    assert next(iter(best.series[0].values)) == pytest.approx(by_name[name]["in_time_share"], abs=0.001)
    assert int(n) == by_name[name]["answered"] + by_name[name]["overdue"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "report",
    [
        sample(trend=False, per_place=9),
        sample(scope="institution:school-3", scope_name="Школа № 3 " * 40, municipalities=("Казань",), institutions=1),
        empty(),
    ],
    ids=["without a trend", "institution with a long name", "empty"],
)
def test_there_is_one_slide_whatever_the_report_holds(report: Report, texts: Texts, language: str) -> None:
    assert texts.say(language, "page-tile-questions") in words_of(opened(report, texts, language))


@pytest.mark.parametrize("name", ["=cmd|'/C calc'!A0", "+7 843", "@сад", "Школа\x00\x0b\u202e", "<a>&amp;", ""])
def test_a_hostile_name_is_nothing_but_a_name(texts: Texts, name: str) -> None:
    report = sample(municipalities=(name, "Казань"), per_place=500)
    report["scope"], report["scope_name"] = f"branch:{name}", name
    report["by_topic"][0]["topic"] = name or None
    charts = charts_of(opened(report, texts))
    for chart in charts.values():
        book = load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
